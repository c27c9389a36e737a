// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/image_table.h"

#include <QDateTime>
#include <QHeaderView>
#include <QLocale>
#include <QScrollBar>
#include <algorithm>
#include <array>

#include "ui/browser/words.h"
#include "ui/common/path_delegate.h"
#include "ui/common/table_style.h"
#include "ui/common/theme.h"
#include "ui/common/verdict_delegate.h"

namespace ui {

using services::OrderKey;

namespace {

// The order of verdicts is that of the scores.
constexpr std::array<OrderKey, ImageListModel::ColumnCount> keys = {
    OrderKey::Name,  OrderKey::Label,      OrderKey::Score, OrderKey::Score,
    OrderKey::Split, OrderKey::DefectType, OrderKey::Date};
constexpr int leastName = 88;    // beside verdict and score
constexpr int usualName = 128;   // beside any other column
constexpr int widestText = 160;  // a defect type may have any length
constexpr int verdictShape = 15;

OrderKey keyOf(int column) {
    return keys[static_cast<std::size_t>(column)];
}

// Texts than which no other in the column is wider, known without a look at every image.
QStringList widestTexts(const ImageListModel& list, int column) {
    const auto& scored = list.query().scores().rows();
    switch (column) {
        case ImageListModel::Label:
            return {labelWord(engine::Label::Good), labelWord(engine::Label::Defect),
                    labelWord(engine::Label::Unlabelled)};
        case ImageListModel::Verdict: {
            QStringList words{verdictWord(engine::Verdict::Pass), verdictWord(engine::Verdict::Review),
                              verdictWord(engine::Verdict::Fail)};
            if (scored.size() < list.project()->images().size())
                words << verdictWord(engine::Verdict::None) << verdictWord(engine::Verdict::Error);
            return words;
        }
        case ImageListModel::Score:
            if (scored.empty()) return {};
            return {scoreText(scored.front().score, list.decimals()), scoreText(scored.back().score, list.decimals())};
        case ImageListModel::Split:
            return {splitWord(engine::Split::Train), splitWord(engine::Split::Test)};
        case ImageListModel::DefectType: {
            QStringList words;
            for (const QString& type : list.project()->defectTypes()) words << defectTypeWord(type);
            return words;
        }
        default:
            return {QLocale().toString(QDateTime(QDate(2028, 12, 28), QTime(22, 58)), QLocale::ShortFormat)};
    }
}

}  // namespace

ImageTable::ImageTable(ImageListModel* model, QWidget* parent) : QTableView(parent), m_images(model) {
    setObjectName(QStringLiteral("imageTable"));
    setAccessibleName(tr("Images"));
    styleTable(this);
    setSelectionMode(ExtendedSelection);
    setModel(model);
    QHeaderView* header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    // What a narrow panel shows is the verdict, next to the name.
    header->moveSection(ImageListModel::Label, ImageListModel::Score);
    setItemDelegateForColumn(ImageListModel::Name, new PathDelegate(this));
    setItemDelegateForColumn(ImageListModel::Verdict, new VerdictDelegate(this));
    connect(header, &QHeaderView::sectionClicked, this, [this](int column) {
        const bool again = column == m_orderColumn && keyOf(column) == m_order.key;
        m_orderColumn = column;
        Q_EMIT orderChanged({keyOf(column), again && !m_order.descending});
    });
    connect(header, &QHeaderView::sectionMoved, this, &ImageTable::fitName);
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (column != ImageListModel::Name && width != m_given[static_cast<std::size_t>(column)]) fitName();
    });
    connect(model->project(), &services::Project::scoresChanged, this, &ImageTable::fitColumns);
    connect(model->project(), &services::Project::labelsChanged, this, &ImageTable::fitColumns);
    fitColumns();
}

