// SPDX-License-Identifier: Apache-2.0
#include "engine/metrics/pixel_metrics.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "engine/core/error.h"
#include "engine/metrics/defect_pixels.h"
#include "engine/metrics/good_pixels.h"
#include "engine/metrics/radix_sort.h"

namespace engine {

namespace {

constexpr double falsePositiveLimit = 0.3;

// The area under per-region overlap over false positive rate up to the limit, along straight lines.
class OverlapArea {
public:
    void lineTo(double falsePositiveRate, double overlap) {
        const double end = std::min(falsePositiveRate, falsePositiveLimit);
        if (end > m_rate) {
            const double part = (end - m_rate) / (falsePositiveRate - m_rate);
            m_area += (end - m_rate) * (m_overlap + part * (overlap - m_overlap) / 2);
        }
        m_rate = std::max(m_rate, falsePositiveRate);
        m_overlap = overlap;
    }
    double normalised() const { return m_area / falsePositiveLimit; }

private:
    double m_rate = 0;
    double m_overlap = 0;
    double m_area = 0;
};

// Every curve changes its course only at the scores of defect pixels, so these alone are visited; the good pixels
// are walked along beside them. Both ascend; the walk goes down.
PixelScores walk(GoodPixels& good, DefectPixels& defects, const RunContext& context) {
    PixelScores scores;
    const auto goodTotal = static_cast<double>(good.size());
    const auto defectTotal = static_cast<double>(defects.pixels());
    OverlapArea area;
    double pairs = 0;
    double precisionSum = 0;
    double overlap = 0;
    double bestF1 = -1;
    std::int64_t tp = 0;
    std::int64_t steps = 0;
    for (DefectPixels::Group group; defects.descend(group);) {
        if ((++steps & 0xFFFF) == 0) context.checkCancelled();
        const auto [higher, equalOrHigher] = good.descend(group.key);
        area.lineTo(static_cast<double>(higher) / goodTotal, overlap);
        const auto flaggedGood = static_cast<double>(equalOrHigher);
        tp += group.pixels;
        overlap += group.shareOfRegions / static_cast<double>(defects.regions());
        area.lineTo(flaggedGood / goodTotal, overlap);
        const auto pixels = static_cast<double>(group.pixels);
        pairs += pixels * (goodTotal - flaggedGood + static_cast<double>(equalOrHigher - higher) / 2);
        precisionSum += pixels * static_cast<double>(tp) / (static_cast<double>(tp) + flaggedGood);
        const double f1 = 2 * static_cast<double>(tp) / (static_cast<double>(tp) + flaggedGood + defectTotal);
        if (f1 > bestF1) {
            bestF1 = f1;
            scores.f1threshold = valueOfKey(group.key);
        }
    }
    area.lineTo(1, overlap);
    scores.auroc = pairs / (goodTotal * defectTotal);
    scores.aupr = precisionSum / defectTotal;
    scores.f1max = bestF1;
    scores.aupro30 = area.normalised();
    return scores;
}

std::string sizeOf(const cv::Mat& image) {
    return std::to_string(image.cols) + " x " + std::to_string(image.rows);
}

void check(const cv::Mat& map, const cv::Mat& other, const char* what) {
    if (other.empty()) return;
    if (other.type() != CV_8UC1)
        throw Error(ErrorCode::InvalidArgument, std::string(what) + " must have 8 bits, one channel");
    if (other.size() == map.size()) return;
    throw Error(ErrorCode::Mismatch, std::string(what) + " has " + sizeOf(other) + " pixels but the map has " +
                                         sizeOf(map) + "; bring it to the size of the image");
}

}  // namespace

struct PixelMetrics::State {
    explicit State(const MostExact& most) : good(most.good), defects(most.defect) {}

    GoodPixels good;
    DefectPixels defects;
    std::int64_t masks = 0;
    bool computed = false;

