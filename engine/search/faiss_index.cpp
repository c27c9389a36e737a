// SPDX-License-Identifier: Apache-2.0
// The only file that includes FAISS; its exceptions end here.
#include <faiss/IndexFlat.h>
#include <faiss/IndexIVFFlat.h>
#include <faiss/impl/FaissException.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/search/index_kinds.h"
#include "engine/search/nearest_list.h"

namespace engine {

namespace {

template <typename Work>
auto translated(const Work& work) {
    try {
        return work();
    } catch (const faiss::FaissException& fault) {
        std::string message = fault.what();
        std::replace(message.begin(), message.end(), '\n', ' ');
        throw Error(ErrorCode::Internal, "faiss: " + message);
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::OutOfMemory, "the index does not fit into memory; choose a smaller coreset");
    }
}

// OpenMP keeps the number of threads for each calling thread: set for one call, and put back.
class ThreadLimit {
public:
    explicit ThreadLimit(int threads) : m_before(omp_get_max_threads()) { omp_set_num_threads(threads); }
    ~ThreadLimit() { omp_set_num_threads(m_before); }
    ThreadLimit(const ThreadLimit&) = delete;
    ThreadLimit& operator=(const ThreadLimit&) = delete;

private:
    int m_before;
};

// Few enough queries at a time that a stop is noticed.
std::int64_t queriesAtOnce(std::int64_t rows, std::int64_t cols) {
    return std::clamp<std::int64_t>(4'000'000'000 / (rows * cols), 16, 4096);
}

// FAISS takes its distances from products, which cancel where rows are close: the neighbours are kept, their distances
// taken anew. FAISS gives row -1 where the cells that it visited hold fewer than k rows: such queries are searched
// again with `thorough`.
Neighbours searchFaiss(const faiss::Index& index, const Matrix& bank, const Matrix& queries, std::int64_t k,
                       const RunContext& context, const faiss::SearchParameters* usual = nullptr,
                       const faiss::SearchParameters* thorough = nullptr) {
    const ThreadLimit threads(context.threads());
    const PreciseDistance distance(context.compute().instructionSet);
    const std::int64_t step = queriesAtOnce(bank.rows, bank.cols);
    Neighbours result = emptyNeighbours(queries.rows, k);
    std::vector<float> products(static_cast<std::size_t>(std::min(step, queries.rows) * k));
    std::vector<faiss::Index::idx_t> rows(products.size());
    NearestList nearest;
    for (std::int64_t first = 0; first < queries.rows; first += step) {
        context.checkCancelled();
        const std::int64_t count = std::min(step, queries.rows - first);
        translated([&] { index.search(count, queries.row(first), k, products.data(), rows.data(), usual); });
        for (std::int64_t q = 0; q < count; ++q) {
            nearest.reset(k);
            faiss::Index::idx_t* found = rows.data() + q * k;
            if (found[k - 1] < 0)
                translated(
                    [&] { index.search(1, queries.row(first + q), k, products.data() + q * k, found, thorough); });
            for (std::int64_t i = 0; i < k; ++i) {
                if (found[i] >= 0)
                    nearest.offer(distance(queries.row(first + q), bank.row(found[i]), bank.cols), found[i]);
            }
            nearest.store(result, first + q);
        }
    }
    return result;
}

class FlatIndex : public NeighbourIndex {
public:
    explicit FlatIndex(std::shared_ptr<const Matrix> bank) : m_bank(std::move(bank)), m_index(m_bank->cols) {
        translated([&] { m_index.add(m_bank->rows, m_bank->values.data()); });
    }

    IndexKind kind() const override { return IndexKind::Flat; }
    std::int64_t rows() const override { return m_bank->rows; }
    std::int64_t dimensions() const override { return m_bank->cols; }
    Neighbours search(const Matrix& queries, std::int64_t k, const RunContext& context) const override {
        checkQueries(*this, queries, k, context);
        return searchFaiss(m_index, *m_bank, queries, k, context);
    }

private:
    std::shared_ptr<const Matrix> m_bank;
    faiss::IndexFlatL2 m_index;
};

// Rows of the bank, chosen by a fixed seed.
Matrix sampleOf(const Matrix& bank) {
    constexpr std::int64_t sampleRows = 256;
    Matrix sample(std::min(sampleRows, bank.rows), bank.cols);
    Random random(0);
    for (std::int64_t i = 0; i < sample.rows; ++i) {
        const auto row = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(bank.rows)));
        std::copy_n(bank.row(row), bank.cols, sample.row(i));
    }
    return sample;
}

