// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme_style.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTableView>
#include <algorithm>

#include "ui/common/bar_style.h"
#include "ui/common/field_style.h"
#include "ui/common/mark_style.h"
#include "ui/common/theme.h"

namespace ui {

namespace {

void drawLineBelow(const QRect& rect, const QPalette& palette, QPainter* painter) {
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), coloursOf(palette).hairline);
}

void drawHeaderSection(const QStyleOption& option, QPainter* painter) {
    painter->fillRect(option.rect, coloursOf(option.palette).panel);
    drawLineBelow(option.rect, option.palette, painter);
}

constexpr int fieldInset = 4;
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

// A table fills its panel from edge to edge: its first words are in line with those above it.
constexpr int firstInset = metrics::margin - metrics::gap;

bool isFirst(const QWidget* widget, int column) {
    const auto* table = qobject_cast<const QTableView*>(widget);
    const auto* header = table != nullptr ? table->horizontalHeader() : qobject_cast<const QHeaderView*>(widget);
    return header != nullptr && header->orientation() == Qt::Horizontal && header->logicalIndex(0) == column;
}

bool isSeparator(const QStyleOption* option) {
    const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
    return item != nullptr && item->menuItemType == QStyleOptionMenuItem::Separator && item->text.isEmpty();
}

// The ground alone is not seen by everybody.
void drawSelectedEdge(const QStyleOptionViewItem& cell, QPainter* painter) {
    painter->fillRect(QRect(cell.rect.left(), cell.rect.top(), 3, cell.rect.height()), coloursOf(cell.palette).accent);
}

// One that is seen only while it is pressed or on.
bool isFlat(const QStyleOption& option) {
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(&option);
    return button != nullptr && button->features.testFlag(QStyleOptionButton::Flat) &&
           (option.state & (QStyle::State_Sunken | QStyle::State_On)) == QStyle::State_None;
}

bool isReadOnly(const QWidget* widget) {
    const auto* box = qobject_cast<const QAbstractSpinBox*>(widget);
    return box != nullptr && box->isReadOnly();
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

void ThemeStyle::polish(QApplication* application) {
    QProxyStyle::polish(application);
    application->installEventFilter(this);
}

void ThemeStyle::unpolish(QApplication* application) {
    application->removeEventFilter(this);
    QProxyStyle::unpolish(application);
}

bool ThemeStyle::eventFilter(QObject* watched, QEvent* event) {
    const auto type = event->type();
    if (type == QEvent::KeyPress || type == QEvent::KeyRelease) {
        if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt) underlineMnemonics(type == QEvent::KeyPress);
    } else if (type == QEvent::WindowDeactivate || type == QEvent::ApplicationStateChange) {
        underlineMnemonics(false);  // whoever leaves with Alt+Tab lets go of it elsewhere
    }
    return QProxyStyle::eventFilter(watched, event);
}

void ThemeStyle::underlineMnemonics(bool underlined) {
    if (underlined == m_altHeld) return;
    m_altHeld = underlined;
    for (QWidget* widget : QApplication::allWidgets())
        if (qobject_cast<QAbstractButton*>(widget) != nullptr || qobject_cast<QLabel*>(widget) != nullptr)
            widget->update();
}

int ThemeStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                          QStyleHintReturn* data) const {
    // In a menu the letter alone chooses.
    if (hint == SH_UnderlineShortcut) return m_altHeld || qobject_cast<const QMenu*>(widget) != nullptr ? 1 : 0;
    if (hint == SH_EtchDisabledText) return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

QIcon ThemeStyle::standardIcon(StandardPixmap name, const QStyleOption* option, const QWidget* widget) const {
    return name == SP_LineEditClearButton ? clearIcon() : QProxyStyle::standardIcon(name, option, widget);
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
    if (type == CT_MenuItem && isSeparator(option)) size.setHeight(2 * 4 + 1);
    const auto* cell = qstyleoption_cast<const QStyleOptionViewItem*>(option);
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
    if ((cell != nullptr && isFirst(widget, cell->index.column())) ||
        (header != nullptr && type == CT_HeaderSection && isFirst(widget, header->section)))
        size.rwidth() += firstInset;
    return size;
}

QRect ThemeStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto* cell = qstyleoption_cast<const QStyleOptionViewItem*>(option);
    if (element == SE_ItemViewItemText && cell != nullptr && isFirst(widget, cell->index.column()))
        return rect.adjusted(firstInset, 0, 0, 0);
    if (element != SE_LineEditContents) return rect;
    // One within a spin box or a combo box has what they leave it.
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    const int inset = frame != nullptr && frame->lineWidth > 0 ? fieldInset + 2 : fieldInset;
    return rect.adjusted(inset, 0, -inset, 0);
}

