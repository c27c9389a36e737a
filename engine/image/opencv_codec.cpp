// SPDX-License-Identifier: Apache-2.0
#include "engine/image/opencv_codec.h"

#include <limits>
#include <new>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "engine/core/error.h"
#include "engine/image/jpeg_codec.h"
#include "engine/image/png_codec.h"
#include "engine/image/tiff_check.h"
#include "engine/image/webp_codec.h"

namespace engine {

namespace {

// What OpenCV would log is thrown as an Error, with the file's name.
void silenceLog() {
    [[maybe_unused]] static const auto once = cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
}

cv::Mat callCodec(std::span<const std::byte> file) {
    if (file.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return {};
    // OpenCV takes no pointer to constant bytes; it does not write to them.
    auto* data = const_cast<std::byte*>(file.data());  // NOLINT
    const cv::Mat row(1, static_cast<int>(file.size()), CV_8UC1, data);
    return cv::imdecode(row, cv::IMREAD_UNCHANGED);
}

// OpenCV turns a TIFF by its orientation tag, but not every depth and not every orientation; we turn every image
// ourselves, so the tag is set to 1 before it looks.
std::vector<std::byte> withUprightTag(std::span<const std::byte> file, const ImageHeader& header) {
    std::vector<std::byte> copy(file.begin(), file.end());
    copy[header.orientationAt] = std::byte{1};
    return copy;
}

cv::Mat decodeStored(std::span<const std::byte> file, const ImageHeader& header) {
    if (header.format == ImageFormat::Tiff && header.orientation != 1) return callCodec(withUprightTag(file, header));
    return callCodec(file);
}

cv::Mat toGrayOrBgr(const cv::Mat& stored, bool isGray) {
    cv::Mat result;
    const int channels = stored.channels();
    if (channels == 1 && isGray) return stored;
    if (channels == 1)
        cv::cvtColor(stored, result, cv::COLOR_GRAY2BGR);
    else if (isGray)
        cv::extractChannel(stored, result, 0);
    else if (channels == 4)
        cv::cvtColor(stored, result, cv::COLOR_BGRA2BGR);
    else
        return stored;
    return result;
}

}  // namespace

cv::Mat decodePixels(std::span<const std::byte> file, const ImageHeader& header, const ByteReader& bytes,
                     const std::filesystem::path& name) {
    silenceLog();
    try {
        if (header.format == ImageFormat::Jpeg) return decodeJpegPixels(file, header, bytes, name);
        if (header.format == ImageFormat::Png) return decodePngPixels(file, header, bytes);
        if (header.format == ImageFormat::Webp) return decodeWebpPixels(file, header, bytes);
        const cv::Mat stored = decodeStored(file, header);
        if (stored.empty() || (header.format == ImageFormat::Tiff && !tiffPixelsAreSound(file)))
            bytes.corrupt("its pixels cannot be decoded");
        if (stored.depth() != CV_8U && stored.depth() != CV_16U) bytes.unsupported("an image of an unusual depth");
        if (stored.cols != header.width || stored.rows != header.height)
            bytes.corrupt("its header and its pixels disagree about the size");
        cv::Mat pixels = toGrayOrBgr(stored, header.isGray);
        if (header.whiteIsZero && pixels.depth() == CV_16U) cv::bitwise_not(pixels, pixels);
        return pixels;
    } catch (const cv::Exception& exception) {
        if (exception.code == cv::Error::StsNoMem)
            throw Error(ErrorCode::OutOfMemory, "is too large for the free memory; use a smaller image", name);
        bytes.corrupt("its pixels cannot be decoded");
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::OutOfMemory, "is too large for the free memory; use a smaller image", name);
    }
}

}  // namespace engine