// Inverted lists: the bank is cut into cells, of which a search visits the nearest few.
class ApproximateIndex : public NeighbourIndex {
public:
    ApproximateIndex(std::shared_ptr<const Matrix> bank, const RunContext& context)
        : m_bank(std::move(bank)), m_coarse(m_bank->cols), m_index(&m_coarse, m_bank->cols, cellCount(m_bank->rows)) {
        const ThreadLimit threads(context.threads());
        m_index.cp.niter = 8;
        m_index.cp.max_points_per_centroid = 48;
        m_index.cp.min_points_per_centroid = 1;
        translated([&] {
            m_index.train(m_bank->rows, m_bank->values.data());
            constexpr std::int64_t rowsAtOnce = 65536;
            for (std::int64_t first = 0; first < m_bank->rows; first += rowsAtOnce) {
                context.checkCancelled();
                m_index.add(std::min(rowsAtOnce, m_bank->rows - first), m_bank->row(first));
            }
        });
        chooseCellsToVisit(context);
    }

    IndexKind kind() const override { return IndexKind::Approximate; }
    std::int64_t rows() const override { return m_bank->rows; }
    std::int64_t dimensions() const override { return m_bank->cols; }
    double recall() const override { return m_recall; }
    Neighbours search(const Matrix& queries, std::int64_t k, const RunContext& context) const override {
        checkQueries(*this, queries, k, context);
        return searchCells(queries, k, m_visited, context);
    }

private:
    static std::size_t cellCount(std::int64_t rows) {
        return static_cast<std::size_t>(
            std::min<std::int64_t>(rows, std::llround(2 * std::sqrt(static_cast<double>(rows)))));
    }

    Neighbours searchCells(const Matrix& queries, std::int64_t k, std::size_t visited,
                           const RunContext& context) const {
        faiss::SearchParametersIVF usual;
        usual.nprobe = visited;
        faiss::SearchParametersIVF thorough;
        thorough.nprobe = m_index.nlist;
        return searchFaiss(m_index, *m_bank, queries, k, context, &usual, &thorough);
    }

    // A row of the bank finds itself at once; its nearest other row is as hard to find as that of an unseen patch, or
    // harder, since the coreset keeps its rows apart.
    void chooseCellsToVisit(const RunContext& context) {
        if (m_bank->rows < 2) return;
        constexpr double wanted = 0.95;
        const Matrix sample = sampleOf(*m_bank);
        const Neighbours truth = makeExactIndex(m_bank, context)->search(sample, 2, context);
        for (m_visited = 1;; m_visited = std::min(2 * m_visited, m_index.nlist)) {
            const Neighbours found = searchCells(sample, 2, m_visited, context);
            std::int64_t right = 0;
            for (std::size_t i = 1; i < truth.distances.size(); i += 2)
                right += found.distances[i] <= truth.distances[i];
            m_recall = static_cast<double>(right) / static_cast<double>(sample.rows);
            if (m_recall >= wanted || m_visited == m_index.nlist) break;
        }
    }

    std::shared_ptr<const Matrix> m_bank;
    faiss::IndexFlatL2 m_coarse;
    faiss::IndexIVFFlat m_index;
    std::size_t m_visited = 1;
    double m_recall = 1;
};

}  // namespace

std::unique_ptr<NeighbourIndex> makeApproximateIndex(std::shared_ptr<const Matrix> bank, const RunContext& context) {
    return std::make_unique<ApproximateIndex>(std::move(bank), context);
}

std::unique_ptr<NeighbourIndex> makeFlatIndex(std::shared_ptr<const Matrix> bank) {
    return std::make_unique<FlatIndex>(std::move(bank));
}

}  // namespace engine