QRect ThemeStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                 const QWidget* widget) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control == CC_ScrollBar && bar != nullptr)
        return visualRect(bar->direction, bar->rect, scrollBarPart(*bar, part));
    QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
    // A list that opens shows its items whole, however narrow the box is.
    const auto* box = qobject_cast<const QComboBox*>(widget);
    if (control == CC_ComboBox && part == SC_ComboBoxListBoxPopup && box != nullptr)
        rect.setWidth(std::max(rect.width(), widestItem(*box) + besideItem));
    // What is chosen is in line with what is written in the fields above and below it.
    const auto* comboBox = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (part == SC_ComboBoxEditField && comboBox != nullptr) rect.adjust(comboBox->editable ? 1 : fieldInset, 0, 0, 0);
    return rect;
}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    if (element == PE_IndicatorRadioButton) return drawRadioButton(*option, painter);
    if (element == PE_IndicatorCheckBox) return drawCheckBox(*option, painter);
    if (element == PE_FrameMenu) return drawMenuFrame(*option, painter);
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
    if (element == PE_PanelButtonCommand && !isFlat(*option)) {
        drawButton(*option, painter);
        return;
    }
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (element == PE_PanelLineEdit && frame != nullptr && frame->lineWidth > 0) {
        drawField(*option, painter);
        return;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (!isTable(widget)) return;
    const auto* cell = qstyleoption_cast<const QStyleOptionViewItem*>(option);
    if (element == PE_PanelItemViewItem && cell != nullptr && cell->state.testFlag(State_Selected) &&
        isFirst(widget, cell->index.column()))
        drawSelectedEdge(*cell, painter);
    if (element == PE_PanelItemViewRow || element == PE_PanelItemViewItem)
        drawLineBelow(option->rect, option->palette, painter);
}

void ThemeStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                             const QWidget* widget) const {
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
    const auto* comboBox = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    const auto* toolButton = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    if (element == CE_HeaderSection || element == CE_HeaderEmptyArea)
        drawHeaderSection(*option, painter);
    else if (element == CE_HeaderLabel && header != nullptr)
        drawHeaderLabel(*header, painter, widget);
    else if (element == CE_ComboBoxLabel && comboBox != nullptr)
        drawComboBoxLabel(*comboBox, painter, widget);
    else if (element == CE_ToolButtonLabel && toolButton != nullptr && !toolButton->text.isEmpty())
        drawToolButtonLabel(*toolButton, painter, widget);
    else if (element == CE_Splitter)
        painter->fillRect(option->rect, coloursOf(option->palette).hairline);
    else if (element == CE_MenuItem && isSeparator(option))
        drawMenuSeparator(*option, painter);
    else
        QProxyStyle::drawControl(element, option, painter, widget);
}

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                    const QWidget* widget) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    const auto* comboBox = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    const auto* spinBox = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
    const auto part = [&](SubControl name) { return subControlRect(control, option, name, widget); };
    if (control == CC_ScrollBar && bar != nullptr)
        drawScrollBar(*bar, painter);
    else if (control == CC_Slider && bar != nullptr && bar->orientation == Qt::Horizontal)
        drawSlider(*bar, part(SC_SliderHandle), painter);
    else if (control == CC_ComboBox && comboBox != nullptr && comboBox->frame)
        drawComboBox(*comboBox, part(SC_ComboBoxArrow), painter);
    else if (control == CC_SpinBox && spinBox != nullptr && spinBox->frame)
        drawSpinBox(*spinBox, part(SC_SpinBoxUp), part(SC_SpinBoxDown), isReadOnly(widget), painter);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

// Not by PM_HeaderMargin, which would take from the height as well.
void ThemeStyle::drawHeaderLabel(const QStyleOptionHeader& option, QPainter* painter, const QWidget* widget) const {
    QStyleOptionHeader label = option;
    label.version = QStyleOptionHeader::Version;  // what a later version holds is not copied
    const int room = metrics::gap - pixelMetric(PM_HeaderMargin, &option, widget);
    label.rect.adjust(isFirst(widget, option.section) ? room + firstInset : room, 0, -room, 0);
    label.text = option.fontMetrics.elidedText(option.text, Qt::ElideRight, label.rect.width());
    QProxyStyle::drawControl(CE_HeaderLabel, &label, painter, widget);
}

// Centred, a text that is too long would lose both its ends; an arrow at its end says something.
void ThemeStyle::drawToolButtonLabel(const QStyleOptionToolButton& option, QPainter* painter,
                                     const QWidget* widget) const {
    QStyleOptionToolButton label = option;
    if (option.toolButtonStyle == Qt::ToolButtonTextOnly)
        label.text =
            option.fontMetrics.elidedText(option.text, Qt::ElideMiddle, option.rect.width() - 4, Qt::TextShowMnemonic);
    QProxyStyle::drawControl(CE_ToolButtonLabel, &label, painter, widget);
}

void ThemeStyle::drawComboBoxLabel(const QStyleOptionComboBox& option, QPainter* painter, const QWidget* widget) const {
    QStyleOptionComboBox label = option;
    const QRect room = subControlRect(CC_ComboBox, &option, SC_ComboBoxEditField, widget).adjusted(1, 0, -1, 0);
    label.currentText = option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, room.width());
    QProxyStyle::drawControl(CE_ComboBoxLabel, &label, painter, widget);
}

}  // namespace ui
