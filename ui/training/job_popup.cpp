// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/job_popup.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QTextEdit>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/common/breakable.h"
#include "ui/common/elements.h"
#include "ui/common/theme.h"
#include "ui/training/controls.h"
#include "ui/training/loss_plot.h"
#include "ui/training/message_line.h"
#include "ui/training/work_list.h"
#include "ui/training/work_texts.h"

namespace ui {

namespace {

constexpr int popupWidth = 520;
constexpr float edgeOpacity = 0.6F;
constexpr int mostLogHeight = 160;
constexpr int logLines = 5000;

QString secondLine(const WorkEntry& entry) {
    if (entry.isFailed()) return entry.message;
    const QString numbers = entry.state == services::JobState::Running ? progressText(entry.progress) : QString();
    return numbers.isEmpty() ? entry.stateText() : entry.stateText() + QStringLiteral(" \u00B7 ") + numbers;
}

}  // namespace

JobPopup::JobPopup(WorkList* work, QWidget* parent)
    : QFrame(parent, Qt::Popup),
      m_work(work),
      m_rows(new QVBoxLayout),
      m_none(new Note(tr("Nothing is at work."), this)),
      m_log(new QTextEdit(this)),
      m_copy(new LinkButton(tr("Copy the log"), this)) {
    setObjectName(QStringLiteral("jobPopup"));
    setAccessibleName(tr("Work and log"));
    setFixedWidth(popupWidth);
    buildLog();
    m_copy->setObjectName(QStringLiteral("copyLog"));
    connect(m_copy, &QPushButton::clicked, this, &JobPopup::copyLog);

    m_rows->setSpacing(metrics::gap);
    auto* head = new QHBoxLayout;
    head->addWidget(new Heading(tr("Log"), this), 1);
    head->addWidget(m_copy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    column->setSpacing(metrics::gap);
    auto* heading = new Heading(tr("Work"), this);
    heading->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_none->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    column->addWidget(heading);
    column->addWidget(m_none);
    column->addLayout(m_rows);
    column->addSpacing(4);
    column->addWidget(new Hairline(Qt::Horizontal, this));
    column->addLayout(head);
    column->addWidget(m_log);
    connect(work, &WorkList::listChanged, this, &JobPopup::rebuild);
    connect(work, &WorkList::progressChanged, this, &JobPopup::refreshProgress);
    connect(work, &WorkList::logged, this, &JobPopup::addLine);
    rebuild();
}

// On the popup's own ground, in line with its headings; what does not fit into a line goes on below its first word, not
// below the time.
void JobPopup::buildLog() {
    m_log->setObjectName(QStringLiteral("jobLogText"));
    m_log->setAccessibleName(tr("Log"));
    m_log->setReadOnly(true);
    m_log->setFrameShape(QFrame::NoFrame);
    m_log->setFont(secondaryFont());
    m_log->setTabChangesFocus(true);
    m_log->setPlaceholderText(tr("Nothing has happened yet."));
    m_log->viewport()->setAutoFillBackground(false);
    m_log->document()->setDocumentMargin(0);
    m_log->document()->setMaximumBlockCount(logLines);
    const int time = m_log->fontMetrics().horizontalAdvance(QStringLiteral("00:00:00  "));
    QTextBlockFormat hanging;
    hanging.setLeftMargin(time);
    hanging.setTextIndent(-time);
    QTextCursor(m_log->document()).setBlockFormat(hanging);
}

void JobPopup::addLine(const QString& line) {
    QScrollBar* bar = m_log->verticalScrollBar();
    const bool follows = bar->value() == bar->maximum();
    QTextCursor end(m_log->document());
    end.movePosition(QTextCursor::End);
    if (!m_log->document()->isEmpty()) end.insertBlock();
    end.insertText(line);
    if (isVisible()) place();
    if (follows) bar->setValue(bar->maximum());
}

void JobPopup::fitLog() {
    QTextDocument* text = m_log->document();
    text->setTextWidth(width() - 2 * metrics::margin);
    const int wanted = static_cast<int>(std::ceil(text->size().height()));
    m_log->setFixedHeight(std::clamp(wanted, m_log->fontMetrics().lineSpacing(), mostLogHeight));
}

void JobPopup::popUpOver(QWidget* bar) {
    m_bar = bar;
    rebuild();  // what ran on while this was hidden
    place();
    show();
    place();  // the log's text is as wide as its view, which has no width before
    m_copy->setFocus();
}

// In the window's corner: its margin is the bar's, and its lower edge lies on the line above the bar.
void JobPopup::place() {
    fitLog();
    layout()->activate();  // or the least height is still that of what was there before
    resize(width(), layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : sizeHint().height());
    const QPoint corner = m_bar->mapToGlobal(QPoint(m_bar->width(), 0));
    const QRect room = m_bar->screen()->availableGeometry();
    move(std::clamp(corner.x() - width(), room.left(), std::max(room.left(), room.right() + 1 - width())),
         std::max(room.top(), corner.y() - height()));
}

void JobPopup::rebuild() {
    m_running = nullptr;
    m_losses = nullptr;
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (int i = 0; i < m_work->entries().size(); ++i) m_rows->addWidget(makeRow(i));
    m_none->setVisible(m_work->entries().isEmpty());
    if (isVisible()) place();
}

QWidget* JobPopup::makeRow(int index) {
    const WorkEntry& entry = m_work->entries()[index];
    auto* row = new QWidget(this);
    row->setObjectName(QStringLiteral("jobRow"));
    auto* title = new QLabel(entry.title, row);
    auto* state = new Note(breakable(secondLine(entry)), row);
    state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(title);
    words->addWidget(state);
    if (m_work->current() == &entry) {
        m_running = state;
        m_losses = new LossPlot(row);
        m_losses->setObjectName(QStringLiteral("rowLosses"));
        m_losses->setLosses(entry.progress.losses);
        words->addWidget(m_losses);
    }
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::gap);
    if (entry.isFailed()) line->addWidget(new VerdictSign(engine::Verdict::Error, row), 0, Qt::AlignTop);
    line->addLayout(words, 1);
    const auto addAction = [&](const QString& word, const QString& name, auto act) {
        auto* button = new LinkButton(word, row);
        button->setObjectName(name);
        button->setAccessibleName(QStringLiteral("%1: %2").arg(word, entry.title));
        line->addWidget(button, 0, Qt::AlignTop);
        connect(button, &QPushButton::clicked, m_work, act);
        return button;
    };
    WorkList* work = m_work;
    const services::JobId id = entry.id;
    if (entry.isOpen()) {
        auto* cancel = addAction(tr("Cancel"), QStringLiteral("rowCancel"), [work, id] { work->cancel(id); });
        cancel->setEnabled(entry.state != services::JobState::Cancelling);
    }
    if (m_work->canRetry(id) && entry.isFailed())
        addAction(tr("Try again"), QStringLiteral("rowRetry"), [work, id] { work->retry(id); });
    if (entry.isFailed()) addAction(tr("Dismiss"), QStringLiteral("rowDismiss"), [work, id] { work->dismiss(id); });
    return row;
}

void JobPopup::refreshProgress() {
    const WorkEntry* entry = m_work->current();
    if (m_running == nullptr || entry == nullptr || !isVisible()) return;
    m_running->setText(secondLine(*entry));
    m_losses->setLosses(entry->progress.losses);
}

// A line more, the first loss: what the rows need has changed.
bool JobPopup::event(QEvent* event) {
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest && isVisible() && layout()->totalHeightForWidth(width()) != height())
        place();
    return done;
}

void JobPopup::copyLog() {
    QGuiApplication::clipboard()->setText(m_work->log().join(QLatin1Char('\n')));
}

void JobPopup::paintEvent(QPaintEvent*) {
    const Colours& colours = coloursOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), colours.panel);
    // A hairline would not tell it from the panels that it covers, which have its colour.
    QColor edge = colours.secondary;
    edge.setAlphaF(edgeOpacity);
    painter.setPen(edge);
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

}  // namespace ui
