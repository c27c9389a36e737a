// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/compared_models.h"

#include <algorithm>

#include "ui/common/breakable.h"
#include "ui/viewer/viewer_panel.h"

namespace ui {

ComparedModels::ComparedModels(const services::MapStore& maps, ViewerPanel* viewer, QObject* parent)
    : QObject(parent), m_viewer(viewer), m_loader(new services::MapLoader(maps, this)) {
    connect(m_loader, &services::MapLoader::loaded, this,
            [this](quint64 request, const std::shared_ptr<const services::StoredMap>& map) {
                if (request != m_request || !m_comparison) return;
                const services::ModelRecord& model = m_comparison->records[m_second];
                m_viewer->setSecondMap(map, model.mapLow, model.mapHigh, model.operatingPoint.pixel,
                                       captionOf(m_second));
            });
    connect(m_viewer, &ViewerPanel::comparisonChanged, this, [this](Comparison comparison) {
        if (comparison == Comparison::SideBySide || !m_comparison) return;
        m_before = comparison;
        end();
    });
}

void ComparedModels::begin(services::ModelComparisonPtr comparison, std::size_t first, std::size_t second) {
    if (!m_comparison) m_before = m_viewer->comparison();
    m_viewer->setComparison(Comparison::SideBySide);
    m_comparison = std::move(comparison);
    m_first = first;
    m_second = second;
}

void ComparedModels::end() {
    if (!m_comparison) return;
    m_comparison.reset();
    m_loader->cancel();
    m_viewer->setFirstCaption({});
    m_viewer->setSecondMap(nullptr);
    m_viewer->setSecondScore({}, engine::Verdict::None);
    m_viewer->setComparison(m_before);
    Q_EMIT ended();
}

void ComparedModels::present(const services::ImageRecord& image) {
    m_image = image.name.toStdString();
    if (!m_comparison) return;
    m_viewer->setFirstCaption(captionOf(m_first));
    const services::ModelRecord& second = m_comparison->records[m_second];
    m_viewer->setSecondMap(nullptr, second.mapLow, second.mapHigh, {}, captionOf(m_second));
    const auto score = scoreBy(m_second);
    m_viewer->setSecondScore(score, score ? engine::verdictOf(*score, second.operatingPoint) : engine::Verdict::None);
    m_request = m_loader->load(second.id, image.id);
}

const services::ModelRecord* ComparedModels::first() const {
    return m_comparison ? &m_comparison->records[m_first] : nullptr;
}

// By the letter that the comparison calls it.
QString ComparedModels::captionOf(std::size_t model) const {
    return (model == m_first ? tr("A \u00B7 %1") : tr("B \u00B7 %1"))
        .arg(unbrokenDate(m_comparison->records[model].name));
}

std::optional<double> ComparedModels::scoreBy(std::size_t model) const {
    if (!m_comparison) return std::nullopt;
    const auto& images = m_comparison->comparison.images;  // in order of name
    const auto found = std::lower_bound(images.begin(), images.end(), m_image,
                                        [](const auto& image, const std::string& name) { return image.name < name; });
    if (found == images.end() || found->name != m_image) return std::nullopt;
    return found->scores[model];
}

}  // namespace ui
