// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "engine/detector/training_images.h"
#include "engine/image/preprocess.h"
#include "engine/image/region.h"
#include "engine/training/learner.h"

namespace engine {

// How much of any rectangle of the network's input is inspected: the image is there (letterbox borders are not) and the
// region of interest covers it.
class InspectedArea {
public:
    InspectedArea() = default;  // everything
    InspectedArea(const Preprocessor& preprocessor, const Region& region, int originalWidth, int originalHeight);

    bool isEverything() const { return m_sums.empty(); }
    // The share of the rectangle, from 0 to 1; it must lie in the input.
    double share(int x, int y, int width, int height) const;
    // A patch counts where at least half of it is inspected.
    bool covers(int x, int y, int size) const { return isEverything() || share(x, y, size, size) >= 0.5; }

private:
    cv::Mat m_sums;  // CV_64FC1, the integral of the pixels' coverage; empty: everything
};

// The training images as the network sees them, kept in memory for methods that cut patches out of them. As many as fit
// the budget, evenly spread.
class PreparedImages {
public:
    // The training images in one pass: as many as fit the budget, evenly spread. Throws as TrainingImages::forEach.
    PreparedImages(const Preprocessor& preprocessor, const Region& region, TrainingImages& images, bool keepPictures,
                   std::int64_t budgetBytes, const RunContext& context);

    // One image, to be scored.
    PreparedImages(const Preprocessor& preprocessor, const Region& region, const Image& image);
    // One image without content, all of it inspected: to time what will be done with the real ones.
    explicit PreparedImages(const InputSpec& input);

    std::size_t size() const { return m_images.size(); }
    // Index into TrainingImages::used().
    std::size_t trainingIndex(std::size_t image) const { return m_images[image].index; }
    const InspectedArea& area(std::size_t image) const { return m_images[image].area; }
    // Below 1: some were left out to stay within the budget.
    double keptShare() const { return m_keptShare; }
    // How many were, for the notes of a model.
    std::string leftOutNote() const;

    // [3, height, width], the normalised values of the input. The rectangle must lie in it.
    FloatTensor crop(std::size_t image, int x, int y, int width, int height) const;

private:
    struct Prepared {
        std::size_t index;
        InspectedArea area;
        Buffer<float> values;  // [height, width, 3]
    };
    void add(const Preprocessor& preprocessor, const Region& region, const Image& image, std::size_t index);

    int m_inputWidth;
    double m_keptShare = 1;
    std::vector<Prepared> m_images;
};

}  // namespace engine
