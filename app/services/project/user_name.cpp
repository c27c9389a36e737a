// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/user_name.h"

#include <pwd.h>
#include <unistd.h>

#include <vector>

namespace services {

QString userName() {
    std::vector<char> buffer(16384);
    passwd entry{};
    passwd* found = nullptr;
    // Not the environment first: anybody can put another name there.
    if (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
        return QString::fromLocal8Bit(found->pw_name);
    const QString name = qEnvironmentVariable("USER");
    return name.isEmpty() ? QString::number(::geteuid()) : name;
}

}  // namespace services
