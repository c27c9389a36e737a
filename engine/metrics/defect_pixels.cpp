// SPDX-License-Identifier: Apache-2.0
#include "engine/metrics/defect_pixels.h"

#include <algorithm>
#include <span>
#include <utility>

#include "engine/metrics/key_bins.h"
#include "engine/metrics/radix_sort.h"

namespace engine {

// Merges the sorted regions.
class DefectPixels::Merge {
public:
    void add(std::span<const std::uint32_t> region) {
        m_heap.push_back({region, 1.0 / static_cast<double>(region.size())});
        std::push_heap(m_heap.begin(), m_heap.end(), lower);
    }

    bool next(Group& group) {
        if (m_heap.empty()) return false;
        group = {m_heap.front().rest.back(), 0, 0};
        while (!m_heap.empty() && m_heap.front().rest.back() == group.key) {
            std::pop_heap(m_heap.begin(), m_heap.end(), lower);
            Run& run = m_heap.back();
            const std::size_t before = run.rest.size();
            while (!run.rest.empty() && run.rest.back() == group.key) run.rest = run.rest.first(run.rest.size() - 1);
            const std::size_t taken = before - run.rest.size();
            group.pixels += static_cast<std::int64_t>(taken);
            group.shareOfRegions += static_cast<double>(taken) * run.weight;
            if (run.rest.empty())
                m_heap.pop_back();
            else
                std::push_heap(m_heap.begin(), m_heap.end(), lower);
        }
        return true;
    }

private:
    struct Run {
        std::span<const std::uint32_t> rest;
        double weight;
    };
    static bool lower(const Run& a, const Run& b) { return a.rest.back() < b.rest.back(); }
    std::vector<Run> m_heap;
};

DefectPixels::DefectPixels(std::int64_t mostHeld) : m_mostHeld(mostHeld) {}
DefectPixels::~DefectPixels() = default;

void DefectPixels::append(std::vector<std::uint32_t> keys, std::vector<std::size_t> ends) {
    m_pixels += static_cast<std::int64_t>(keys.size());
    m_regions += static_cast<std::int64_t>(ends.size());
    Image image{std::move(keys), std::move(ends)};
    if (isCounted())
        countImage(image);
    else
        m_images.push_back(std::move(image));
    if (m_pixels > m_mostHeld) count();
}

void DefectPixels::count() {
    if (isCounted()) return;
    m_bins.resize(KeyBins::count);
    for (const Image& image : m_images) countImage(image);
    std::vector<Image>().swap(m_images);
}

void DefectPixels::countImage(const Image& image) {
    std::size_t begin = 0;
    for (const std::size_t end : image.ends) {
        const double weight = 1.0 / static_cast<double>(end - begin);
        for (; begin < end; ++begin) {
            Bin& bin = m_bins[KeyBins::of(image.keys[begin])];
            ++bin.pixels;
            bin.shareOfRegions += weight;
        }
    }
}

void DefectPixels::sort(const RunContext& context) {
    m_place = m_bins.size();
    m_merge = std::make_unique<Merge>();
    for (Image& image : m_images) {
        std::size_t begin = 0;
        for (const std::size_t end : image.ends) {
            const auto region = std::span(image.keys).subspan(begin, end - begin);
            radixSort(region, context);
            m_merge->add(region);
            begin = end;
        }
    }
}

bool DefectPixels::descend(Group& group) {
    if (!isCounted()) return m_merge->next(group);
    while (m_place > 0) {
        const Bin& bin = m_bins[--m_place];
        if (bin.pixels == 0) continue;
        group = {KeyBins::lowestKey(m_place), bin.pixels, bin.shareOfRegions};
        return true;
    }
    return false;
}

}  // namespace engine
