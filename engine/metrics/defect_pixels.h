// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/run_context.h"

namespace engine {

// The scores of all defect pixels of a test set, as ordered keys, region by region. Up to a number of pixels each is
// held; beyond it they are counted in KeyBins, in 64 MiB.
class DefectPixels {
public:
    explicit DefectPixels(std::int64_t mostHeld);
    ~DefectPixels();
    DefectPixels(const DefectPixels&) = delete;
    DefectPixels& operator=(const DefectPixels&) = delete;

    // Those of an image: region i ends before ends[i] and has a pixel at least.
    void append(std::vector<std::uint32_t> keys, std::vector<std::size_t> ends);
    void count();
    bool isCounted() const { return !m_bins.empty(); }
    std::int64_t pixels() const { return m_pixels; }
    std::int64_t regions() const { return m_regions; }

    // Puts them in order; nothing is appended afterwards. Throws Cancelled.
    void sort(const RunContext& context);

    struct Group {  // all pixels of one key, or of one bin, whose lowest key then stands for it
        std::uint32_t key = 0;
        std::int64_t pixels = 0;
        double shareOfRegions = 0;  // summed over regions: pixels / size of the region
    };
    // From the highest key down; false when there are no more.
    bool descend(Group& group);

private:
    struct Bin {
        std::int64_t pixels = 0;
        double shareOfRegions = 0;
    };
    struct Image {
        std::vector<std::uint32_t> keys;
        std::vector<std::size_t> ends;
    };
    class Merge;

    void countImage(const Image& image);

    std::int64_t m_mostHeld;
    std::int64_t m_pixels = 0;
    std::int64_t m_regions = 0;
    std::vector<Image> m_images;
    std::vector<Bin> m_bins;  // empty: every key is held
    std::size_t m_place = 0;  // of descend: bins that are not passed yet
    std::unique_ptr<Merge> m_merge;
};

}  // namespace engine
