// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "engine/dataset/image_set.h"
#include "engine/metrics/operating_point.h"

namespace services {

// What an image must be to be listed; everything that is set must hold.
struct ImageFilter {
    QString text = {};  // words, each of which is in the name or in the defect type; upper and lower case are the same
    std::optional<engine::Split> split = std::nullopt;
    std::optional<engine::Label> label = std::nullopt;
    std::optional<QString> defectType = std::nullopt;  // of defects only; empty: those whose type is not known
    std::optional<double> scoreFrom = std::nullopt;    // both inclusive; an image without a score matches neither
    std::optional<double> scoreTo = std::nullopt;
    // These two move with the operating point, those above do not.
    std::optional<engine::Verdict> verdict = std::nullopt;
    bool disagreementOnly = false;  // a good image that fails, a defect that passes

    bool operator==(const ImageFilter&) const = default;
    bool dependsOnCuts() const { return verdict || disagreementOnly; }
    bool isEmpty() const { return *this == ImageFilter{}; }
};

enum class OrderKey { Name, Score, Date, Label, Split, DefectType };

// Images that are alike in the key stand in order of name. What has no score or no defect type comes last either way.
struct ImageOrder {
    OrderKey key = OrderKey::Name;
    bool descending = false;

    bool operator==(const ImageOrder&) const = default;
};

}  // namespace services
