// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionToolButton;

namespace ui {

// Fusion with one edge around fields and buttons, and with room around words: in buttons, fields, the cells and headers
// of tables. Tables have hairlines between their rows, what a button or a combo box has no room for has dots, and
// scroll bars are slim and have no buttons. A field in which nobody types shows the start of what it holds. Mnemonics
// are underlined while Alt is held.
class ThemeStyle : public QProxyStyle {
    Q_OBJECT
public:
    ThemeStyle();

    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    void polish(QApplication* application) override;
    using QProxyStyle::unpolish;
    void unpolish(QApplication* application) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
    QIcon standardIcon(StandardPixmap name, const QStyleOption* option, const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                           const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;

private:
    void underlineMnemonics(bool underlined);
    void drawHeaderLabel(const QStyleOptionHeader& option, QPainter* painter, const QWidget* widget) const;
    void drawToolButtonLabel(const QStyleOptionToolButton& option, QPainter* painter, const QWidget* widget) const;
    void drawComboBoxLabel(const QStyleOptionComboBox& option, QPainter* painter, const QWidget* widget) const;

    bool m_altHeld = false;
};

}  // namespace ui
