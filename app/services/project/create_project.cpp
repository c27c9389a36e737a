// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>
#include <QUuid>

#include "app/services/project/durable.h"
#include "app/services/project/project_errors.h"
#include "app/services/project/project_store.h"
#include "app/services/project/user_name.h"
#include "engine/core/error.h"

namespace services {

namespace {

constexpr int reportEvery = 256;

// The folder of a project in the making. Whatever was made is taken away again unless it is finished.
class NewFolder {
public:
    explicit NewFolder(const QString& path) : m_path(path) {
        const QFileInfo info(path);
        if (info.exists() && !info.isDir()) refuse("a file stands where the folder is to be; choose another name");
        const QString part = QFileInfo(partFile()).fileName();
        for (const QString& entry :
             QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)) {
            // What a process left behind that was killed while it made a project here.
            if (entry.startsWith(part)) continue;
            refuse("the folder holds something else; choose an empty or a new one");
        }
        for (QString missing = path; !QFileInfo::exists(missing); missing = QFileInfo(missing).path())
            m_made.push_back(missing);
        if (!QDir().mkpath(path))
            throw engine::Error(engine::ErrorCode::WriteFailed,
                                "the folder cannot be made; choose a place where you may write", path.toStdString());
        removeParts();
    }
    ~NewFolder() {
        if (m_finished) return;
        removeParts();
        for (const QString& folder : m_made) QDir().rmdir(folder);
    }
    NewFolder(const NewFolder&) = delete;
    NewFolder& operator=(const NewFolder&) = delete;

    QString partFile() const { return databaseFile(m_path) + QStringLiteral(".part"); }
    void finish() {
        syncFile(partFile());
        renameDurably(partFile(), databaseFile(m_path));
        m_finished = true;
    }

private:
    [[noreturn]] void refuse(const char* why) const {
        throw engine::Error(engine::ErrorCode::InvalidArgument, why, m_path.toStdString());
    }
    void removeParts() const {
        for (const char* ending : {"", "-journal", "-wal", "-shm"}) QFile::remove(partFile() + QLatin1String(ending));
    }

    QString m_path;
    QStringList m_made;  // the innermost first
    bool m_finished = false;
};

// Nothing if the bytes are not UTF-8: no QString, and so no part of the window, could name such a file.
std::optional<QString> text(const std::string& bytes) {
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString result = decoder(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return decoder.hasError() ? std::nullopt : std::optional(std::move(result));
}

// Returns the number of images.
qint64 addImages(Connection& connection, const engine::ImageSet& set, const QString& root,
                 const engine::RunContext& context) {
    const auto total = static_cast<std::int64_t>(set.items.size());
    qint64 added = 0;
    Statement insert(connection, QStringLiteral("INSERT INTO image (name, path, split, label, defect_type, mask,"
                                                " modified_ms, size_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
    const auto orNull = [](const QString& value) { return value.isEmpty() ? QVariant() : QVariant(value); };
    for (std::size_t i = 0; i < set.items.size(); ++i) {
        if (i % reportEvery == 0) context.report("import", static_cast<std::int64_t>(i), total);
        const engine::ImageItem& item = set.items[i];
        const auto name = text(item.name), path = text(item.path.string()), mask = text(item.mask.string());
        if (!name || !path || !mask) {
            context.warn(engine::displayPath(item.path) + ": the name is not UTF-8; rename the file to use it");
            continue;
        }
        const QFileInfo file(QDir::cleanPath(QFileInfo(*path).absoluteFilePath()));
        const bool exists = file.exists();
        const bool implied = file.filePath() == root + QLatin1Char('/') + *name;
        insert.run(*name, implied ? QVariant() : QVariant(file.filePath()), static_cast<int>(item.split),
                   static_cast<int>(item.label), orNull(QString::fromStdString(item.defectType)),
                   mask->isEmpty() ? QVariant() : QVariant(QFileInfo(*mask).absoluteFilePath()),
                   exists ? file.lastModified().toMSecsSinceEpoch() : 0, exists ? file.size() : 0);
        ++added;
    }
    context.report("import", total, total);
    return added;
}

}  // namespace

void createProject(const QString& folder, const QString& name, const engine::ImageSet& set,
                   const engine::RunContext& context) {
    const QString root = QDir::cleanPath(QFileInfo(QString::fromStdString(set.root.string())).absoluteFilePath());
    NewFolder made(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()));
    const QString database = made.partFile();
    try {
        Connection connection(database, Connection::Access::Create, 1000);
        connection.run(QStringLiteral("PRAGMA journal_mode = MEMORY"));  // if it fails the file is removed
        {
            Transaction transaction(connection);
            createTables(connection);
            const qint64 images = addImages(connection, set, root, context);
            {
                Statement insert(connection, QStringLiteral("INSERT INTO project (key, value) VALUES (?, ?)"));
                insert.run(QStringLiteral("uuid"), QUuid::createUuid().toString(QUuid::WithoutBraces));
                insert.run(QStringLiteral("name"), name);
                insert.run(QStringLiteral("image_root"), root);
                Statement(connection, QStringLiteral("INSERT INTO audit (when_ms, who, what, subject, before, after)"
                                                     " VALUES (?, ?, 'import', ?, '', ?)"))
                    .run(QDateTime::currentMSecsSinceEpoch(), userName(), name,
                         QStringLiteral("%1 images of %2").arg(images).arg(root));
            }
            transaction.commit();
        }
        connection.run(QStringLiteral("PRAGMA journal_mode = WAL"));
    } catch (const SqlError& error) {
        throwOpenError(database, error);
    }
    context.checkCancelled();
    made.finish();
}

}  // namespace services
