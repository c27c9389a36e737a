// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/detector/evaluate.h"
#include "engine/detector/model.h"
#include "engine/metrics/paired.h"

namespace services {

// One of the models that are compared on the same images.
struct ComparedModel {
    std::string name;   // of its file or its method; unique in a comparison
    std::string fault;  // why it could not be run; the rest is empty then
    engine::ModelInfo info;
    engine::Evaluation evaluation;
    std::string sha256;
    std::int64_t bytes = 0;      // of the model file
    std::optional<double> fitS;  // if it was fitted for the comparison
    bool hasMap = true;
    // The fail cut: its own, or the best F1 on these very images if it has none.
    double cut = 0;
    bool cutFromTheseImages = false;

    bool ran() const { return fault.empty(); }
};

// Gives the model its cut. Without an operating point and without both kinds of images, none is flagged.
void chooseCut(ComparedModel& model);

// An image that all models have scored.
struct ComparedImage {
    std::string name;
    engine::Label label = engine::Label::Unlabelled;
    std::string defectType;
    std::vector<double> scores;         // one a model that ran, in their order
    std::vector<std::uint8_t> flagged;  // score >= cut

    bool disputed() const;
};

struct ComparedPair {
    std::size_t first = 0, second = 0;             // indices into Comparison::models
    std::optional<engine::AurocComparison> auroc;  // nothing without two images of each class
    std::optional<double> holm;                    // p of `auroc`, adjusted for all pairs (Holm, 1979)
    engine::McNemar right;                         // on labelled images, at the cuts
    engine::McNemar caught;                        // on defects alone
    engine::McNemar passed;                        // on good images alone
};

struct Comparison {
    std::vector<const ComparedModel*> models;  // those that ran
    std::vector<ComparedImage> images;         // by name
    std::vector<ComparedPair> pairs;
    std::int64_t leftOut = 0;  // images that not every model could score
};

// The models' own order. The pointers are into `models`.
Comparison compare(std::span<const ComparedModel> models);

// How many images of a label two models flag at their cuts.
struct FlaggedBy {
    std::int64_t both = 0, onlyFirst = 0, onlySecond = 0, neither = 0;
};
FlaggedBy flaggedBy(const Comparison& comparison, std::size_t first, std::size_t second, engine::Label label);

// Images on which the models disagree: defects first, then good ones, then those without a label; in each, those with
// the widest difference of rank first.
std::vector<const ComparedImage*> disputedImages(const Comparison& comparison);

// By Holm's step-down, in the order given. Nothing stays nothing and does not count.
std::vector<std::optional<double>> holmAdjusted(const std::vector<std::optional<double>>& p);

}  // namespace services
