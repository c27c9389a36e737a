// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/creation/new_project.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <opencv2/imgproc.hpp>

#include "app/services/inspection/train_request.h"
#include "app/services/overlay.h"
#include "app/services/project/project.h"
#include "app/services/sample_set.h"
#include "engine/core/error.h"
#include "engine/dataset/image_set.h"
#include "engine/image/decode.h"

namespace services {

namespace {

constexpr int samplePx = 256;
constexpr int longestFolderName = 80;

// Removes what it holds unless it is told to keep it.
class Unfinished {
public:
    explicit Unfinished(const QString& folder) : m_folder(folder) {}
    ~Unfinished() {
        if (!m_keep) QDir(m_folder).removeRecursively();
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    void keep() { m_keep = true; }

private:
    QString m_folder;
    bool m_keep = false;
};

QString markerIn(const QString& folder) {
    return QDir(folder).filePath(QStringLiteral(".unfinished"));
}

QImage sampleOf(const QString& path) {
    cv::Mat shown = displayImage(engine::decodeImage(pathOf(path)));
    const double scale = std::min(1.0, static_cast<double>(samplePx) / std::max(shown.cols, shown.rows));
    if (scale < 1) cv::resize(shown, shown, {}, scale, scale, cv::INTER_AREA);
    return QImage(shown.data, shown.cols, shown.rows, static_cast<qsizetype>(shown.step), QImage::Format_BGR888).copy();
}

}  // namespace

FolderLook lookAtFolder(const QString& path, const engine::RunContext& context) {
    FolderLook look;
    look.preview = previewFolder(path, context);
    for (const QString& sample : look.preview.samples) {
        context.checkCancelled();
        try {
            look.samples.append(sampleOf(sample));
        } catch (const engine::Error&) {
            look.samples.append(QImage());
        }
    }
    return look;
}

void makeSampleProject(const QString& folder, const QString& name, const engine::RunContext& context) {
    // It stands in the folder until the project is whole: who was killed before that has left one that may go.
    const QString marker = markerIn(folder);
    if (QFileInfo::exists(marker)) QDir(folder).removeRecursively();
    if (QFileInfo::exists(folder))
        throw engine::Error(
            engine::ErrorCode::InvalidArgument,
            QCoreApplication::translate("SampleProject", "is there already; move it away, or open it").toStdString(),
            pathOf(folder));
    if (!QDir().mkpath(folder))
        throw engine::Error(
            engine::ErrorCode::WriteFailed,
            QCoreApplication::translate("SampleProject", "cannot be made; check that you may write there")
                .toStdString(),
            pathOf(folder));
    Unfinished unfinished(folder);
    if (!QFile(marker).open(QIODevice::WriteOnly))
        throw engine::Error(
            engine::ErrorCode::WriteFailed,
            QCoreApplication::translate("SampleProject", "cannot be written to; check that you may, and the space left")
                .toStdString(),
            pathOf(folder));
    const QString parts = QDir(folder).filePath(QStringLiteral("parts"));
    writeSampleSet(pathOf(parts), {}, context);
    createProject(QDir(folder).filePath(QStringLiteral("project")), name, engine::openImageSet(pathOf(parts)), context);
    QFile::remove(marker);
    unfinished.keep();
}

bool isSampleProject(const QString& folder) {
    return isProjectFolder(QDir(folder).filePath(QStringLiteral("project"))) && !QFileInfo::exists(markerIn(folder));
}

QString folderNameOf(const QString& projectName) {
    QString name;
    for (const QChar c : projectName) {
        const bool forbidden = c.category() == QChar::Other_Control || QStringLiteral("/\\:*?\"<>|").contains(c);
        name.append(forbidden ? QLatin1Char('-') : c);
    }
    name = name.trimmed().left(longestFolderName);
    while (name.startsWith(QLatin1Char('.'))) name.remove(0, 1);
    return name.isEmpty() ? QStringLiteral("project") : name;
}

}  // namespace services
