// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/method.h"

#include <array>

#include "engine/core/error.h"
#include "engine/detector/model_tensors.h"
#include "engine/detector/patchcore.h"
#include "engine/detector/patchcore_fit.h"

namespace engine {

namespace {

template <typename Parameters>
std::map<std::string, std::string> completed(const std::map<std::string, std::string>& given) {
    return Parameters::from(given).settings();
}

template <typename Opened>
std::unique_ptr<Detector> openWithBackbone(TensorFile& file, const ModelInfo& info, const Region& region,
                                           const OpenOptions& options, const RunContext& context) {
    const BackboneOptions backbone{info.backboneName, info.stages, options.device,
                                   options.precision.value_or(info.precision)};
    const TensorFile weights = takeBackbone(file);
    auto detector = Opened::open(file, info, region, backbone, weights, context);
    if (detector->extractor().backbone().identity() != info.backboneSha256)
        throw Error(
            ErrorCode::Corrupt,
            "the backbone in the model is not the one that it was fitted with; fit it again or restore it from a copy");
    return detector;
}

constexpr std::array table{
    Method{"patchcore", completed<PatchCoreParameters>, fitPatchCore, estimatePatchCore, openWithBackbone<PatchCore>,
           crossValidatePatchCore},
};

}  // namespace

const Method& methodNamed(std::string_view name) {
    for (const Method& method : table)
        if (method.name == name) return method;
    std::string known;
    for (const std::string& other : methods()) known += (known.empty() ? "" : ", ") + other;
    throw Error(ErrorCode::InvalidArgument, "unknown method '" + std::string(name) + "'; there is " + known);
}

std::vector<std::string> methods() {
    std::vector<std::string> names;
    for (const Method& method : table) names.emplace_back(method.name);
    return names;
}

void FitOutcome::describe(const Backbone& backbone) {
    backboneName = backbone.name();
    backboneSha256 = backbone.identity();
    stages = backbone.stages();
    precision = backbone.precision();
}

}  // namespace engine
