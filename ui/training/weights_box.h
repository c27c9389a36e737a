// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include "app/services/jobs/job_runner.h"
#include "app/services/weight_store.h"

class QLabel;
class QPushButton;

namespace ui {

class Dialogs;
class LinkButton;
class MessageLine;
class Note;

// In the place of training while the weights of a backbone are missing: where to get the file, and a place to drop it,
// where it is checked.
class WeightsBox : public QWidget {
    Q_OBJECT
public:
    WeightsBox(services::JobRunner* jobs, services::WeightStore weights, Dialogs* dialogs, QWidget* parent = nullptr);

    void setBackbone(const QString& backbone);
    // Checks the file and puts it into the store; answered by added, or by words in the box.
    void addFile(const QString& path);

Q_SIGNALS:
    void added(const QString& backbone);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void chooseFile();

    QPointer<services::JobRunner> m_jobs;
    services::WeightStore m_weights;
    Dialogs* m_dialogs;
    QString m_backbone;
    QString m_source;
    services::JobId m_checking = 0;
    QLabel* m_title;
    Note* m_where;
    QLabel* m_what;
    LinkButton* m_copy;
    QWidget* m_zone;
    QPushButton* m_choose;
    MessageLine* m_message;
};

}  // namespace ui
