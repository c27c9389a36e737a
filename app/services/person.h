// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace services {

// The full name of whoever runs this process, or the login name if the system knows no other; may be empty.
std::string personName();

}  // namespace services
