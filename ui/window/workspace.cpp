// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/workspace.h"

#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <utility>

#include "ui/browser/browser_panel.h"
#include "ui/browser/image_list_model.h"
#include "ui/common/elements.h"
#include "ui/common/scroll_column.h"
#include "ui/common/theme.h"
#include "ui/experiments/experiments_panel.h"
#include "ui/report/report_panel.h"
#include "ui/threshold/threshold_panel.h"
#include "ui/training/job_bar.h"
#include "ui/training/training_panel.h"
#include "ui/viewer/viewer_panel.h"
#include "ui/window/image_panel.h"
#include "ui/window/notice_bar.h"
#include "ui/window/shown_image.h"

namespace ui {

namespace {

constexpr qint64 thumbnailMemory = qint64{256} << 20;
constexpr int prefetched = 2;  // on either side
const auto splitterKey = QStringLiteral("workspace/splitter");
const auto rowsKey = QStringLiteral("workspace/rows");
const auto experimentsKey = QStringLiteral("workspace/experiments");

}  // namespace

Workspace::Workspace(services::OpenedProject opened, services::JobRunner* jobs, const services::WeightStore& weights,
                     QMenu* projectMenu, Dialogs* dialogs, QSettings* settings, QWidget* parent)
    : QWidget(parent),
      m_settings(settings),
      m_project(std::make_unique<services::Project>(std::move(opened))),
      m_maps(m_project->cacheFolder() + QStringLiteral("/maps")),
      m_inspector(std::make_unique<services::Inspector>(m_project.get(), jobs, m_maps, weights)),
      m_thumbnails(new services::ThumbnailCache(m_project->cacheFolder() + QStringLiteral("/thumbnails"),
                                                thumbnailMemory, this)),
      m_top(new TopBar(projectMenu)),
      m_notice(new NoticeBar),
      m_rows(new QSplitter(Qt::Vertical)),
      m_splitter(new QSplitter(Qt::Horizontal)),
      m_browser(new BrowserPanel(m_project.get(), m_thumbnails)),
      m_viewer(new ViewerPanel),
      m_panels(new QStackedWidget),
      m_imagePanel(new ImagePanel(m_project.get())),
      m_training(new TrainingPanel(m_project.get(), m_inspector.get(), dialogs)),
      m_threshold(new ThresholdPanel(m_project.get())),
      m_report(new ReportPanel(m_project.get(), m_inspector.get(), m_maps, dialogs, settings)),
      m_experiments(new ExperimentsPanel(m_project.get(), m_inspector.get(), m_maps, dialogs, settings)),
      m_shown(new ShownImage(m_project.get(), m_inspector.get(), m_maps, m_viewer, this)),
      m_jobBar(new JobBar(jobs)) {
    setObjectName(QStringLiteral("workspace"));
    m_panels->setObjectName(QStringLiteral("panels"));
    m_panels->addWidget(new ScrollColumn(m_imagePanel));
    m_panels->addWidget(m_training);
    m_panels->addWidget(m_threshold);
    m_panels->addWidget(m_report);
    m_splitter->setObjectName(QStringLiteral("workspaceSplitter"));
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_browser);
    m_splitter->addWidget(m_viewer);
    m_splitter->addWidget(m_panels);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setCollapsible(1, false);
    m_browser->setMinimumWidth(220);
    m_viewer->setMinimumWidth(352);
    if (!m_splitter->restoreState(m_settings->value(splitterKey).toByteArray()))
        m_splitter->setSizes({metrics::leftPanelWidth, 800, metrics::rightPanelWidth});
    m_rows->setObjectName(QStringLiteral("workspaceRows"));
    m_rows->setHandleWidth(1);
    m_rows->addWidget(m_splitter);
    m_rows->addWidget(m_experiments);
    m_rows->setChildrenCollapsible(false);
    m_rows->setStretchFactor(0, 1);
    m_rows->restoreState(m_settings->value(rowsKey).toByteArray());

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_top);
    layout->addWidget(m_notice);
    layout->addWidget(m_rows, 1);
    layout->addWidget(new Hairline);
    layout->addWidget(m_jobBar);

    connect(m_top, &TopBar::pageChosen, this, &Workspace::showPage);
    connect(m_top, &TopBar::modelChosen, m_project.get(), &services::Project::setCurrentModel);
    connect(m_training, &TrainingPanel::tuneRequested, this, [this] { showPage(Page::Tune); });
    connect(m_training, &TrainingPanel::failureTold, m_jobBar, &JobBar::setToldOnPage);
    connect(m_report, &ReportPanel::failureTold, m_jobBar, &JobBar::setToldOnPage);
    connect(m_experiments, &ExperimentsPanel::failureTold, m_jobBar, &JobBar::setToldOnPage);
    const auto train = [this] { showPage(Page::Train); };
    connect(m_threshold, &ThresholdPanel::trainRequested, this, train);
    connect(m_report, &ReportPanel::trainRequested, this, train);
    connect(m_experiments, &ExperimentsPanel::trainRequested, this, train);
    connectBrowser();
    connectViewer();
    connectProject();
    connectExperiments();
    m_top->setProjectName(m_project->name(), m_project->isReadOnly());
    m_top->setModels(m_project->models(), m_project->currentModel());
    m_notice->setNotice(QStringLiteral("opened"), m_project->notices().join(QLatin1Char('\n')));
    if (m_project->isReadOnly()) m_notice->setNotice(QStringLiteral("read-only"), m_project->readOnlyReason());
    showPage(m_project->currentModel() != nullptr ? Page::Tune : Page::Images);
    if (!m_project->images().empty()) m_browser->setCurrent(m_project->images().front().id);
    // A project that was closed or killed while images were scored goes on where it was.
    if (m_project->currentModel() != nullptr && !m_project->isReadOnly())
        QMetaObject::invokeMethod(m_inspector.get(), &services::Inspector::scoreMissing, Qt::QueuedConnection);
}

