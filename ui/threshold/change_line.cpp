// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threshold/change_line.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QListWidget>
#include <QLocale>
#include <QMap>
#include <QScrollBar>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/services/project/user_name.h"
#include "ui/common/breakable.h"
#include "ui/common/elements.h"
#include "ui/common/link_button.h"
#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int mostHeight = 160;

// "fail 1.95, review 1.62 (best-f1)" by name; the rule under "".
QMap<QString, QString> partsOf(const QString& text) {
    QMap<QString, QString> parts;
    QString cuts = text;
    if (const auto open = text.indexOf(QLatin1String(" (")); open >= 0 && text.endsWith(QLatin1Char(')'))) {
        parts[QString()] = text.mid(open + 2, text.size() - open - 3);
        cuts = text.left(open);
    }
    for (const QString& cut : cuts.split(QStringLiteral(", "), Qt::SkipEmptyParts)) {
        const auto space = cut.indexOf(QLatin1Char(' '));
        if (space > 0) parts[cut.left(space)] = cut.mid(space + 1);
    }
    return parts;
}

QString ruleText(const QString& rule) {
    if (rule == QLatin1String("false-reject")) return ChangeLine::tr("rule: false rejects");
    if (rule == QLatin1String("best-f1")) return ChangeLine::tr("rule: best F1");
    if (rule == QLatin1String("no-escapes")) return ChangeLine::tr("rule: no escapes");
    if (rule == QLatin1String("escape")) return ChangeLine::tr("rule: escapes");
    return {};
}

QString whenText(const QDateTime& when) {
    const QDateTime local = when.toLocalTime();
    const QLocale locale;
    if (local.date() == QDate::currentDate()) return local.toString(QStringLiteral("HH:mm"));
    return locale.toString(local, QLocale::ShortFormat);
}

QString whoText(const QString& who) {
    return who == services::userName() ? ChangeLine::tr("you") : who;
}

// Its texts begin where the line above begins: styles indent those of an item.
class FlushDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyleOptionViewItem flush = option;
        const QStyle* style = option.widget->style();
        flush.rect.setLeft(flush.rect.left() - style->pixelMetric(QStyle::PM_FocusFrameHMargin, &option) - 1);
        QStyledItemDelegate::paint(painter, flush, index);
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(0, 4);  // one entry is told from the next
    }
};

QString lineText(const services::AuditEntry& entry) {
    return listed({changeText(entry), whoText(entry.who), whenText(entry.when)});
}

// As short as "2.1" may be in the trail; beside another number it gets as many decimals as that one.
void alignDecimals(QString& a, QString& b) {
    const auto decimals = [](const QString& text) {
        const auto point = text.indexOf(QLatin1Char('.'));
        return point < 0 || text.contains(QLatin1Char('e')) ? 0 : static_cast<int>(text.size() - point - 1);
    };
    // Three digits, or as many as tell the two apart; the whole numbers stand in the tool tip.
    const double larger = std::max({std::abs(a.toDouble()), std::abs(b.toDouble()), 1e-300});
    const double apart = std::max(std::abs(a.toDouble() - b.toDouble()), 1e-300);
    const int enough = std::max(
        {0, 2 - static_cast<int>(std::floor(std::log10(larger))), 1 - static_cast<int>(std::floor(std::log10(apart)))});
    const int most = std::min(std::max(decimals(a), decimals(b)), enough);
    for (QString* text : {&a, &b}) {
        bool isNumber = false;
        const double value = text->toDouble(&isNumber);
        if (!isNumber || text->contains(QLatin1Char('e'))) continue;
        QLocale locale;
        locale.setNumberOptions(QLocale::OmitGroupSeparator);
        *text = locale.toString(value, 'f', most);
    }
}

}  // namespace

