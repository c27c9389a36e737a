// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/thumbnail_feed.h"

#include <algorithm>

namespace ui {

namespace {

constexpr int restMs = 40;

}  // namespace

ThumbnailFeed::ThumbnailFeed(GridView* view, const ImageListModel* model, services::ThumbnailCache* cache)
    : QObject(view), m_view(view), m_model(model), m_cache(cache) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &ThumbnailFeed::request);
    connect(view, &GridView::viewChanged, this, [this] { m_rest.start(); });
    // An image whose file has changed: while scores pour in, this is not to wait for the last.
    connect(model, &QAbstractItemModel::dataChanged, this, [this] {
        if (!m_rest.isActive()) m_rest.start();
    });
    m_rest.start();
}

void ThumbnailFeed::request() {
    if (!m_view->isVisible()) return;
    const auto [first, last] = m_view->visibleRange();
    if (last < first) return;
    const int page = last - first + 1;
    QVector<services::ThumbnailRequest> wanted;
    const auto add = [&](int position) {
        const services::ImageRecord& record = m_model->image(position);
        wanted.append({record.id, record.path, record.file.modifiedMs, record.file.sizeBytes});
    };
    const int end = m_model->rowCount();
    for (int position = first; position <= last; ++position) add(position);
    for (int position = last + 1; position < std::min(last + 1 + page, end); ++position) add(position);
    for (int position = first - 1; position >= std::max(first - page, 0); --position) add(position);
    m_cache->request(wanted);
}

}  // namespace ui
