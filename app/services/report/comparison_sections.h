// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services/report/compose_comparison.h"

namespace services {

// Of a comparison's images: in pairs of models, those in dispute, all of them; and what the models are.
Section scattersSection(const ComparisonContent& content);
Section disputesSection(const ComparisonContent& content);
Section scoresSection(const ComparisonContent& content);
Section detailsSection(const ComparisonContent& content);

}  // namespace services
