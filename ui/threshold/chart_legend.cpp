// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/chart_legend.h"

#include <QLocale>
#include <QPainter>

#include "ui/common/theme.h"
#include "ui/threshold/chart_style.h"

namespace ui {

namespace {

constexpr int rowHeight = 18;
constexpr int swatch = 10;
constexpr int afterSwatch = 6;
constexpr int between = 14;

}  // namespace

ChartLegend::ChartLegend(QWidget* parent) : QWidget(parent) {
    setFont(secondaryFont());
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setObjectName(QStringLiteral("scoreLegend"));
}

void ChartLegend::setCounts(qint64 good, qint64 defect, qint64 unlabelled) {
    m_good = good;
    m_defect = defect;
    m_unlabelled = unlabelled;
    QStringList words;
    for (const Entry& entry : entries()) words << entry.text;
    setAccessibleName(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QList<ChartLegend::Entry> ChartLegend::entries() const {
    const QLocale locale;
    QList<Entry> list{{engine::Label::Good, tr("Good %1").arg(locale.toString(m_good))},
                      {engine::Label::Defect, tr("Defect %1").arg(locale.toString(m_defect))}};
    if (m_unlabelled > 0)
        list << Entry{engine::Label::Unlabelled, tr("Unlabelled %1").arg(locale.toString(m_unlabelled))};
    return list;
}

QList<QPoint> ChartLegend::places(int width) const {
    QList<QPoint> places;
    QPoint next(0, 0);
    for (const Entry& entry : entries()) {
        const int entryWidth = swatch + afterSwatch + fontMetrics().horizontalAdvance(entry.text);
        if (next.x() > 0 && next.x() + entryWidth > width) next = QPoint(0, next.y() + rowHeight);
        places << next;
        next.rx() += entryWidth + between;
    }
    return places;
}

QSize ChartLegend::sizeHint() const {
    return {200, heightForWidth(width())};
}

int ChartLegend::heightForWidth(int width) const {
    return places(width).last().y() + rowHeight;
}

void ChartLegend::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    const auto list = entries();
    const auto at = places(width());
    for (int i = 0; i < list.size(); ++i) {
        const QRectF box(at[i].x() + 0.5, at[i].y() + (rowHeight - swatch) / 2 + 0.5, swatch - 1, swatch - 1);
        switch (list[i].label) {
            case engine::Label::Good:
                painter.setPen(colours.pass);
                painter.setBrush(colours.pass);
                break;
            case engine::Label::Defect:
                painter.setPen(colours.fail);
                painter.setBrush(hatch(colours.fail, devicePixelRatioF()));
                break;
            case engine::Label::Unlabelled:
                painter.setPen(colours.text);
                painter.setBrush(Qt::NoBrush);
                break;
        }
        painter.drawRect(box);
        painter.setPen(colours.secondary);
        painter.drawText(QRect(at[i].x() + swatch + afterSwatch, at[i].y(), width(), rowHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, list[i].text);
    }
}

}  // namespace ui
