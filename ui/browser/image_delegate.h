// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QPixmap>
#include <QStyledItemDelegate>

#include "app/services/images/thumbnail_cache.h"
#include "ui/browser/image_list_model.h"

namespace ui {

// A cell of the grid: the thumbnail, whole, and below it the label, the verdict's shape and the score. The current
// image is the one with QStyle::State_On.
class ImageDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    ImageDelegate(const ImageListModel* model, const services::ThumbnailCache* thumbnails, QObject* parent = nullptr);

    static int cellHeight(int cellWidth);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    // Thumbnails that were made again.
    void forget(const QVector<services::ImageId>& images);

private:
    const QPixmap* thumbnail(services::ImageId id, const QSize& size, qreal ratio) const;
    void paintCaption(QPainter& painter, const QStyleOptionViewItem& option, int position) const;

    const ImageListModel* m_model;
    const services::ThumbnailCache* m_thumbnails;
    mutable QCache<services::ImageId, QPixmap> m_scaled;  // as painted, by kilobytes
};

}  // namespace ui
