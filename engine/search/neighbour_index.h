// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/matrix.h"
#include "engine/core/run_context.h"

namespace engine {

// k nearest rows of each query, nearest first; equal distances: the lower row.
struct Neighbours {
    std::int64_t queries = 0;
    std::int64_t k = 0;
    std::vector<std::int64_t> rows;  // [queries, k]
    std::vector<float> distances;    // [queries, k], Euclidean, not squared
};

// Distances are right to the rounding of float in all three.
enum class IndexKind {
    // faiss::IndexFlatL2: the reference. It chooses by products, which cancel, so that among rows as near as rounding
    // tells it may take another than the nearest. A second copy of the bank.
    Flat,
    // Ours: the nearest rows by their direct distances, whatever the data, sooner. The shared bank and 72 bytes a row.
    Exact,
    // faiss::IndexIVFFlat, for banks above some 100 000 rows: only the nearest cells are visited, as many as it takes
    // for a recall of 0.95. A second copy of the bank.
    Approximate,
};

IndexKind indexKindFromName(std::string_view name);  // "flat", "exact", "approximate"; throws Error{InvalidArgument}
std::string_view nameOf(IndexKind kind);

// Immutable once built; search() may be called from several threads.
class NeighbourIndex {
public:
    virtual ~NeighbourIndex() = default;
    virtual IndexKind kind() const = 0;
    virtual std::int64_t rows() const = 0;
    virtual std::int64_t dimensions() const = 0;
    // k <= rows(). Throws Cancelled, Error{InvalidArgument, OutOfMemory}.
    virtual Neighbours search(const Matrix& queries, std::int64_t k, const RunContext& context) const = 0;
    // The share of true nearest neighbours found, measured when the index was built; 1 for the exact kinds. Approximate
    // measures it on 256 rows of the bank: how often it finds the nearest other row.
    virtual double recall() const { return 1.0; }
};

// The bank is shared, not copied, where the index allows. Throws Error{InvalidArgument} on an empty bank or one with
// a value that is not finite, Cancelled.
std::unique_ptr<NeighbourIndex> makeIndex(IndexKind kind, std::shared_ptr<const Matrix> bank,
                                          const RunContext& context);

}  // namespace engine
