// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/core/error.h"
#include "engine/detector/method.h"
#include "engine/detector/model.h"
#include "engine/detector/model_json.h"
#include "engine/detector/model_tensors.h"

namespace engine {

namespace {

constexpr auto metadataKey = "anomaloscope";

ModelInfo infoOf(const std::map<std::string, std::string>& metadata) {
    const auto found = metadata.find(metadataKey);
    if (found == metadata.end())
        throw Error(ErrorCode::Unsupported, "is not a model of Anomaloscope; choose a file that 'fit' has written");
    return modelInfoFromJson(found->second);
}

// Whatever goes wrong inside a model file is told with the file's name.
template <typename Work>
auto naming(const std::filesystem::path& path, const Work& work) {
    try {
        return work();
    } catch (const Error& error) {
        if (!error.path().empty()) throw;
        throw Error(error.code(), error.what(), path);
    }
}

void putPictures(TensorFile& file, const std::vector<std::vector<std::byte>>& pictures) {
    if (pictures.empty()) return;
    std::vector<std::int64_t> offsets{0};
    std::vector<std::uint8_t> bytes;
    for (const auto& picture : pictures) {
        const auto* first = reinterpret_cast<const std::uint8_t*>(picture.data());
        bytes.insert(bytes.end(), first, first + picture.size());
        offsets.push_back(static_cast<std::int64_t>(bytes.size()));
    }
    file.tensors["training.pictures"] =
        Tensor::of({static_cast<std::int64_t>(bytes.size())}, std::span<const std::uint8_t>(bytes));
    file.tensors["training.picture_offsets"] =
        Tensor::of({static_cast<std::int64_t>(offsets.size())}, std::span<const std::int64_t>(offsets));
}

std::vector<std::vector<std::byte>> takePictures(TensorFile& file, std::size_t images) {
    if (!file.tensors.contains("training.pictures")) return {};
    const Tensor bytes = takeTensor(file, "training.pictures", DataType::U8, 1);
    const Tensor offsetTensor = takeTensor(file, "training.picture_offsets", DataType::I64, 1);
    const auto offsets = offsetTensor.int64s();
    const auto size = static_cast<std::int64_t>(bytes.bytes.size());
    const bool sane = offsets.size() == images + 1 && std::is_sorted(offsets.begin(), offsets.end()) &&
                      offsets.front() == 0 && offsets.back() == size;
    if (!sane)
        throw Error(ErrorCode::Corrupt,
                    "the model is damaged (its pictures overlap); fit it again or restore it from a copy");
    std::vector<std::vector<std::byte>> pictures;
    for (std::size_t i = 0; i < images; ++i)
        pictures.emplace_back(bytes.bytes.begin() + offsets[i], bytes.bytes.begin() + offsets[i + 1]);
    return pictures;
}

void putRegion(TensorFile& file, const Region& region) {
    if (region.isEverything()) return;
    const cv::Mat mask = region.mask().clone();  // clone: packed rows
    file.tensors["region.mask"] =
        Tensor::of({mask.rows, mask.cols}, std::span<const std::uint8_t>(mask.ptr<std::uint8_t>(), mask.total()));
}

Region takeRegion(TensorFile& file, bool expected) {
    if (!expected) return {};
    const Tensor tensor = takeTensor(file, "region.mask", DataType::U8, 2);
    constexpr std::int64_t largestSidePx = 1'000'000;
    if (tensor.shape[0] < 1 || tensor.shape[1] < 1 || tensor.shape[0] > largestSidePx ||
        tensor.shape[1] > largestSidePx)
        throw Error(ErrorCode::Corrupt, "the model is damaged (its region of interest is empty); fit it again");
    cv::Mat mask(static_cast<int>(tensor.shape[0]), static_cast<int>(tensor.shape[1]), CV_8UC1);
    std::memcpy(mask.data, tensor.bytes.data(), tensor.bytes.size());
    return Region(mask);
}

Model open(TensorFile file, const std::filesystem::path& name, const OpenOptions& options, const RunContext& context) {
    return naming(name, [&] {
        Model model;
        model.info = infoOf(file.metadata);
        model.region = takeRegion(file, model.info.hasRegion);
        model.pictures = takePictures(file, model.info.training.size());
        model.detector = methodNamed(model.info.method).open(file, model.info, model.region, options, context);
        return model;
    });
}

}  // namespace

void saveModel(const std::filesystem::path& path, const Model& model) {
    TensorFile file;
    model.detector->save(file);
    putPictures(file, model.pictures);
    putRegion(file, model.region);
    file.metadata[metadataKey] = toJson(model.info);
    writeSafetensors(path, file);
}

Model openModel(const std::filesystem::path& path, const OpenOptions& options, const RunContext& context) {
    return open(readSafetensors(path, largePrefix), path, options, context);
}

Model openModel(std::span<const std::byte> bytes, const std::filesystem::path& name, const OpenOptions& options,
                const RunContext& context) {
    return open(readSafetensors(bytes, name, largePrefix), name, options, context);
}

ModelInfo readModelInfo(const std::filesystem::path& path) {
    return naming(path, [&] { return infoOf(readSafetensorsMetadata(path)); });
}

Region readModelRegion(const std::filesystem::path& path) {
    return naming(path, [&]() -> Region {
        if (!infoOf(readSafetensorsMetadata(path)).hasRegion) return {};
        TensorFile file = readSafetensors(path, largePrefix);
        return takeRegion(file, true);
    });
}

void writeOperatingPoint(const std::filesystem::path& path, const OperatingPoint& point) {
    naming(path, [&] {
        auto metadata = readSafetensorsMetadata(path);
        ModelInfo info = infoOf(metadata);
        info.operatingPoint = point;
        metadata[metadataKey] = toJson(info);
        rewriteSafetensorsMetadata(path, metadata);
    });
}

}  // namespace engine
