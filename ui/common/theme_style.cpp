// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme_style.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
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

void drawCheckBox(const QStyleOption& option, QPainter* painter) {
    const Colours& colours = coloursOf(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool on = option.state.testFlag(QStyle::State_On);
    const bool partly = option.state.testFlag(QStyle::State_NoChange);
    const double side = std::min(option.rect.width(), option.rect.height()) - 1.0;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    const QColor mark = enabled ? colours.accent : option.palette.color(QPalette::Disabled, QPalette::Text);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(on || partly ? mark : (enabled ? colours.secondary : colours.hairline), 1));
    painter->setBrush(on ? mark : colours.field);
    painter->drawRoundedRect(box, 2, 2);
    if (on) {
        painter->setPen(QPen(colours.field, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        painter->drawPolyline(QPolygonF({QPointF(box.left() + 0.22 * side, box.top() + 0.52 * side),
                                         QPointF(box.left() + 0.42 * side, box.top() + 0.72 * side),
                                         QPointF(box.left() + 0.78 * side, box.top() + 0.3 * side)}));
    } else if (partly) {
        painter->fillRect(box.adjusted(side / 4, 0.42 * side, -side / 4, -0.42 * side), mark);
    }
    painter->restore();
}

// Fusion's own is told from one that is off by a shade that nobody sees in the dark.
void drawButtonThatIsOn(const QStyleOption& option, QPainter* painter) {
    const Colours& colours = coloursOf(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool lit = option.state.testFlag(QStyle::State_MouseOver) || option.state.testFlag(QStyle::State_Sunken);
    const QColor mark = enabled ? colours.accent : colours.secondary;
    QColor fill = mark;
    fill.setAlphaF(lit ? 0.26F : 0.16F);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(mark, option.state.testFlag(QStyle::State_HasFocus) ? 2 : 1));
    painter->setBrush(fill);
    painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius, metrics::radius);
    painter->restore();
}

void drawLineBelow(const QRect& rect, const QPalette& palette, QPainter* painter) {
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), coloursOf(palette).hairline);
}

void drawHeaderSection(const QStyleOption& option, QPainter* painter) {
    painter->fillRect(option.rect, coloursOf(option.palette).panel);
    drawLineBelow(option.rect, option.palette, painter);
}

constexpr int fieldInset = 4;
constexpr double offOpacity = 0.5;
constexpr int scrollBarWidth = 12;
constexpr int leastHandle = 24;

// The part of the scroll bar that is dragged.
QRect handleOf(const QStyleOptionSlider& bar) {
    const bool upright = bar.orientation == Qt::Vertical;
    const int room = upright ? bar.rect.height() : bar.rect.width();
    const qint64 whole = qint64{bar.maximum} - bar.minimum + bar.pageStep;
    const int share = whole > 0 ? static_cast<int>(qint64{bar.pageStep} * room / whole) : room;
    const int length = std::min(std::max(share, leastHandle), room);
    const int start =
        QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, room - length, bar.upsideDown);
    return upright ? QRect(bar.rect.left(), bar.rect.top() + start, bar.rect.width(), length)
                   : QRect(bar.rect.left() + start, bar.rect.top(), length, bar.rect.height());
}

QRect partOf(const QStyleOptionSlider& bar, QStyle::SubControl part) {
    const QRect handle = handleOf(bar);
    const bool upright = bar.orientation == Qt::Vertical;
    QRect rect = bar.rect;
    switch (part) {
        case QStyle::SC_ScrollBarGroove:
            return rect;
        case QStyle::SC_ScrollBarSlider:
            return handle;
        case QStyle::SC_ScrollBarSubPage:
            upright ? rect.setBottom(handle.top() - 1) : rect.setRight(handle.left() - 1);
            return rect;
        case QStyle::SC_ScrollBarAddPage:
            upright ? rect.setTop(handle.bottom() + 1) : rect.setLeft(handle.right() + 1);
            return rect;
        default:
            return {};
    }
}

void drawScrollBar(const QStyleOptionSlider& bar, QPainter* painter) {
    const Colours& colours = coloursOf(bar.palette);
    painter->fillRect(bar.rect, colours.panel);
    if (bar.minimum == bar.maximum) return;
    const bool lit = bar.state.testFlag(QStyle::State_Sunken) || bar.state.testFlag(QStyle::State_MouseOver);
    QColor colour = colours.secondary;
    colour.setAlphaF(lit ? 0.9F : 0.5F);
    const QRectF handle = QRectF(handleOf(bar)).adjusted(3, 3, -3, -3);
    const double radius = std::min(handle.width(), handle.height()) / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->drawRoundedRect(handle, radius, radius);
    painter->restore();
}

// The tick of what is chosen, a scroll bar, and room around the words.
constexpr int besideItem = 28 + scrollBarWidth + 2 * metrics::gap;

int widestItem(const QComboBox& box) {
    int width = 0;
    for (int i = 0; i < box.count(); ++i) width = std::max(width, box.fontMetrics().horizontalAdvance(box.itemText(i)));
    return width;
}

bool isTable(const QWidget* widget) {
    return qobject_cast<const QTableView*>(widget) != nullptr;
}

}  // namespace

