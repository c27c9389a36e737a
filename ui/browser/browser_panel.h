// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>

#include "app/services/images/thumbnail_cache.h"
#include "app/services/project/project.h"
#include "app/services/query/image_filter.h"

class QAbstractItemView;
class QAction;
class QStackedWidget;

namespace ui {

class EmptyNote;
class FilterBar;
class GridView;
class Hairline;
class ImageDelegate;
class ImageListModel;
class ImageSelection;
class ImageTable;
class LabelActions;
class Note;

// The image set: filter, grid or table, labelling. The current image stays what it is when it no longer matches the
// filter, so that a moved cut never takes the picture away that is looked at.
class BrowserPanel : public QWidget {
    Q_OBJECT
public:
    BrowserPanel(services::Project* project, services::ThumbnailCache* thumbnails, QWidget* parent = nullptr);
    ~BrowserPanel() override;

    services::ImageId currentImage() const;             // 0: none
    QVector<services::ImageId> selectedImages() const;  // in the order of the list
    const services::ImageFilter& filter() const;
    const services::ImageOrder& order() const;
    bool isTable() const;
    ImageListModel* model() const { return m_model; }
    // Labels (G, D, U, 1 to 9), next disagreement (N), next and previous image (arrows): to be added to the viewer, so
    // that the keys work there as they do here. Fields of text keep their letters.
    QList<QAction*> imageActions() const;

public Q_SLOTS:
    void setCurrent(services::ImageId id);
    void next();
    void previous();
    void nextDisagreement();
    void setFilter(const services::ImageFilter& filter);
    void setOrder(const services::ImageOrder& order);
    void setTable(bool table);
    void focusSearch();
    void focusImages();
    // What the keys do: of all selected images, or of the current one if none is selected; one step of undo. Without a
    // type, a defect keeps the one that it has.
    void labelSelected(engine::Label label, const std::optional<QString>& defectType = {});

Q_SIGNALS:
    void currentImageChanged(services::ImageId id);
    void filterChanged(const services::ImageFilter& filter);
    void orderChanged(const services::ImageOrder& order);
    void tableChanged(bool table);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeActions();
    void setUpView(QAbstractItemView* view);
    QAbstractItemView* view() const;
    void showMenu(const QPoint& globalPosition);
    void reveal();
    void showCounts();
    void showEmptiness();
    void placeEmptyNote();
    void notify(const QString& sentence);  // empty: nothing
    void describeCurrent();

    services::Project* m_project;
    ImageListModel* m_model;
    ImageSelection* m_selection;
    LabelActions* m_labels;
    FilterBar* m_bar;
    QStackedWidget* m_views;
    GridView* m_grid;
    ImageDelegate* m_delegate;
    ImageTable* m_table = nullptr;  // made when it is first asked for
    EmptyNote* m_empty;
    Hairline* m_noticeLine;
    Note* m_notice;
    QAction* m_nextAction = nullptr;
    QAction* m_previousAction = nullptr;
    QAction* m_disagreementAction = nullptr;
};

}  // namespace ui
