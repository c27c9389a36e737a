// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace test {

// A sanitizer makes a program several times as slow, and keeps for a while what was freed: bounds of time are this many
// times as wide under one, and those of memory do not hold.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
inline constexpr double slowdown = 10;
#else
inline constexpr bool sanitized = false;
inline constexpr double slowdown = 1;
#endif

}  // namespace test
