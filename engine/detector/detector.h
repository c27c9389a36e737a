// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "engine/backbone/tensor_file.h"
#include "engine/core/run_context.h"
#include "engine/core/stage_times.h"
#include "engine/image/image.h"
#include "engine/image/preprocess.h"
#include "engine/image/region.h"

namespace engine {

struct Prediction {
    double score = 0;  // higher is more anomalous; the unit is the method's own
    cv::Mat map;       // CV_32FC1, the size of the image; empty if the method has none
    // The same before it was brought to the image's size and cut to the region of interest: small enough to be kept for
    // every image, and as smooth. CV_32FC1 over the network's input; `placement` says where the image lies in it.
    cv::Mat inputMap;
    Placement placement;
    StageTimes times;
};

// A good patch of the training set that resembles the one asked about.
struct SimilarPatch {
    std::size_t trainingImage = 0;  // index into ModelInfo::training
    Box box;                        // in the (upright) training image
    double distance = 0;            // Euclidean, in descriptor space
};

struct Explanation {
    Box box;                            // the patch asked about, in the original image
    double distance = 0;                // its anomaly score before the map is smoothed
    std::vector<SimilarPatch> similar;  // nearest first
};

// A fitted method. Immutable but for its scratch memory, hence one thread at a time.
class Detector {
public:
    virtual ~Detector() = default;

    virtual std::string_view method() const = 0;
    virtual bool hasMap() const = 0;

    // Throws Cancelled, Error.
    virtual Prediction score(const Image& image, const RunContext& context) = 0;

    // Why the patch under (x, y) of the original is as anomalous as it is. Throws Error{Unsupported} if the method
    // has no such answer, Error{InvalidArgument} outside the image or the region of interest.
    virtual Explanation explain(const Image& image, int x, int y, int count, const RunContext& context) = 0;

    // What the model file has to carry so that the method's open function gives this detector back.
    virtual void save(TensorFile& file) const = 0;
};

}  // namespace engine
