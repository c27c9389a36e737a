// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/durable.h"

#include <fcntl.h>
#include <unistd.h>

#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <cstring>

#include "engine/core/error.h"

namespace services {

namespace {

[[noreturn]] void fail(const QString& path, int error) {
    const char* remedy = error == ENOSPC || error == EDQUOT ? "the disk is full; free some space and try again"
                         : error == EEXIST                  ? "the name is taken; choose another folder"
                                                            : std::strerror(error);
    throw engine::Error(engine::ErrorCode::WriteFailed, std::string("cannot be written: ") + remedy,
                        path.toStdString());
}

void sync(const QString& path, int flags) {
    const int descriptor = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    if (descriptor < 0) fail(path, errno);
    const int error = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    // Some network and FUSE file systems cannot sync a folder: then there is nothing more that could be done.
    if (error != 0 && error != EINVAL && error != ENOTSUP) fail(path, error);
}

}  // namespace

void syncFile(const QString& path) {
    sync(path, O_RDONLY);
}

void renameDurably(const QString& from, const QString& to) {
    if (QFileInfo::exists(to)) fail(to, EEXIST);
    if (::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0) fail(to, errno);
    sync(QFileInfo(to).absolutePath(), O_RDONLY | O_DIRECTORY);
}

}  // namespace services
