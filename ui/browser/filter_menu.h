// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

#include "app/services/query/image_filter.h"

class QActionGroup;

namespace ui {

// What the chips do not say: split, label, defect type, range of scores.
class FilterMenu : public QMenu {
    Q_OBJECT
public:
    explicit FilterMenu(QWidget* parent = nullptr);

    // To be called before it is shown: makes the entries anew.
    void setFilter(const services::ImageFilter& filter, const QStringList& defectTypes);

Q_SIGNALS:
    void filterChanged(const services::ImageFilter& filter);

private:
    template <typename Value>
    void addChoice(QMenu* menu, const QString& text, std::optional<Value> services::ImageFilter::*member,
                   const std::optional<Value>& value, const QString& name);
    void addScoreRange();
    void addSection(const QString& title);

    services::ImageFilter m_filter;
    QActionGroup* m_group = nullptr;  // of the section that is being made
};

class OrderMenu : public QMenu {
    Q_OBJECT
public:
    explicit OrderMenu(QWidget* parent = nullptr);
    void setOrder(const services::ImageOrder& order);

Q_SIGNALS:
    void orderChanged(const services::ImageOrder& order);

private:
    services::ImageOrder m_order;
};

QString orderWord(services::OrderKey key);

}  // namespace ui
