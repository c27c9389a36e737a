// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/backbone/backbone.h"
#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

// What a patch descriptor gathers from around its cell, before the stages are brought to one grid.
//   None      the cell alone
//   Average   the mean of 3x3 cells, zeros beyond the border, always divided by nine (Roth et al., 2022, section 3.1)
//   Gaussian  1-2-1 by 1-2-1, zeros beyond the border
enum class Neighbourhood { None, Average, Gaussian };

Neighbourhood neighbourhoodFromName(std::string_view name);  // throws Error{InvalidArgument}
std::string_view nameOf(Neighbourhood neighbourhood);
std::string namesOf(std::span<const Neighbourhood> neighbourhoods);  // comma-separated

struct PatchFeatureParameters {
    // The first for the first stage, and so on; the last for all further ones. Detail helps on the finest stage, where
    // small defects live; without the average of the coarser one noisy textures drown them (docs/results.md).
    std::vector<Neighbourhood> neighbourhood{Neighbourhood::Gaussian, Neighbourhood::Average};
    std::vector<float> stageScale;  // one for each stage, which it multiplies; empty: 1
};

// The patches of one image: descriptor of the cell (y, x) in row y * gridWidth + x.
struct PatchFeatures {
    int gridHeight = 0;
    int gridWidth = 0;
    Matrix rows;  // [gridHeight * gridWidth, sum of the stages' channels]
};

// The stages on the grid of the finest, concatenated in their order. Coarser ones are resized bilinearly
// (align_corners = false). The same bits for any number of threads. One image after the other goes through the same
// memory, hence one thread at a time.
class PatchDescriber {
public:
    explicit PatchDescriber(PatchFeatureParameters parameters) : m_parameters(std::move(parameters)) {}
    // The caller's until the next image. Throws Error{InvalidArgument}, Cancelled.
    PatchFeatures& describe(std::span<const FeatureMap> stages, const RunContext& context);

private:
    // Writes one stage into its columns of the rows.
    void place(const FeatureMap& map, Neighbourhood neighbourhood, float scale, std::int64_t column,
               const RunContext& context);

    PatchFeatureParameters m_parameters;
    PatchFeatures m_patches;
    Buffer<float> m_gathered;  // a coarse stage with its neighbourhoods, before it is resized
};

// Of one image alone.
PatchFeatures patchFeatures(std::span<const FeatureMap> stages, const PatchFeatureParameters& parameters,
                            const RunContext& context);

}  // namespace engine
