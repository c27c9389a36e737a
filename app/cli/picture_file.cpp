// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/picture_file.h"

#include <opencv2/imgcodecs.hpp>
#include <span>
#include <vector>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"

namespace cli {

namespace {

void writeEncoded(const std::filesystem::path& path, const char* ending, const cv::Mat& picture,
                  const std::vector<int>& settings) {
    std::vector<unsigned char> bytes;
    bool encoded = false;
    try {
        encoded = cv::imencode(ending, picture, bytes, settings);
    } catch (const cv::Exception&) {
        encoded = false;
    }
    if (!encoded)
        throw engine::Error(engine::ErrorCode::WriteFailed, "the picture cannot be encoded; please report it", path);
    engine::AtomicFile file(path);
    file.write(std::as_bytes(std::span(bytes)));
    file.commit();
}

}  // namespace

void writePng(const std::filesystem::path& path, const cv::Mat& picture) {
    // The quickest compression: a batch writes thousands.
    writeEncoded(path, ".png", picture, {cv::IMWRITE_PNG_COMPRESSION, 1});
}

void writeFloatTiff(const std::filesystem::path& path, const cv::Mat& values) {
    constexpr int uncompressed = 1;  // LZW gains next to nothing on floats, and costs more than the scoring
    writeEncoded(path, ".tiff", values, {cv::IMWRITE_TIFF_COMPRESSION, uncompressed});
}

}  // namespace cli
