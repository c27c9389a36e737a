// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/person.h"

#include <pwd.h>
#include <unistd.h>

namespace services {

std::string personName() {
    const passwd* user = ::getpwuid(::getuid());
    if (user == nullptr) return {};
    const std::string full(user->pw_gecos != nullptr ? user->pw_gecos : "");
    const std::string name = full.substr(0, full.find(','));
    return name.empty() ? user->pw_name : name;
}

}  // namespace services