    void addMarked(const cv::Mat& map, const cv::Mat& mask, const cv::Mat& inside);
    // What is compared must be rounded alike.
    void countBothIf(bool either) {
        if (!either) return;
        good.count();
        defects.count();
    }
};

// Regions are those of the mask as it was drawn: a region of interest may cut pixels off them, but splits none.
void PixelMetrics::State::addMarked(const cv::Mat& map, const cv::Mat& mask, const cv::Mat& inside) {
    cv::Mat labels;
    const int count = cv::connectedComponents(mask, labels, 8, CV_32S) - 1;
    const auto counted = [&](int y, int x) { return inside.empty() || inside.at<std::uint8_t>(y, x) != 0; };
    std::vector<std::size_t> sizes(static_cast<std::size_t>(count), 0);
    for (int y = 0; y < map.rows; ++y) {
        for (int x = 0; x < map.cols; ++x) {
            const int region = labels.at<int>(y, x);
            if (region > 0 && counted(y, x)) ++sizes[static_cast<std::size_t>(region - 1)];
        }
    }
    std::vector<std::size_t> next(sizes.size());
    std::size_t total = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        next[i] = total;
        total += sizes[i];
    }
    std::vector<std::uint32_t> keys(total);
    for (int y = 0; y < map.rows; ++y) {
        for (int x = 0; x < map.cols; ++x) {
            if (!counted(y, x)) continue;
            const std::uint32_t key = orderedKey(map.at<float>(y, x));
            const int region = labels.at<int>(y, x);
            if (region > 0)
                keys[next[static_cast<std::size_t>(region - 1)]++] = key;
            else
                good.append(key);
        }
    }
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] > 0) ends.push_back(next[i]);
    }
    if (total == 0) return;
    ++masks;
    defects.append(std::move(keys), std::move(ends));
}

PixelMetrics::PixelMetrics(std::int64_t expectedPixels) : PixelMetrics(expectedPixels, MostExact()) {}
PixelMetrics::PixelMetrics(std::int64_t expectedPixels, const MostExact& most)
    : m_state(std::make_unique<State>(most)) {
    m_state->countBothIf(expectedPixels > most.good);
}
PixelMetrics::~PixelMetrics() = default;

void PixelMetrics::add(const cv::Mat& map, const cv::Mat& mask, const cv::Mat& inside) {
    if (m_state->computed) throw Error(ErrorCode::InvalidArgument, "the pixel metrics are computed; start new ones");
    if (map.empty() || map.type() != CV_32FC1) {
        throw Error(ErrorCode::InvalidArgument, "an anomaly map must have one channel of 32-bit floats");
    }
    check(map, mask, "the mask");
    check(map, inside, "the region of interest");
    for (int y = 0; y < map.rows; ++y) {
        const float* row = map.ptr<float>(y);
        if (std::all_of(row, row + map.cols, [](float v) { return std::isfinite(v); })) continue;
        throw Error(ErrorCode::InvalidArgument,
                    "the anomaly map has a value that is not a finite number; leave it out");
    }
    if (!mask.empty()) {
        m_state->addMarked(map, mask, inside);
    } else {
        for (int y = 0; y < map.rows; ++y) {
            const float* row = map.ptr<float>(y);
            const std::uint8_t* open = inside.empty() ? nullptr : inside.ptr<std::uint8_t>(y);
            for (int x = 0; x < map.cols; ++x) {
                if (open == nullptr || open[x] != 0) m_state->good.append(orderedKey(row[x]));
            }
        }
    }
    m_state->countBothIf(m_state->good.isCounted() || m_state->defects.isCounted());
}

PixelScores PixelMetrics::compute(const RunContext& context) {
    if (m_state->computed) throw Error(ErrorCode::InvalidArgument, "the pixel metrics can be computed only once");
    m_state->computed = true;
    m_state->good.sort(context);
    m_state->defects.sort(context);
    PixelScores scores;
    if (m_state->defects.pixels() > 0 && m_state->good.size() > 0)
        scores = walk(m_state->good, m_state->defects, context);
    scores.masks = m_state->masks;
    scores.regions = m_state->defects.regions();
    return scores;
}

}  // namespace engine
