// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/welcome_page.h"

#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/common/elements.h"
#include "ui/common/primary_button.h"
#include "ui/common/theme.h"
#include "ui/training/message_line.h"

namespace ui {

namespace {

constexpr int columnWidth = 560;
constexpr int folderRole = Qt::UserRole;
constexpr int nameRole = Qt::UserRole + 1;
constexpr int whereRole = Qt::UserRole + 2;
constexpr int missingRole = Qt::UserRole + 3;

// The name, and after it, paler, where the project is.
class RecentDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    int nameWidth = 0;  // of all rows: where the projects are stands in one column

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyleOptionViewItem row = option;
        initStyleOption(&row, index);
        row.text.clear();
        row.widget->style()->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);
        const Colours& colours = coloursOf(row.palette);
        const bool selected = row.state.testFlag(QStyle::State_Selected);
        const auto ink = [&](const QColor& usual) {
            return selected ? row.palette.color(QPalette::HighlightedText) : usual;
        };
        QRect line = row.rect.adjusted(metrics::gap, 0, -metrics::gap, 0);
        const int nameRoom = std::min(nameWidth, line.width() / 2);
        const QString name = row.fontMetrics.elidedText(index.data(nameRole).toString(), Qt::ElideRight, nameRoom);
        painter->save();
        painter->setPen(ink(index.data(missingRole).toBool() ? colours.secondary : colours.text));
        painter->drawText(line, Qt::AlignVCenter, name);
        line.setLeft(line.left() + nameRoom + metrics::margin);
        painter->setFont(secondaryFont());
        painter->setPen(ink(colours.secondary));
        painter->drawText(
            line, Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data(whereRole).toString(), Qt::ElideMiddle, line.width()));
        painter->restore();
    }
};

QPushButton* actionButton(QPushButton* button, const QString& name) {
    button->setObjectName(name);
    button->setAutoDefault(true);
    button->setMinimumSize(200, 36);
    return button;
}

}  // namespace

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("welcomePage"));
    auto* title = new QLabel(tr("Anomaloscope"));
    QFont large = font();
    large.setPixelSize(28);
    large.setWeight(QFont::DemiBold);
    title->setFont(large);
    auto* lead =
        new Note(tr("Learns from images of good parts only, and shows where a part departs from them. "
                    "Everything stays on this computer."));
    lead->setFont(textFont());

    m_new = actionButton(new PrimaryButton(tr("&New project…")), QStringLiteral("newProjectButton"));
    m_open = actionButton(new QPushButton(tr("&Open project…")), QStringLiteral("openProjectButton"));
    m_sample = actionButton(new QPushButton(tr("&Try the sample set")), QStringLiteral("sampleButton"));
    auto* actions = new QGridLayout;
    actions->setHorizontalSpacing(16);
    actions->setVerticalSpacing(8);
    actions->setColumnStretch(1, 1);
    const auto addAction = [&](QPushButton* button, const QString& what) {
        const int row = actions->rowCount();
        auto* note = new Note(what);
        button->setAccessibleDescription(what);
        actions->addWidget(button, row, 0);
        actions->addWidget(note, row, 1);
    };
    addAction(m_new, tr("Choose a folder of images, or drop one on this window. Nothing is copied or changed."));
    addAction(m_open, tr("A project folder that was made earlier."));
    addAction(m_sample, tr("Draws a set of parts, learns from the good ones and finds the defects: about a minute."));

    m_recent = new QListWidget;
    m_recent->setObjectName(QStringLiteral("recentList"));
    m_recent->setAccessibleName(tr("Recent projects"));
    m_recent->setFrameShape(QFrame::NoFrame);
    m_recent->setUniformItemSizes(true);
    m_recent->setItemDelegate(new RecentDelegate(m_recent));
    m_recent->viewport()->setAutoFillBackground(false);
    m_recent->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_noRecent = new Note(tr("Projects that you open appear here."));
    m_message = new MessageLine;
    m_message->setObjectName(QStringLiteral("welcomeMessage"));

    auto* column = new QWidget;
    column->setMaximumWidth(columnWidth);
    auto* layout = new QVBoxLayout;
    layout->setContentsMargins(metrics::gap, 0, metrics::gap, 0);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(lead);
    layout->addSpacing(24);
    layout->addLayout(actions);
    layout->addSpacing(16);
    layout->addWidget(m_message);
    layout->addSpacing(16);
    layout->addWidget(new Heading(tr("Recent projects")));
    layout->addWidget(new Hairline);
    // In one place that takes what height is left over, whichever of the two is shown. The texts begin where the
    // heading does, the ground of a chosen one before them.
    auto* recent = new QWidget;
    auto* recentLayout = new QVBoxLayout(recent);
    recentLayout->setContentsMargins(0, 0, 0, 0);
    m_noRecent->setIndent(metrics::gap);
    recentLayout->addWidget(m_noRecent, 0, Qt::AlignTop);
    recentLayout->addWidget(m_recent);
    auto* whole = new QVBoxLayout(column);
    whole->setContentsMargins(24 - metrics::gap, 48, 24 - metrics::gap, 24);
    whole->setSpacing(8);
    whole->addLayout(layout);
    whole->addWidget(recent, 1);

    auto* page = new QHBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addStretch(1);
    page->addWidget(column, 100);
    page->addStretch(1);

    connect(m_new, &QPushButton::clicked, this, &WelcomePage::newProjectRequested);
    connect(m_open, &QPushButton::clicked, this, &WelcomePage::openRequested);
    connect(m_sample, &QPushButton::clicked, this, &WelcomePage::sampleRequested);
    connect(m_recent, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { Q_EMIT recentChosen(item->data(folderRole).toString()); });
    connect(m_recent, &QListWidget::itemClicked, this,
            [this](const QListWidgetItem* item) { Q_EMIT recentChosen(item->data(folderRole).toString()); });
}

void WelcomePage::setRecent(const QVector<RecentEntry>& entries) {
    m_recent->clear();
    auto* delegate = static_cast<RecentDelegate*>(m_recent->itemDelegate());
    delegate->nameWidth = 0;
    for (const RecentEntry& entry : entries) {
        delegate->nameWidth = std::max(delegate->nameWidth, m_recent->fontMetrics().horizontalAdvance(entry.name) + 1);
        const QString where = entry.missing ? tr("%1 (not found)").arg(entry.folder) : entry.folder;
        auto* item = new QListWidgetItem(QStringLiteral("%1   %2").arg(entry.name, where), m_recent);
        item->setData(folderRole, entry.folder);
        item->setData(nameRole, entry.name);
        item->setData(whereRole, where);
        item->setData(missingRole, entry.missing);
        item->setToolTip(entry.folder);
        item->setSizeHint({0, metrics::rowHeight});
    }
    m_recent->setVisible(!entries.isEmpty());
    m_noRecent->setVisible(entries.isEmpty());
}

void WelcomePage::setMessage(const QString& message) {
    m_message->setText(message);
}

void WelcomePage::setFault(const QString& message) {
    m_message->setFault(message);
}

void WelcomePage::setBusy(bool busy) {
    for (QWidget* widget : {static_cast<QWidget*>(m_new), static_cast<QWidget*>(m_open),
                            static_cast<QWidget*>(m_sample), static_cast<QWidget*>(m_recent)})
        widget->setEnabled(!busy);
}

}  // namespace ui
