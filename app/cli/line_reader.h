// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/core/run_context.h"

namespace cli {

// Lines of a descriptor as they come: what a line at a production station writes is answered at once, and what has
// piled up meanwhile comes together.
class LineReader {
public:
    explicit LineReader(int descriptor) : m_descriptor(descriptor) {}

    // Waits for at least one line and gives all that are there, without their ends; nothing at the end of the input.
    // Empty lines are passed over; a last line need not have an end. Throws Cancelled within 100 ms, Error{Unreadable}.
    std::vector<std::string> next(const engine::RunContext& context);

private:
    std::vector<std::string> takeLines();

    int m_descriptor;
    std::string m_pending;
    bool m_ended = false;
};

}  // namespace cli
