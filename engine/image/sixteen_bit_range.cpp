// SPDX-License-Identifier: Apache-2.0
#include "engine/image/sixteen_bit_range.h"

#include <algorithm>
#include <cmath>

namespace engine {

void SixteenBitRange::add(const Image& image) {
    if (!image.is16Bit()) return;
    const cv::Mat& pixels = image.pixels;
    const int values = pixels.cols * pixels.channels();
    for (int y = 0; y < pixels.rows; ++y) {
        const auto* row = pixels.ptr<std::uint16_t>(y);
        for (int i = 0; i < values; ++i) ++m_counts[row[i]];
    }
    m_total += static_cast<std::int64_t>(values) * pixels.rows;
}

std::uint16_t SixteenBitRange::quantile(double share) const {
    const auto wanted =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(share * static_cast<double>(m_total))));
    std::int64_t seen = 0;
    for (std::size_t value = 0; value < m_counts.size(); ++value) {
        seen += m_counts[value];
        if (seen >= wanted) return static_cast<std::uint16_t>(value);
    }
    return 0;
}

double SixteenBitRange::low() const {
    return empty() ? 0.0 : quantile(0.001);
}

double SixteenBitRange::high() const {
    return empty() ? 65535.0 : std::max(static_cast<double>(quantile(0.999)), low() + 1);
}

}  // namespace engine
