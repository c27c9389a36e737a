// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "app/services/images/map_store.h"
#include "app/services/images/thumbnail_cache.h"
#include "app/services/inspection/inspector.h"
#include "app/services/jobs/job_runner.h"
#include "app/services/project/project.h"
#include "app/services/reporting/model_comparison.h"
#include "app/services/weight_store.h"
#include "ui/window/top_bar.h"

class QLabel;
class QMenu;
class QSettings;
class QSplitter;
class QStackedWidget;

namespace ui {

class BrowserPanel;
class Dialogs;
class ExperimentsPanel;
class ImagePanel;
class JobBar;
class NoticeBar;
class ReportPanel;
class ShownImage;
class ThresholdPanel;
class TrainingPanel;
class ViewerPanel;
enum class MaskTarget;

// One open project: the image set left, the picture in the centre, the panel of the page right, work at the bottom. It
// wires the parts together and holds nothing of its own.
class Workspace : public QWidget {
    Q_OBJECT
public:
    Workspace(services::OpenedProject opened, services::JobRunner* jobs, const services::WeightStore& weights,
              QMenu* projectMenu, Dialogs* dialogs, QSettings* settings, QWidget* parent = nullptr);
    ~Workspace() override;

    services::Project* project() { return m_project.get(); }
    // Changes that the disk does not take, so that leaving would lose them.
    int unsaved() const { return m_writeFailed ? m_project->unwrittenChanges() : 0; }
    void showPage(Page page);
    void toggleExperiments() { m_top->setExperimentsShown(!m_top->experimentsShown()); }
    void showImage(services::ImageId id);
    void trainWithDefaults();

private:
    void connectBrowser();
    void connectViewer();
    void connectProject();
    void connectExperiments();
    void present(services::ImageId id);
    void edit(std::optional<MaskTarget> target);  // nothing: done drawing
    void prefetchNeighbours();
    void compareOn(services::ImageId id, const services::ModelComparisonPtr& comparison, std::size_t first,
                   std::size_t second);

    QSettings* m_settings;
    std::unique_ptr<services::Project> m_project;
    services::MapStore m_maps;
    std::unique_ptr<services::Inspector> m_inspector;
    services::ThumbnailCache* m_thumbnails;

    TopBar* m_top;
    NoticeBar* m_notice;
    QSplitter* m_rows;  // the work above, the experiments below
    QSplitter* m_splitter;
    BrowserPanel* m_browser;
    ViewerPanel* m_viewer;
    QStackedWidget* m_panels;
    ImagePanel* m_imagePanel;
    TrainingPanel* m_training;
    ThresholdPanel* m_threshold;
    ReportPanel* m_report;
    ExperimentsPanel* m_experiments;
    ShownImage* m_shown;
    JobBar* m_jobBar;

    bool m_writeFailed = false;
};

}  // namespace ui
