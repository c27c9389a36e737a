// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/pdf/paper.h"

#include <QPainter>
#include <QTextLayout>
#include <algorithm>

#include "app/services/report/html_text.h"
#include "app/services/report/pdf/chart_painter.h"

namespace services {

namespace {

const QColor ink(0x1b, 0x1f, 0x24);
const QColor quiet(0x59, 0x63, 0x6e);

QFont fontOf(const Setting& setting) {
    QFont font(QStringLiteral("Noto Sans"));
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setPixelSize(std::max(1, qRound(setting.sizePt * Paper::unit)));
    font.setWeight(setting.bold ? QFont::DemiBold : QFont::Normal);
    // The least spacing keeps Qt from ligatures: who looks for "efficientnet" in a PDF has to find it.
    font.setLetterSpacing(QFont::AbsoluteSpacing, 1.0 / 64);
    return font;
}

QColor colourOf(Tone tone, const Setting& setting) {
    switch (tone) {
        case Tone::Quiet:
            return quiet;
        case Tone::Pass:
            return services::colourOf(Ink::Good);
        case Tone::Review:
            return services::colourOf(Ink::ReviewLabel);
        case Tone::Fail:
            return services::colourOf(Ink::FailLabel);
        default:
            return setting.quiet ? quiet : ink;
    }
}

bool isStrong(Tone tone) {
    return tone == Tone::Strong || tone == Tone::Pass || tone == Tone::Review || tone == Tone::Fail;
}

// A name that is written from right to left must not turn what stands beside it.
QString isolated(const QString& name) {
    const bool turns = std::any_of(name.begin(), name.end(), [](QChar c) {
        return c.direction() == QChar::DirR || c.direction() == QChar::DirAL;
    });
    return turns ? QChar(0x2068) + name + QChar(0x2069) : name;
}

struct Styled {
    QString text;
    QList<QTextLayout::FormatRange> formats;
};

Styled styled(const Text& text, const Setting& setting) {
    Styled out;
    for (const Run& run : text.runs) {
        QString words = QString::fromStdString(readable(run.text));
        if (run.tone == Tone::Name) words = isolated(words);
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(out.text.size());
        range.length = static_cast<int>(words.size());
        range.format.setForeground(colourOf(run.tone, setting));
        if (isStrong(run.tone)) range.format.setFontWeight(QFont::DemiBold);
        out.formats.append(range);
        out.text += words;
    }
    return out;
}

}  // namespace

Paper::Paper(QPdfWriter& writer, QPainter* painter, QString footer, int pages)
    : m_writer(writer), m_painter(painter), m_footer(std::move(footer)), m_pages(pages) {
    const QSizeF size = writer.pageLayout().fullRect(QPageLayout::Point).size();
    m_width = size.width();
    m_height = size.height();
}

void Paper::newPage() {
    finish();
    if (m_painter != nullptr) m_writer.newPage();
    ++m_page;
    m_y = marginPt;
}

void Paper::finish() {
    const double y = m_height - bottomPt + 16;
    const std::string number =
        "Page " + std::to_string(m_page + 1) + " of " + std::to_string(std::max(m_pages, m_page + 1));
    const Setting small{.sizePt = 7.5, .quiet = true};
    rule(left(), left() + width(), y - 4, QColor(0xd8, 0xde, 0xe4));
    if (m_painter == nullptr) return;
    const double numberWidth = widthOf(number, small) + 2;
    QFont font = fontOf(small);
    const QFontMetricsF metrics(font, &m_writer);
    const QString title = metrics.elidedText(m_footer, Qt::ElideRight, (width() - numberWidth - 12) * unit);
    draw(Text(title.toStdString()), left(), y, width() - numberWidth, small);
    draw(Text(number), left() + width() - numberWidth, y, numberWidth, small);
}

void Paper::breakPage(double* y, double height) {
    if (*y + height <= m_height - bottomPt) return;
    newPage();
    *y = m_y;
}

double Paper::lines(const Text& text, double x, double* y, double width, const Setting& setting, bool flows,
                    bool draws) {
    const Styled content = styled(text, setting);
    const double step = setting.sizePt * 1.36;
    // The baseline is where a line of the first font has it, whatever other fonts a line mixes in.
    const double baseline = setting.sizePt * 1.07;
    if (content.formats.size() <= 1) {
        // One line of one look, as nearly every cell of a table is, takes no layout.
        Setting look = setting;
        look.bold = look.bold || (!text.runs.empty() && isStrong(text.runs.front().tone));
        const QFont font = fontOf(look);
        const double advance = QFontMetricsF(font, &m_writer).horizontalAdvance(content.text) / unit;
        if (advance <= width) {
            if (flows) breakPage(y, step);
            if (draws && m_painter != nullptr && !content.text.isEmpty()) {
                const double shift = setting.alignment.testFlag(Qt::AlignRight) ? width - advance : 0;
                m_painter->setFont(font);
                m_painter->setPen(colourOf(text.runs.front().tone, setting));
                m_painter->drawText(QPointF((x + shift) * unit, (*y + baseline) * unit), content.text);
            }
            *y += step;
            return step;
        }
    }
    QTextLayout layout(content.text, fontOf(setting), &m_writer);
    QTextOption option(setting.alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.setFormats(content.formats);
    layout.setCacheEnabled(true);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width * unit);
        line.setPosition({0, 0});
    }
    layout.endLayout();
    double height = 0;
    for (int i = 0; i < layout.lineCount(); ++i) {
        if (flows) breakPage(y, step);
        if (draws && m_painter != nullptr) {
            const QTextLine line = layout.lineAt(i);
            line.draw(m_painter, QPointF(x * unit, (*y + baseline) * unit - line.ascent()));
        }
        *y += step;
        height += step;
    }
    return height;
}

