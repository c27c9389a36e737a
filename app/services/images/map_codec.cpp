// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/map_codec.h"

#include <zlib.h>

#include <QDataStream>
#include <QIODevice>
#include <algorithm>
#include <cmath>
#include <new>
#include <opencv2/core.hpp>
#include <vector>

#include "engine/core/error.h"
#include "engine/image/decode.h"

namespace services {

namespace {

constexpr quint32 magic = 0x314d4e41;  // "ANM1" in the file
constexpr qint64 maxPixels = qint64{16} << 20;
constexpr double steps = 65535;
constexpr qsizetype sumAt = 4;
constexpr qsizetype sumEnd = 8;
constexpr qsizetype headerBytes = sumEnd + 2 * 4 + 2 * 4 + 4 * 8 + 2 * 4 + 8;

quint32 sumOf(const QByteArray& bytes) {
    const auto* from = reinterpret_cast<const Bytef*>(bytes.constData() + sumEnd);
    return static_cast<quint32>(crc32(0, from, static_cast<uInt>(bytes.size() - sumEnd)));
}

void setUp(QDataStream& stream) {
    stream.setByteOrder(QDataStream::LittleEndian);
    stream.setVersion(QDataStream::Qt_6_0);
    stream.setFloatingPointPrecision(QDataStream::DoublePrecision);
}

bool isSensible(const engine::Placement& p) {
    return std::isfinite(p.scaleX) && std::isfinite(p.scaleY) && p.scaleX > 0 && p.scaleY > 0 &&
           std::isfinite(p.offsetX) && std::isfinite(p.offsetY) && p.originalWidth > 0 && p.originalHeight > 0 &&
           static_cast<qint64>(p.originalWidth) * p.originalHeight <= engine::maxImagePixels;
}

// Small differences of either sign become small numbers.
std::uint16_t folded(std::uint16_t difference) {
    const auto sign = static_cast<std::uint16_t>((difference & 0x8000U) != 0 ? 0xffffU : 0U);
    return static_cast<std::uint16_t>(static_cast<std::uint16_t>(difference << 1U) ^ sign);
}

std::uint16_t unfolded(std::uint16_t value) {
    const auto sign = static_cast<std::uint16_t>((value & 1U) != 0 ? 0xffffU : 0U);
    return static_cast<std::uint16_t>((value >> 1U) ^ sign);
}

// Second differences along both axes: of maps as smooth as these they are small. In whole numbers modulo 2^16, hence
// undone without loss.
struct Steps {
    std::vector<std::uint16_t> values;
    std::size_t width = 0;

    void differentiate() {
        for (int pass = 0; pass < 2; ++pass) {
            for (std::size_t i = values.size(); i-- > width;) subtract(i, i - width);
            for (std::size_t i = values.size(); i-- > 0;)
                if (i % width != 0) subtract(i, i - 1);
        }
    }
    void integrate() {
        for (int pass = 0; pass < 2; ++pass) {
            for (std::size_t row = 0; row < values.size(); row += width)
                for (std::size_t i = row + 1; i < row + width; ++i) add(i, i - 1);
            for (std::size_t i = width; i < values.size(); ++i) add(i, i - width);
        }
    }

private:
    void subtract(std::size_t i, std::size_t j) { values[i] = static_cast<std::uint16_t>(values[i] - values[j]); }
    void add(std::size_t i, std::size_t j) { values[i] = static_cast<std::uint16_t>(values[i] + values[j]); }
};

std::vector<Bytef> toBytes(const cv::Mat& values, double low, double high) {
    const double scale = high > low ? steps / (high - low) : 0;
    Steps all{{}, static_cast<std::size_t>(values.cols)};
    all.values.reserve(values.total());
    for (int y = 0; y < values.rows; ++y) {
        const auto* row = values.ptr<float>(y);
        for (int x = 0; x < values.cols; ++x)
            all.values.push_back(static_cast<std::uint16_t>((static_cast<double>(row[x]) - low) * scale + 0.5));
    }
    all.differentiate();
    const std::size_t count = all.values.size();
    std::vector<Bytef> bytes(2 * count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint16_t value = folded(all.values[i]);
        bytes[i] = static_cast<Bytef>(value >> 8U);
        bytes[count + i] = static_cast<Bytef>(value & 0xffU);
    }
    return bytes;
}

void fromBytes(const std::vector<Bytef>& bytes, double low, double high, cv::Mat& values) {
    const double scale = (high - low) / steps;
    const std::size_t count = bytes.size() / 2;
    Steps all{std::vector<std::uint16_t>(count), static_cast<std::size_t>(values.cols)};
    for (std::size_t i = 0; i < count; ++i)
        all.values[i] = unfolded(static_cast<std::uint16_t>(bytes[i] << 8U | bytes[count + i]));
    all.integrate();
    const std::uint16_t* from = all.values.data();
    for (int y = 0; y < values.rows; ++y) {
        auto* row = values.ptr<float>(y);
        for (int x = 0; x < values.cols; ++x, ++from)
            row[x] = static_cast<float>(*from == steps ? high : low + *from * scale);
    }
}

// Runs and Huffman codes only: what is left are many zeros and noise, in which there is nothing to be found again.
QByteArray deflated(std::vector<Bytef>& raw) {
    z_stream stream{};
    if (deflateInit2(&stream, 1, Z_DEFLATED, MAX_WBITS, 8, Z_RLE) != Z_OK) throw std::bad_alloc();
    QByteArray bytes(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(raw.size()))), Qt::Uninitialized);
    stream.next_in = raw.data();
    stream.avail_in = static_cast<uInt>(raw.size());
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = static_cast<uInt>(bytes.size());
    deflate(&stream, Z_FINISH);  // within deflateBound it cannot fail
    bytes.resize(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return bytes;
}

[[noreturn]] void refuse(const char* what) {
    throw engine::Error(engine::ErrorCode::InvalidArgument, what);
}

}  // namespace

