// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/search/neighbour_index.h"

// Private to this folder: the kinds that makeIndex chooses from. The bank has rows, columns and only finite values.
namespace engine {

std::unique_ptr<NeighbourIndex> makeFlatIndex(std::shared_ptr<const Matrix> bank);
std::unique_ptr<NeighbourIndex> makeApproximateIndex(std::shared_ptr<const Matrix> bank, const RunContext& context);
std::unique_ptr<NeighbourIndex> makeExactIndex(std::shared_ptr<const Matrix> bank, const RunContext& context);

// Throws Error{InvalidArgument} unless the widths agree, k is in [1, rows] and every value of the queries is finite.
// Returns the largest magnitude.
float checkQueries(const NeighbourIndex& index, const Matrix& queries, std::int64_t k, const RunContext& context);

}  // namespace engine