double Paper::heightOf(const Text& text, double width, const Setting& setting) const {
    double y = 0;
    return const_cast<Paper*>(this)->lines(text, 0, &y, width, setting, false, false);
}

double Paper::widthOf(const Text& text, const Setting& setting) const {
    const Styled content = styled(text, setting);
    Setting bold = setting;
    bold.bold = setting.bold ||
                std::any_of(text.runs.begin(), text.runs.end(), [](const Run& run) { return isStrong(run.tone); });
    return QFontMetricsF(fontOf(bold), &m_writer).horizontalAdvance(content.text) / unit;
}

double Paper::draw(const Text& text, double x, double y, double width, const Setting& setting) {
    return lines(text, x, &y, width, setting, false, true);
}

void Paper::flow(const Text& text, double x, double width, const Setting& setting) {
    double y = m_y;
    lines(text, x, &y, width, setting, true, true);
    m_y = y;
}

void Paper::rule(double x1, double x2, double y, QColor colour) {
    if (m_painter == nullptr) return;
    m_painter->setPen(QPen(colour, 0.6 * unit));
    m_painter->drawLine(QPointF(x1 * unit, y * unit), QPointF(x2 * unit, y * unit));
}

void Paper::picture(const std::vector<std::byte>& jpeg, double x, double y, double width, double height) {
    if (m_painter == nullptr) return;
    const QImage image =
        QImage::fromData(reinterpret_cast<const uchar*>(jpeg.data()), static_cast<int>(jpeg.size()), "JPG");
    m_painter->drawImage(QRectF(x * unit, y * unit, width * unit, height * unit), image);
}

void Paper::chart(const Chart& chart, double x, double y, double width) {
    if (m_painter == nullptr || chart.empty()) return;
    m_painter->setFont(fontOf({}));
    paintChart(*m_painter, chart, QRectF(x * unit, y * unit, width * unit, 0));
}

void Paper::sample(Ink ink, double x, double y, double side) {
    if (m_painter != nullptr) paintSample(*m_painter, ink, QRectF(x * unit, y * unit, side * unit, side * unit));
}

}  // namespace services
