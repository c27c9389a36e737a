// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/services/project/project.h"
#include "engine/detector/evaluate.h"

namespace services {

// What the images that a model was fitted with score in banks that do not hold them, by the images' names; or why they
// could not be read.
class OwnScores {
public:
    void add(const std::optional<engine::CrossValidation>& scores);
    void add(const std::vector<engine::ImageFailure>& failures, const engine::ImageSet& set);
    // Nothing if the image is not one of them.
    std::optional<ImageScore> of(const ImageRecord& image) const;

private:
    std::unordered_map<std::string, ImageScore> m_scores;
};

// Nothing, and a warning, with a single good image: no bank is left without it. Throws as engine::crossValidate.
std::optional<engine::CrossValidation> crossValidateIfPossible(const engine::Model& model, const engine::ImageSet& set,
                                                               const engine::RunContext& context);

}  // namespace services
