// SPDX-License-Identifier: Apache-2.0
#include "engine/image/jpeg_codec.h"

#include <algorithm>
#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <vector>

#include <jpeglib.h>
// Needs jpeglib.h before it.
#include <jerror.h>

#include "engine/core/error.h"

namespace engine {

namespace {

// A progressive file of a few kilobytes can hold thousands of empty scans, each of which costs a pass over the picture;
// libjpeg-turbo's own programs stop at this number.
constexpr int mostScans = 500;

enum class Fault { None, Damaged, OutOfMemory };

// libjpeg's structures with ours behind them; its callbacks find us through client_data.
struct Decompressor {
    jpeg_decompress_struct info{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf onFault{};
    Fault fault = Fault::None;
    const JOCTET* begin = nullptr;

    Decompressor() = default;
    ~Decompressor() { jpeg_destroy_decompress(&info); }
    Decompressor(const Decompressor&) = delete;
    Decompressor& operator=(const Decompressor&) = delete;
};

[[noreturn]] void leave(j_common_ptr info, Fault fault) {
    auto& self = *static_cast<Decompressor*>(info->client_data);
    self.fault = fault;
    std::longjmp(self.onFault, 1);
}

[[noreturn]] void onError(j_common_ptr info) {
    leave(info, info->err->msg_code == JERR_OUT_OF_MEMORY ? Fault::OutOfMemory : Fault::Damaged);
}

// Some cameras fill up the space before a marker with zeros.
bool skippedOnlyZeros(const Decompressor& self) {
    const JOCTET* end = self.info.src->next_input_byte;
    const auto count = std::min<std::ptrdiff_t>(self.errors.msg_parm.i[0], end - self.begin);
    return std::all_of(end - count, end, [](JOCTET byte) { return byte == 0; });
}

// A negative level is a warning: the pixels that follow are a guess. Those let through say nothing about the pixels.
void onMessage(j_common_ptr info, int level) {
    if (level >= 0) return;
    switch (info->err->msg_code) {
        case JWRN_ADOBE_XFORM:
        case JWRN_JFIF_MAJOR:
        case JWRN_NOT_SEQUENTIAL:
            return;
        case JWRN_EXTRANEOUS_DATA:
            if (skippedOnlyZeros(*static_cast<Decompressor*>(info->client_data))) return;
            break;
        default:
            break;
    }
    leave(info, Fault::Damaged);
}

void onProgress(j_common_ptr info) {
    if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > mostScans) leave(info, Fault::Damaged);
}

// Adobe's inverted inks, with the rounding of OpenCV.
void inksToBgr(const std::vector<std::uint8_t>& inks, std::uint8_t* bgr) {
    for (std::size_t i = 0; i + 3 < inks.size(); i += 4, bgr += 3) {
        const int black = inks[i + 3];
        for (std::size_t c = 0; c < 3; ++c)
            bgr[2 - c] = static_cast<std::uint8_t>(black - ((255 - inks[i + c]) * black >> 8));
    }
}

void start(Decompressor& self, std::span<const std::byte> file, bool isGray) {
    jpeg_decompress_struct& info = self.info;
    self.begin = reinterpret_cast<const JOCTET*>(file.data());
    info.err = jpeg_std_error(&self.errors);
    info.client_data = &self;
    self.errors.error_exit = onError;
    self.errors.emit_message = onMessage;
    self.errors.output_message = [](j_common_ptr) {};
    self.progress.progress_monitor = onProgress;
    jpeg_create_decompress(&info);
    info.progress = &self.progress;
    jpeg_mem_src(&info, self.begin, file.size());
    jpeg_read_header(&info, TRUE);
    info.out_color_space = isGray ? JCS_GRAYSCALE : info.num_components == 4 ? JCS_CMYK : JCS_EXT_BGR;
    jpeg_start_decompress(&info);
}

// A progressive picture whose last scans are missing: some coefficients were never sent to the last bit.
bool isUnfinished(const jpeg_decompress_struct& info) {
    if (info.progressive_mode == FALSE || info.coef_bits == nullptr) return false;
    for (int component = 0; component < info.num_components; ++component)
        if (std::any_of(info.coef_bits[component], info.coef_bits[component] + DCTSIZE2,
                        [](int missing) { return missing != 0; }))
            return true;
    return false;
}

// longjmp runs no destructors, so nothing here may own anything. False: see the fault.
bool readRows(Decompressor& self, std::span<const std::byte> file, cv::Mat& pixels, std::vector<std::uint8_t>& inks) {
    if (setjmp(self.onFault) != 0) return false;
    start(self, file, pixels.channels() == 1);
    jpeg_decompress_struct& info = self.info;
    const bool hasInks = info.out_color_space == JCS_CMYK;
    if (static_cast<int>(info.output_width) != pixels.cols || static_cast<int>(info.output_height) != pixels.rows ||
        hasInks == inks.empty() || isUnfinished(info))
        return false;
    while (info.output_scanline < info.output_height) {
        auto* out = pixels.ptr<JSAMPLE>(static_cast<int>(info.output_scanline));
        JSAMPROW row = hasInks ? inks.data() : out;
        jpeg_read_scanlines(&info, &row, 1);
        if (hasInks) inksToBgr(inks, out);
    }
    // Reads on to the end marker: only then it is known that the data were neither too few nor too many.
    jpeg_finish_decompress(&info);
    return true;
}

}  // namespace

cv::Mat decodeJpegPixels(std::span<const std::byte> file, const ImageHeader& header, const ByteReader& bytes,
                         const std::filesystem::path& name) {
    cv::Mat pixels(static_cast<int>(header.height), static_cast<int>(header.width), header.isGray ? CV_8UC1 : CV_8UC3);
    std::vector<std::uint8_t> inks(header.isCmyk ? static_cast<std::size_t>(header.width) * 4 : 0);
    Decompressor decompressor;
    if (readRows(decompressor, file, pixels, inks)) return pixels;
    if (decompressor.fault == Fault::OutOfMemory)
        throw Error(ErrorCode::OutOfMemory, "is too large for the free memory; use a smaller image", name);
    bytes.corrupt("its pixels cannot be decoded");
}

}  // namespace engine
