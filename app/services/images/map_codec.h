// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <optional>

#include "app/services/images/stored_map.h"

namespace services {

// A map as the bytes of a file, and back. What MapStore says of exactness holds here. The file: magic, CRC-32 of all
// that follows, size, smallest and largest value, placement, and the values as 16-bit steps between the two: of each
// its difference from left + above - above left, the high bytes of all before the low ones, deflated.
//
// Throws engine::Error{InvalidArgument}: no values, another type than CV_32FC1, more than 16 megapixels, values or a
// placement that are not finite.
QByteArray encodeMap(const StoredMap& map);
// Nothing when anything at all is wrong with the bytes.
std::optional<StoredMap> decodeMap(const QByteArray& bytes);
// A file that is longer is not a map.
qint64 longestEncodedMap();

}  // namespace services
