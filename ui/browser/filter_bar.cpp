// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/filter_bar.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/browser/filter_menu.h"
#include "ui/common/elements.h"
#include "ui/common/flow_layout.h"
#include "ui/common/theme.h"

namespace ui {

using engine::Verdict;
using services::ImageFilter;

namespace {

constexpr int wordInset = 8;

}  // namespace

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent),
      m_search(new QLineEdit),
      m_chips(new QButtonGroup(this)),
      m_filterMenu(new FilterMenu(this)),
      m_orderMenu(new OrderMenu(this)) {
    m_search->setObjectName(QStringLiteral("searchField"));
    m_search->setAccessibleName(tr("Filter by name or defect type"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumHeight(metrics::rowHeight);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text == m_filter.text) return;
        m_filter.text = text;
        Q_EMIT filterChanged(m_filter);
    });

    auto* layout = new QVBoxLayout(this);
    // With what a tool button keeps around its word, all begin in one line.
    layout->setContentsMargins(metrics::margin - wordInset, metrics::margin, metrics::margin, 4);
    layout->setSpacing(metrics::gap);
    auto* above = new QVBoxLayout;
    above->setContentsMargins(wordInset, 0, 0, 0);
    above->setSpacing(metrics::gap);
    above->addWidget(m_search);
    above->addWidget(makeChips());
    layout->addLayout(above);
    layout->addWidget(makeTools());
    connect(m_filterMenu, &FilterMenu::filterChanged, this, &FilterBar::filterChanged);
    connect(m_orderMenu, &OrderMenu::orderChanged, this, &FilterBar::orderChanged);
    setFilter({});
    setOrder({});
}

Chip* FilterBar::addChip(const QString& text, const QString& name, std::optional<Verdict> verdict, bool disagreement) {
    auto* chip = new Chip(text);
    chip->setObjectName(name);
    if (verdict) chip->setVerdict(*verdict);
    m_chips->addButton(chip);
    connect(chip, &Chip::clicked, this, [this, verdict, disagreement] {
        ImageFilter filter = m_filter;
        filter.verdict = verdict;
        filter.disagreementOnly = disagreement;
        Q_EMIT filterChanged(filter);
    });
    return chip;
}

QWidget* FilterBar::makeChips() {
    m_all = addChip(tr("All"), QStringLiteral("allChip"), {}, false);
    m_fail = addChip(verdictWord(Verdict::Fail), QStringLiteral("failChip"), Verdict::Fail, false);
    m_review = addChip(verdictWord(Verdict::Review), QStringLiteral("reviewChip"), Verdict::Review, false);
    m_pass = addChip(verdictWord(Verdict::Pass), QStringLiteral("passChip"), Verdict::Pass, false);
    m_disagree = addChip(tr("\u2260 Disagree"), QStringLiteral("disagreeChip"), {}, true);
    m_disagree->setToolTip(tr("Good images that fail and defects that pass"));
    m_error = addChip(verdictWord(Verdict::Error), QStringLiteral("errorChip"), Verdict::Error, false);
    m_error->hide();
    auto* line = new QWidget;
    auto* flow = new FlowLayout(6);
    line->setLayout(flow);
    for (Chip* chip : {m_all, m_fail, m_review, m_pass, m_disagree, m_error}) flow->addWidget(chip);
    return line;
}

