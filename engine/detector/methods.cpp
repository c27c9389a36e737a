// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/method.h"

#include <algorithm>
#include <array>

#include "engine/core/error.h"
#include "engine/detector/cfa.h"
#include "engine/detector/mahalanobis.h"
#include "engine/detector/model_tensors.h"
#include "engine/detector/padim.h"
#include "engine/detector/patch_svdd.h"
#include "engine/detector/patchcore.h"
#include "engine/detector/patchcore_fit.h"
#include "engine/detector/pfm.h"
#include "engine/detector/spade.h"
#include "engine/detector/ssim_autoencoder.h"

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

Backbone toLearn(BackboneOptions options, const TensorFile& weights, const RunContext& context) {
    // Made and thrown away: whoever asks for what this machine cannot do is told before the fit, not after it.
    if (options.precision != Precision::Fp32) Backbone(options, weights, context);
    options.precision = Precision::Fp32;
    return Backbone(options, weights, context);
}

constexpr std::array table{
    Method{"patchcore", completed<PatchCoreParameters>, fitPatchCore, estimatePatchCore, openWithBackbone<PatchCore>,
           crossValidatePatchCore},
    Method{"spade", completed<SpadeParameters>, fitSpade, estimateSpade, openWithBackbone<Spade>, crossValidateSpade},
    Method{"padim", completed<PadimParameters>, fitPadim, estimatePadim, openWithBackbone<Padim>, crossValidatePadim},
    Method{"mahalanobis", completed<MahalanobisParameters>, fitMahalanobis, estimateMahalanobis,
           openWithBackbone<Mahalanobis>, crossValidateMahalanobis},
    Method{"cfa", completed<CfaParameters>, fitCfa, estimateCfa, openWithBackbone<Cfa>, crossValidateCfa, 1, true},
    Method{"pfm", completed<PfmParameters>, fitPfm, estimatePfm, Pfm::open, crossValidatePfm, 2, true},
    Method{"patch-svdd", completed<PatchSvddParameters>, fitPatchSvdd, estimatePatchSvdd, openPatchSvdd,
           crossValidatePatchSvdd, 0, true},
    Method{"ssim-ae", completed<SsimAutoencoderParameters>, fitSsimAutoencoder, estimateSsimAutoencoder,
           openSsimAutoencoder, crossValidateSsimAutoencoder, 0, true},
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

Backbone FitTask::backbone(const std::vector<StageName>& preferred, const RunContext& context) const {
    BackboneOptions options = parameters.backbone;
    if (options.stages.empty()) {
        const auto there = stagesIn(weights, options.name);
        for (const StageName& stage : preferred)
            if (std::find(there.begin(), there.end(), stage) != there.end()) options.stages.push_back(stage);
    }
    return toLearn(options, weights, context);
}

Backbone FitTask::partnerBackbone(const Backbone& first, const RunContext& context) const {
    BackboneOptions options = parameters.partner;
    if (options.stages.empty()) options.stages = first.stages();
    return toLearn(options, *partner, context);
}

FeatureExtractor FitTask::toScore(FeatureExtractor extractor, const RunContext& context) const {
    const Precision precision = parameters.backbone.precision;
    return precision == extractor.backbone().precision() ? std::move(extractor) : extractor.in(precision, context);
}

CrossValidation startCrossValidation(const TrainingImages& images, const ImageSet& set) {
    const auto& used = images.used();
    if (used.size() < 2)
        throw Error(ErrorCode::NotEnoughData, "cross-validation needs at least two good training images", set.root);
    CrossValidation result;
    result.failures = images.failures();
    for (const TrainingImage& image : used) result.names.push_back(image.name);
    result.scores.assign(used.size(), 0);
    result.mapMaxima.assign(used.size(), 0);
    return result;
}

void FitOutcome::describe(const Backbone& backbone) {
    backboneName = backbone.name();
    backboneSha256 = backbone.identity();
    stages = backbone.stages();
}

std::map<std::string, std::string> methodSettings(std::string_view method) {
    return methodNamed(method).settings({});
}

int methodNetworks(std::string_view method) {
    return methodNamed(method).networks;
}

bool methodTrains(std::string_view method) {
    return methodNamed(method).trains;
}

}  // namespace engine
