// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services/query/image_filter.h"
#include "app/services/query/score_index.h"

class QButtonGroup;
class QLineEdit;
class QToolButton;

namespace ui {

class Chip;
class FilterMenu;
class OrderMenu;

// Above the images: what is listed, in which order and how. It shows a filter and an order and says what is asked for;
// whoever owns the list answers by setting them.
class FilterBar : public QWidget {
    Q_OBJECT
public:
    explicit FilterBar(QWidget* parent = nullptr);

    void setFilter(const services::ImageFilter& filter);
    void setOrder(const services::ImageOrder& order);
    void setCounts(const services::ListCounts& counts);
    void setDefectTypes(const QStringList& types) { m_defectTypes = types; }
    void setTable(bool table);
    void focusSearch();

Q_SIGNALS:
    void filterChanged(const services::ImageFilter& filter);
    void orderChanged(const services::ImageOrder& order);
    void tableWanted(bool table);
    void left();  // from the search field to the images

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Chip* addChip(const QString& text, const QString& name, std::optional<engine::Verdict> verdict, bool disagreement);
    QWidget* makeChips();
    QWidget* makeTools();
    void showChips();

    services::ImageFilter m_filter;
    services::ImageOrder m_order;
    QStringList m_defectTypes;
    QLineEdit* m_search;
    QButtonGroup* m_chips;
    Chip* m_all = nullptr;
    Chip* m_fail = nullptr;
    Chip* m_review = nullptr;
    Chip* m_pass = nullptr;
    Chip* m_disagree = nullptr;
    Chip* m_error = nullptr;
    int m_errors = 0;
    QToolButton* m_filterButton = nullptr;
    QToolButton* m_orderButton = nullptr;
    QToolButton* m_gridButton = nullptr;
    QToolButton* m_tableButton = nullptr;
    FilterMenu* m_filterMenu;
    OrderMenu* m_orderMenu;
};

}  // namespace ui
