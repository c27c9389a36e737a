// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/filter_menu.h"

#include <QActionGroup>
#include <QDoubleValidator>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QWidgetAction>

#include "ui/browser/words.h"
#include "ui/common/elements.h"
#include "ui/common/theme.h"

namespace ui {

using engine::Label;
using engine::Split;
using services::ImageFilter;
using services::OrderKey;

FilterMenu::FilterMenu(QWidget* parent) : QMenu(parent) {
    setObjectName(QStringLiteral("filterMenu"));
    setAccessibleName(tr("Filter"));
}

void FilterMenu::addSection(const QString& title) {
    auto* heading = new Heading(title);
    heading->setContentsMargins(metrics::margin, metrics::gap, metrics::margin, 2);
    auto* action = new QWidgetAction(this);
    action->setDefaultWidget(heading);
    action->setEnabled(false);
    addAction(action);
    m_group = new QActionGroup(action);  // one of the entries that follow is chosen
}

template <typename Value>
void FilterMenu::addChoice(QMenu* menu, const QString& text, std::optional<Value> ImageFilter::*member,
                           const std::optional<Value>& value, const QString& name) {
    QAction* action = menu->addAction(text);
    action->setObjectName(name);
    action->setCheckable(true);
    action->setChecked(m_filter.*member == value);
    m_group->addAction(action);
    connect(action, &QAction::triggered, this, [this, member, value] {
        m_filter.*member = value;
        Q_EMIT filterChanged(m_filter);
    });
}

void FilterMenu::setFilter(const ImageFilter& filter, const QStringList& defectTypes) {
    m_filter = filter;
    clear();
    qDeleteAll(findChildren<QMenu*>(Qt::FindDirectChildrenOnly));
    addSection(tr("Split"));
    addChoice<Split>(this, tr("Both"), &ImageFilter::split, {}, QStringLiteral("splitAny"));
    addChoice<Split>(this, splitWord(Split::Train), &ImageFilter::split, Split::Train, QStringLiteral("splitTrain"));
    addChoice<Split>(this, splitWord(Split::Test), &ImageFilter::split, Split::Test, QStringLiteral("splitTest"));
    addSeparator();
    addSection(tr("Label"));
    addChoice<Label>(this, tr("Any"), &ImageFilter::label, {}, QStringLiteral("labelAny"));
    addChoice<Label>(this, labelWord(Label::Good), &ImageFilter::label, Label::Good, QStringLiteral("labelGood"));
    addChoice<Label>(this, labelWord(Label::Defect), &ImageFilter::label, Label::Defect, QStringLiteral("labelDefect"));
    addChoice<Label>(this, labelWord(Label::Unlabelled), &ImageFilter::label, Label::Unlabelled,
                     QStringLiteral("labelUnlabelled"));
    if (!defectTypes.isEmpty()) {
        QMenu* types = addMenu(tr("Defect type"));
        m_group = new QActionGroup(types);
        addChoice<QString>(types, tr("Any"), &ImageFilter::defectType, {}, QStringLiteral("typeAny"));
        for (const QString& type : defectTypes)
            addChoice<QString>(types, defectTypeWord(type), &ImageFilter::defectType, type,
                               QStringLiteral("type_") + type);
        addChoice<QString>(types, tr("No type"), &ImageFilter::defectType, QString(), QStringLiteral("typeNone"));
    }
    addSeparator();
    addSection(tr("Score"));
    addScoreRange();
    addSeparator();
    QAction* all = addAction(tr("Clear the filter"));
    all->setObjectName(QStringLiteral("clearFilter"));
    all->setEnabled(!m_filter.isEmpty());
    connect(all, &QAction::triggered, this, [this] { Q_EMIT filterChanged({}); });
}

void FilterMenu::addScoreRange() {
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(metrics::margin, 2, metrics::margin, metrics::gap);
    layout->setSpacing(metrics::gap);
    const auto addField = [&](const QString& word, const QString& name, std::optional<double> ImageFilter::*member) {
        auto* field = new QLineEdit;
        field->setObjectName(name);
        field->setAccessibleName(tr("Score %1").arg(word));
        field->setPlaceholderText(word);
        field->setFixedWidth(72);
        field->setAlignment(Qt::AlignRight);
        field->setValidator(new QDoubleValidator(field));
        if (m_filter.*member) field->setText(QLocale().toString(*(m_filter.*member), 'g', 6));
        connect(field, &QLineEdit::textChanged, this, [this, member](const QString& text) {
            bool isNumber = false;
            const double value = QLocale().toDouble(text, &isNumber);
            if (!isNumber && !text.isEmpty()) return;
            m_filter.*member = isNumber ? std::optional(value) : std::nullopt;
            Q_EMIT filterChanged(m_filter);
        });
        connect(field, &QLineEdit::returnPressed, this, &QMenu::close);
        layout->addWidget(field);
    };
    addField(tr("from"), QStringLiteral("scoreFromEdit"), &ImageFilter::scoreFrom);
    layout->addWidget(new QLabel(QStringLiteral("\u2013")));
    addField(tr("to"), QStringLiteral("scoreToEdit"), &ImageFilter::scoreTo);
    layout->addStretch();
    auto* action = new QWidgetAction(this);
    action->setDefaultWidget(line);
    addAction(action);
}

OrderMenu::OrderMenu(QWidget* parent) : QMenu(parent) {
    setObjectName(QStringLiteral("orderMenu"));
    setAccessibleName(tr("Sort"));
}

void OrderMenu::setOrder(const services::ImageOrder& order) {
    m_order = order;
    clear();
    QActionGroup* group = nullptr;
    const auto add = [&](const QString& text, const QString& name, bool checked, auto change) {
        QAction* action = addAction(text);
        action->setObjectName(name);
        action->setCheckable(true);
        action->setChecked(checked);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, change] {
            change(m_order);
            Q_EMIT orderChanged(m_order);
        });
    };
    qDeleteAll(findChildren<QActionGroup*>());
    group = new QActionGroup(this);
    int number = 0;
    for (const auto key :
         {OrderKey::Name, OrderKey::Score, OrderKey::Date, OrderKey::Label, OrderKey::Split, OrderKey::DefectType})
        add(orderWord(key), QStringLiteral("order%1").arg(number++), order.key == key,
            [key](services::ImageOrder& o) { o.key = key; });
    addSeparator();
    group = new QActionGroup(this);
    add(tr("Ascending"), QStringLiteral("orderAscending"), !order.descending,
        [](services::ImageOrder& o) { o.descending = false; });
    add(tr("Descending"), QStringLiteral("orderDescending"), order.descending,
        [](services::ImageOrder& o) { o.descending = true; });
}

QString orderWord(OrderKey key) {
    switch (key) {
        case OrderKey::Name:
            return OrderMenu::tr("Name");
        case OrderKey::Score:
            return OrderMenu::tr("Score");
        case OrderKey::Date:
            return OrderMenu::tr("Date");
        case OrderKey::Label:
            return OrderMenu::tr("Label");
        case OrderKey::Split:
            return OrderMenu::tr("Split");
        case OrderKey::DefectType:
            break;
    }
    return OrderMenu::tr("Defect type");
}

}  // namespace ui
