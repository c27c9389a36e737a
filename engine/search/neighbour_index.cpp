// SPDX-License-Identifier: Apache-2.0
#include "engine/search/neighbour_index.h"

#include <cmath>
#include <string>
#include <utility>

#include "engine/core/error.h"
#include "engine/search/index_kinds.h"
#include "engine/search/largest_magnitude.h"

namespace engine {

IndexKind indexKindFromName(std::string_view name) {
    for (const IndexKind kind : {IndexKind::Flat, IndexKind::Exact, IndexKind::Approximate})
        if (name == nameOf(kind)) return kind;
    throw Error(ErrorCode::InvalidArgument,
                "unknown index '" + std::string(name) + "'; choose flat, exact or approximate");
}

std::string_view nameOf(IndexKind kind) {
    switch (kind) {
        case IndexKind::Flat:
            return "flat";
        case IndexKind::Exact:
            return "exact";
        case IndexKind::Approximate:
            return "approximate";
    }
    return "";
}

float checkQueries(const NeighbourIndex& index, const Matrix& queries, std::int64_t k, const RunContext& context) {
    if (queries.cols != index.dimensions())
        throw Error(ErrorCode::InvalidArgument, "queries of " + std::to_string(queries.cols) +
                                                    " dimensions do not fit a bank of " +
                                                    std::to_string(index.dimensions()));
    if (k < 1 || k > index.rows())
        throw Error(ErrorCode::InvalidArgument, "between 1 and " + std::to_string(index.rows()) +
                                                    " neighbours can be had of this bank, not " + std::to_string(k));
    const float largest = largestMagnitude(queries, context);
    if (!std::isfinite(largest))
        throw Error(ErrorCode::InvalidArgument, "a query has a value that is not finite; check the weights");
    return largest;
}

std::unique_ptr<NeighbourIndex> makeIndex(IndexKind kind, std::shared_ptr<const Matrix> bank,
                                          const RunContext& context) {
    if (bank == nullptr || bank->rows < 1 || bank->cols < 1)
        throw Error(ErrorCode::InvalidArgument, "the memory bank is empty");
    if (!std::isfinite(largestMagnitude(*bank, context)))
        throw Error(ErrorCode::InvalidArgument, "the memory bank has a value that is not finite; train the model anew");
    switch (kind) {
        case IndexKind::Flat:
            return makeFlatIndex(std::move(bank));
        case IndexKind::Approximate:
            return makeApproximateIndex(std::move(bank), context);
        case IndexKind::Exact:
            break;
    }
    return makeExactIndex(std::move(bank), context);
}

}  // namespace engine
