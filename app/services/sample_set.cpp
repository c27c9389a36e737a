// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/sample_set.h"

#include <cstdio>
#include <fstream>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <system_error>
#include <vector>

#include "app/services/sample_defects.h"
#include "app/services/sample_part.h"
#include "engine/core/error.h"

namespace services {

namespace {

namespace fs = std::filesystem;
using engine::Error;
using engine::ErrorCode;

void check(const SampleSetParameters& p) {
    const auto refuse = [](const std::string& message) { throw Error(ErrorCode::InvalidArgument, message); };
    if (p.good < 1 || p.good > 100'000) refuse("a sample set needs 1 to 100000 good images");
    if (p.defect < 0 || p.defect > 100'000) refuse("a sample set has 0 to 100000 images of defects");
    if (p.widthPx < 96 || p.heightPx < 96 || p.widthPx > 4096 || p.heightPx > 4096)
        refuse("the pictures of a sample set have sides of 96 to 4096 pixels");
}

void makeFolder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ErrorCode::WriteFailed, "cannot be made (" + error.message() + "); choose another folder", folder);
}

void writePng(const fs::path& path, const cv::Mat& picture) {
    std::vector<unsigned char> bytes;
    cv::imencode(".png", picture, bytes);
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) throw Error(ErrorCode::WriteFailed, "cannot be written; free some space or choose another folder", path);
}

std::string numbered(int i, const char* ending) {
    char name[40];
    std::snprintf(name, sizeof name, "%03d%s", i, ending);
    return name;
}

// Everything is drawn into a hidden folder inside the destination and moved to its place when it is complete; without
// that, nothing is left behind.
class Draft {
public:
    explicit Draft(const fs::path& destination) : m_destination(destination) {
        std::error_code error;
        m_isNew = !fs::exists(destination, error);
        if (!m_isNew && (!fs::is_directory(destination, error) || !fs::is_empty(destination, error) || error))
            throw Error(ErrorCode::InvalidArgument, "is not an empty folder; choose another one", destination);
        makeFolder(destination);
        m_folder = destination / ".unfinished";
        makeFolder(m_folder);
    }

    ~Draft() {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
        // Fails, as it should, when the set is in it.
        if (m_isNew) fs::remove(m_destination, ignored);
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    fs::path folder(const fs::path& relative) const {
        makeFolder(m_folder / relative);
        return m_folder / relative;
    }

    void finish() {
        for (const char* part : {"ground_truth", "test", "train"}) {
            std::error_code error;
            if (!fs::exists(m_folder / part, error)) continue;
            fs::rename(m_folder / part, m_destination / part, error);
            if (error)
                throw Error(ErrorCode::WriteFailed, "cannot be put in place (" + error.message() + "); try again",
                            m_destination / part);
        }
    }

private:
    fs::path m_destination;
    fs::path m_folder;
    bool m_isNew = false;
};

class Writer {
public:
    Writer(const SampleSetParameters& parameters, const engine::RunContext& context, int total)
        : m_parameters(parameters), m_context(context), m_seeds(parameters.seed), m_total(total) {}

    void good(const fs::path& folder, int count) {
        for (int i = 0; i < count; ++i) {
            engine::Random random(m_seeds.next());
            writePng(folder / numbered(i, ".png"), photograph(part(random), random));
            m_context.report("sample", ++m_done, m_total);
        }
    }

    void defects(SampleDefect kind, const fs::path& folder, const fs::path& masks, int count) {
        for (int i = 0; i < count; ++i) {
            engine::Random random(m_seeds.next());
            SamplePart damaged = part(random);
            const auto severity = static_cast<float>(random.uniform());
            const cv::Mat mask = makeDefect(kind, damaged, severity, random);
            writePng(folder / numbered(i, ".png"), photograph(damaged, random));
            writePng(masks / numbered(i, "_mask.png"), mask);
            m_context.report("sample", ++m_done, m_total);
        }
    }

private:
    SamplePart part(engine::Random& random) const {
        return paintPart(m_parameters.widthPx, m_parameters.heightPx, random);
    }

    const SampleSetParameters& m_parameters;
    const engine::RunContext& m_context;
    engine::Random m_seeds;
    int m_total;
    int m_done = 0;
};

}  // namespace

void writeSampleSet(const fs::path& folder, const SampleSetParameters& parameters, const engine::RunContext& context) {
    check(parameters);
    const int testGood = (parameters.good + 2) / 3;
    Draft draft(folder);
    Writer writer(parameters, context, parameters.good + testGood + parameters.defect);
    context.report("sample", 0, parameters.good + testGood + parameters.defect);
    writer.good(draft.folder("train/good"), parameters.good);
    writer.good(draft.folder("test/good"), testGood);
    const int kinds = static_cast<int>(sampleDefectNames.size());
    for (int kind = 0; kind < kinds; ++kind) {
        const int count = parameters.defect / kinds + (kind < parameters.defect % kinds ? 1 : 0);
        if (count == 0) continue;
        const fs::path name(sampleDefectNames[static_cast<std::size_t>(kind)]);
        writer.defects(static_cast<SampleDefect>(kind), draft.folder("test" / name),
                       draft.folder("ground_truth" / name), count);
    }
    draft.finish();
}

}  // namespace services
