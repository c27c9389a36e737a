// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include <QApplication>
#include <QCoreApplication>
#include <QPainter>
#include <QPolygonF>
#include <QStyle>
#include <QWidget>
#include <cmath>

#include "ui/common/theme_style.h"

namespace ui {

namespace {

Colours lightColours() {
    return {.dark = false,
            .panel = QColor(0xf7, 0xf8, 0xfa),
            .canvas = QColor(0xde, 0xe1, 0xe6),
            .field = QColor(0xff, 0xff, 0xff),
            .hairline = QColor(0xd5, 0xd9, 0xdf),
            .outline = QColor(0xb2, 0xb8, 0xc1),
            .text = QColor(0x1b, 0x1f, 0x24),
            .secondary = QColor(0x57, 0x5f, 0x6a),
            .accent = QColor(0x0a, 0x66, 0xc2),
            .selection = QColor(0xe1, 0xed, 0xfa),
            .onAccent = QColor(0xff, 0xff, 0xff),
            .pass = QColor(0x00, 0x79, 0x5f),
            .review = QColor(0x9a, 0x5b, 0x00),
            .fail = QColor(0xc2, 0x3a, 0x12),
            .onVerdict = QColor(0xff, 0xff, 0xff),
            .tooltip = QColor(0x30, 0x33, 0x37, 0xf0),
            .onTooltip = QColor(0xff, 0xff, 0xff)};
}

Colours darkColours() {
    return {.dark = true,
            .panel = QColor(0x25, 0x28, 0x2d),
            .canvas = QColor(0x14, 0x15, 0x17),
            .field = QColor(0x2f, 0x33, 0x39),
            .hairline = QColor(0x3e, 0x43, 0x4a),
            .outline = QColor(0x54, 0x5b, 0x64),
            .text = QColor(0xe9, 0xec, 0xef),
            .secondary = QColor(0xa3, 0xab, 0xb5),
            .accent = QColor(0x4a, 0xa3, 0xff),
            .selection = QColor(0x0d, 0x32, 0x56),
            .onAccent = QColor(0x0b, 0x14, 0x1e),
            .pass = QColor(0x2b, 0xb8, 0x96),
            .review = QColor(0xe8, 0xa3, 0x3d),
            .fail = QColor(0xff, 0x6b, 0x4a),
            .onVerdict = QColor(0x14, 0x15, 0x17),
            .tooltip = QColor(0x00, 0x00, 0x00, 0xe6),
            .onTooltip = QColor(0xff, 0xff, 0xff)};
}

QPalette paletteOf(const Colours& c) {
    QPalette p;
    p.setColor(QPalette::Window, c.panel);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.field);
    p.setColor(QPalette::AlternateBase, c.panel);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::PlaceholderText, c.secondary);
    p.setColor(QPalette::Button, c.field);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.fail);
    p.setColor(QPalette::Highlight, c.accent);
    p.setColor(QPalette::HighlightedText, c.onAccent);
    p.setColor(QPalette::Link, c.accent);
    p.setColor(QPalette::LinkVisited, c.accent);
    p.setColor(QPalette::ToolTipBase, c.field);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::Light, c.field);
    p.setColor(QPalette::Midlight, c.hairline);
    p.setColor(QPalette::Mid, c.hairline);
    p.setColor(QPalette::Dark, c.hairline.darker(130));
    p.setColor(QPalette::Shadow, c.dark ? QColor(0, 0, 0) : c.hairline.darker(150));
    const QColor faded = c.dark ? QColor(0x7c, 0x84, 0x8e) : QColor(0x86, 0x8d, 0x96);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText})
        p.setColor(QPalette::Disabled, role, faded);
    for (const auto role : {QPalette::Base, QPalette::Button}) p.setColor(QPalette::Disabled, role, c.panel);
    p.setColor(QPalette::Disabled, QPalette::Highlight, c.hairline);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, faded);
    return p;
}

// Fusion takes the desktop's palette when it starts; Qt 6.4 has no other word for light or dark.
bool desktopIsDark() {
    static const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark;
}

