// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer/readout.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/viewer/map_layer.h"

namespace ui {

namespace {

int channel(const cv::Mat& pixels, const QPoint& at, int index) {
    const int place = at.x() * pixels.channels() + index;
    return pixels.depth() == CV_16U ? pixels.ptr<std::uint16_t>(at.y())[place]
                                    : pixels.ptr<std::uint8_t>(at.y())[place];
}

}  // namespace

Readout readoutAt(const services::Picture& picture, const services::StoredMap* map, const QPoint& pixel) {
    const cv::Mat& pixels = picture.original.pixels;
    Readout readout{pixel, {}, {}};
    if (picture.original.isGray()) {
        readout.value = QCoreApplication::translate("Readout", "Gray %1").arg(channel(pixels, pixel, 0));
    } else {
        readout.value = QStringLiteral("RGB %1 %2 %3")
                            .arg(channel(pixels, pixel, 2))
                            .arg(channel(pixels, pixel, 1))
                            .arg(channel(pixels, pixel, 0));
    }
    if (map != nullptr && !map->values.empty()) {
        const double score = mapValueAt(*map, QPointF(pixel) + QPointF(0.5, 0.5));
        if (std::isfinite(score)) readout.score = score;
    }
    return readout;
}

int decimalsFor(double low, double high) {
    const double range = high - low;
    if (!(range > 0) || !std::isfinite(range)) return 2;
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(range))), 0, 6);
}

}  // namespace ui
