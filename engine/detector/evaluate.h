// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/run_context.h"
#include "engine/dataset/image_set.h"
#include "engine/detector/model.h"
#include "engine/image/image_stream.h"
#include "engine/metrics/pixel_metrics.h"

namespace engine {

// Scores images one after another, decoding ahead. `each` is called in order, for failures too (prediction empty).
struct ScoredImage {
    std::int64_t index = 0;
    std::filesystem::path path;
    std::optional<Image> image;
    std::optional<Prediction> prediction;
    std::optional<ImageFailure> failure;
};
// Throws Cancelled, Error.
void scoreImages(Detector& detector, const std::vector<std::filesystem::path>& paths, const RunContext& context,
                 const std::function<void(ScoredImage&)>& each);

struct ImageResult {
    std::string name;
    std::filesystem::path path;
    Label label = Label::Unlabelled;
    std::string defectType;
    double score = 0;
    Verdict verdict = Verdict::None;
    Box box;                  // largest region above the pixel cut
    std::string sha256 = {};  // of the file's bytes
};

struct Evaluation {
    std::int64_t good = 0, defect = 0;
    std::vector<ImageResult> images;
    std::vector<ImageFailure> failures;
    std::optional<double> auroc, aupr, f1max;
    std::optional<Interval> aurocInterval, auprInterval, f1maxInterval;
    bool hasMap = true;  // of the method; without, nothing is said of pixels
    PixelScores pixel;
    std::optional<Confusion> confusion;  // when the model has an operating point
    std::optional<Rate> falseRejects, escapes;
    StageTimes medianTimes;
    std::vector<std::string> warnings;  // a test image whose bytes are also a training image, a mask of another size
};

// On the labelled test images of a set. `each` (optional) sees every image with its prediction, for overlays.
// A defect without a mask counts for the image metrics only. Throws Cancelled, Error{NotEnoughData}.
Evaluation evaluate(Model& model, const ImageSet& set, const RunContext& context,
                    const std::function<void(const ImageItem&, const ScoredImage&)>& each = {});

// Scores of the good training images of `set`, each by a bank fitted without it: k folds with the model's own
// parameters. Of a set that holds images that the model has learned from (told by their bytes), only these are used, as
// they make the bank that is judged; of another set, all. With fewer images than folds, leave-one-out. A method that
// trains its own network has held some of its images out (engine/detector/held_out.h): these are scored by the model as
// it is, in "one fold". All in the precision that the model scores in, the folds' banks too. Throws
// Error{NotEnoughData} below two images.
struct CrossValidation {
    std::vector<std::string> names;  // of the images that could be read, relative to the set; the others go with them
    std::vector<double> scores;
    std::vector<double> mapMaxima;  // the largest map value of each image; empty if the method has no map
    int folds = 0;                  // 1: held out of the fit, and scored by the model itself
    std::int64_t leftOut = 0;       // good training images of the set that the model has not learned from
    bool ownImages = true;          // false: the model has learned from none of the set's, and all are used
    std::vector<ImageFailure> failures;
};
CrossValidation crossValidate(const Model& model, const ImageSet& set, int folds, const RunContext& context);

}  // namespace engine
