// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "engine/core/run_context.h"
#include "engine/dataset/image_set.h"
#include "engine/detector/model.h"
#include "engine/image/image_stream.h"
#include "engine/image/preprocess.h"

namespace engine {

// The good training images of a fit, decoded ahead of whoever computes, as often as a method needs to see them. What
// cannot be read is listed once and passed over from then on.
class TrainingImages {
public:
    // At most `limit` images, evenly spread (0: all). Reads the headers. Throws Error{NotEnoughData} if none can be
    // read.
    TrainingImages(const ImageSet& set, std::int64_t limit, const RunContext& context);

    // Sizes from the headers of those that seem readable; what resolveInput needs.
    const std::vector<ImageInfo>& headers() const { return m_headers; }
    std::size_t size() const { return m_items.size(); }

    // Calls `each` for every readable image in order, with its index into used(). Reports progress as `stage`.
    // The first pass hashes the files and fills used(); with keepPictures it also keeps a small JPEG of each.
    // Throws Cancelled, Error{NotEnoughData} if no image could be decoded.
    using Each = std::function<void(const Image& image, std::size_t index)>;
    void forEach(std::string_view stage, bool keepPictures, const RunContext& context, const Each& each);

    const std::vector<TrainingImage>& used() const { return m_used; }
    std::vector<std::vector<std::byte>> takePictures() { return std::move(m_pictures); }
    const std::vector<ImageFailure>& failures() const { return m_failures; }
    // Seconds that the callers of forEach had to wait for a decoded image.
    double waitedSeconds() const { return m_waitedSeconds; }

private:
    void fail(const ImageItem& item, const std::string& reason);
    [[noreturn]] void failAll() const;

    std::vector<const ImageItem*> m_items;  // readable, as far as is known
    std::vector<ImageInfo> m_headers;
    std::vector<TrainingImage> m_used;
    std::vector<std::vector<std::byte>> m_pictures;
    std::vector<ImageFailure> m_failures;
    double m_waitedSeconds = 0;
    bool m_seenOnce = false;
};

// The 0.1 and 99.9 percentiles of the pixel values of 16-bit training images (at most 32 of them, evenly spread);
// nothing changes in `input` if there are none.
void fitSixteenBitRange(InputSpec& input, const ImageSet& set, const RunContext& context);

}  // namespace engine
