// SPDX-License-Identifier: GPL-3.0-or-later
// How the panel is put together, and what it shows when there is little to show.
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/common/elements.h"
#include "ui/common/primary_button.h"
#include "ui/common/scroll_column.h"
#include "ui/common/theme.h"
#include "ui/threshold/change_line.h"
#include "ui/threshold/chart_legend.h"
#include "ui/threshold/curve_plot.h"
#include "ui/threshold/cut_fields.h"
#include "ui/threshold/decision_view.h"
#include "ui/threshold/rule_box.h"
#include "ui/threshold/score_histogram.h"
#include "ui/threshold/threshold_panel.h"

namespace ui {

namespace {

// A section below another one: a hairline with room around it.
QVBoxLayout* sectionIn(QWidget* section) {
    auto* column = new QVBoxLayout(section);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    return column;
}

}  // namespace

void ThresholdPanel::build() {
    m_state->setObjectName(QStringLiteral("thresholdState"));
    m_heading->setWordWrap(true);
    m_heading->setObjectName(QStringLiteral("scoresHeading"));
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    column->setSpacing(metrics::margin);
    column->addWidget(m_heading);
    column->addWidget(m_state);
    column->addWidget(m_train);
    m_scores = buildScores();
    m_decisions = buildDecision();
    m_ruleSection = buildRules();
    // As wide as they need to be also while they are hidden: the panel does not grow when a model comes.
    int least = 0;
    for (QWidget* section : {m_scores, m_decisions, m_ruleSection}) {
        column->addWidget(section);
        least = std::max(least, section->minimumSizeHint().width());
    }
    column->addStretch(1);

    auto* scroll = new ScrollColumn(m_content, this);
    scroll->setObjectName(QStringLiteral("thresholdScroll"));
    const QMargins around = column->contentsMargins();
    m_content->setMinimumWidth(least + around.left() + around.right());
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
}

QWidget* ThresholdPanel::buildScores() {
    auto* section = new QWidget(m_content);
    auto* column = sectionIn(section);
    column->addWidget(m_legend);
    column->addWidget(m_histogram);

    m_roc->setObjectName(QStringLiteral("rocChip"));
    m_roc->setToolTip(tr("Defects that fail against good images that fail"));
    m_roc->setAutoExclusive(true);
    m_roc->setChecked(true);
    m_precisionRecall->setObjectName(QStringLiteral("precisionRecallChip"));
    m_precisionRecall->setAccessibleName(tr("Precision–recall"));
    m_precisionRecall->setToolTip(
        tr("Precision–recall: how much of what fails is a defect, against how many defects fail"));
    m_precisionRecall->setAutoExclusive(true);
    connect(m_roc, &Chip::toggled, this,
            [this](bool roc) { m_curve->setKind(roc ? CurvePlot::Kind::Roc : CurvePlot::Kind::PrecisionRecall); });

    auto* kinds = new QHBoxLayout;
    kinds->setSpacing(4);
    kinds->addWidget(m_roc);
    kinds->addWidget(m_precisionRecall);
    kinds->addStretch(1);
    auto* curves = new QVBoxLayout;
    curves->setSpacing(4);
    curves->addLayout(kinds);
    curves->addWidget(m_curve, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::gap);
    row->addLayout(curves, 1);
    row->addWidget(m_fields, 1);
    column->addLayout(row);
    return section;
}

QWidget* ThresholdPanel::buildDecision() {
    auto* section = new QWidget(m_content);
    auto* column = sectionIn(section);
    column->addWidget(new Hairline(Qt::Horizontal, section));
    column->addWidget(new Heading(tr("At this operating point"), section));
    column->addWidget(m_decision);
    return section;
}

QWidget* ThresholdPanel::buildRules() {
    auto* section = new QWidget(m_content);
    auto* column = sectionIn(section);
    column->addWidget(new Hairline(Qt::Horizontal, section));
    column->addWidget(new Heading(tr("Set by rule"), section));
    column->addWidget(m_rules);
    column->addSpacing(metrics::margin - metrics::gap);  // as between sections
    column->addWidget(new Hairline(Qt::Horizontal, section));
    column->addWidget(m_changes);
    return section;
}

void ThresholdPanel::showState() {
    const QLocale locale;
    const auto* model = m_project->currentModel();
    const qint64 scored = m_table.good() + m_table.defect() + m_table.unlabelled();
    QString state;
    if (model == nullptr)
        state = tr("No model yet. Train one, then the scores of the images are shown here and the cuts are chosen.");
    else if (!m_table.range())
        state = tr("No scores yet. They appear here as the images are scored.");
    m_state->setText(state);
    m_state->setVisible(!state.isEmpty());
    m_train->setVisible(model == nullptr && !m_project->isReadOnly());
    const bool some = model != nullptr && m_table.range().has_value();
    for (QWidget* section : {m_scores, m_decisions, m_ruleSection}) section->setVisible(some);
    m_legend->setVisible(scored > 0);
    m_histogram->setEmptyText(scored > 0 ? QString() : tr("No test image is scored yet"));
    m_histogram->setReadOnly(m_project->isReadOnly());
    m_curve->setReadOnly(m_project->isReadOnly());
    m_fields->setReadOnly(m_project->isReadOnly());
    QString title = tr("Scores");
    if (some)
        title += QStringLiteral(" · ") +
                 (scored == 1 ? tr("1 test image") : tr("%1 test images").arg(locale.toString(scored)));
    if (some && m_table.crossValidated() > 0)
        title += QStringLiteral(", ") + tr("%1 training images").arg(locale.toString(qint64{m_table.crossValidated()}));
    m_heading->setText(title);
}

void ThresholdPanel::updateRules() {
    RuleBox::Basis basis;
    if (const auto* model = m_project->currentModel()) {
        basis.goodScores = model->goodScores;
        basis.folds = model->folds;
    }
    basis.good = m_table.good();
    basis.defect = m_table.defect();
    basis.readOnly = m_project->isReadOnly() ? m_project->readOnlyReason() : QString();
    m_rules->setBasis(basis);
}

}  // namespace ui
