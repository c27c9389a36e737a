// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "engine/kernels/kernels.h"
#include "engine/kernels/parallel.h"
#include "engine/search/index_kinds.h"
#include "engine/search/nearest_list.h"

namespace engine {

namespace {

class ExactIndex : public NeighbourIndex {
public:
    explicit ExactIndex(std::shared_ptr<const Matrix> bank) : m_bank(std::move(bank)) {}

    IndexKind kind() const override { return IndexKind::Exact; }
    std::int64_t rows() const override { return m_bank->rows; }
    std::int64_t dimensions() const override { return m_bank->cols; }

    Neighbours search(const Matrix& queries, std::int64_t k, const RunContext& context) const override {
        checkQueries(*this, queries, k, context);
        const PreciseDistance distance(context.compute().instructionSet);
        Neighbours result = emptyNeighbours(queries.rows, k);
        constexpr std::int64_t blockRows = 16;
        parallelFor((queries.rows + blockRows - 1) / blockRows, context, [&](std::int64_t block) {
            NearestList nearest;
            for (std::int64_t q = block * blockRows; q < std::min(queries.rows, (block + 1) * blockRows); ++q) {
                nearest.reset(k);
                for (std::int64_t row = 0; row < rows(); ++row)
                    nearest.offer(distance(queries.row(q), m_bank->row(row), dimensions()), row);
                nearest.store(result, q);
            }
        });
        return result;
    }

private:
    std::shared_ptr<const Matrix> m_bank;
};

}  // namespace

std::unique_ptr<NeighbourIndex> makeExactIndex(std::shared_ptr<const Matrix> bank, const RunContext&) {
    return std::make_unique<ExactIndex>(std::move(bank));
}

}  // namespace engine
