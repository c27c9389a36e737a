// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/decision_view.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>

#include "ui/common/elements.h"
#include "ui/common/theme.h"
#include "ui/threshold/figure.h"
#include "ui/threshold/score_scale.h"

namespace ui {

namespace {

constexpr std::array<engine::Verdict, 3> columns{engine::Verdict::Fail, engine::Verdict::Review, engine::Verdict::Pass};
constexpr int totalColumn = 1;
constexpr int firstVerdict = 2;

// Shape and word above a column, at its right edge as the numbers are.
class VerdictTitle : public QWidget {
public:
    VerdictTitle(engine::Verdict verdict, QWidget* parent)
        : QWidget(parent), m_verdict(verdict), m_word(verdictWord(verdict)) {
        setAccessibleName(m_word);
        setFont(secondaryFont());
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override { return {fontMetrics().horizontalAdvance(m_word) + shape + 6, 20}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override {
        const Colours& colours = coloursOf(*this);
        QPainter painter(this);
        painter.setPen(colours.secondary);
        painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter, m_word);
        const double left = width() - fontMetrics().horizontalAdvance(m_word) - shape - 5;
        paintVerdict(painter, QRectF(left, (height() - shape) / 2.0 + 0.5, shape, shape), m_verdict,
                     verdictColour(m_verdict, colours));
    }

private:
    static constexpr int shape = 8;
    engine::Verdict m_verdict;
    QString m_word;
};

QString rateText(const std::optional<engine::Rate>& rate) {
    return rate ? percentText(rate->value) : QStringLiteral("\u2013");
}

QString intervalText(const std::optional<engine::Rate>& rate) {
    return rate ? percentRangeText(rate->interval) : QString();
}

}  // namespace

DecisionView::DecisionView(QWidget* parent) : QWidget(parent), m_remark(new Note({}, this)) {
    setObjectName(QStringLiteral("decisionView"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::gap);
    grid->setVerticalSpacing(0);
    auto* all = new Note(tr("All"), this);
    all->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(all, 0, totalColumn);
    for (int column = 0; column < 3; ++column) {
        grid->addWidget(new VerdictTitle(columns[static_cast<std::size_t>(column)], this), 0, firstVerdict + column);
        grid->setColumnStretch(firstVerdict + column, 1);
    }
    m_good = addRow(*grid, 1, tr("Good"), QStringLiteral("good"));
    m_defect = addRow(*grid, 2, tr("Defect"), QStringLiteral("defect"));
    m_unlabelled = addRow(*grid, 3, tr("Unlabelled"), QStringLiteral("unlabelled"));
    m_unlabelledLabel = qobject_cast<QLabel*>(grid->itemAtPosition(3, 0)->widget());
    grid->setRowMinimumHeight(4, metrics::gap);
    const auto addRate = [&](int row, const QString& label, const QString& name, const QString& toolTip) {
        auto* text = new QLabel(label, this);
        text->setToolTip(toolTip);
        auto* figure = new Figure(label, this);
        figure->setObjectName(name);
        figure->setStrong(true);
        figure->keepRoomFor(percentRangeText({0.111, 0.888}));
        figure->setToolTip(toolTip);
        grid->addWidget(text, row, 0, 1, 2);
        grid->addWidget(figure, row, firstVerdict, 1, 3);
        return figure;
    };
    m_falseRejects = addRate(5, tr("False rejects"), QStringLiteral("falseRejects"),
                             tr("Good images that fail, with the exact 95 % interval"));
    m_escapes = addRate(6, tr("Escapes"), QStringLiteral("escapes"),
                        tr("Defects below the fail cut, with the exact 95 % interval; those in review are among them"));
    m_remark->setObjectName(QStringLiteral("decisionRemark"));
    m_remark->setFixedHeight(18);
    m_remark->setWordWrap(false);
    grid->addWidget(m_remark, 7, 0, 1, 5);
}

DecisionView::Row DecisionView::addRow(QGridLayout& grid, int row, const QString& label, const QString& name) {
    Row result;
    grid.addWidget(new QLabel(label, this), row, 0);
    result.total = new Figure(label, this);
    result.total->setObjectName(name + QStringLiteral("Total"));
    grid.addWidget(result.total, row, totalColumn);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const QString verdict = verdictWord(columns[i]);
        auto* figure = new Figure(tr("%1 images: %2").arg(label, verdict), this);
        figure->setObjectName(name + QString::fromLatin1(engine::nameOf(columns[i]).data()));
        result.counts[i] = figure;
        grid.addWidget(figure, row, firstVerdict + static_cast<int>(i));
    }
    return result;
}

void DecisionView::fill(const Row& row, const services::VerdictCounts& counts, qint64 total, bool decided) {
    const QLocale locale;
    row.total->setText(locale.toString(total));
    const std::array<std::int64_t, 3> numbers{counts.fail, counts.review, counts.pass};
    for (std::size_t i = 0; i < numbers.size(); ++i)
        row.counts[i]->setText(decided ? locale.toString(qint64{numbers[i]}) : QStringLiteral("\u2013"));
}

void DecisionView::setDecision(const services::Decision& decision, const services::DecisionTable& table) {
    const bool decided = decision.good.total() + decision.defect.total() + decision.unlabelled.total() > 0;
    fill(m_good, decision.good, table.good(), decided);
    fill(m_defect, decision.defect, table.defect(), decided);
    fill(m_unlabelled, decision.unlabelled, table.unlabelled(), decided);
    const bool unlabelled = table.unlabelled() > 0;
    m_unlabelledLabel->setVisible(unlabelled);
    m_unlabelled.total->setVisible(unlabelled);
    for (auto* figure : m_unlabelled.counts) figure->setVisible(unlabelled);
    m_falseRejects->setText(rateText(decision.falseRejects), intervalText(decision.falseRejects));
    m_escapes->setText(rateText(decision.escapes), intervalText(decision.escapes));
    QString remark;
    const QLocale locale;
    const qint64 seen = decision.defect.review;
    const qint64 escapes = seen + decision.defect.pass;
    if (seen > 0 && seen == escapes)
        remark = tr("Every escape would be seen in review");
    else if (seen > 0)
        remark =
            tr("%1 of the %2 escapes would be seen in review").arg(locale.toString(seen), locale.toString(escapes));
    else if (decision.crossValidated)
        remark = tr("False rejects: of %1 good training images").arg(locale.toString(qint64{table.crossValidated()}));
    else if (decided)
        remark = tr("With exact 95 % intervals");
    if (remark != m_remark->text()) m_remark->setText(remark);
}

}  // namespace ui
