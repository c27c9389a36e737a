// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/image/decode.h"
#include "engine/image/image.h"

namespace engine {

// How an image is brought to the size of the network's input.
//   Native     the training set's median aspect ratio; the area is sizePx squared; both sides are multiples of 32
//   Stretch    sizePx x sizePx, aspect ratio given up
//   Letterbox  sizePx x sizePx, aspect ratio kept, the rest filled with the normalisation mean (zero after it)
//   Crop       the short side to sizePx, then the central sizePx x sizePx (what is outside is not inspected)
enum class FitMode { Native, Stretch, Letterbox, Crop };

// "native", "stretch", "letterbox", "crop". Throws Error{InvalidArgument}.
FitMode fitModeFromName(std::string_view name);
std::string_view nameOf(FitMode mode);

struct PreprocessParameters {
    int sizePx = 256;  // 32 to 2048; rounded to a multiple of 32
    FitMode fitMode = FitMode::Native;
    // 16-bit images: [low, high] is mapped to [0, 1] and clipped. FullRange takes 0 and 65535; Percentiles takes the
    // 0.1 and 99.9 percentiles of the training images: cameras of 10 to 14 bits leave most of the full range empty, and
    // what is in the rest of it is black to a network and to people.
    enum class SixteenBit { FullRange, Percentiles } sixteenBit = SixteenBit::Percentiles;
};

// The resolved preprocessing, as stored in the model: with it, fitting and scoring run the same code.
struct InputSpec {
    int width = 256;
    int height = 256;
    FitMode fitMode = FitMode::Native;
    std::array<float, 3> mean{0.485F, 0.456F, 0.406F};  // ImageNet, RGB, of values in [0, 1]
    std::array<float, 3> deviation{0.229F, 0.224F, 0.225F};
    double sixteenBitLow = 0;
    double sixteenBitHigh = 65535;
};

// Chooses width and height from the (upright) sizes of the training images. Throws Error{InvalidArgument}.
InputSpec resolveInput(const PreprocessParameters& parameters, std::span<const ImageInfo> trainingImages);

// Where the original lies in the input, in continuous pixel coordinates (the centre of the first pixel is at 0.5):
// input = original * scale + offset.
struct Placement {
    double scaleX = 1, scaleY = 1;
    double offsetX = 0, offsetY = 0;
    int originalWidth = 0, originalHeight = 0;
};

class Preprocessor {
public:
    explicit Preprocessor(const InputSpec& spec);

    const InputSpec& spec() const { return m_spec; }
    Placement placement(int originalWidth, int originalHeight) const;

    // Writes the network's input, [height, width, 3] RGB, normalised, interleaved (channels last).
    // Area-averaging when shrinking, bilinear when growing. Gray is replicated. out.size() == height * width * 3.
    // Thread-safe. Throws Error{InvalidArgument} on an empty image or one with another pixel type than Image names.
    void apply(const Image& image, std::span<float> out) const;

    // A map of the input's content, given on a grid that covers the input evenly (so that a cell is width / grid.cols
    // wide), brought to the coordinates and size of the original: one bilinear resampling, cell centres kept exactly
    // where they are. CV_32FC1. Outside the input (Crop), the nearest value is repeated.
    cv::Mat toOriginal(const cv::Mat& grid, int originalWidth, int originalHeight) const;

    // The other way for a mask (CV_8UC1, the original's size): the share of each cell of a gridHeight x gridWidth grid
    // over the input that the mask marks, 0 to 1. CV_32FC1. Letterbox borders are not marked.
    cv::Mat coverage(const cv::Mat& mask, int gridWidth, int gridHeight) const;

private:
    InputSpec m_spec;
};

}  // namespace engine
