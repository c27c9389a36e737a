// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/comparison.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

#include "engine/metrics/curves.h"

namespace services {

namespace {

struct Labelled {
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
};

Labelled labelledOf(const engine::Evaluation& evaluation) {
    Labelled data;
    for (const engine::ImageResult& image : evaluation.images) {
        if (image.label == engine::Label::Unlabelled) continue;
        data.scores.push_back(image.score);
        data.labels.push_back(image.label == engine::Label::Defect);
    }
    return data;
}

ComparedPair pairOf(const Comparison& comparison, std::size_t first, std::size_t second) {
    ComparedPair pair{first, second, {}, {}, {}, {}, {}};
    std::vector<double> a;
    std::vector<double> b;
    std::vector<std::uint8_t> labels;
    std::int64_t caught[2] = {0, 0};
    std::int64_t passed[2] = {0, 0};
    for (const ComparedImage& image : comparison.images) {
        if (image.label == engine::Label::Unlabelled) continue;
        const bool isDefect = image.label == engine::Label::Defect;
        a.push_back(image.scores[first]);
        b.push_back(image.scores[second]);
        labels.push_back(isDefect);
        if (image.flagged[first] == image.flagged[second]) continue;
        const bool firstIsRight = (image.flagged[first] != 0) == isDefect;
        ++(isDefect ? caught : passed)[firstIsRight ? 0 : 1];
    }
    pair.auroc = engine::compareAuroc(a, b, labels);
    pair.caught = engine::mcNemar(caught[0], caught[1]);
    pair.passed = engine::mcNemar(passed[0], passed[1]);
    pair.right = engine::mcNemar(caught[0] + passed[0], caught[1] + passed[1]);
    return pair;
}

// How far the models are apart on an image: the widest difference between its ranks, as a share of all.
std::map<const ComparedImage*, double> rankSpreads(const Comparison& comparison) {
    std::map<const ComparedImage*, std::pair<double, double>> ranges;
    std::vector<const ComparedImage*> order;
    for (const ComparedImage& image : comparison.images) order.push_back(&image);
    for (std::size_t model = 0; model < comparison.models.size(); ++model) {
        std::sort(order.begin(), order.end(), [model](const auto* a, const auto* b) {
            return std::tie(a->scores[model], a->name) < std::tie(b->scores[model], b->name);
        });
        for (std::size_t i = 0; i < order.size(); ++i) {
            const double rank = static_cast<double>(i) / static_cast<double>(order.size());
            auto& range = ranges.try_emplace(order[i], rank, rank).first->second;
            range = {std::min(range.first, rank), std::max(range.second, rank)};
        }
    }
    std::map<const ComparedImage*, double> spreads;
    for (const auto& [image, range] : ranges) spreads[image] = range.second - range.first;
    return spreads;
}

}  // namespace

void chooseCut(ComparedModel& model) {
    model.cutFromTheseImages = !model.info.operatingPoint.fail.has_value();
    if (!model.cutFromTheseImages) {
        model.cut = *model.info.operatingPoint.fail;
        return;
    }
    const Labelled data = labelledOf(model.evaluation);
    const auto best = engine::f1Max(data.scores, data.labels);
    model.cut = best ? best->threshold : std::numeric_limits<double>::infinity();
}

bool ComparedImage::disputed() const {
    return std::adjacent_find(flagged.begin(), flagged.end(), std::not_equal_to<>()) != flagged.end();
}

Comparison compare(std::span<const ComparedModel> models) {
    Comparison comparison;
    std::map<std::string, ComparedImage> byName;
    for (const ComparedModel& model : models) {
        if (!model.ran()) continue;
        const std::size_t index = comparison.models.size();
        comparison.models.push_back(&model);
        for (const engine::ImageResult& image : model.evaluation.images) {
            ComparedImage& compared = byName[image.name];
            if (compared.scores.size() != index) continue;  // an earlier model could not score it
            compared.name = image.name;
            compared.label = image.label;
            compared.defectType = image.defectType;
            compared.scores.push_back(image.score);
            compared.flagged.push_back(image.score >= model.cut);
        }
    }
    for (auto& [name, image] : byName) {
        if (image.scores.size() == comparison.models.size())
            comparison.images.push_back(std::move(image));
        else
            ++comparison.leftOut;
    }
    std::vector<std::optional<double>> p;
    for (std::size_t first = 0; first < comparison.models.size(); ++first) {
        for (std::size_t second = first + 1; second < comparison.models.size(); ++second) {
            comparison.pairs.push_back(pairOf(comparison, first, second));
            const auto& auroc = comparison.pairs.back().auroc;
            p.push_back(auroc ? auroc->p : std::nullopt);
        }
    }
    const auto adjusted = holmAdjusted(p);
    for (std::size_t i = 0; i < adjusted.size(); ++i) comparison.pairs[i].holm = adjusted[i];
    return comparison;
}

FlaggedBy flaggedBy(const Comparison& comparison, std::size_t first, std::size_t second, engine::Label label) {
    FlaggedBy counts;
    for (const ComparedImage& image : comparison.images) {
        if (image.label != label) continue;
        const bool a = image.flagged[first] != 0;
        const bool b = image.flagged[second] != 0;
        ++(a && b ? counts.both : a ? counts.onlyFirst : b ? counts.onlySecond : counts.neither);
    }
    return counts;
}

std::vector<const ComparedImage*> disputedImages(const Comparison& comparison) {
    const auto spreads = rankSpreads(comparison);
    std::vector<const ComparedImage*> disputed;
    for (const ComparedImage& image : comparison.images) {
        if (image.disputed()) disputed.push_back(&image);
    }
    const auto place = [](const ComparedImage& image) {
        return image.label == engine::Label::Defect ? 0 : image.label == engine::Label::Good ? 1 : 2;
    };
    std::sort(disputed.begin(), disputed.end(), [&](const auto* a, const auto* b) {
        return std::tuple(place(*a), -spreads.at(a), a->name) < std::tuple(place(*b), -spreads.at(b), b->name);
    });
    return disputed;
}

std::vector<std::optional<double>> holmAdjusted(const std::vector<std::optional<double>>& p) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (p[i]) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return std::tie(*p[a], a) < std::tie(*p[b], b); });
    std::vector<std::optional<double>> adjusted(p.size());
    double least = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        least = std::max(least, std::min(1.0, static_cast<double>(order.size() - i) * *p[order[i]]));
        adjusted[order[i]] = least;
    }
    return adjusted;
}

}  // namespace services