QByteArray encodeMap(const StoredMap& map) {
    if (map.values.empty() || map.values.type() != CV_32FC1) refuse("a map must be one plane of 32-bit floats");
    if (static_cast<qint64>(map.values.rows) * map.values.cols > maxPixels) refuse("a map is too large to be kept");
    if (!cv::checkRange(map.values) || !std::isfinite(map.largest)) refuse("a map has values that are not finite");
    if (!isSensible(map.placement)) refuse("a map does not say where the image lies in it");
    double low = 0;
    double high = 0;
    cv::minMaxLoc(map.values, &low, &high);

    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    setUp(stream);
    const engine::Placement& p = map.placement;
    stream << magic << quint32{0} << qint32{map.values.cols} << qint32{map.values.rows};
    stream.setFloatingPointPrecision(QDataStream::SinglePrecision);
    stream << static_cast<float>(low) << static_cast<float>(high);
    stream.setFloatingPointPrecision(QDataStream::DoublePrecision);
    stream << p.scaleX << p.scaleY << p.offsetX << p.offsetY << qint32{p.originalWidth} << qint32{p.originalHeight}
           << map.largest;

    std::vector<Bytef> raw = toBytes(map.values, low, high);
    bytes.append(deflated(raw));
    const quint32 sum = sumOf(bytes);
    for (qsizetype i = 0; i < sumEnd - sumAt; ++i) bytes[sumAt + i] = static_cast<char>(sum >> (8 * i) & 0xffU);
    return bytes;
}

std::optional<StoredMap> decodeMap(const QByteArray& bytes) {
    if (bytes.size() <= headerBytes || bytes.size() > longestEncodedMap()) return {};
    QDataStream stream(bytes);
    setUp(stream);
    quint32 found = 0;
    quint32 sum = 0;
    qint32 width = 0;
    qint32 height = 0;
    float low = 0;
    float high = 0;
    stream >> found >> sum;
    if (found != magic || sum != sumOf(bytes)) return {};
    StoredMap map;
    engine::Placement& p = map.placement;
    stream >> width >> height;
    stream.setFloatingPointPrecision(QDataStream::SinglePrecision);
    stream >> low >> high;
    stream.setFloatingPointPrecision(QDataStream::DoublePrecision);
    stream >> p.scaleX >> p.scaleY >> p.offsetX >> p.offsetY >> p.originalWidth >> p.originalHeight >> map.largest;
    // A sum is no proof that this program wrote the file.
    if (stream.status() != QDataStream::Ok || width <= 0 || height <= 0 ||
        static_cast<qint64>(width) * height > maxPixels)
        return {};
    if (!std::isfinite(low) || !std::isfinite(high) || low > high || !std::isfinite(map.largest) || !isSensible(p))
        return {};

    std::vector<Bytef> raw(2 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    auto unpacked = static_cast<uLongf>(raw.size());
    auto packed = static_cast<uLong>(bytes.size() - headerBytes);
    const auto* from = reinterpret_cast<const Bytef*>(bytes.constData() + headerBytes);
    if (uncompress2(raw.data(), &unpacked, from, &packed) != Z_OK || unpacked != raw.size() ||
        packed != static_cast<uLong>(bytes.size() - headerBytes))
        return {};
    map.values.create(height, width, CV_32FC1);
    fromBytes(raw, low, high, map.values);
    return map;
}

qint64 longestEncodedMap() {
    return headerBytes + static_cast<qint64>(compressBound(static_cast<uLong>(2 * maxPixels)));
}

}  // namespace services
