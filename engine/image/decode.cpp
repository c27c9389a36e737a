// SPDX-License-Identifier: Apache-2.0
#include "engine/image/decode.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string_view>
#include <utility>

#include "engine/core/error.h"
#include "engine/image/header.h"
#include "engine/image/input_file.h"
#include "engine/image/opencv_codec.h"

namespace engine {

namespace {

// OpenCV counts the bytes of a file in an int; 400 megapixels of 16-bit RGB could need a little more, and are refused.
constexpr std::uint64_t maxFileBytes = 0x7fffffff;

// EXIF 2.32, tag 274: where the first stored row and column lie in the upright picture.
cv::Mat upright(const cv::Mat& stored, int orientation) {
    cv::Mat turned;
    switch (orientation) {
        case 2:
            cv::flip(stored, turned, 1);
            return turned;
        case 3:
            cv::rotate(stored, turned, cv::ROTATE_180);
            return turned;
        case 4:
            cv::flip(stored, turned, 0);
            return turned;
        case 5:
            cv::transpose(stored, turned);
            return turned;
        case 6:
            cv::rotate(stored, turned, cv::ROTATE_90_CLOCKWISE);
            return turned;
        case 7:
            cv::transpose(stored, turned);
            cv::rotate(turned, turned, cv::ROTATE_180);
            return turned;
        case 8:
            cv::rotate(stored, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
            return turned;
        default:
            return stored;
    }
}

Image decodeBytes(std::span<const std::byte> file, const std::filesystem::path& name) {
    ByteReader bytes(file, name);
    ImageHeader header = readHeader(bytes);
    header.orientation = orientationBehindPixels(bytes, header);
    requireWhole(file, header, bytes);
    return {upright(decodePixels(file, header, bytes, name), header.orientation)};
}

}  // namespace

Image decodeImage(const std::filesystem::path& path) {
    const InputFile file(path);
    {
        // The header is judged before the file is brought into memory.
        ByteReader head(file.descriptor(), file.size(), path);
        readHeader(head);
        if (file.size() > maxFileBytes) head.unsupported("a file of more than 2 GB");
    }
    return decodeBytes(file.content(), path);
}

Image decodeImage(std::span<const std::byte> bytes, const std::filesystem::path& name) {
    if (bytes.empty()) throw Error(ErrorCode::Corrupt, "is empty; copy or export it again", name);
    return decodeBytes(bytes, name);
}

ImageInfo probeImage(const std::filesystem::path& path) {
    const InputFile file(path);
    ByteReader head(file.descriptor(), file.size(), path);
    ImageHeader header = readHeader(head);
    header.orientation = orientationBehindPixels(head, header);
    ImageInfo info{static_cast<int>(header.width), static_cast<int>(header.height), header.is16Bit};
    if (header.orientation >= 5) std::swap(info.width, info.height);
    return info;
}

cv::Mat decodeMask(const std::filesystem::path& path) {
    cv::Mat pixels = decodeImage(path).pixels;
    if (pixels.channels() == 3) {
        std::array<cv::Mat, 3> planes;
        cv::split(pixels, planes.data());
        pixels = planes[0] | planes[1] | planes[2];
    }
    return pixels != 0;
}

bool hasImageExtension(const std::filesystem::path& path) {
    using namespace std::string_view_literals;
    static constexpr std::array known{".png"sv, ".jpg"sv, ".jpeg"sv, ".jpe"sv,  ".jfif"sv,
                                      ".bmp"sv, ".dib"sv, ".tif"sv,  ".tiff"sv, ".webp"sv};
    std::string extension = path.extension().string();
    for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return std::find(known.begin(), known.end(), extension) != known.end();
}

}  // namespace engine
