// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme_style.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTableView>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

namespace {

// Fusion's own are all but lost on a dark panel.
void drawRadioButton(const QStyleOption& option, QPainter* painter) {
    const Colours& colours = coloursOf(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool on = option.state.testFlag(QStyle::State_On);
    const double side = std::min(option.rect.width(), option.rect.height()) - 1.0;
    QRectF circle(0, 0, side, side);
    circle.moveCenter(QRectF(option.rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(enabled ? (on ? colours.accent : colours.secondary) : colours.hairline, 1));
    painter->setBrush(colours.field);
    painter->drawEllipse(circle);
    if (on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(enabled ? colours.accent : colours.secondary);
        painter->drawEllipse(circle.adjusted(side / 4, side / 4, -side / 4, -side / 4));
    }
    painter->restore();
}

void drawLineBelow(const QRect& rect, const QPalette& palette, QPainter* painter) {
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), coloursOf(palette).hairline);
}

void drawHeaderSection(const QStyleOption& option, QPainter* painter) {
    painter->fillRect(option.rect, coloursOf(option.palette).panel);
    drawLineBelow(option.rect, option.palette, painter);
}

bool isTable(const QWidget* widget) {
    return qobject_cast<const QTableView*>(widget) != nullptr;
}

}  // namespace

ThemeStyle::ThemeStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

int ThemeStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    if (metric == PM_FocusFrameHMargin && isTable(widget)) return metrics::gap - 1;  // the style adds one
    return QProxyStyle::pixelMetric(metric, option, widget);
}

QSize ThemeStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                   const QWidget* widget) const {
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    if (type == CT_PushButton) size = {size.width() + 16, std::max(size.height(), metrics::rowHeight)};
    if (type == CT_LineEdit || type == CT_ComboBox || type == CT_SpinBox)
        size.setHeight(std::max(size.height(), metrics::rowHeight));
    return size;
}

QRect ThemeStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    return element == SE_LineEditContents ? rect.adjusted(4, 0, -4, 0) : rect;
}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    if (element == PE_IndicatorRadioButton) {
        drawRadioButton(*option, painter);
        return;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (element == PE_PanelItemViewRow && isTable(widget)) drawLineBelow(option->rect, option->palette, painter);
}

void ThemeStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                             const QWidget* widget) const {
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
    const auto* comboBox = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (element == CE_HeaderSection || element == CE_HeaderEmptyArea)
        drawHeaderSection(*option, painter);
    else if (element == CE_HeaderLabel && header != nullptr)
        drawHeaderLabel(*header, painter, widget);
    else if (element == CE_ComboBoxLabel && comboBox != nullptr)
        drawComboBoxLabel(*comboBox, painter, widget);
    else
        QProxyStyle::drawControl(element, option, painter, widget);
}

// Not by PM_HeaderMargin, which would take from the height as well.
void ThemeStyle::drawHeaderLabel(const QStyleOptionHeader& option, QPainter* painter, const QWidget* widget) const {
    QStyleOptionHeader label = option;
    label.version = QStyleOptionHeader::Version;  // what a later version holds is not copied
    const int room = metrics::gap - pixelMetric(PM_HeaderMargin, &option, widget);
    label.rect.adjust(room, 0, -room, 0);
    QProxyStyle::drawControl(CE_HeaderLabel, &label, painter, widget);
}

void ThemeStyle::drawComboBoxLabel(const QStyleOptionComboBox& option, QPainter* painter, const QWidget* widget) const {
    QStyleOptionComboBox label = option;
    const QRect room = subControlRect(CC_ComboBox, &option, SC_ComboBoxEditField, widget).adjusted(1, 0, -1, 0);
    label.currentText = option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, room.width());
    QProxyStyle::drawControl(CE_ComboBoxLabel, &label, painter, widget);
}

}  // namespace ui
