// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include "app/services/images/thumbnail_cache.h"
#include "ui/browser/grid_view.h"
#include "ui/browser/image_list_model.h"

namespace ui {

// Asks for the thumbnails of what is seen, then of a page below and above, once scrolling has come to rest.
class ThumbnailFeed : public QObject {
    Q_OBJECT
public:
    ThumbnailFeed(GridView* view, const ImageListModel* model, services::ThumbnailCache* cache);

private:
    void request();

    GridView* m_view;
    const ImageListModel* m_model;
    services::ThumbnailCache* m_cache;
    QTimer m_rest;
};

}  // namespace ui
