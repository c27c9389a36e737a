// SPDX-License-Identifier: Apache-2.0
#include "engine/metrics/interval.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/metrics/binomial.h"

namespace engine {

namespace {

// One class, by its places in the list of all images sorted by score.
void resample(const std::vector<std::uint32_t>& places, Random& random, std::vector<std::uint32_t>& drawn) {
    for (std::size_t i = 0; i < places.size(); ++i) ++drawn[places[random.below(places.size())]];
}

// Linear between neighbouring values (Hyndman and Fan's definition 7). `sorted` is not empty.
double quantile(const std::vector<double>& sorted, double probability) {
    const double place = probability * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::optional<Rate> rate(std::int64_t count, std::int64_t total) {
    if (count < 0 || count > total) {
        throw Error(ErrorCode::InvalidArgument,
                    std::to_string(count) + " of " + std::to_string(total) + " is not a share; count within the total");
    }
    if (total == 0) return std::nullopt;
    const auto k = static_cast<double>(count);
    const auto n = static_cast<double>(total);
    Rate result{count, total, k / n, {0, 1}};
    if (count > 0) result.interval.low = inverseIncompleteBeta(k, n - k + 1, intervalTail);
    if (count < total) result.interval.high = inverseIncompleteBeta(k + 1, n - k, 1 - intervalTail);
    return result;
}

std::optional<Interval> bootstrapInterval(std::span<const double> scores, std::span<const std::uint8_t> labels,
                                          const ScoreStatistic& statistic, std::uint64_t seed, int rounds) {
    if (rounds < 1) throw Error(ErrorCode::InvalidArgument, "a bootstrap needs at least one round");
    if (!statistic(scores, labels)) return std::nullopt;  // also refuses what is not well-formed

    // Resamples are counts of draws for each image, written out in ascending order of score, so that the statistic
    // need not sort any of them.
    const std::size_t n = scores.size();
    std::vector<std::uint32_t> order(n);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return scores[a] < scores[b]; });
    std::vector<std::uint32_t> good;
    std::vector<std::uint32_t> defect;
    for (std::uint32_t place = 0; place < n; ++place) (labels[order[place]] == 0 ? good : defect).push_back(place);

    Random random(seed);
    std::vector<std::uint32_t> drawn(n);
    std::vector<double> sampleScores(n);
    std::vector<std::uint8_t> sampleLabels(n);
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(rounds));
    for (int round = 0; round < rounds; ++round) {
        std::fill(drawn.begin(), drawn.end(), 0U);
        resample(good, random, drawn);
        resample(defect, random, drawn);
        std::size_t out = 0;
        for (std::size_t place = 0; place < n; ++place) {
            for (std::uint32_t i = 0; i < drawn[place]; ++i, ++out) {
                sampleScores[out] = scores[order[place]];
                sampleLabels[out] = labels[order[place]];
            }
        }
        const std::optional<double> value = statistic(sampleScores, sampleLabels);
        if (!value) return std::nullopt;
        values.push_back(*value);
    }
    std::sort(values.begin(), values.end());
    return Interval{quantile(values, intervalTail), quantile(values, 1 - intervalTail)};
}

}  // namespace engine
