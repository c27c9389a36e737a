// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/browser_panel.h"

#include <QAccessible>
#include <QAction>
#include <QItemSelectionModel>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/browser/empty_note.h"
#include "ui/browser/filter_bar.h"
#include "ui/browser/grid_view.h"
#include "ui/browser/image_delegate.h"
#include "ui/browser/image_list_model.h"
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
      m_thumbnails(thumbnails),
      m_model(new ImageListModel(project, this)),
      m_selection(new QItemSelectionModel(m_model, this)),
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
    connect(m_model, &ImageListModel::aboutToReplace, this, &BrowserPanel::keepSelection);
    connect(m_model, &ImageListModel::replaced, this, &BrowserPanel::restoreSelection);
    connect(m_model, &ImageListModel::countsChanged, this, &BrowserPanel::showCounts);
    connect(m_selection, &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (!m_replacing && index.isValid()) take(m_model->idAt(index.row()));
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
    view->setSelectionModel(m_selection);
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

QVector<ImageId> BrowserPanel::selectedImages() const {
    std::vector<int> positions;
    for (const QItemSelectionRange& range : m_selection->selection())
        for (int position = range.top(); position <= range.bottom(); ++position) positions.push_back(position);
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    QVector<ImageId> ids;
    ids.reserve(static_cast<qsizetype>(positions.size()));
    for (const int position : positions) ids.append(m_model->idAt(position));
    return ids;
}

void BrowserPanel::take(ImageId id) {
    if (id == m_current) return;
    m_current = id;
    notify({});
    describeCurrent();
    Q_EMIT currentImageChanged(id);
}

void BrowserPanel::setCurrent(ImageId id) {
    if (m_project->rowOf(id) < 0) return;
    const int position = m_model->positionOf(id);
    if (position >= 0) {
        const QModelIndex index = m_model->index(position, 0);
        m_selection->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        view()->scrollTo(index);
    } else {
        m_selection->clear();
    }
    take(id);
}

void BrowserPanel::next() {
    step(1);
}

void BrowserPanel::previous() {
    step(-1);
}

// From an image that no longer matches, the way goes on from where it would stand.
void BrowserPanel::step(int distance) {
    const int count = m_model->rowCount();
    if (count == 0) return;
    const int row = m_project->rowOf(m_current);
    int target = 0;
    if (row >= 0) {
        const int at = m_model->query().positionOfOrAfter(row);
        const bool listed = m_model->query().positionOf(row) >= 0;
        target = distance > 0 && !listed ? at : at + distance;
    }
    setCurrent(m_model->idAt(std::clamp(target, 0, count - 1)));
}

void BrowserPanel::nextDisagreement() {
    const auto& query = m_model->query();
    const int count = m_model->rowCount();
    const int row = m_project->rowOf(m_current);
    const int start = row < 0 ? 0 : query.positionOfOrAfter(row) + (query.positionOf(row) >= 0 ? 1 : 0);
    for (int i = 0; i < count; ++i) {
        const int position = (start + i) % count;
        if (!query.disagrees(query.rows()[static_cast<std::size_t>(position)])) continue;
        if (m_model->idAt(position) == m_current) break;
        setCurrent(m_model->idAt(position));
        return;
    }
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
    if (ids.isEmpty() && m_current != 0) ids.append(m_current);
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

void BrowserPanel::keepSelection() {
    m_replacing = true;
    m_kept = selectedImages();
}

void BrowserPanel::restoreSelection() {
    std::vector<int> positions;
    for (const ImageId id : m_kept)
        if (const int position = m_model->positionOf(id); position >= 0) positions.push_back(position);
    const int current = m_model->positionOf(m_current);
    if (positions.empty() && current >= 0) positions.push_back(current);
    std::sort(positions.begin(), positions.end());
    QItemSelection selection;
    for (std::size_t i = 0; i < positions.size();) {
        std::size_t end = i + 1;
        while (end < positions.size() && positions[end] == positions[end - 1] + 1) ++end;
        selection.append(QItemSelectionRange(m_model->index(positions[i], 0),
                                             m_model->index(positions[end - 1], ImageListModel::ColumnCount - 1)));
        i = end;
    }
    m_selection->setCurrentIndex(current >= 0 ? m_model->index(current, 0) : QModelIndex(),
                                 QItemSelectionModel::NoUpdate);
    m_selection->select(selection, QItemSelectionModel::ClearAndSelect);
    m_kept.clear();
    m_replacing = false;
    showEmptiness();
}

void BrowserPanel::reveal() {
    const int position = m_model->positionOf(m_current);
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
    if (m_current == 0 && m_model->rowCount() > 0) setCurrent(m_model->idAt(0));
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
    const int position = m_model->positionOf(m_current);
    const QString text = position < 0 ? QString() : m_model->index(position, 0).data(Qt::AccessibleTextRole).toString();
    if (text == m_grid->accessibleDescription()) return;
    m_grid->setAccessibleDescription(text);
}

}  // namespace ui