// Widgets go before what they show.
Workspace::~Workspace() {
    m_settings->setValue(splitterKey, m_splitter->saveState());
    m_settings->setValue(rowsKey, m_rows->saveState());
    delete m_rows;
    delete m_jobBar;
    m_inspector.reset();
}

void Workspace::showPage(Page page) {
    m_top->setPage(page);
    m_panels->setCurrentIndex(static_cast<int>(page));
    if (page != Page::Images) edit({});
    m_shown->setMaskShown(page == Page::Images);
}

void Workspace::showImage(services::ImageId id) {
    m_browser->setCurrent(id);
}

void Workspace::trainWithDefaults() {
    showPage(Page::Train);
    m_inspector->train({});
}

void Workspace::connectBrowser() {
    connect(m_browser, &BrowserPanel::currentImageChanged, this, &Workspace::present);
    m_viewer->addActions(m_browser->imageActions());
}

void Workspace::connectViewer() {
    connect(m_shown, &ShownImage::pictureShown, this, [this] {
        m_imagePanel->setPictureShown(true);
        prefetchNeighbours();
    });
    connect(m_shown, &ShownImage::pictureFailed, this, [this] {
        m_imagePanel->setPictureShown(false);
        edit({});
    });
    connect(m_imagePanel, &ImagePanel::editMaskRequested, this,
            [this](bool on) { edit(on ? std::optional(MaskTarget::Defect) : std::nullopt); });
    connect(m_imagePanel, &ImagePanel::editRegionRequested, this,
            [this](bool on) { edit(on ? std::optional(MaskTarget::Region) : std::nullopt); });
    connect(m_viewer, &ViewerPanel::editingFinished, this, [this] { edit({}); });
    // On the image set alone: in the picture Space held moves it, and on a button it presses.
    auto* overlay = new QShortcut(Qt::Key_Space, m_browser);
    overlay->setContext(Qt::WidgetWithChildrenShortcut);
    connect(overlay, &QShortcut::activated, m_viewer, &ViewerPanel::toggleOverlay);
}

void Workspace::connectProject() {
    services::Project* project = m_project.get();
    const auto showModels = [this] { m_top->setModels(m_project->models(), m_project->currentModel()); };
    connect(project, &services::Project::modelsChanged, this, showModels);
    connect(project, &services::Project::currentModelChanged, this, showModels);
    const auto tellWrite = [this](const QString& message) {
        m_writeFailed = !message.isEmpty();
        m_notice->setNotice(QStringLiteral("write"), message);
    };
    connect(project, &services::Project::writeFailed, this, tellWrite);
    connect(project, &services::Project::writeRecovered, this, [tellWrite] { tellWrite({}); });
    connect(m_inspector.get(), &services::Inspector::modelFileFailed, m_notice,
            [this](const QString& message) { m_notice->setNotice(QStringLiteral("model file"), message); });
}

void Workspace::connectExperiments() {
    const auto show = [this](bool shown) {
        m_experiments->setVisible(shown);
        if (!shown) m_shown->endComparison();
        m_settings->setValue(experimentsKey, shown);
    };
    connect(m_top, &TopBar::experimentsToggled, this, show);
    connect(m_experiments, &ExperimentsPanel::closeRequested, this, [this] { m_top->setExperimentsShown(false); });
    connect(m_experiments, &ExperimentsPanel::imageChosen, this, &Workspace::compareOn);
    const bool shown = m_settings->value(experimentsKey, false).toBool();
    m_top->setExperimentsShown(shown);
    show(shown);
}

void Workspace::compareOn(services::ImageId id, const services::ModelComparisonPtr& comparison, std::size_t first,
                          std::size_t second) {
    m_shown->compare(comparison, first, second);
    m_browser->setCurrent(id);
    present(id);
}

void Workspace::present(services::ImageId id) {
    m_imagePanel->setImage(id);
    m_shown->present(id);
}

void Workspace::edit(std::optional<MaskTarget> target) {
    m_imagePanel->setEditing(target == MaskTarget::Defect, target == MaskTarget::Region);
    m_viewer->setEditing(target);
}

void Workspace::prefetchNeighbours() {
    const ImageListModel& list = *m_browser->model();
    const int here = m_shown->id() ? list.positionOf(*m_shown->id()) : -1;
    if (here < 0) return;
    QStringList paths;
    for (int step = 1; step <= prefetched; ++step)
        for (const int position : {here + step, here - step})
            if (position >= 0 && position < list.rowCount()) paths.append(list.image(position).path);
    m_shown->prefetch(paths);
}

}  // namespace ui
