// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include "app/services/inspection/inspector.h"
#include "app/services/reporting/model_comparison.h"

class QLabel;
class QSettings;
class QSortFilterProxyModel;
class QSplitter;
class QTableView;

namespace ui {

class ComparisonView;
class Dialogs;
class ExperimentsModel;
class FittedColumns;
class LinkButton;
class MessageLine;
class Note;
class PrimaryButton;
class WrittenFiles;

// Every trained model of the project in a table, and those that are chosen compared on the same images. At work while
// it is shown.
class ExperimentsPanel : public QWidget {
    Q_OBJECT
public:
    ExperimentsPanel(services::Project* project, services::Inspector* inspector, const services::MapStore& maps,
                     Dialogs* dialogs, QSettings* settings, QWidget* parent = nullptr);
    ~ExperimentsPanel() override;

    QSize sizeHint() const override { return {960, 260}; }

Q_SIGNALS:
    // One image, as two models see it.
    void imageChosen(services::ImageId image, const services::ModelComparisonPtr& comparison, std::size_t first,
                     std::size_t second);
    void closeRequested();
    void trainRequested();
    // The failure of a job is told on this page, or not any more.
    void failureTold(services::JobId id, bool told);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    void buildTable();
    void connectParts();
    std::vector<services::ModelId> chosen() const;
    void compareChosen();
    void refresh();
    void showEmpty(bool empty);
    void makeRoom();
    void scoreMissing();
    void exportTo(const QString& file);

    QPointer<services::Project> m_project;
    QPointer<services::Inspector> m_inspector;
    services::MapStore m_maps;
    Dialogs* m_dialogs;
    QSettings* m_settings;
    services::Experiments* m_experiments;
    ExperimentsModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QSplitter* m_splitter;
    Note* m_state;
    Note* m_hint;  // what to do for a comparison
    LinkButton* m_close;
    QWidget* m_head;
    QTableView* m_table;
    FittedColumns* m_columns;
    Note* m_none;  // in the empty table, with the button
    PrimaryButton* m_train;
    QWidget* m_scoreRow;
    MessageLine* m_message;  // what is not scored
    LinkButton* m_score;
    QWidget* m_exportRow;
    MessageLine* m_exportFault;
    WrittenFiles* m_exported;
    ComparisonView* m_comparison;
    services::JobId m_export = 0;
};

}  // namespace ui