void ImageTable::setOrder(const services::ImageOrder& order) {
    m_order = order;
    if (keyOf(m_orderColumn) != order.key)
        for (int column = 0; column < ImageListModel::ColumnCount; ++column)
            if (keyOf(column) == order.key) m_orderColumn = column;
    horizontalHeader()->setSortIndicator(m_orderColumn, order.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    fitName();
}

int ImageTable::textWidth(int column) const {
    int width = 0;
    for (const QString& text : widestTexts(*m_images, column))
        width = std::max(width, fontMetrics().horizontalAdvance(text) + 1);
    return std::min(width, widestText) + 2 * metrics::gap + (column == ImageListModel::Verdict ? verdictShape : 0);
}

void ImageTable::give(int column, int width) {
    int& given = m_given[static_cast<std::size_t>(column)];
    if (given != 0 && columnWidth(column) != given) return;
    given = width;
    setColumnWidth(column, width);
}

void ImageTable::fitColumns() {
    setColumnHidden(ImageListModel::Score, m_images->query().scores().rows().empty());
    for (int column = 0; column < ImageListModel::ColumnCount; ++column)
        if (column != ImageListModel::Name && column != ImageListModel::Verdict && column != ImageListModel::Score)
            give(column, usualWidth(column));
    fitName();
}

int ImageTable::usualWidth(int column) const {
    return std::max(horizontalHeader()->sectionSizeHint(column), textWidth(column));
}

// The header's own hint has room for an arrow, whichever column the order goes by.
int ImageTable::leastWidth(int column) const {
    if (column == m_orderColumn) return horizontalHeader()->sectionSizeHint(column);
    const QString title = m_images->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    const int words = horizontalHeader()->fontMetrics().horizontalAdvance(title) + 1 + 2 * metrics::gap;
    return column == ImageListModel::Score ? std::max(words, textWidth(column)) : words;
}

// Where the verdict's word would cost the name its room or put the score out of sight, its shape tells it.
void ImageTable::fitVerdict() {
    constexpr auto verdict = ImageListModel::Verdict;
    constexpr auto score = ImageListModel::Score;
    int room = viewport()->width() - leastName;
    if (!isColumnHidden(score)) {
        give(score, std::max(leastWidth(score), std::min(usualWidth(score), room - leastWidth(verdict))));
        room -= columnWidth(score);
    }
    give(verdict, std::max(leastWidth(verdict), std::min(usualWidth(verdict), room)));
}

void ImageTable::fitName() {
    fitVerdict();
    const QHeaderView* header = horizontalHeader();
    int room = viewport()->width();
    for (int place = 0; place < ImageListModel::ColumnCount; ++place) {
        const int column = header->logicalIndex(place);
        if (column == ImageListModel::Name || isColumnHidden(column)) continue;
        const bool judges = column == ImageListModel::Verdict || column == ImageListModel::Score;
        if (room - columnWidth(column) < (judges ? leastName : usualName)) break;
        room -= columnWidth(column);
    }
    give(ImageListModel::Name, std::max(room, leastName));
}

void ImageTable::scrollTo(const QModelIndex& index, ScrollHint hint) {
    QTableView::scrollTo(index, hint);
    if (index.row() == currentIndex().row()) m_currentSeen = true;
}

void ImageTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    const int top = currentIndex().isValid() ? rowViewportPosition(currentIndex().row()) : -metrics::rowHeight;
    m_currentSeen = top > -metrics::rowHeight && top < viewport()->height();
}

// The current row, if it was seen or is to be, and nothing sideways.
void ImageTable::resizeEvent(QResizeEvent* event) {
    const bool follows = m_currentSeen && currentIndex().isValid();
    QTableView::resizeEvent(event);
    fitName();
    if (!follows) return;
    const int aside = horizontalScrollBar()->value();
    scrollTo(currentIndex());
    horizontalScrollBar()->setValue(aside);
}

// Fonts and words may be others since it was seen last.
void ImageTable::showEvent(QShowEvent* event) {
    QTableView::showEvent(event);
    fitColumns();
}

}  // namespace ui
