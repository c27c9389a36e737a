// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QUndoStack>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "app/services/project/audit_entry.h"
#include "app/services/project/model_record.h"
#include "app/services/project/open_project.h"

namespace services {

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
