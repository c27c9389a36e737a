// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/result_box.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include "ui/common/breakable.h"
#include "ui/common/elements.h"
#include "ui/common/theme.h"
#include "ui/training/controls.h"
#include "ui/training/message_line.h"
#include "ui/training/work_texts.h"

namespace ui {

namespace {

QString factsOf(const services::TrainSummary& summary, const services::ModelRecord& model) {
    const QLocale locale;
    QStringList lines;
    lines << ResultBox::tr("Learned from %1\u00A0good images in %2")
                 .arg(locale.toString(summary.trainingImages),
                      durationText(model.fitSeconds.value_or(summary.seconds)));
    lines << ResultBox::tr("%1\u00A0images scored, %2\u00A0in\u00A0all \u00B7 model\u00A0%3")
                 .arg(locale.toString(summary.scoredImages), durationText(summary.seconds),
                      sizeText(summary.modelBytes));
    if (model.operatingPoint.fail)
        lines << ResultBox::tr("Fail from\u00A0%1: at most 1\u00A0% of good images rejected")
                     .arg(locale.toString(*model.operatingPoint.fail, 'f', 2));
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

ResultBox::ResultBox(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_facts(new Note({}, this)),
      m_remarks(new MessageLine(this)),
      m_tune(new PrimaryButton(tr("Go to Tune"), this)),
      m_missingRow(new QWidget(this)),
      m_missingText(new MessageLine(m_missingRow)),
      m_score(new LinkButton(tr("Score them"), m_missingRow)) {
    setObjectName(QStringLiteral("resultBox"));
    QFont strong = textFont();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_title->setWordWrap(true);
    m_title->setObjectName(QStringLiteral("resultTitle"));
    m_facts->setObjectName(QStringLiteral("resultFacts"));
    m_remarks->setObjectName(QStringLiteral("resultRemarks"));
    m_tune->setObjectName(QStringLiteral("goToTune"));
    m_tune->setToolTip(tr("See the scores and choose from which one a part fails"));
    m_missingText->setObjectName(QStringLiteral("missingScores"));
    m_score->setObjectName(QStringLiteral("scoreMissing"));
    m_score->setAccessibleName(tr("Score the images that have no score"));

    auto* missing = new QHBoxLayout(m_missingRow);
    missing->setContentsMargins(0, 0, 0, 0);
    missing->setSpacing(metrics::gap);
    missing->addWidget(m_missingText, 1);
    missing->addWidget(m_score, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(m_title);
    column->addWidget(m_facts);
    column->addWidget(m_remarks);
    column->addWidget(m_missingRow);
    column->addWidget(m_tune);
    column->addSpacing(metrics::margin - metrics::gap);
    column->addWidget(new Hairline(Qt::Horizontal, this));
    connect(m_tune, &QPushButton::clicked, this, &ResultBox::tuneRequested);
    connect(m_score, &QPushButton::clicked, this, &ResultBox::scoreRequested);
    refresh();
}

void ResultBox::showSummary(const services::TrainSummary& summary, const services::ModelRecord& model) {
    m_summary = true;
    m_title->setText(tr("%1 is ready").arg(unbrokenDate(model.name)));
    m_facts->setText(factsOf(summary, model));
    QStringList remarks = summary.notes;
    if (summary.unreadable > 0)
        remarks.prepend(summary.unreadable == 1 ? tr("1\u00A0image could not be read; the list tells why.")
                                                : tr("%1\u00A0images could not be read; the list tells why.")
                                                      .arg(QLocale().toString(summary.unreadable)));
    m_remarks->setCaution(remarks.join(QLatin1Char('\n')));
    refresh();
}

void ResultBox::setMissing(int images, bool canScore) {
    m_missing = images;
    if (images > 0)
        m_missingText->setCaution(
            images == 1 ? tr("1\u00A0image has no score by the current model.")
                        : tr("%1\u00A0images have no score by the current model.").arg(QLocale().toString(images)));
    m_score->setVisible(canScore);
    refresh();
}

void ResultBox::forgetSummary() {
    m_summary = false;
    refresh();
}

void ResultBox::refresh() {
    m_title->setVisible(m_summary);
    m_facts->setVisible(m_summary);
    m_remarks->setVisible(m_summary && !m_remarks->text().isEmpty());
    m_tune->setVisible(m_summary);
    m_missingRow->setVisible(m_missing > 0);
    setVisible(!isEmpty());
}

}  // namespace ui