QWidget* FilterBar::makeTools() {
    const auto makeButton = [](const QString& name) {
        auto* button = new QToolButton;
        button->setObjectName(name);
        button->setAutoRaise(true);
        button->setFont(secondaryFont());
        button->setFocusPolicy(Qt::StrongFocus);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        return button;
    };
    m_filterButton = makeButton(QStringLiteral("filterButton"));
    m_filterButton->setToolTip(tr("Split, label, defect type and range of scores"));
    connect(m_filterButton, &QToolButton::clicked, this, [this] {
        m_filterMenu->setFilter(m_filter, m_defectTypes);
        m_filterMenu->popup(m_filterButton->mapToGlobal(QPoint(0, m_filterButton->height())));
    });
    m_orderButton = makeButton(QStringLiteral("orderButton"));
    m_orderButton->setToolTip(tr("The order of the images"));
    connect(m_orderButton, &QToolButton::clicked, this, [this] {
        m_orderMenu->setOrder(m_order);
        m_orderMenu->popup(m_orderButton->mapToGlobal(QPoint(0, m_orderButton->height())));
    });
    m_gridButton = makeButton(QStringLiteral("gridButton"));
    m_gridButton->setText(tr("Grid"));
    m_tableButton = makeButton(QStringLiteral("tableButton"));
    m_tableButton->setText(tr("Table"));
    auto* modes = new QButtonGroup(this);
    for (QToolButton* button : {m_gridButton, m_tableButton}) {
        button->setCheckable(true);
        button->setAccessibleName(button->text());
        modes->addButton(button);
        connect(button, &QToolButton::clicked, this, [this, button] { Q_EMIT tableWanted(button == m_tableButton); });
    }
    m_gridButton->setChecked(true);

    const auto together = [](QToolButton* first, QToolButton* second) {
        auto* pair = new QWidget;
        auto* row = new QHBoxLayout(pair);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(2);
        row->addWidget(first);
        row->addWidget(second);
        return pair;
    };
    // In two lines where long words leave no room for one.
    auto* line = new QWidget;
    auto* flow = new FlowLayout(2);
    flow->setLastAtEnd(true);
    line->setLayout(flow);
    flow->addWidget(together(m_filterButton, m_orderButton));
    flow->addWidget(together(m_gridButton, m_tableButton));
    return line;
}

void FilterBar::setFilter(const ImageFilter& filter) {
    m_filter = filter;
    if (m_search->text() != filter.text) m_search->setText(filter.text);
    const int chosen = (filter.split ? 1 : 0) + (filter.label ? 1 : 0) + (filter.defectType ? 1 : 0) +
                       (filter.scoreFrom || filter.scoreTo ? 1 : 0);
    m_filterButton->setText(chosen == 0 ? tr("Filter \u25BE")
                                        : tr("Filter \u00B7 %1 \u25BE").arg(QLocale().toString(chosen)));
    m_filterButton->setAccessibleName(chosen == 0 ? tr("Filter") : tr("Filter, %1 chosen").arg(chosen));
    showChips();
}

void FilterBar::showChips() {
    m_error->setVisible(m_errors > 0 || m_filter.verdict == Verdict::Error);
    Chip* checked = m_filter.disagreementOnly             ? m_disagree
                    : m_filter.verdict == Verdict::Fail   ? m_fail
                    : m_filter.verdict == Verdict::Review ? m_review
                    : m_filter.verdict == Verdict::Pass   ? m_pass
                    : m_filter.verdict == Verdict::Error  ? m_error
                                                          : m_all;
    checked->setChecked(true);
}

void FilterBar::setOrder(const services::ImageOrder& order) {
    m_order = order;
    m_orderButton->setText(orderWord(order.key) +
                           (order.descending ? QStringLiteral(" \u2193") : QStringLiteral(" \u2191")));
    m_orderButton->setAccessibleName(tr("Sorted by %1").arg(orderWord(order.key)));
}

void FilterBar::setCounts(const services::ListCounts& counts) {
    m_all->setCount(counts.all);
    m_fail->setCount(counts.fail);
    m_review->setCount(counts.review);
    m_pass->setCount(counts.pass);
    m_disagree->setCount(counts.disagreements);
    m_error->setCount(counts.error);
    m_errors = counts.error;
    showChips();
    if (m_filter.text.isEmpty())
        m_search->setPlaceholderText(counts.all == 1
                                         ? tr("Filter 1 image\u2026")
                                         : tr("Filter %1 images\u2026").arg(QLocale().toString(counts.all)));
}

void FilterBar::setTable(bool table) {
    (table ? m_tableButton : m_gridButton)->setChecked(true);
}

void FilterBar::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_search || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    if (key == Qt::Key_Escape || key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
        Q_EMIT left();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace ui
