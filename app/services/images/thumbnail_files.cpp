// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/thumbnail_files.h"

#include <zlib.h>

#include <QBuffer>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QImageWriter>
#include <QTemporaryFile>
#include <QtEndian>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <span>
#include <utility>
#include <vector>

#include "app/services/images/picture_levels.h"
#include "engine/image/decode.h"

namespace services {

namespace {

// Eight bytes before the picture: what it is, and the CRC-32 of the rest, since a damaged JPEG may still be one.
constexpr quint32 magic = 0x31485441;  // "ATH1" in the file
constexpr qsizetype headerBytes = 8;
constexpr qint64 maxFileBytes = qint64{1} << 20;
constexpr int jpegQuality = 90;
constexpr qint64 secondsBeforeTouch = 24 * 3600;

quint32 sumOf(const QByteArray& bytes) {
    const auto* from = reinterpret_cast<const Bytef*>(bytes.constData() + headerBytes);
    return static_cast<quint32>(crc32(0, from, static_cast<uInt>(bytes.size() - headerBytes)));
}

QByteArray encoded(const QImage& thumbnail) {
    QByteArray bytes(headerBytes, '\0');
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly | QIODevice::Append);
    QImageWriter writer(&buffer, QByteArrayLiteral("jpeg"));
    writer.setQuality(jpegQuality);
    if (!writer.write(thumbnail)) return {};
    buffer.close();
    qToLittleEndian(magic, bytes.data());
    qToLittleEndian(sumOf(bytes), bytes.data() + sizeof magic);
    return bytes;
}

QImage decoded(const QByteArray& bytes) {
    if (bytes.size() <= headerBytes || qFromLittleEndian<quint32>(bytes.constData()) != magic ||
        qFromLittleEndian<quint32>(bytes.constData() + sizeof magic) != sumOf(bytes))
        return {};
    try {
        const std::span picture(bytes.constData() + headerBytes, static_cast<std::size_t>(bytes.size() - headerBytes));
        const engine::Image image = engine::decodeImage(std::as_bytes(picture), "thumbnail");
        // A whole picture of another size is not one of ours.
        return std::max(image.width(), image.height()) <= 256 ? thumbnailOf(image, 256) : QImage();
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace

// As if a lot had been written: the first tidying finds out what is there.
ThumbnailFiles::ThumbnailFiles(QString folder, qint64 budgetBytes)
    : m_folder(std::move(folder)), m_budgetBytes(budgetBytes), m_untidyBytes(budgetBytes) {}

QString ThumbnailFiles::nameOf(const QString& path, qint64 modifiedMs, qint64 sizeBytes) {
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(path.toUtf8());
    hash.addData(QByteArray(1, '\0') + QByteArray::number(modifiedMs) + ' ' + QByteArray::number(sizeBytes));
    return QString::fromLatin1(hash.result().toHex());
}

QImage ThumbnailFiles::read(const QString& name) const {
    QFile file(fileName(name));
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly) || file.size() > maxFileBytes) return {};
    const QImage thumbnail = decoded(file.read(maxFileBytes));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (!thumbnail.isNull() && file.fileTime(QFileDevice::FileModificationTime).secsTo(now) > secondsBeforeTouch)
        file.setFileTime(now, QFileDevice::FileModificationTime);
    return thumbnail;
}

void ThumbnailFiles::write(const QString& name, const QImage& thumbnail) {
    const QByteArray bytes = encoded(thumbnail);
    const QString path = fileName(name);
    if (bytes.isEmpty() || !m_folder.make(QFileInfo(path).path())) return;
    // Renamed when it is whole, but not forced to the disk, which costs more than decoding again what is found damaged.
    QTemporaryFile file(path + QStringLiteral(".XXXXXX"));
    if (!file.open() || file.write(bytes) != bytes.size() || !file.flush()) return;
    if (std::rename(QFile::encodeName(file.fileName()).constData(), QFile::encodeName(path).constData()) != 0) return;
    file.setAutoRemove(false);
    m_untidyBytes += bytes.size();
}

bool ThumbnailFiles::needsTidying() const {
    return m_untidyBytes > m_budgetBytes / 20;
}

void ThumbnailFiles::tidy(const std::function<bool()>& interrupted) {
    const qint64 before = m_untidyBytes.exchange(0);
    struct Found {
        qint64 usedMs = 0;
        qint64 bytes = 0;
        QString path;
    };
    std::vector<Found> files;
    qint64 total = 0;
    // With what a process that was killed left of its writing; nothing that might be somebody else's.
    const QStringList ours{QStringLiteral("*.thumb"), QStringLiteral("*.thumb.*")};
    for (QDirIterator all(m_folder.path(), ours, QDir::Files, QDirIterator::Subdirectories);
         all.hasNext() && !interrupted();) {
        const QFileInfo file = all.nextFileInfo();
        files.push_back({file.lastModified().toMSecsSinceEpoch(), file.size(), file.filePath()});
        total += file.size();
    }
    if (interrupted()) {
        m_untidyBytes += before;
        return;
    }
    if (total <= m_budgetBytes) return;
    std::sort(files.begin(), files.end(), [](const Found& a, const Found& b) { return a.usedMs < b.usedMs; });
    for (const Found& file : files) {
        if (total <= m_budgetBytes - m_budgetBytes / 10) return;
        if (QFile::remove(file.path)) total -= file.bytes;
    }
}

QString ThumbnailFiles::fileName(const QString& name) const {
    return m_folder.path() + QLatin1Char('/') + name.left(2) + QLatin1Char('/') + name.mid(2) +
           QStringLiteral(".thumb");
}

}  // namespace services
