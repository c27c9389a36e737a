// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/job_bar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>

#include "ui/common/elided_label.h"
#include "ui/common/theme.h"
#include "ui/training/controls.h"
#include "ui/training/job_popup.h"
#include "ui/training/message_line.h"
#include "ui/training/work_list.h"
#include "ui/training/work_texts.h"

namespace ui {

namespace {

constexpr int barWidth = 180;
constexpr int leastBar = 64;
constexpr int leastFailure = 96;  // of its words

QString stageLine(const QString& title, const QString& what) {
    return what == title ? what : QStringLiteral("%1 \u00B7 %2").arg(title, what);
}

}  // namespace

JobBar::JobBar(services::JobRunner* jobs, QWidget* parent)
    : QWidget(parent),
      m_work(new WorkList(jobs, this)),
      m_stage(new ElidedLabel(this, Qt::ElideMiddle)),
      m_bar(new SlimBar(this)),
      m_numbers(new ElidedLabel(this)),
      m_cancel(new LinkButton(tr("Cancel"), this)),
      m_more(new LinkButton({}, this)),
      m_sign(new VerdictSign(engine::Verdict::Error, this)),
      m_failure(new ElidedLabel(this)),
      m_retry(new LinkButton(tr("Try again"), this)),
      m_dismiss(new LinkButton(tr("Dismiss"), this)),
      m_log(new LinkButton(tr("Work and log"), this)),
      m_popup(new JobPopup(m_work, this)) {
    setObjectName(QStringLiteral("jobBar"));
    m_stage->setObjectName(QStringLiteral("jobStage"));
    build();
    connect(m_work, &WorkList::listChanged, this, &JobBar::refresh);
    connect(m_work, &WorkList::progressChanged, this, &JobBar::refreshProgress);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (const WorkEntry* entry = m_work->current()) m_work->cancel(entry->id);
    });
    connect(m_retry, &QPushButton::clicked, this, [this] {
        if (const WorkEntry* entry = m_work->lastFailure()) m_work->retry(entry->id);
    });
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        if (const WorkEntry* entry = m_work->lastFailure()) m_work->dismiss(entry->id);
    });
    connect(m_more, &QPushButton::clicked, this, &JobBar::showPopup);
    connect(m_log, &QPushButton::clicked, this, &JobBar::showPopup);
    refresh();
}

void JobBar::build() {
    m_bar->setObjectName(QStringLiteral("jobProgress"));
    m_numbers->setObjectName(QStringLiteral("jobNumbers"));
    m_cancel->setObjectName(QStringLiteral("jobCancel"));
    m_cancel->setAccessibleName(tr("Cancel the work"));
    m_more->setObjectName(QStringLiteral("jobMore"));
    m_failure->setObjectName(QStringLiteral("jobFailure"));
    m_retry->setObjectName(QStringLiteral("jobRetry"));
    m_dismiss->setObjectName(QStringLiteral("jobDismiss"));
    m_dismiss->setAccessibleName(tr("Dismiss the message"));
    m_log->setObjectName(QStringLiteral("jobLog"));
    m_log->setToolTip(tr("All work with what became of it; the log can be copied"));
    setFixedHeight(metrics::bottomBarHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::margin, 0, metrics::margin, 0);
    row->setSpacing(metrics::margin);
    for (QWidget* part : {static_cast<QWidget*>(m_stage), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_cancel),
                          static_cast<QWidget*>(m_numbers), static_cast<QWidget*>(m_more)})
        row->addWidget(part);
    auto* failure = new QHBoxLayout;
    failure->setSpacing(metrics::gap);
    for (QWidget* part :
         {m_sign, static_cast<QWidget*>(m_failure), static_cast<QWidget*>(m_retry), static_cast<QWidget*>(m_dismiss)})
        failure->addWidget(part);
    row->addLayout(failure, 100);
    row->addStretch(1);
    row->addWidget(m_log);
}

