// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiments/experiments_panel.h"

#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "app/services/reporting/comparison_export.h"
#include "ui/common/elements.h"
#include "ui/common/primary_button.h"
#include "ui/common/table_style.h"
#include "ui/common/theme.h"
#include "ui/dialogs/dialogs.h"
#include "ui/experiments/comparison_view.h"
#include "ui/experiments/experiments_model.h"
#include "ui/experiments/fitted_columns.h"
#include "ui/report/report_form.h"
#include "ui/report/written_files.h"
#include "ui/training/controls.h"
#include "ui/training/message_line.h"
#include "ui/training/told_failure.h"

namespace ui {

namespace {

constexpr int leastHeight = 220;
constexpr int mostLeastHeight = 240;  // in the smallest window; in a larger one a third of it
constexpr int widestName = 320;
constexpr int leastName = 152;
constexpr int leastTable = 200;
const auto splitterKey = QStringLiteral("experiments/splitter");
const auto headerKey = QStringLiteral("experiments/columns2");

}  // namespace

ExperimentsPanel::ExperimentsPanel(services::Project* project, services::Inspector* inspector,
                                   const services::MapStore& maps, Dialogs* dialogs, QSettings* settings,
                                   QWidget* parent)
    : QWidget(parent),
      m_project(project),
      m_inspector(inspector),
      m_maps(maps),
      m_dialogs(dialogs),
      m_settings(settings),
      m_experiments(new services::Experiments(project, maps, this)),
      m_model(new ExperimentsModel(m_experiments, this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_splitter(new QSplitter(Qt::Horizontal)),
      m_state(new Note),
      m_hint(new Note),
      m_close(new LinkButton(tr("Hide"))),
      m_head(new QWidget),
      m_table(new QTableView),
      m_none(new Note(tr("No model is trained yet."), m_table->viewport())),
      m_train(trainFirstButton(m_table->viewport())),
      m_scoreRow(new QWidget),
      m_message(new MessageLine),
      m_score(new LinkButton(tr("Score them"))),
      m_exportRow(new QWidget),
      m_exportFault(new MessageLine),
      m_exported(new WrittenFiles(QStringLiteral("comparisonFiles"))),
      m_comparison(new ComparisonView) {
    setObjectName(QStringLiteral("experimentsPanel"));
    m_none->setObjectName(QStringLiteral("noExperiments"));
    m_state->setObjectName(QStringLiteral("experimentsState"));
    m_hint->setObjectName(QStringLiteral("comparisonHint"));
    m_close->setObjectName(QStringLiteral("hideExperiments"));
    m_close->setAccessibleName(tr("Hide the experiments"));
    m_table->setObjectName(QStringLiteral("experimentsTable"));
    m_table->setAccessibleName(tr("Trained models"));
    m_message->setObjectName(QStringLiteral("experimentsMessage"));
    m_score->setObjectName(QStringLiteral("scoreExperiments"));
    m_score->setAccessibleName(tr("Score the missing images"));
    m_splitter->setObjectName(QStringLiteral("experimentsSplitter"));
    buildTable();
    m_train->setFilled(false);  // the page beside it offers it as the one thing to do
    build();
    connectParts();
    refresh();
}

ExperimentsPanel::~ExperimentsPanel() {
    m_settings->setValue(splitterKey, m_splitter->saveState());
    m_columns->save();
}

void ExperimentsPanel::buildTable() {
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ExperimentsModel::sortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    styleTable(m_table);
    m_table->setTextElideMode(Qt::ElideRight);  // of a model, the method and the day come first
    m_table->setModel(m_sorted);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setSortingEnabled(true);
    m_table->setMinimumWidth(leastTable);
    m_table->horizontalHeader()->setSectionsMovable(true);
    m_table->horizontalHeader()->setSortIndicator(ExperimentsModel::Trained, Qt::DescendingOrder);
    m_columns = new FittedColumns(m_table, m_settings, headerKey);
    m_columns->setWidest(ExperimentsModel::Model, widestName);
    m_columns->setYielding(ExperimentsModel::Model, leastName, ExperimentsModel::FalseRejects);
    m_columns->fit();
    auto* middle = new QVBoxLayout(m_table->viewport());
    middle->setSpacing(metrics::margin);
    middle->addStretch(1);
    middle->addWidget(m_none, 0, Qt::AlignHCenter);
    middle->addWidget(m_train, 0, Qt::AlignHCenter);
    middle->addStretch(1);
}

void ExperimentsPanel::build() {
    auto* head = new QHBoxLayout(m_head);
    head->setContentsMargins(metrics::margin, 4, metrics::margin, 4);
    head->setSpacing(metrics::margin);
    head->addWidget(new Heading(tr("Experiments")));
    head->addWidget(m_state);
    head->addWidget(m_hint, 1);
    head->addWidget(m_close);
    for (Note* note : {m_state, m_hint, m_none}) note->setWordWrap(false);

    auto* line = new QHBoxLayout(m_scoreRow);
    line->setContentsMargins(metrics::margin, 4, metrics::margin, 4);
    line->setSpacing(metrics::gap);
    line->addWidget(m_message, 1);
    line->addWidget(m_score);
    auto* left = new QWidget;
    auto* table = new QVBoxLayout(left);
    table->setContentsMargins(0, 0, 0, 0);
    table->setSpacing(0);
    table->addWidget(m_table, 1);
    table->addWidget(m_scoreRow);
    auto* exported = new QVBoxLayout(m_exportRow);
    exported->setContentsMargins(metrics::margin, 4, metrics::margin, 4);
    exported->addWidget(m_exportFault);
    exported->addWidget(m_exported);
    table->addWidget(m_exportRow);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_comparison);
    m_splitter->setChildrenCollapsible(false);
    if (!m_splitter->restoreState(m_settings->value(splitterKey).toByteArray())) m_splitter->setSizes({540, 900});

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(new Hairline);
    column->addWidget(m_splitter, 1);
}

void ExperimentsPanel::connectParts() {
    using services::Experiments;
    connect(m_close, &QPushButton::clicked, this, &ExperimentsPanel::closeRequested);
    connect(m_train, &QPushButton::clicked, this, &ExperimentsPanel::trainRequested);
    connect(m_score, &QPushButton::clicked, this, &ExperimentsPanel::scoreMissing);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ExperimentsPanel::compareChosen);
    connect(m_experiments, &Experiments::changed, this, &ExperimentsPanel::refresh);
    connect(m_experiments, &Experiments::busyChanged, this, &ExperimentsPanel::refresh);
    connect(m_experiments, &Experiments::compared, this, [this](const services::ModelComparisonPtr& comparison) {
        m_comparison->setComparison(comparison);
        refresh();
    });
    connect(m_inspector->jobs(), &services::JobRunner::stateChanged, this, &ExperimentsPanel::refresh);
    auto* told = new ToldFailure(m_inspector->jobs(), m_exportFault, [this] { return m_export; });
    connect(told, &ToldFailure::changed, this, &ExperimentsPanel::failureTold);
    connect(m_inspector->jobs(), &services::JobRunner::failed, this,
            [this](services::JobId id, const QString& message) {
                if (id != m_export) return;
                m_exportFault->setFault(message);
                refresh();
            });
    connect(m_comparison, &ComparisonView::imageChosen, this,
            [this](services::ImageId image, std::size_t first, std::size_t second) {
                Q_EMIT imageChosen(image, m_comparison->comparison(), first, second);
            });
    connect(m_comparison, &ComparisonView::exportRequested, this, [this] {
        m_dialogs->chooseNewFile(this, tr("Export the comparison"),
                                 QDir(m_project->folder()).filePath(tr("comparison") + QStringLiteral(".csv")),
                                 tr("CSV (*.csv);;XLSX (*.xlsx);;HTML (*.html);;PDF (*.pdf)"),
                                 [this](const QString& file) { exportTo(file); });
    });
}

std::vector<services::ModelId> ExperimentsPanel::chosen() const {
    std::vector<services::ModelId> ids;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        ids.push_back(m_model->idAt(m_sorted->mapToSource(index).row()));
    std::sort(ids.begin(), ids.end());  // A is the older one, however they were chosen
    return ids;
}

void ExperimentsPanel::compareChosen() {
    m_experiments->compare(chosen());
    refresh();
}

void ExperimentsPanel::refresh() {
    if (!m_project) return;
    int missing = 0;
    for (const services::Experiment& experiment : m_experiments->list()) missing += experiment.unscored;
    m_state->setText(m_experiments->isBusy() ? tr("Counting\u2026") : QString());
    m_score->setVisible(missing > 0 && !m_project->isReadOnly() && !m_inspector->isBusy());
    if (missing > 0)
        m_message->setCaution(tr("Not every model has scored every test image. Missing scores: %n", nullptr, missing));
    else
        m_message->clear();
    m_scoreRow->setVisible(missing > 0);
    m_exportRow->setVisible(!m_exportFault->text().isEmpty() || !m_exported->files().isEmpty());
    const auto models = m_experiments->list().size();
    showEmpty(models == 0);
    makeRoom();
    m_hint->setText(m_comparison->comparison() || models == 0 ? QString()
                    : models < 2                              ? tr("Train another model to compare it with this one.")
                                 : tr("Choose two models or more (Ctrl or Shift) to compare them."));
}

// Titles of columns say nothing over no rows.
void ExperimentsPanel::showEmpty(bool empty) {
    m_none->setVisible(empty);
    m_train->setVisible(empty && !m_project->isReadOnly());
    m_table->horizontalHeader()->setVisible(!empty);
    m_table->setHorizontalScrollBarPolicy(empty ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
}

// What is compared is read without scrolling.
void ExperimentsPanel::makeRoom() {
    const bool compares = m_comparison->comparison() != nullptr;
    const int wanted = compares ? m_head->sizeHint().height() + 2 + m_comparison->wantedHeight() : 0;
    setMinimumHeight(std::clamp(wanted, leastHeight, std::max(mostLeastHeight, window()->height() / 3)));
}

void ExperimentsPanel::scoreMissing() {
    for (const services::Experiment& experiment : m_experiments->list())
        if (experiment.unscored > 0) m_inspector->scoreMissingBy(experiment.record.id);
}

void ExperimentsPanel::exportTo(const QString& file) {
    const auto comparison = m_comparison->comparison();
    if (!comparison) return;
    services::ComparisonRequest request;
    request.author = ReportForm::authorIn(*m_settings);
    request.paper = ReportForm::paperIn(*m_settings);
    request.file = file;
    m_exportFault->clear();
    m_exported->setFiles({});
    refresh();
    m_export = m_inspector->jobs()->start(
        tr("Export of the comparison"),
        [request, comparison, images = services::storedModel(*m_project), maps = m_maps,
         engine = m_inspector->engine()](const engine::RunContext& context) {
            return services::writeComparison(request, *comparison, images, maps, *engine, context);
        },
        [panel = QPointer(this)](const std::unique_ptr<services::ReportFiles>& files) {
            const QStringList written = files->publish();
            if (!panel) return;
            panel->m_exported->setFiles(written);
            panel->refresh();
        });
}

void ExperimentsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_experiments->setActive(true);
}

void ExperimentsPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_experiments->setActive(false);
}

}  // namespace ui
