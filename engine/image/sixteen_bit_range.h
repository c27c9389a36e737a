// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/image/image.h"

namespace engine {

// Gathers the values of the 16-bit training images for PreprocessParameters::SixteenBit::Percentiles: an exact
// histogram, 512 KB however many images there are. Images of 8 bit are passed over.
class SixteenBitRange {
public:
    void add(const Image& image);
    bool empty() const { return m_total == 0; }
    // The smallest value that at least `share` (0 to 1) of all values do not exceed. 0 when empty.
    std::uint16_t quantile(double share) const;
    // The 0.1 and 99.9 percentiles; high is at least low + 1. The full range, 0 and 65535, when empty.
    double low() const;
    double high() const;

private:
    std::vector<std::int64_t> m_counts = std::vector<std::int64_t>(65536);
    std::int64_t m_total = 0;
};

}  // namespace engine
