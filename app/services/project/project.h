// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QUndoStack>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "app/services/project/image_record.h"
#include "engine/core/run_context.h"
#include "engine/core/stage_times.h"
#include "engine/dataset/image_set.h"
#include "engine/metrics/operating_point.h"

namespace services {

using ModelId = qint64;

struct ModelRecord {
    ModelId id = 0;
    QString file;  // absolute, below the project's folder
    QString name;  // "PatchCore · 21 Nov 14:02"
    QString method;
    QDateTime created;
    double mapLow = 0;  // the range of the overlay: it belongs to the model
    double mapHigh = 1;
    double sixteenBitLow = 0;  // the values of 16-bit images between which it sees them, and people with it
    double sixteenBitHigh = 65535;
    engine::OperatingPoint operatingPoint;
    std::vector<double> goodScores;     // cross-validated, of the good training images: what the false-reject rule uses
    std::vector<double> goodMapMaxima;  // likewise, the largest map value of each
    int folds = 0;
    std::optional<double> fitSeconds;              // of the training; nothing: trained before it was recorded
    std::optional<engine::StageTimes> imageTimes;  // medians of the last scoring; nothing: not recorded

    // Some methods score whole images.
    bool hasMaps() const { return mapHigh > mapLow || !goodMapMaxima.empty(); }
};

struct ImageScore {
    ImageId image = 0;
    double score = 0;  // NaN with a failure
    QString failure;
    FileVersion file = {};  // before it was read; unknown: nobody looked, it is taken to be what the project knows
};

// The images as another model has scored them.
void setScores(std::vector<ImageRecord>& images, const std::vector<ImageScore>& scores);

struct AuditEntry {
    qint64 id = 0;
    QDateTime when;  // UTC
    QString who;
    QString what;     // "label", "operating point", "model", "mask", "region", "import"
    QString subject;  // the image's or the model's name
    QString from;
    QString to;
};

// Everything that opening a project reads, made on a worker thread and handed to Project.
struct ProjectContent {
    QString folder;
    QString name;
    QString imageRoot;
    std::vector<ImageRecord> images;  // in order of name
    std::vector<ModelRecord> models;  // in order of creation
    ModelId currentModel = 0;         // 0: none
    QImage region;                    // Grayscale8, nonzero is inside; null: everything
    QStringList notices;              // for people: "migrated from version 1; the backup is ..."
    bool readOnly = false;
    QString readOnlyReason;  // one sentence, with what to do
};

class ProjectStore;

// Whether a folder holds a project's database. One look at the file system, quick enough for the window's thread.
bool isProjectFolder(const QString& folder);

// Makes a project folder: the database with the images of the set, nothing copied. Refuses a folder that holds
// something else. To be called on a worker thread. Throws engine::Error (WriteFailed, InvalidArgument), Cancelled.
void createProject(const QString& folder, const QString& name, const engine::ImageSet& set,
                   const engine::RunContext& context);

// Opens a project folder: locks it (a second window opens it read-only and says so), migrates an older database after a
// backup, opens a newer or a write-protected one read-only. To be called on a worker thread. Throws engine::Error
// (NotFound, Corrupt with what to do, Unreadable), Cancelled.
struct OpenedProject {
    std::unique_ptr<ProjectStore> store;
    ProjectContent content;
    OpenedProject();
    OpenedProject(OpenedProject&&) noexcept;
    OpenedProject& operator=(OpenedProject&&) noexcept;
    ~OpenedProject();
};
OpenedProject openProject(const QString& folder, const engine::RunContext& context);

// The project in memory, on the thread of the window. Every change is applied here at once, put on the undo stack where
// a person made it, and written by a thread of its own, one transaction a change, with its line in the audit trail.
class Project : public QObject {
    Q_OBJECT
public:
    explicit Project(OpenedProject opened, QObject* parent = nullptr);
    // Waits until everything is written, but gives up after some seconds when it cannot be: see unwrittenChanges.
    ~Project() override;

    const QString& folder() const;
    const QString& name() const;
    const QString& imageRoot() const;
    bool isReadOnly() const;
    const QString& readOnlyReason() const;
    const QStringList& notices() const;

    // Rows never move: a row is an index into images().
    const std::vector<ImageRecord>& images() const;
    int rowOf(ImageId id) const;      // -1 if unknown
    QStringList defectTypes() const;  // in use, sorted; key 1 is the first

    const std::vector<ModelRecord>& models() const;
    const ModelRecord* currentModel() const;               // null: none
    const engine::OperatingPoint& operatingPoint() const;  // of the current model, previewed value included
    const QImage& region() const;

    QUndoStack* undoStack();

    // Undoable; one step each, whatever the number of images. Nothing happens in a read-only project.
    void setLabels(std::span<const ImageId> ids, engine::Label label, const QString& defectType = {});
    void setOperatingPoint(const engine::OperatingPoint& point);
    void setMask(ImageId id, const QImage& mask);  // Grayscale8, the image's size; null: back to the ground truth
    void setRegion(const QImage& region);

    // While a hand moves a handle: everything follows, nothing is written. setOperatingPoint ends it.
    void previewOperatingPoint(const engine::OperatingPoint& point);
    void cancelPreview();

    // Not undoable: what the engine found.
    // Its id is given here, and another name if a model has that one: the audit trail knows models by name. It becomes
    // the current one, with no scores yet.
    void addModel(ModelRecord model);
    void setCurrentModel(ModelId id);  // its scores are read back asynchronously: scoresChanged
    void addScores(ModelId model, const std::vector<ImageScore>& scores);
    void setImageTimes(ModelId model, const engine::StageTimes& medians);

    // The mask drawn in the project, or null; read from the disk, hence asynchronous, answered by maskRead.
    void requestMask(ImageId id);
    // The newest first, at most `limit`; answered by historyRead. What was changed before it was asked is in it, and on
    // the disk unless writing fails.
    quint64 requestHistory(const QString& what, int limit);
    // Those of any model, answered by scoresRead; scores that are added meanwhile may be missing.
    quint64 requestScores(ModelId model);
    // Where the mask is that counts: drawn in the project or come with the image set; empty if there is none.
    QString maskFile(const ImageRecord& image) const;

    // Changes on their way to the disk: 0 within milliseconds, unless writing fails. Ask before closing then.
    int unwrittenChanges() const;

    // A folder below the project for caches that may be deleted at any time.
    QString cacheFolder() const;
    QString modelFolder() const;

Q_SIGNALS:
    void labelsChanged(const QVector<int>& rows);
    void scoresChanged(const QVector<int>& rows);  // empty: all
    void maskChanged(services::ImageId id);
    void regionChanged();
    void modelsChanged();
    void currentModelChanged();
    void operatingPointChanged();
    void maskRead(services::ImageId id, const QImage& mask);
    void historyRead(quint64 request, const QVector<services::AuditEntry>& entries);
    void scoresRead(quint64 request, const std::vector<services::ImageScore>& scores);
    void scoresAdded(services::ModelId model);  // of any model
    // A change could not be written (disk full, folder gone): one sentence with what to do. The change stays in memory
    // and is tried again before the next one; writeRecovered when all is on the disk.
    void writeFailed(const QString& message);
    void writeRecovered();

private:
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace services

Q_DECLARE_METATYPE(services::AuditEntry)
