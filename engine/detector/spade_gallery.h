// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/mapped_memory.h"
#include "engine/detector/model_tensors.h"
#include "engine/detector/patch_grid.h"
#include "engine/detector/spade_parameters.h"
#include "engine/features/feature_extractor.h"
#include "engine/features/patch_features.h"

namespace engine {

// Which of the tapped maps are what: the last is pooled, those of stride 4 to 16 are the pixels' (all but the last if
// none is).
std::vector<FeatureMap> pixelMaps(std::vector<FeatureMap> maps);

// The descriptors of pixels: every stage on the grid of the finest, side by side.
PatchFeatures pixelFeatures(std::span<const FeatureMap> maps, const RunContext& context);

// What is kept of the training images: their pooled features, and the activations as the network gave them, which need
// a fraction of the room that the descriptors do.
struct SpadeGallery {
    std::vector<FeatureMap> shapes;        // one a stage of the pixels; the values are empty
    SharedFloats activations;              // [images, perImage()]
    std::shared_ptr<const Matrix> pooled;  // [images, channels]
    std::vector<cv::Size> sizes;           // of the (upright) images

    std::int64_t images() const { return pooled->rows; }
    std::int64_t perImage() const;
    PatchGrid grid() const { return finestGrid(shapes); }
    // Throws Error{Corrupt} if a value is not finite, Cancelled.
    PatchFeatures pixels(std::int64_t image, const RunContext& context) const;
};

// Takes the images of a fit one after another. In memory as long as `budgetBytes` allows, else in a scratch file.
class GalleryBuilder {
public:
    GalleryBuilder(std::size_t images, std::int64_t budgetBytes) : m_images(images), m_budgetBytes(budgetBytes) {}

    // Throws Error{InvalidArgument, WriteFailed}.
    void add(std::vector<FeatureMap> maps, const Preprocessor& preprocessor, const Region& region, cv::Size original);
    SpadeGallery finish();
    bool onDisk() const { return m_scratch != nullptr; }

private:
    std::size_t m_images;
    std::int64_t m_budgetBytes;
    SpadeGallery m_gallery;
    Matrix m_pooled;
    Buffer<float> m_memory;
    std::shared_ptr<MappedMemory> m_scratch;
    std::span<float> m_values;
};

// One image before the gallery: which images resemble it, and how far each of its pixels is from theirs.
class SpadeSearch {
public:
    SpadeSearch(const SpadeParameters& parameters, const Region& region, const Preprocessor& preprocessor)
        : m_parameters(parameters), m_region(region), m_preprocessor(preprocessor) {}

    struct Images {
        double score = 0;                  // the mean of the squared distances
        std::vector<std::int32_t> chosen;  // ascending
    };
    // The K images whose pooled features are nearest; `except` is left out (-1: none).
    Images images(const SpadeGallery& gallery, std::span<const float> pooled, std::int64_t except,
                  const RunContext& context);

    struct Pixels {
        Neighbours nearest;                         // of each query
        std::vector<float> scores;                  // of each query: the mean distance of its correspondences
        std::span<const std::int32_t> image, cell;  // where the rows of `nearest` come from
    };
    // The nearest of `count` pixels of the chosen images. The index of the last call is kept: few training images, or
    // pictures that are alike, ask for the same again. Valid until the next call.
    Pixels pixels(const SpadeGallery& gallery, const std::vector<std::int32_t>& chosen, const Matrix& queries,
                  std::int64_t count, const RunContext& context);

private:
    SpadeParameters m_parameters;
    Region m_region;
    Preprocessor m_preprocessor;
    std::shared_ptr<const Matrix> m_pooled;  // what the index of images is of
    std::unique_ptr<NeighbourIndex> m_images;
    std::vector<std::int32_t> m_chosen;  // what the index below is of
    std::unique_ptr<NeighbourIndex> m_index;
    std::vector<std::int32_t> m_image, m_cell;  // of its rows
};

}  // namespace engine