ThemeStyle::ThemeStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void ThemeStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    auto* edit = qobject_cast<QLineEdit*>(widget);
    if (edit == nullptr || qobject_cast<QAbstractSpinBox*>(edit->parentWidget()) != nullptr) return;
    edit->disconnect(this);
    const auto showStart = [edit] {
        if (!edit->hasFocus() && edit->cursorPosition() > 0) edit->home(false);
    };
    showStart();
    // A text that is set has the cursor at its end, and the end in sight.
    connect(edit, &QLineEdit::cursorPositionChanged, this, showStart);
    // Not when another window takes the focus: the cursor is where it was when she comes back.
    connect(edit, &QLineEdit::editingFinished, this, [edit, showStart] {
        if (edit->isActiveWindow()) showStart();
    });
}

int ThemeStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    if (metric == PM_ScrollBarExtent) return scrollBarWidth;
    if (metric == PM_FocusFrameHMargin && isTable(widget)) return metrics::gap - 1;  // the style adds one
    return QProxyStyle::pixelMetric(metric, option, widget);
}

QSize ThemeStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                   const QWidget* widget) const {
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    if (type == CT_PushButton) size = {size.width() + 16, std::max(size.height(), metrics::rowHeight)};
    if (type == CT_LineEdit || type == CT_ComboBox || type == CT_SpinBox)
        size.setHeight(std::max(option->fontMetrics.height() + metrics::gap, metrics::rowHeight));
    return size;
}

QRect ThemeStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    return element == SE_LineEditContents ? rect.adjusted(fieldInset, 0, -fieldInset, 0) : rect;
}

QRect ThemeStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                 const QWidget* widget) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control == CC_ScrollBar && bar != nullptr) return visualRect(bar->direction, bar->rect, partOf(*bar, part));
    QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
    // A list that opens shows its items whole, however narrow the box is.
    const auto* box = qobject_cast<const QComboBox*>(widget);
    if (control == CC_ComboBox && part == SC_ComboBoxListBoxPopup && box != nullptr)
        rect.setWidth(std::max(rect.width(), widestItem(*box) + besideItem));
    // What is chosen is in line with what is written in the fields above and below it.
    const auto* comboBox = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (part == SC_ComboBoxEditField && comboBox != nullptr && !comboBox->editable) rect.adjust(fieldInset, 0, 0, 0);
    return rect;
}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    if (element == PE_IndicatorRadioButton) {
        drawRadioButton(*option, painter);
        return;
    }
    if (element == PE_IndicatorCheckBox) {
        drawCheckBox(*option, painter);
        return;
    }
    // Up where the values go up, as the order is told elsewhere; Qt has it the other way round.
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
    if (element == PE_IndicatorHeaderArrow && header != nullptr) {
        QStyleOptionHeader arrow = *header;
        arrow.version = QStyleOptionHeader::Version;  // what a later version holds is not copied
        arrow.sortIndicator = header->sortIndicator == QStyleOptionHeader::SortUp ? QStyleOptionHeader::SortDown
                                                                                  : QStyleOptionHeader::SortUp;
        QProxyStyle::drawPrimitive(element, &arrow, painter, widget);
        return;
    }
    if (element == PE_PanelScrollAreaCorner) {
        painter->fillRect(option->rect, coloursOf(option->palette).panel);
        return;
    }
    if (element == PE_PanelButtonCommand && option->state.testFlag(State_On)) {
        drawButtonThatIsOn(*option, painter);
        return;
    }
    const qreal opacity = painter->opacity();
    if (element == PE_FrameLineEdit && !option->state.testFlag(State_Enabled))
        painter->setOpacity(offOpacity * opacity);
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    painter->setOpacity(opacity);
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

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                    const QWidget* widget) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control == CC_ScrollBar && bar != nullptr) {
        drawScrollBar(*bar, painter);
        return;
    }
    const qreal opacity = painter->opacity();
    if (control == CC_SpinBox && !option->state.testFlag(State_Enabled)) painter->setOpacity(offOpacity * opacity);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    painter->setOpacity(opacity);
}

// Not by PM_HeaderMargin, which would take from the height as well.
void ThemeStyle::drawHeaderLabel(const QStyleOptionHeader& option, QPainter* painter, const QWidget* widget) const {
    QStyleOptionHeader label = option;
    label.version = QStyleOptionHeader::Version;  // what a later version holds is not copied
    const int room = metrics::gap - pixelMetric(PM_HeaderMargin, &option, widget);
    label.rect.adjust(room, 0, -room, 0);
    label.text = option.fontMetrics.elidedText(option.text, Qt::ElideRight, label.rect.width());
    QProxyStyle::drawControl(CE_HeaderLabel, &label, painter, widget);
}

void ThemeStyle::drawComboBoxLabel(const QStyleOptionComboBox& option, QPainter* painter, const QWidget* widget) const {
    QStyleOptionComboBox label = option;
    const QRect room = subControlRect(CC_ComboBox, &option, SC_ComboBoxEditField, widget).adjusted(1, 0, -1, 0);
    label.currentText = option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, room.width());
    QProxyStyle::drawControl(CE_ComboBoxLabel, &label, painter, widget);
}

}  // namespace ui