void JobBar::refresh() {
    const WorkEntry* entry = m_work->current();
    for (QWidget* part : {static_cast<QWidget*>(m_stage), static_cast<QWidget*>(m_bar),
                          static_cast<QWidget*>(m_numbers), static_cast<QWidget*>(m_cancel)})
        part->setVisible(entry != nullptr);
    const int others = m_work->openCount() - 1;
    m_more->setVisible(others > 0);
    m_more->setText(tr("%n more", nullptr, others));
    m_more->updateGeometry();
    if (entry != nullptr) m_cancel->setEnabled(entry->state != services::JobState::Cancelling);
    refreshProgress();
    refreshFailure();
    keepRoom();
}

void JobBar::refreshFailure() {
    const WorkEntry* failure = m_work->lastFailure();
    for (QWidget* part : {m_sign, static_cast<QWidget*>(m_failure), static_cast<QWidget*>(m_dismiss)})
        part->setVisible(failure != nullptr);
    const bool isTold = failure != nullptr && m_toldOnPage.contains(failure->id);
    m_retry->setVisible(failure != nullptr && !isTold && m_work->canRetry(failure->id));
    if (failure == nullptr) return;
    const QString whole = tr("%1 failed. %2").arg(failure->title, failure->message);
    m_failure->setText(isTold ? tr("%1 failed").arg(failure->title) : whole);
    m_failure->setToolTip(whole.toHtmlEscaped());
    m_failure->setAccessibleName(whole);
}

void JobBar::setToldOnPage(services::JobId id, bool told) {
    if (told)
        m_toldOnPage.insert(id);
    else
        m_toldOnPage.remove(id);
    refreshFailure();
}

// For the longest words and numbers that may come, as far as there is room: what a hand aims at stays where it is while
// a job runs.
void JobBar::keepRoom() {
    const WorkEntry* entry = m_work->current();
    if (entry == nullptr) return;
    const auto widthOf = [this](const QString& text) { return m_stage->fontMetrics().horizontalAdvance(text) + 2; };
    int stage = widthOf(stageLine(entry->title, entry->stateText()));
    for (const QString& what : stageTexts()) stage = std::max(stage, widthOf(stageLine(entry->title, what)));
    const int numbers = widthOf(longestProgressText());
    int room = width() - 7 * metrics::margin;
    for (const QWidget* part : {m_cancel, m_log}) room -= part->sizeHint().width();
    if (!m_more->isHidden()) room -= widthOf(tr("%n more", nullptr, 9));
    if (m_work->lastFailure() != nullptr)
        room -= leastFailure + m_sign->width() + m_retry->sizeHint().width() + m_dismiss->sizeHint().width() +
                metrics::margin + 3 * metrics::gap;
    // The bar gives way before any word does.
    const int bar = std::clamp(room - stage - numbers, leastBar, barWidth);
    room = std::max(0, room - bar);
    m_bar->setFixedWidth(bar);
    m_stage->setFixedWidth(std::min(stage, std::max(room / 2, room - numbers)));
    m_numbers->setFixedWidth(std::min(numbers, std::max(room / 2, room - stage)));
}

void JobBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    keepRoom();
}

void JobBar::refreshProgress() {
    const WorkEntry* entry = m_work->current();
    if (entry == nullptr) return;
    const bool running = entry->state == services::JobState::Running && !entry->progress.stage.isEmpty();
    const QString what = running ? stageText(entry->progress.stage) : entry->stateText();
    m_stage->setText(stageLine(entry->title, what));
    m_bar->setEnabled(entry->state != services::JobState::Cancelling);
    if (running)
        m_bar->setProgress(entry->progress.done, entry->progress.total);
    else if (entry->state != services::JobState::Cancelling)
        m_bar->setProgress(0, 1);
    m_numbers->setText(running ? progressText(entry->progress) : QString());
}

void JobBar::showPopup() {
    m_popup->popUpOver(this);
}

QString JobBar::logText() const {
    return m_work->log().join(QLatin1Char('\n'));
}

void JobBar::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), coloursOf(*this).panel);
}

}  // namespace ui