QFont sized(int pixels, QFont::Weight weight = QFont::Normal) {
    QFont font = QApplication::font();
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

// Its edges would be blurred between them.
QRectF onPixels(const QRectF& rect, double ratio) {
    const auto whole = [ratio](double length) { return std::round(length * ratio) / ratio; };
    return {whole(rect.left()), whole(rect.top()), whole(rect.width()), whole(rect.height())};
}

}  // namespace

void applyTheme(QApplication& application, Appearance appearance) {
    const bool systemDark = desktopIsDark();  // asked first: our palette would answer for the desktop afterwards
    const bool dark = appearance == Appearance::Dark || (appearance == Appearance::System && systemDark);
    QApplication::setStyle(new ThemeStyle);
    const Colours colours = dark ? darkColours() : lightColours();
    QPalette palette = paletteOf(colours);
    QApplication::setPalette(palette);
    // Verdicts keep their colour in a row that is selected: its ground is one that they are read on.
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        palette.setColor(group, QPalette::Highlight, colours.selection);
        palette.setColor(group, QPalette::HighlightedText, colours.text);
    }
    QApplication::setPalette(palette, "QTableView");
    QFont font = QApplication::font();
    font.setPixelSize(13);
    application.setFont(font);
}

const Colours& coloursOf(const QPalette& palette) {
    static const Colours light = lightColours();
    static const Colours dark = darkColours();
    return palette.color(QPalette::Window).lightness() < 128 ? dark : light;
}

const Colours& coloursOf(const QWidget& widget) {
    return coloursOf(widget.palette());
}

QFont textFont() {
    return sized(13);
}

QFont secondaryFont() {
    return sized(12);
}

QFont headingFont() {
    return sized(12, QFont::DemiBold);
}

// Digits of the usual text fonts have one width; what differs is only the size and that it is asked for by name.
QFont numberFont() {
    QFont font = sized(13);
    font.setStyleStrategy(QFont::PreferQuality);
    return font;
}

int mnemonicFlag(const QWidget& widget) {
    const bool shown = widget.style()->styleHint(QStyle::SH_UnderlineShortcut, nullptr, &widget) != 0;
    return shown ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
}

QString verdictWord(engine::Verdict verdict) {
    switch (verdict) {
        case engine::Verdict::Pass:
            return QCoreApplication::translate("Verdict", "Pass");
        case engine::Verdict::Review:
            return QCoreApplication::translate("Verdict", "Review");
        case engine::Verdict::Fail:
            return QCoreApplication::translate("Verdict", "Fail");
        case engine::Verdict::Error:
            return QCoreApplication::translate("Verdict", "Unreadable");
        case engine::Verdict::None:
            break;
    }
    return QCoreApplication::translate("Verdict", "Not scored");
}

QColor verdictColour(engine::Verdict verdict, const Colours& colours) {
    switch (verdict) {
        case engine::Verdict::Pass:
            return colours.pass;
        case engine::Verdict::Review:
            return colours.review;
        case engine::Verdict::Fail:
        case engine::Verdict::Error:
            return colours.fail;
        case engine::Verdict::None:
            break;
    }
    return colours.secondary;
}

void paintVerdict(QPainter& painter, const QRectF& box, engine::Verdict verdict, const QColor& colour) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (verdict) {
        case engine::Verdict::Pass:
            painter.drawEllipse(box);
            break;
        case engine::Verdict::Review:
            painter.drawPolygon(QPolygonF({{box.center().x(), box.top()}, box.bottomRight(), box.bottomLeft()}));
            break;
        case engine::Verdict::Fail:
            painter.fillRect(onPixels(box.adjusted(0.5, 0.5, -0.5, -0.5), painter.device()->devicePixelRatioF()),
                             colour);
            break;
        case engine::Verdict::Error:
            // As large as the others, its round ends included.
            painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(box.topLeft() + QPointF(1, 1), box.bottomRight() - QPointF(1, 1));
            painter.drawLine(box.topRight() + QPointF(-1, 1), box.bottomLeft() + QPointF(1, -1));
            break;
        case engine::Verdict::None:
            painter.drawRect(QRectF(box.left(), box.center().y() - 1, box.width(), 2));
            break;
    }
    painter.restore();
}

}  // namespace ui
