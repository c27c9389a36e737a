// SPDX-License-Identifier: GPL-3.0-or-later
#include <zlib.h>

#include <QtEndian>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "app/services/images/map_codec.h"
#include "engine/core/error.h"

using namespace services;

namespace {

// Where things lie in the file.
constexpr qsizetype widthAt = 8;
constexpr qsizetype heightAt = 12;
constexpr qsizetype lowAt = 16;
constexpr qsizetype highAt = 20;
constexpr qsizetype scaleAt = 24;
constexpr qsizetype originalWidthAt = 56;
constexpr qsizetype packedAt = 72;

cv::Mat noise(int width, int height) {
    cv::Mat values(height, width, CV_32FC1);
    cv::RNG random(7);
    random.fill(values, cv::RNG::NORMAL, 3.0, 2.0);
    return values;
}

StoredMap storedMap(const cv::Mat& values) {
    StoredMap map;
    map.values = values;
    map.placement = {0.25, 0.375, -3.5, 7, 1027, 683};
    map.largest = 12.0625;
    return map;
}

StoredMap smoothMap(int width = 96, int height = 64) {
    cv::Mat values = noise(width, height);
    cv::GaussianBlur(values, values, {}, 4);
    return storedMap(values);
}

void requireWithinAStep(const cv::Mat& values, const cv::Mat& back) {
    REQUIRE(back.size() == values.size());
    REQUIRE(back.type() == CV_32FC1);
    double low = 0;
    double high = 0;
    cv::minMaxLoc(values, &low, &high);
    const double step = (high - low) / 65535;
    const double rounding = std::max(std::abs(low), std::abs(high)) * 1.2e-7;
    CHECK(cv::norm(values, back, cv::NORM_INF) <= step / 2 + rounding);
    double lowBack = 0;
    double highBack = 0;
    cv::minMaxLoc(back, &lowBack, &highBack);
    CHECK(lowBack == low);
    CHECK(highBack == high);
}

// As somebody would write it who knows the format.
QByteArray forged(QByteArray bytes) {
    const auto* from = reinterpret_cast<const Bytef*>(bytes.constData() + 8);
    qToLittleEndian(static_cast<quint32>(crc32(0, from, static_cast<uInt>(bytes.size() - 8))), bytes.data() + 4);
    return bytes;
}

template <typename T>
QByteArray with(QByteArray bytes, qsizetype at, T value) {
    qToLittleEndian(value, bytes.data() + at);
    return forged(bytes);
}

QByteArray packed(const QByteArray& raw) {
    QByteArray bytes(static_cast<qsizetype>(compressBound(static_cast<uLong>(raw.size()))), '\0');
    auto length = static_cast<uLongf>(bytes.size());
    compress(reinterpret_cast<Bytef*>(bytes.data()), &length, reinterpret_cast<const Bytef*>(raw.constData()),
             static_cast<uLong>(raw.size()));
    bytes.truncate(static_cast<qsizetype>(length));
    return bytes;
}

}  // namespace

TEST_CASE("a map comes back within half a step, its ends exactly, its placement exactly") {
    for (const cv::Mat& values : {smoothMap().values, noise(61, 47), noise(1, 1), noise(1, 9), noise(9, 1),
                                  cv::Mat(noise(50, 40)(cv::Rect(3, 4, 17, 11))), cv::Mat(noise(8, 8) * 1e30F),
                                  cv::Mat(noise(8, 8) * 1e-38F), cv::Mat(5, 6, CV_32FC1, cv::Scalar(-2.5))}) {
        const StoredMap map = storedMap(values);
        const auto back = decodeMap(encodeMap(map));
        REQUIRE(back);
        requireWithinAStep(values, back->values);
        CHECK(back->placement.scaleX == map.placement.scaleX);
        CHECK(back->placement.scaleY == map.placement.scaleY);
        CHECK(back->placement.offsetX == map.placement.offsetX);
        CHECK(back->placement.offsetY == map.placement.offsetY);
        CHECK(back->placement.originalWidth == 1027);
        CHECK(back->placement.originalHeight == 683);
        CHECK(back->largest == map.largest);
    }
}

