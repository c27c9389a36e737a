// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "engine/detector/spade.h"

namespace engine {

namespace {

constexpr auto galleryName = "spade.activations";

}  // namespace

void Spade::save(TensorFile& file) const {
    const SpadeGallery& gallery = m_state.gallery;
    file.tensors["spade.pooled"] = Tensor::of({gallery.images(), gallery.pooled->cols}, gallery.pooled->values);
    putLarge(file, galleryName, {gallery.images(), gallery.perImage()}, gallery.activations);
    putBackbone(file, m_extractor.backbone().weights());
}

std::unique_ptr<Spade> Spade::open(TensorFile& file, const ModelInfo& info, const Region& region,
                                   const BackboneOptions& options, const TensorFile& weights,
                                   const RunContext& context) {
    SpadeState state;
    state.parameters = SpadeParameters::from(info.parameters);
    state.region = region;
    SpadeGallery& gallery = state.gallery;
    auto pooled = std::make_shared<Matrix>(takeMatrix(file, "spade.pooled"));
    if (pooled->rows < 1 || static_cast<std::size_t>(pooled->rows) != info.training.size())
        damagedModel("the gallery is not of the images that are listed");

    FeatureExtractor extractor(info.input, Backbone(options, weights, context));
    StageTimes times;
    auto& maps = extractor.extractGray(times, context);
    if (pooled->cols != maps.back().channels) damagedModel("the pooled features do not fit the backbone");
    for (const FeatureMap& map : pixelMaps(std::move(maps)))
        gallery.shapes.push_back({map.stage, map.height, map.width, map.channels, {}});
    gallery.pooled = std::move(pooled);
    // Each value is looked at when it is used: a gallery may be larger than memory.
    gallery.activations = takeLarge(file, galleryName, {gallery.images(), gallery.perImage()});
    for (const TrainingImage& image : info.training) gallery.sizes.emplace_back(image.width, image.height);
    return std::make_unique<Spade>(std::move(extractor), std::move(state));
}

}  // namespace engine
