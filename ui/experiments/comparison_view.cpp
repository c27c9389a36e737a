// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiments/comparison_view.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/common/elements.h"
#include "ui/common/elided_label.h"
#include "ui/common/path_delegate.h"
#include "ui/common/scroll_column.h"
#include "ui/common/table_style.h"
#include "ui/common/theme.h"
#include "ui/common/verdict_delegate.h"
#include "ui/experiments/disputes_model.h"
#include "ui/experiments/experiment_words.h"
#include "ui/experiments/score_scatter.h"
#include "ui/training/controls.h"
#include "ui/training/form_rows.h"

namespace ui {

namespace {

constexpr int labelWidth = 80;
constexpr int scoreWidth = 72;
constexpr int leastName = 160;
constexpr int leastDisputes = leastName + labelWidth + 2 * scoreWidth;
// Below it there is no room for the scatter beside the list.
constexpr int leastSideBySide = 880;

QString signedNumber(double value) {
    return (value < 0 ? QStringLiteral("\u2212") : QStringLiteral("+")) + QLocale().toString(std::abs(value), 'f', 4);
}

}  // namespace

ComparisonView::ComparisonView(QWidget* parent)
    : QWidget(parent),
      m_text(new QWidget),
      m_pair(new CalmComboBox),
      m_first(new ElidedLabel),
      m_second(new ElidedLabel),
      m_leftOut(new Note),
      m_auroc(new Note),
      m_right(new Note),
      m_export(new LinkButton(tr("Export\u2026"))),
      m_views(new QWidget),
      m_listChip(new Chip(tr("Disagreements"))),
      m_scatterChip(new Chip(tr("Scores"))),
      m_scatter(new ScoreScatter),
      m_disputes(new QTableView),
      m_disputed(new DisputesModel(this)) {
    setObjectName(QStringLiteral("comparisonView"));
    m_pair->setObjectName(QStringLiteral("comparedPair"));
    m_pair->setAccessibleName(tr("Pair of models"));
    m_auroc->setObjectName(QStringLiteral("aurocTest"));
    m_right->setObjectName(QStringLiteral("mcnemarTest"));
    m_auroc->setToolTip(
        tr("Whether the scores of one tell defective images from good ones better, whatever the cut: the difference of "
           "the areas under the ROC with its 95\u00A0% interval (DeLong, paired; as one of several pairs: Holm)"));
    m_right->setToolTip(
        tr("Of the labelled images that one of them gets right at its cut and the other does not, "
           "whether one has more than chance gives it (McNemar, exact)"));
    m_export->setObjectName(QStringLiteral("exportComparison"));
    m_export->setAccessibleName(tr("Export the comparison"));
    m_export->setToolTip(tr("As CSV, XLSX, HTML or PDF"));
    m_disputes->setObjectName(QStringLiteral("disputedImages"));
    m_disputes->setAccessibleName(tr("Images on which they disagree"));
    m_listChip->setObjectName(QStringLiteral("disputesChip"));
    m_scatterChip->setObjectName(QStringLiteral("scatterChip"));
    build();
    showViews();
    connect(m_pair, &QComboBox::currentIndexChanged, this, &ComparisonView::showPair);
    connect(m_export, &QPushButton::clicked, this, &ComparisonView::exportRequested);
    connect(m_scatterChip, &Chip::toggled, this, &ComparisonView::showViews);
    connect(m_scatter, &ScoreScatter::imageChosen, this, &ComparisonView::choose);
    const auto open = [this](const QModelIndex& index) { choose(m_disputed->idAt(index.row())); };
    connect(m_disputes, &QTableView::clicked, this, open);
    connect(m_disputes, &QTableView::activated, this, open);
    setComparison(nullptr);
}

void ComparisonView::build() {
    QWidget* text = makeText();

    styleTable(m_disputes);
    m_disputes->setTextElideMode(Qt::ElideRight);
    m_disputes->setModel(m_disputed);
    m_disputes->setSelectionMode(QAbstractItemView::SingleSelection);
    // Whichever is shown: the models' table stays as wide as it is.
    for (QWidget* part : {static_cast<QWidget*>(m_disputes), m_views}) part->setMinimumWidth(leastDisputes);
    // What is left is the name's.
    m_disputes->horizontalHeader()->setSectionResizeMode(DisputesModel::Name, QHeaderView::Stretch);
    m_disputes->setItemDelegateForColumn(DisputesModel::Name, new PathDelegate(m_disputes));
    m_disputes->setColumnWidth(DisputesModel::Label, labelWidth);
    auto* verdicts = new VerdictDelegate(m_disputes);
    for (const int section : {DisputesModel::First, DisputesModel::Second}) {
        m_disputes->setColumnWidth(section, scoreWidth);
        m_disputes->setItemDelegateForColumn(section, verdicts);
    }

    auto* chips = new QHBoxLayout(m_views);
    chips->setContentsMargins(0, 0, 0, 0);
    chips->setSpacing(4);
    for (Chip* chip : {m_listChip, m_scatterChip}) {
        chip->setAutoExclusive(true);
        chips->addWidget(chip);
    }
    chips->addStretch(1);
    m_listChip->setChecked(true);
    auto* pictures = new QHBoxLayout;
    pictures->setSpacing(metrics::margin);
    pictures->addWidget(m_scatter, 1);
    pictures->addWidget(m_disputes, 2);
    auto* right = new QVBoxLayout;
    right->setSpacing(metrics::gap);
    right->addWidget(m_views);
    right->addLayout(pictures, 1);

    auto* body = new QHBoxLayout(this);
    body->setContentsMargins(metrics::margin, metrics::gap, metrics::margin, metrics::gap);
    body->setSpacing(metrics::margin);
    body->addWidget(text);
    body->addLayout(right, 1);
}

// Scrolls where the dock is low.
QWidget* ComparisonView::makeText() {
    auto* names = new QGridLayout;
    names->setHorizontalSpacing(metrics::gap);
    names->setVerticalSpacing(0);
    names->setColumnStretch(0, 1);
    for (ElidedLabel* name : {m_first, m_second}) name->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    names->addWidget(m_first, 0, 0);
    names->addWidget(m_second, 1, 0, 1, 2);
    names->addWidget(m_export, 0, 1);
    auto* counts = new QGridLayout;
    addCounts(counts);
    auto* column = new QVBoxLayout(m_text);
    column->setContentsMargins(0, 0, metrics::margin, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(m_pair);
    column->addLayout(names);
    column->addWidget(m_leftOut);
    column->addLayout(counts);
    column->addWidget(m_auroc);
    column->addWidget(m_right);
    column->addStretch(1);
    m_textArea = new ScrollColumn(m_text);
    m_textArea->setObjectName(QStringLiteral("comparedText"));
    m_textArea->setFixedWidth(m_textArea->minimumSizeHint().width());
    return m_textArea;
}

void ComparisonView::addCounts(QGridLayout* grid) {
    grid->setHorizontalSpacing(metrics::gap);
    grid->setVerticalSpacing(4);
    const std::array<QString, 4> columns{tr("Both"), tr("Only A"), tr("Only B"), tr("Neither")};
    const std::array<QString, 2> rows{tr("Defects caught"), tr("Good rejected")};
    const std::array<const char*, 2> names{"caughtBy", "rejectedBy"};
    for (std::size_t c = 0; c < columns.size(); ++c) {
        auto* title = new Note(columns[c]);
        title->setAlignment(Qt::AlignRight);
        title->setWordWrap(false);
        grid->addWidget(title, 0, static_cast<int>(c) + 1);
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
        auto* title = new Note(rows[r]);
        grid->addWidget(title, static_cast<int>(r) + 1, 0);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            auto* count = new QLabel;
            count->setFont(numberFont());
            count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
            count->setObjectName(QStringLiteral("%1_%2").arg(QString::fromLatin1(names[r])).arg(c));
            m_counts[r][c] = count;
            grid->addWidget(count, static_cast<int>(r) + 1, static_cast<int>(c) + 1);
        }
    }
}

int ComparisonView::wantedHeight() const {
    const QMargins around = layout()->contentsMargins();
    const int width = m_textArea->minimumWidth() - m_textArea->verticalScrollBar()->sizeHint().width();
    return m_text->layout()->totalHeightForWidth(width) + around.top() + around.bottom();
}

void ComparisonView::showViews() {
    const bool both = width() >= leastSideBySide;
    m_views->setVisible(!both);
    m_scatter->setVisible(both || m_scatterChip->isChecked());
    m_disputes->setVisible(both || !m_scatterChip->isChecked());
}

void ComparisonView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showViews();
}

