// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/browser_panel.h"

#include <QAccessible>
#include <QAction>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/browser/empty_note.h"
#include "ui/browser/filter_bar.h"
#include "ui/browser/grid_view.h"
#include "ui/browser/image_delegate.h"
#include "ui/browser/image_list_model.h"
#include "ui/browser/image_selection.h"
#include "ui/browser/image_table.h"
#include "ui/browser/label_actions.h"
#include "ui/browser/thumbnail_feed.h"
#include "ui/common/elements.h"
#include "ui/common/theme.h"

namespace ui {

using services::ImageId;

BrowserPanel::BrowserPanel(services::Project* project, services::ThumbnailCache* thumbnails, QWidget* parent)
    : QWidget(parent),
      m_project(project),
      m_model(new ImageListModel(project, this)),
      m_selection(new ImageSelection(project, m_model, this)),
      m_labels(new LabelActions(this)),
      m_bar(new FilterBar),
      m_views(new QStackedWidget),
      m_grid(new GridView),
      m_delegate(new ImageDelegate(m_model, thumbnails, this)),
      m_empty(new EmptyNote(this)),
      m_noticeLine(new Hairline),
      m_notice(new Note) {
    setObjectName(QStringLiteral("browserPanel"));
    setAccessibleName(tr("Image set"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(new Hairline);
    layout->addWidget(m_views, 1);
    layout->addWidget(m_noticeLine);
    layout->addWidget(m_notice);
    m_notice->setObjectName(QStringLiteral("browserNotice"));
    m_notice->setContentsMargins(metrics::margin, metrics::gap, metrics::margin, metrics::gap);
    notify({});

    m_grid->setObjectName(QStringLiteral("imageGrid"));
    m_grid->setAccessibleName(tr("Images"));
    m_grid->setItemDelegate(m_delegate);
    m_grid->setModel(m_model);
    setUpView(m_grid);
    new ThumbnailFeed(m_grid, m_model, thumbnails);
    makeActions();

    connect(m_bar, &FilterBar::filterChanged, this, &BrowserPanel::setFilter);
    connect(m_bar, &FilterBar::orderChanged, this, &BrowserPanel::setOrder);
    connect(m_bar, &FilterBar::tableWanted, this, &BrowserPanel::setTable);
    connect(m_bar, &FilterBar::left, this, &BrowserPanel::focusImages);
    connect(m_empty, &EmptyNote::clearWanted, this, [this] {
        setFilter({});
        focusImages();
    });
    connect(m_model, &ImageListModel::replaced, this, &BrowserPanel::showEmptiness);
    connect(m_model, &ImageListModel::countsChanged, this, &BrowserPanel::showCounts);
    connect(m_selection, &ImageSelection::moved, this, &BrowserPanel::reveal);
    connect(m_selection, &ImageSelection::currentChanged, this, [this](ImageId id) {
        notify({});
        describeCurrent();
        Q_EMIT currentImageChanged(id);
    });
    connect(thumbnails, &services::ThumbnailCache::ready, m_model, [this](const QVector<ImageId>& ids) {
        m_delegate->forget(ids);
        m_model->thumbnailsReady(ids);
    });
    connect(thumbnails, &services::ThumbnailCache::failed, m_model, &ImageListModel::thumbnailFailed);
    connect(project, &services::Project::labelsChanged, this,
            [this] { m_labels->setDefectTypes(m_project->defectTypes()); });
    showCounts();
    showEmptiness();
}

BrowserPanel::~BrowserPanel() = default;

void BrowserPanel::makeActions() {
    m_labels->setDefectTypes(m_project->defectTypes());
    connect(m_labels, &LabelActions::labelled, this, &BrowserPanel::labelSelected);
    const auto make = [this](const QString& text, const QString& name, Qt::Key key, void (BrowserPanel::*slot)()) {
        auto* action = new QAction(text, this);
        action->setObjectName(name);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_disagreementAction = make(tr("Next disagreement"), QStringLiteral("nextDisagreementAction"), Qt::Key_N,
                                &BrowserPanel::nextDisagreement);
    m_nextAction = make(tr("Next image"), QStringLiteral("nextImageAction"), Qt::Key_Right, &BrowserPanel::next);
    m_previousAction =
        make(tr("Previous image"), QStringLiteral("previousImageAction"), Qt::Key_Left, &BrowserPanel::previous);
    // Arrows belong to whichever child has the focus; the views move by themselves.
    addActions(m_labels->actions());
    addAction(m_disagreementAction);
    auto* find = new QAction(tr("Find"), this);
    find->setObjectName(QStringLiteral("findImageAction"));
    find->setShortcut(QKeySequence::Find);
    find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QAction::triggered, this, &BrowserPanel::focusSearch);
    addAction(find);
}

QList<QAction*> BrowserPanel::imageActions() const {
    return m_labels->actions() + QList<QAction*>{m_disagreementAction, m_nextAction, m_previousAction};
}

void BrowserPanel::setUpView(QAbstractItemView* view) {
    view->setSelectionModel(m_selection->model());
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(view, &QWidget::customContextMenuRequested, this,
            [this, view](const QPoint& at) { showMenu(view->viewport()->mapToGlobal(at)); });
    m_views->addWidget(view);
}

QAbstractItemView* BrowserPanel::view() const {
    return isTable() ? static_cast<QAbstractItemView*>(m_table) : m_grid;
}

bool BrowserPanel::isTable() const {
    return m_table != nullptr && m_views->currentWidget() == m_table;
}

const services::ImageFilter& BrowserPanel::filter() const {
    return m_model->query().filter();
}

const services::ImageOrder& BrowserPanel::order() const {
    return m_model->query().order();
}

ImageId BrowserPanel::currentImage() const {
    return m_selection->current();
}

QVector<ImageId> BrowserPanel::selectedImages() const {
    return m_selection->selected();
}

void BrowserPanel::setCurrent(ImageId id) {
    m_selection->setCurrent(id);
}

void BrowserPanel::next() {
    m_selection->step(1);
}

void BrowserPanel::previous() {
    m_selection->step(-1);
}

void BrowserPanel::nextDisagreement() {
    if (m_selection->goToDisagreement()) return;
    const auto& query = m_model->query();
    const int row = m_project->rowOf(currentImage());
    notify(query.positionOf(row) >= 0 && query.disagrees(row)
               ? tr("There is no other disagreement among these images.")
               : tr("No label disagrees with its verdict among these images."));
}

void BrowserPanel::labelSelected(engine::Label label, const std::optional<QString>& defectType) {
    if (m_project->isReadOnly()) {
        notify(m_project->readOnlyReason().isEmpty() ? tr("This project is read-only: labels cannot be changed.")
                                                     : m_project->readOnlyReason());
        return;
    }
    QVector<ImageId> ids = selectedImages();
    if (ids.isEmpty() && currentImage() != 0) ids.append(currentImage());
    const auto& images = m_project->images();
    ids.removeIf([&](ImageId id) {
        const int row = m_project->rowOf(id);
        if (row < 0) return true;
        const services::ImageRecord& image = images[static_cast<std::size_t>(row)];
        return image.label == label && (!defectType || image.defectType == *defectType);
    });
    if (ids.isEmpty()) return;
    notify({});
    m_project->setLabels(std::span(ids.constData(), static_cast<std::size_t>(ids.size())), label,
                         defectType.value_or(QString()));
}

void BrowserPanel::setFilter(const services::ImageFilter& filter) {
    if (filter == this->filter()) {
        m_bar->setFilter(filter);
        return;
    }
    m_model->setFilter(filter);
    m_bar->setFilter(filter);
    notify({});
    showEmptiness();
    reveal();
    Q_EMIT filterChanged(filter);
}

void BrowserPanel::setOrder(const services::ImageOrder& order) {
    m_bar->setOrder(order);
    if (m_table != nullptr) m_table->setOrder(order);
    if (order == this->order()) return;
    m_model->setOrder(order);
    reveal();
    Q_EMIT orderChanged(order);
}

void BrowserPanel::setTable(bool table) {
    m_bar->setTable(table);
    if (table == isTable()) return;
    const bool focused = view()->hasFocus();
    if (table && m_table == nullptr) {
        m_table = new ImageTable(m_model);
        m_table->setOrder(order());
        setUpView(m_table);
        connect(m_table, &ImageTable::orderChanged, this, &BrowserPanel::setOrder);
    }
    m_views->setCurrentWidget(table ? static_cast<QWidget*>(m_table) : m_grid);
    if (focused) view()->setFocus();
    reveal();
    Q_EMIT tableChanged(table);
}

void BrowserPanel::reveal() {
    const int position = m_model->positionOf(currentImage());
    if (position >= 0)
        view()->scrollTo(m_model->index(position, 0));
    else
        view()->scrollToTop();
}

void BrowserPanel::showCounts() {
    m_bar->setDefectTypes(m_project->defectTypes());
    m_bar->setCounts(m_model->query().counts());
    describeCurrent();
}

void BrowserPanel::showEmptiness() {
    const bool none = m_model->rowCount() == 0;
    if (none) {
        const bool filtered = !m_project->images().empty();
        m_empty->say(filtered ? tr("No image matches the filter.") : tr("There are no images in this project."),
                     filtered);
        placeEmptyNote();
        m_empty->raise();
    }
    m_empty->setVisible(none);
}

void BrowserPanel::placeEmptyNote() {
    m_empty->setGeometry(m_views->geometry());
}

void BrowserPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeEmptyNote();
}

void BrowserPanel::showMenu(const QPoint& globalPosition) {
    QMenu* menu = m_labels->makeMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(globalPosition);
}

void BrowserPanel::focusSearch() {
    m_bar->focusSearch();
}

void BrowserPanel::focusImages() {
    view()->setFocus();
    if (currentImage() == 0 && m_model->rowCount() > 0) setCurrent(m_model->idAt(0));
}

void BrowserPanel::notify(const QString& sentence) {
    m_notice->setText(sentence);
    m_notice->setVisible(!sentence.isEmpty());
    m_noticeLine->setVisible(!sentence.isEmpty());
    if (sentence.isEmpty()) return;
    QAccessibleEvent alert(m_notice, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

// The grid is one widget for a screen reader: its description is the current cell.
void BrowserPanel::describeCurrent() {
    const int position = m_model->positionOf(currentImage());
    const QString text = position < 0 ? QString() : m_model->index(position, 0).data(Qt::AccessibleTextRole).toString();
    if (text == m_grid->accessibleDescription()) return;
    m_grid->setAccessibleDescription(text);
}

}  // namespace ui
