// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/image_delegate.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/browser/words.h"
#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int captionHeight = 24;
constexpr int symbolSize = 9;
constexpr int scaledKilobytes = 64 << 10;

// The crossed-out sheet of an image that could not be read, or the sheet of one whose thumbnail is still to come.
void paintNoPicture(QPainter& painter, const QRectF& tile, bool unreadable, const QColor& colour) {
    const qreal side = std::min(tile.width(), tile.height()) * 0.3;
    QRectF sheet(0, 0, side * 1.3, side);
    sheet.moveCenter(tile.center());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 1.5));
    painter.drawRoundedRect(sheet, 2, 2);
    if (!unreadable) {
        painter.drawPolyline(
            QPolygonF({sheet.bottomLeft() + QPointF(3, -3), sheet.center() + QPointF(-side * 0.2, -1),
                       sheet.center() + QPointF(side * 0.1, side * 0.25), sheet.center() + QPointF(side * 0.3, 0),
                       sheet.bottomRight() + QPointF(-3, -3)}));
        return;
    }
    // Their ends would stick out of its corners.
    QPainterPath inside;
    inside.addRoundedRect(sheet, 2, 2);
    painter.setClipPath(inside, Qt::IntersectClip);
    painter.drawLine(sheet.topLeft(), sheet.bottomRight());
    painter.drawLine(sheet.topRight(), sheet.bottomLeft());
    painter.setClipping(false);
}

}  // namespace

ImageDelegate::ImageDelegate(const ImageListModel* model, const services::ThumbnailCache* thumbnails, QObject* parent)
    : QStyledItemDelegate(parent), m_model(model), m_thumbnails(thumbnails), m_scaled(scaledKilobytes) {}

int ImageDelegate::cellHeight(int cellWidth) {
    return cellWidth * 4 / 5 + captionHeight;
}

QSize ImageDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.rect.width(), cellHeight(option.rect.width())};
}

void ImageDelegate::forget(const QVector<services::ImageId>& images) {
    for (const services::ImageId id : images) m_scaled.remove(id);
}

const QPixmap* ImageDelegate::thumbnail(services::ImageId id, const QSize& size, qreal ratio) const {
    const QSize wanted = size * ratio;
    if (const QPixmap* known = m_scaled.object(id);
        known != nullptr && (known->width() == wanted.width() || known->height() == wanted.height()) &&
        known->width() <= wanted.width() && known->height() <= wanted.height())
        return known;
    const QImage image = m_thumbnails->cached(id);
    if (image.isNull()) return nullptr;
    auto* pixmap = new QPixmap(QPixmap::fromImage(image.scaled(wanted, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
    pixmap->setDevicePixelRatio(ratio);
    const qsizetype cost = qsizetype{pixmap->width()} * pixmap->height() * 4 / 1024 + 1;
    return m_scaled.insert(id, pixmap, cost) ? pixmap : nullptr;
}

void ImageDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Colours& colours = coloursOf(option.palette);
    const bool current = option.state.testFlag(QStyle::State_On);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const services::ImageRecord& record = m_model->image(index.row());
    const QRect tile = option.rect.adjusted(0, 0, 0, -captionHeight);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->setPen(Qt::NoPen);
    painter->setBrush(selected ? colours.selection : colours.field);
    painter->drawRoundedRect(frame, metrics::radius, metrics::radius);

    const QRect room = tile.adjusted(2, 2, -2, 0);
    if (const QPixmap* picture = thumbnail(record.id, room.size(), painter->device()->devicePixelRatioF())) {
        QRectF place(QPointF(), picture->deviceIndependentSize());
        place.moveCenter(QRectF(room).center());
        place.moveTopLeft(place.topLeft().toPoint());
        painter->drawPixmap(place.topLeft(), *picture);
    } else {
        const bool unreadable = !m_model->failureAt(index.row()).isEmpty();
        paintNoPicture(*painter, tile, unreadable,
                       unreadable ? colours.fail
                       : selected ? colours.secondary
                                  : colours.hairline);
    }

    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(current || selected ? colours.accent : colours.hairline, current ? 2 : 1));
    painter->drawRoundedRect(current ? frame.adjusted(0.5, 0.5, -0.5, -0.5) : frame, metrics::radius, metrics::radius);
    paintCaption(*painter, option, index.row());
    painter->restore();
}

void ImageDelegate::paintCaption(QPainter& painter, const QStyleOptionViewItem& option, int position) const {
    const Colours& colours = coloursOf(option.palette);
    const services::ImageRecord& record = m_model->image(position);
    QRect line = option.rect;
    line.setTop(line.bottom() - captionHeight + 1);
    line.adjust(7, 0, -7, 0);
    painter.setFont(secondaryFont());
    const QFontMetrics measures(painter.font());

    const engine::Verdict shown = m_model->shownVerdictAt(position);
    const QString label = labelWord(record);
    if (shown != engine::Verdict::None || record.isScored()) {
        QString value = shown == engine::Verdict::Error ? verdictWord(shown) : m_model->scoreTextAt(position);
        // Beside its shape and the crossed-out picture, the word is what can be done without.
        const int forWord = line.width() - measures.horizontalAdvance(label) - symbolSize - 10;
        if (shown == engine::Verdict::Error) value = measures.horizontalAdvance(value) > forWord ? QString() : value;
        const QColor colour = verdictColour(shown, colours);
        painter.setPen(colour);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, value);
        if (!value.isEmpty()) line.setRight(line.right() - measures.horizontalAdvance(value) - 4);
        if (shown != engine::Verdict::None) {
            const QRectF box(line.right() - symbolSize + 1, line.center().y() - symbolSize / 2.0 + 1.5, symbolSize,
                             symbolSize);
            paintVerdict(painter, box, shown, colour);
            line.setRight(line.right() - symbolSize - 6);
        }
    }
    painter.setPen(record.label == engine::Label::Unlabelled ? colours.secondary : colours.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, measures.elidedText(label, Qt::ElideRight, line.width()));
}

}  // namespace ui
