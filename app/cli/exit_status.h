// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace cli {

// What the process tells its caller. Scripts are written against these numbers.
enum ExitStatus : int {
    Done = 0,
    CouldNotBeDone = 1,
    WrongUsage = 2,
    SomeUnreadable = 3,  // done, but some images could not be read; precedes SomeRejected
    SomeRejected = 4,    // with --fail-on-reject, at least one image fails
    Interrupted = 130,
};

}  // namespace cli