void ComparisonView::setComparison(services::ModelComparisonPtr comparison) {
    const int before = m_pair->currentIndex();
    m_comparison = std::move(comparison);
    setVisible(m_comparison != nullptr);
    const QSignalBlocker quiet(m_pair);
    m_pair->clear();
    if (m_comparison) {
        const auto& compared = m_comparison->comparison;
        for (const services::ComparedPair& pair : compared.pairs)
            m_pair->addItem(tr("%1 and %2")
                                .arg(QString::fromStdString(compared.models[pair.first]->name),
                                     QString::fromStdString(compared.models[pair.second]->name)));
        m_pair->setCurrentIndex(before >= 0 && before < m_pair->count() ? before : 0);
    }
    m_pair->setVisible(m_pair->count() > 1);
    showPair();
}

void ComparisonView::showPair() {
    if (!m_comparison || m_pair->currentIndex() < 0) {
        m_scatter->setPair(nullptr, 0, 0);
        m_disputed->setPair(nullptr, 0, 0);
        m_opened.reset();
        return;
    }
    const auto& compared = m_comparison->comparison;
    const services::ComparedPair& pair = compared.pairs[static_cast<std::size_t>(m_pair->currentIndex())];
    const QLocale locale;
    const auto nameOf = [&](std::size_t model) { return QString::fromStdString(compared.models[model]->name); };
    m_first->setText(tr("A: %1").arg(nameOf(pair.first)));
    m_second->setText(tr("B: %1").arg(nameOf(pair.second)));
    m_leftOut->setVisible(compared.leftOut > 0);
    m_leftOut->setText(tr("Left out, for not all have scored them: %n", nullptr, static_cast<int>(compared.leftOut)));
    for (const auto label : {engine::Label::Defect, engine::Label::Good}) {
        const auto counts = services::flaggedBy(compared, pair.first, pair.second, label);
        const std::array<std::int64_t, 4> numbers{counts.both, counts.onlyFirst, counts.onlySecond, counts.neither};
        for (std::size_t i = 0; i < numbers.size(); ++i)
            m_counts[label == engine::Label::Defect ? 0 : 1][i]->setText(locale.toString(qint64{numbers[i]}));
    }
    showTests(pair);
    m_scatter->setPair(m_comparison, pair.first, pair.second);
    m_disputed->setPair(m_comparison, pair.first, pair.second);
    markOpened();
}

