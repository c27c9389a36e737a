// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/spade_gallery.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/features/pooled_features.h"

namespace engine {

std::vector<FeatureMap> pixelMaps(std::vector<FeatureMap> maps) {
    const auto isPixels = [](const FeatureMap& map) {
        return map.stage.starts_with('2') || map.stage.starts_with('3') || map.stage.starts_with('4');
    };
    if (std::none_of(maps.begin(), maps.end(), isPixels)) {
        if (maps.size() > 1) maps.pop_back();
        return maps;
    }
    std::erase_if(maps, [&](const FeatureMap& map) { return !isPixels(map); });
    return maps;
}

PatchFeatures pixelFeatures(std::span<const FeatureMap> maps, const RunContext& context) {
    return patchFeatures(maps, {{Neighbourhood::None}, {}}, context);
}

std::int64_t SpadeGallery::perImage() const {
    std::int64_t count = 0;
    for (const FeatureMap& shape : shapes) count += std::int64_t{shape.height} * shape.width * shape.channels;
    return count;
}

PatchFeatures SpadeGallery::pixels(std::int64_t image, const RunContext& context) const {
    std::vector<FeatureMap> maps = shapes;
    auto from = activations.values.subspan(static_cast<std::size_t>(image * perImage()));
    for (FeatureMap& map : maps) {
        const auto count = static_cast<std::size_t>(map.height) * static_cast<std::size_t>(map.width) *
                           static_cast<std::size_t>(map.channels);
        map.values.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            if (!std::isfinite(from[i])) damagedModel("the gallery holds a value that is not finite");
            map.values[i] = from[i];
        }
        from = from.subspan(count);
    }
    return pixelFeatures(maps, context);
}

void GalleryBuilder::add(std::vector<FeatureMap> maps, const Preprocessor& preprocessor, const Region& region,
                         cv::Size original) {
    const auto pooled = pooledFeatures(maps.back(), preprocessor, region, original.width, original.height);
    maps = pixelMaps(std::move(maps));
    if (m_gallery.shapes.empty()) {
        for (const FeatureMap& map : maps)
            m_gallery.shapes.push_back({map.stage, map.height, map.width, map.channels, {}});
        m_pooled.cols = static_cast<std::int64_t>(pooled.size());
        const std::size_t count = m_images * static_cast<std::size_t>(m_gallery.perImage());
        const std::size_t bytes = count * sizeof(float);
        if (static_cast<std::int64_t>(bytes) > m_budgetBytes) {
            m_scratch = MappedMemory::scratch(bytes);
            m_values = {reinterpret_cast<float*>(m_scratch->writable().data()), count};
        } else {
            m_memory.resize(count);
            m_values = m_memory;
        }
    }
    auto to = m_values.begin() + m_pooled.rows * m_gallery.perImage();
    for (const FeatureMap& map : maps) to = std::copy(map.values.begin(), map.values.end(), to);
    m_pooled.values.insert(m_pooled.values.end(), pooled.begin(), pooled.end());
    ++m_pooled.rows;
    m_gallery.sizes.push_back(original);
}

SpadeGallery GalleryBuilder::finish() {
    const auto used = static_cast<std::size_t>(m_pooled.rows * m_gallery.perImage());
    m_gallery.pooled = std::make_shared<const Matrix>(std::move(m_pooled));
    if (m_scratch != nullptr) {
        m_gallery.activations = {m_values.first(used), m_scratch};
    } else {
        m_memory.resize(used);
        m_gallery.activations = SharedFloats::of(std::move(m_memory));
    }
    return std::move(m_gallery);
}

SpadeSearch::Images SpadeSearch::images(const SpadeGallery& gallery, std::span<const float> pooled, std::int64_t except,
                                        const RunContext& context) {
    if (m_pooled != gallery.pooled) {
        m_images = makeIndex(IndexKind::Exact, gallery.pooled, context);
        m_pooled = gallery.pooled;
    }
    Matrix query(1, gallery.pooled->cols);
    std::copy(pooled.begin(), pooled.end(), query.values.begin());
    const std::int64_t others = gallery.images() - (except >= 0 ? 1 : 0);
    const std::int64_t wanted = std::min<std::int64_t>(m_parameters.neighbours, others);
    const std::int64_t asked = wanted + (except >= 0 ? 1 : 0);
    const Neighbours nearest = m_images->search(query, asked, context);
    Images result;
    for (std::size_t i = 0; i < nearest.rows.size() && std::cmp_less(result.chosen.size(), wanted); ++i) {
        if (nearest.rows[i] == except) continue;
        result.chosen.push_back(static_cast<std::int32_t>(nearest.rows[i]));
        result.score += static_cast<double>(nearest.distances[i]) * nearest.distances[i];
    }
    result.score /= static_cast<double>(result.chosen.size());
    std::sort(result.chosen.begin(), result.chosen.end());
    return result;
}

SpadeSearch::Pixels SpadeSearch::pixels(const SpadeGallery& gallery, const std::vector<std::int32_t>& chosen,
                                        const Matrix& queries, std::int64_t count, const RunContext& context) {
    if (m_index == nullptr || m_chosen != chosen) {
        m_index.reset();
        m_image.clear();
        m_cell.clear();
        const PatchGrid grid = gallery.grid();
        auto bank = std::make_shared<Matrix>();
        bank->cols = queries.cols;
        bank->values.reserve(chosen.size() * static_cast<std::size_t>(grid.cells() * queries.cols));
        for (const std::int32_t image : chosen) {
            context.checkCancelled();
            const PatchFeatures patches = gallery.pixels(image, context);
            const auto inspected =
                requireInspectedCells(grid, m_preprocessor, m_region, gallery.sizes[static_cast<std::size_t>(image)]);
            for (int cell = 0; cell < grid.cells(); ++cell) {
                if (inspected[static_cast<std::size_t>(cell)] == 0) continue;
                const float* row = patches.rows.row(cell);
                bank->values.insert(bank->values.end(), row, row + queries.cols);
                m_image.push_back(image);
                m_cell.push_back(cell);
            }
        }
        bank->rows = static_cast<std::int64_t>(m_cell.size());
        m_index = makeIndex(m_parameters.index, std::move(bank), context);
        m_chosen = chosen;
    }
    Pixels pixels;
    pixels.image = m_image;
    pixels.cell = m_cell;
    const std::int64_t k = std::min<std::int64_t>(count, m_index->rows());
    pixels.nearest = m_index->search(queries, k, context);
    const std::int64_t compared = std::min<std::int64_t>(m_parameters.correspondences, k);
    for (std::int64_t q = 0; q < queries.rows; ++q) {
        double sum = 0;
        for (std::int64_t i = 0; i < compared; ++i)
            sum += pixels.nearest.distances[static_cast<std::size_t>(q * k + i)];
        pixels.scores.push_back(static_cast<float>(sum / static_cast<double>(compared)));
    }
    return pixels;
}

}  // namespace engine
