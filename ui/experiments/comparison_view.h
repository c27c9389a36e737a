// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>
#include <optional>

#include "app/services/reporting/model_comparison.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QTableView;

namespace ui {

class Chip;
class DisputesModel;
class ElidedLabel;
class LinkButton;
class Note;
class ScoreScatter;
class ScrollColumn;

// Two models on the same images: who catches what, whether the difference is more than chance, and the images on which
// they disagree. Of more models, one pair at a time.
class ComparisonView : public QWidget {
    Q_OBJECT
public:
    explicit ComparisonView(QWidget* parent = nullptr);

    void setComparison(services::ModelComparisonPtr comparison);  // hidden while it is null
    services::ModelComparisonPtr comparison() const { return m_comparison; }
    int wantedHeight() const;  // with which all that is told is seen without scrolling

Q_SIGNALS:
    // Models: indices into comparison()->comparison.models.
    void imageChosen(services::ImageId image, std::size_t first, std::size_t second);
    void exportRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    QWidget* makeText();
    void addCounts(QGridLayout* grid);
    void showViews();
    void showPair();
    void showTests(const services::ComparedPair& pair);
    void choose(services::ImageId image);
    void markOpened();

    services::ModelComparisonPtr m_comparison;
    QWidget* m_text;
    ScrollColumn* m_textArea;
    QComboBox* m_pair;
    ElidedLabel* m_first;
    ElidedLabel* m_second;
    Note* m_leftOut;
    std::array<std::array<QLabel*, 4>, 2> m_counts{};  // defects, good; both, only A, only B, neither
    Note* m_auroc;
    Note* m_right;
    LinkButton* m_export;
    QWidget* m_views;  // which of the two below is shown, where there is no room for both
    Chip* m_listChip;
    Chip* m_scatterChip;
    ScoreScatter* m_scatter;
    QTableView* m_disputes;
    DisputesModel* m_disputed;
    std::optional<services::ImageId> m_opened;
};

}  // namespace ui
