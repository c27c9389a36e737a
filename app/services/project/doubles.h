// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <bit>
#include <cstring>
#include <optional>
#include <vector>

namespace services {

// Numbers in a column of the database: eight bytes each, little-endian.
static_assert(std::endian::native == std::endian::little);

inline QByteArray toBytes(const std::vector<double>& values) {
    if (values.empty()) return QByteArray("", 0);  // not null: the column refuses NULL
    return QByteArray(reinterpret_cast<const char*>(values.data()),
                      static_cast<qsizetype>(values.size() * sizeof(double)));
}

inline std::optional<std::vector<double>> doublesFrom(const QByteArray& bytes) {
    if (bytes.size() % static_cast<qsizetype>(sizeof(double)) != 0) return {};
    std::vector<double> values(static_cast<std::size_t>(bytes.size()) / sizeof(double));
    if (!values.empty()) std::memcpy(values.data(), bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return values;
}

}  // namespace services