void ComparisonView::showTests(const services::ComparedPair& pair) {
    const QLocale locale;
    if (pair.auroc) {
        QString text = tr("AUROC, A \u2212 B: %1 (%2 to %3), %4")
                           .arg(signedNumber(pair.auroc->difference), signedNumber(pair.auroc->interval.low),
                                signedNumber(pair.auroc->interval.high), chanceText(pair.auroc->p));
        if (m_comparison->comparison.pairs.size() > 1)
            text += QStringLiteral("; ") +
                    tr("as one of %n\u00A0pairs: %1", nullptr, static_cast<int>(m_comparison->comparison.pairs.size()))
                        .arg(chanceText(pair.holm));
        m_auroc->setText(text);
    } else {
        m_auroc->setText(tr("The difference in AUROC needs two good and two defective test images."));
    }
    m_right->setText(tr("Alone right: A %1, B %2, %3")
                         .arg(locale.toString(qint64{pair.right.onlyFirst}),
                              locale.toString(qint64{pair.right.onlySecond}), chanceText(pair.right.p)));
}

void ComparisonView::choose(services::ImageId image) {
    const auto& pair = m_comparison->comparison.pairs[static_cast<std::size_t>(m_pair->currentIndex())];
    m_opened = image;
    markOpened();
    Q_EMIT imageChosen(image, pair.first, pair.second);
}

// However it was opened, and also in a list that was counted anew.
void ComparisonView::markOpened() {
    const int row = m_opened ? m_disputed->rowOf(*m_opened) : -1;
    if (row >= 0)
        m_disputes->selectRow(row);
    else
        m_disputes->clearSelection();
}

}  // namespace ui