TEST_CASE("jumps over the whole range come back") {
    cv::Mat values(16, 16, CV_32FC1);
    for (int i = 0; i < 256; ++i) values.ptr<float>()[i] = i % 3 == 0 ? 1.0F : i % 5 == 0 ? -1.0F : 0.0F;
    const auto back = decodeMap(encodeMap(storedMap(values)));
    REQUIRE(back);
    requireWithinAStep(values, back->values);
}

TEST_CASE("a smooth map takes less than a quarter of its floats") {
    const StoredMap map = smoothMap(256, 256);
    const qsizetype bytes = encodeMap(map).size();
    CAPTURE(bytes);
    CHECK(bytes < 256 * 256);
}

TEST_CASE("what is not a map of finite values is not written") {
    const auto isRefused = [](const StoredMap& map) {
        try {
            encodeMap(map);
            return false;
        } catch (const engine::Error& error) {
            return error.code() == engine::ErrorCode::InvalidArgument;
        }
    };
    CHECK(isRefused(storedMap({})));
    CHECK(isRefused(storedMap(cv::Mat(3, 3, CV_64FC1, cv::Scalar(0)))));
    CHECK(isRefused(storedMap(cv::Mat(3, 3, CV_32FC3, cv::Scalar(0)))));
    for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        cv::Mat values = noise(4, 4);
        values.at<float>(2, 1) = bad;
        CHECK(isRefused(storedMap(values)));
    }
    StoredMap map = smoothMap();
    map.placement.originalWidth = 0;
    CHECK(isRefused(map));
}

TEST_CASE("a map with a byte missing or changed is refused, wherever it is") {
    const QByteArray bytes = encodeMap(smoothMap(32, 32));
    REQUIRE(decodeMap(bytes));
    for (qsizetype length = 0; length < bytes.size(); ++length) CHECK_FALSE(decodeMap(bytes.left(length)));
    CHECK_FALSE(decodeMap(bytes + 'x'));
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        QByteArray changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 0x10);
        CHECK_FALSE(decodeMap(changed));
    }
}

TEST_CASE("a map whose sum is right but whose content is not is refused") {
    const QByteArray bytes = encodeMap(smoothMap(32, 32));
    REQUIRE(decodeMap(with<qint32>(bytes, widthAt, 32)));
    for (const qint32 side : {0, -1, -32, 31, 33, 64, 1 << 20, std::numeric_limits<qint32>::max()}) {
        CHECK_FALSE(decodeMap(with<qint32>(bytes, widthAt, side)));
        CHECK_FALSE(decodeMap(with<qint32>(bytes, heightAt, side)));
    }
    const float nan = std::numeric_limits<float>::quiet_NaN();
    CHECK_FALSE(decodeMap(with<float>(bytes, lowAt, nan)));
    CHECK_FALSE(decodeMap(with<float>(bytes, highAt, nan)));
    CHECK_FALSE(decodeMap(with<float>(bytes, lowAt, 1e30F)));  // above the high end
    for (const double scale : {0.0, -1.0, std::numeric_limits<double>::infinity()})
        CHECK_FALSE(decodeMap(with<double>(bytes, scaleAt, scale)));
    CHECK_FALSE(decodeMap(with<qint32>(bytes, originalWidthAt, 0)));
    CHECK_FALSE(decodeMap(with<qint32>(bytes, originalWidthAt, std::numeric_limits<qint32>::max())));

    const QByteArray header = bytes.left(packedAt);
    CHECK(decodeMap(forged(header + packed(QByteArray(32 * 32 * 2, '\0')))));
    CHECK_FALSE(decodeMap(forged(header + packed(QByteArray(32 * 32 * 2 - 1, '\0')))));
    CHECK_FALSE(decodeMap(forged(header + packed(QByteArray(32 * 32 * 2 + 1, '\0')))));
    CHECK_FALSE(decodeMap(forged(header + packed(QByteArray(256 << 20, '\0')))));  // a bomb
    CHECK_FALSE(decodeMap(forged(header + packed(QByteArray(32 * 32 * 2, '\0')) + 'x')));
    CHECK_FALSE(decodeMap(forged(header + QByteArray(100, 'x'))));
    CHECK_FALSE(decodeMap(forged(header)));
}
