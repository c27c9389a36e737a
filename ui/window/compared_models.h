// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <optional>
#include <string>

#include "app/services/images/map_store.h"
#include "app/services/reporting/model_comparison.h"

namespace ui {

class ViewerPanel;
enum class Comparison;

// Two models on the picture that is shown, while a person compares them: the map of the first where that of the current
// model is otherwise, the map of the second beside it. It keeps the second view; whoever has the first asks here first.
class ComparedModels : public QObject {
    Q_OBJECT
public:
    ComparedModels(const services::MapStore& maps, ViewerPanel* viewer, QObject* parent = nullptr);

    // Models: indices into comparison->comparison.models. Opens the second view.
    void begin(services::ModelComparisonPtr comparison, std::size_t first, std::size_t second);
    void end();  // the views are again what they were
    // Which image is shown now.
    void present(const services::ImageRecord& image);

    const services::ModelRecord* first() const;  // null: nothing is compared
    std::optional<double> firstScore() const { return scoreBy(m_first); }

Q_SIGNALS:
    void ended();

private:
    std::optional<double> scoreBy(std::size_t model) const;
    QString captionOf(std::size_t model) const;

    ViewerPanel* m_viewer;
    services::MapLoader* m_loader;
    services::ModelComparisonPtr m_comparison;
    std::size_t m_first = 0, m_second = 0;
    Comparison m_before{};  // of the views, once nothing is compared
    std::string m_image;
    quint64 m_request = 0;
};

}  // namespace ui