QString changeText(const services::AuditEntry& entry) {
    const auto from = partsOf(entry.from);
    const auto to = partsOf(entry.to);
    const struct {
        QLatin1String name;
        QString word;
    } cuts[] = {{QLatin1String("fail"), ChangeLine::tr("fail")},
                {QLatin1String("review"), ChangeLine::tr("review")},
                {QLatin1String("pixel"), ChangeLine::tr("pixel cut")}};
    QStringList changes;
    for (const auto& cut : cuts) {
        QString before = from.value(cut.name);
        QString after = to.value(cut.name);
        if (before == after) continue;
        alignDecimals(before, after);
        changes << (before.isEmpty()  ? ChangeLine::tr("%1 set to %2").arg(cut.word, after)
                    : after.isEmpty() ? ChangeLine::tr("%1 removed").arg(cut.word)
                                      : QStringLiteral("%1 %2\u00A0→\u00A0%3").arg(cut.word, before, after));
    }
    if (changes.isEmpty()) changes << ChangeLine::tr("cuts unchanged");
    QString text = changes.join(QStringLiteral(", "));
    text[0] = text[0].toUpper();
    const QString rule = ruleText(to.value(QString()));
    const bool byRule = !rule.isEmpty() && to.value(QLatin1String("fail")) != from.value(QLatin1String("fail"));
    return byRule ? listed({text, rule}) : text;
}

ChangeLine::ChangeLine(QWidget* parent)
    : QWidget(parent),
      m_last(new Note({}, this)),
      m_undo(addLink(QStringLiteral("undoCutButton"), tr("Undo"))),
      m_history(addLink(QStringLiteral("cutHistoryButton"), tr("History"))),
      m_list(new QListWidget(this)) {
    m_last->setObjectName(QStringLiteral("lastChange"));
    m_history->setCheckable(true);
    m_history->setToolTip(tr("Who set the operating point, when, from what"));
    // Its first line stands on the line of the links beside it.
    m_last->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_last->setContentsMargins(0, (m_undo->sizeHint().height() - m_last->fontMetrics().height()) / 2, 0, 0);
    m_list->setObjectName(QStringLiteral("cutHistory"));
    m_list->setAccessibleName(tr("Changes of the operating point, the newest first"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    m_list->setFont(secondaryFont());
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setItemDelegate(new FlushDelegate(m_list));
    m_list->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::margin);
    line->addWidget(m_last, 1);
    line->addWidget(m_undo, 0, Qt::AlignTop);
    line->addWidget(m_history, 0, Qt::AlignTop);
    column->addLayout(line);
    column->addWidget(m_list);
    connect(m_undo, &QPushButton::clicked, this, &ChangeLine::undoAsked);
    connect(m_history, &QPushButton::toggled, this, &ChangeLine::showHistory);
    restyle();
    setHistory({});
    setUndoText({});
}

LinkButton* ChangeLine::addLink(const QString& name, const QString& text) {
    auto* link = new LinkButton(text, this);
    link->setObjectName(name);
    link->setAccessibleName(text);
    return link;
}

void ChangeLine::setHistory(const QVector<services::AuditEntry>& entries) {
    m_newest = entries.isEmpty() ? tr("The operating point has not been changed yet.") : lineText(entries.first());
    m_history->setEnabled(!entries.isEmpty());
    m_list->clear();
    for (const auto& entry : entries) {
        auto* item = new QListWidgetItem(lineText(entry), m_list);
        item->setToolTip(tr("%1, from: %2; to: %3").arg(entry.subject, entry.from, entry.to));
    }
    if (entries.isEmpty()) m_history->setChecked(false);
    showHistory(m_history->isChecked());
}

// As high as its entries, and no higher than a few.
void ChangeLine::showHistory(bool shown) {
    m_last->setText(shown ? tr("Newest first") : m_newest);
    m_list->setVisible(shown);
    if (!shown) return;
    m_list->resize(width(), mostHeight);
    m_list->doItemsLayout();
    const QListWidgetItem* last = m_list->item(m_list->count() - 1);
    const int height =
        last == nullptr ? 0 : m_list->visualItemRect(last).bottom() + 1 + m_list->verticalScrollBar()->value();
    m_list->setFixedHeight(std::min(height, mostHeight));
}

void ChangeLine::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showHistory(m_history->isChecked());
}

void ChangeLine::setUndoText(const QString& text) {
    m_undo->setEnabled(!text.isEmpty());
    m_undo->setToolTip(text.isEmpty() ? tr("The last thing done was not a change of the operating point") : text);
}

void ChangeLine::restyle() {
    const Colours& colours = coloursOf(*this);
    QPalette palette = m_list->palette();
    palette.setColor(QPalette::Base, colours.panel);
    palette.setColor(QPalette::Text, colours.secondary);
    m_list->setPalette(palette);
}

void ChangeLine::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) restyle();
    QWidget::changeEvent(event);
}

}  // namespace ui
