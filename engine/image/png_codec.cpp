// SPDX-License-Identifier: Apache-2.0
#include "engine/image/png_codec.h"

#include <png.h>

#include <csetjmp>
#include <cstring>
#include <new>
#include <vector>

#include "engine/core/error.h"

namespace engine {

namespace {

struct Input {
    std::span<const std::byte> rest;
};

// libpng's two structures. The messages go nowhere: the caller's Error says what is wrong.
struct Reader {
    png_structp png = nullptr;
    png_infop info = nullptr;

    Reader() {
        png = png_create_read_struct(
            PNG_LIBPNG_VER_STRING, nullptr, [](png_structp self, png_const_charp) { png_longjmp(self, 1); },
            [](png_structp, png_const_charp) {});
        if (png != nullptr) info = png_create_info_struct(png);
        if (info == nullptr) {
            png_destroy_read_struct(&png, nullptr, nullptr);
            throw std::bad_alloc();
        }
    }
    ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
};

void readBytes(png_structp png, png_bytep out, std::size_t count) {
    auto& rest = static_cast<Input*>(png_get_io_ptr(png))->rest;
    if (count > rest.size()) png_error(png, "end of file");
    std::memcpy(out, rest.data(), count);
    rest = rest.subspan(count);
}

// Gray or BGR, whatever is stored; an alpha channel or a transparent colour is dropped.
void askForPixels(png_structp png, png_infop info) {
    const auto colour = png_get_color_type(png, info);
    if (png_get_bit_depth(png, info) == 16) png_set_swap(png);
    if (colour == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
    if (colour == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8) png_set_expand_gray_1_2_4_to_8(png);
    png_set_strip_alpha(png);
    png_set_bgr(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

// libpng leaves by longjmp, which runs no destructors, so nothing here may own anything.
bool readRows(const Reader& reader, Input& input, const cv::Mat& pixels, std::vector<png_bytep>& rows) {
    png_structp png = reader.png;
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    png_set_read_fn(png, &input, readBytes);
    // Only what shapes the pixels is looked at; its checksums have been verified.
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_set_crc_action(png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // readHeader has its own
    png_read_info(png, reader.info);
    askForPixels(png, reader.info);
    if (png_get_rowbytes(png, reader.info) != static_cast<std::size_t>(pixels.cols) * pixels.elemSize() ||
        png_get_image_height(png, reader.info) != rows.size())
        return false;
    png_read_image(png, rows.data());
    png_read_end(png, nullptr);
    return true;
}

}  // namespace

cv::Mat decodePngPixels(std::span<const std::byte> file, const ImageHeader& header, const ByteReader& bytes) {
    cv::Mat pixels(static_cast<int>(header.height), static_cast<int>(header.width),
                   CV_MAKETYPE(header.is16Bit ? CV_16U : CV_8U, header.isGray ? 1 : 3));
    std::vector<png_bytep> rows;
    for (int y = 0; y < pixels.rows; ++y) rows.push_back(pixels.ptr(y));
    const Reader reader;
    Input input{file};
    if (!readRows(reader, input, pixels, rows)) bytes.corrupt("its pixels cannot be decoded");
    return pixels;
}

}  // namespace engine
