// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/training_images.h"

#include <algorithm>
#include <utility>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "engine/core/error.h"
#include "engine/core/sha256.h"
#include "engine/core/stage_times.h"
#include "engine/image/sixteen_bit_range.h"

namespace engine {

namespace {

constexpr int pictureSidePx = 256;
constexpr int pictureQuality = 88;

template <typename T>
std::vector<T> evenlySpread(const std::vector<T>& all, std::int64_t limit) {
    const auto count = static_cast<std::int64_t>(all.size());
    if (limit <= 0 || limit >= count) return all;
    std::vector<T> some;
    for (std::int64_t i = 0; i < limit; ++i) some.push_back(all[static_cast<std::size_t>(i * count / limit)]);
    return some;
}

std::vector<std::byte> pictureOf(const Image& image) {
    cv::Mat small = image.pixels;
    const double shrink = static_cast<double>(pictureSidePx) / std::max(small.cols, small.rows);
    if (shrink < 1) {
        const cv::Size size(std::max(1, cvRound(small.cols * shrink)), std::max(1, cvRound(small.rows * shrink)));
        cv::resize(small, small, size, 0, 0, cv::INTER_AREA);
    }
    if (image.is16Bit()) small.convertTo(small, CV_8U, 1.0 / 257);
    std::vector<unsigned char> bytes;
    cv::imencode(".jpg", small, bytes, {cv::IMWRITE_JPEG_QUALITY, pictureQuality});
    const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
    return {first, first + bytes.size()};
}

}  // namespace

TrainingImages::TrainingImages(const ImageSet& set, std::int64_t limit, const RunContext& context) {
    const auto chosen = evenlySpread(set.trainingGood(), limit);
    if (chosen.empty())
        throw Error(ErrorCode::NotEnoughData,
                    "has no good training images; put them into train/good, good or the folder itself", set.root);
    for (const ImageItem* item : chosen) {
        context.checkCancelled();
        try {
            m_headers.push_back(probeImage(item->path));
            m_items.push_back(item);
        } catch (const Error& error) {
            fail(*item, error.what());
        }
    }
    if (m_items.empty()) failAll();
}

void TrainingImages::fail(const ImageItem& item, const std::string& reason) {
    m_failures.push_back({item.path, reason});
}

void TrainingImages::failAll() const {
    throw Error(ErrorCode::NotEnoughData,
                "none of the " + std::to_string(m_failures.size()) +
                    " good training images can be read; the first says: " + m_failures.front().reason);
}

void TrainingImages::forEach(std::string_view stage, bool keepPictures, const RunContext& context, const Each& each) {
    std::vector<std::filesystem::path> paths;
    for (const ImageItem* item : m_items) paths.push_back(item->path);
    ImageStream stream(paths, std::min(2, context.threads()));
    std::vector<const ImageItem*> readable;
    const auto total = static_cast<std::int64_t>(m_items.size());
    Stopwatch watch;
    while (auto next = stream.next(context)) {
        m_waitedSeconds += watch.lapMs() / 1000;
        const ImageItem& item = *m_items[static_cast<std::size_t>(next->index)];
        if (!next->image) {
            fail(item, next->failure->reason);
        } else {
            if (!m_seenOnce) {
                m_used.push_back({item.name, sha256OfFile(item.path), next->image->width(), next->image->height()});
                if (keepPictures) m_pictures.push_back(pictureOf(*next->image));
            }
            each(*next->image, readable.size());
            readable.push_back(&item);
        }
        context.report(stage, next->index + 1, total);
        watch.lapMs();
    }
    m_items = std::move(readable);
    m_seenOnce = true;
    if (m_items.empty()) failAll();
}

void fitSixteenBitRange(InputSpec& input, const ImageSet& set, const RunContext& context) {
    constexpr std::int64_t sampled = 32;
    SixteenBitRange range;
    for (const ImageItem* item : evenlySpread(set.trainingGood(), sampled)) {
        context.checkCancelled();
        try {
            if (probeImage(item->path).is16Bit) range.add(decodeImage(item->path));
        } catch (const Error&) {
            continue;  // listed as a failure by the fit itself
        }
    }
    input.sixteenBitLow = range.low();
    input.sixteenBitHigh = range.high();
}

}  // namespace engine
