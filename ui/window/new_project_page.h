// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

#include "app/services/inspection/folder_preview.h"

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class DropFrame;
class MessageLine;
class PrimaryButton;

// From a folder of images to a project: what was recognised is shown before anything is made.
class NewProjectPage : public QWidget {
    Q_OBJECT
public:
    explicit NewProjectPage(QWidget* parent = nullptr);

    // Back to "choose a folder". `location`: where projects are made unless she says otherwise.
    void reset(const QString& location);
    void setLooking(const QString& folder);  // the folder is being listed
    void setPreview(const services::ImageSetPreview& preview, const QVector<QImage>& samples);
    void setError(const QString& message);
    void setLocation(const QString& folder);
    void setCreating(bool creating);
    void setDragOver(bool over);  // something that can be dropped is held over the window

    QString projectName() const;
    QString location() const;  // the folder in which the project's folder is made

Q_SIGNALS:
    void chooseImagesRequested();
    void chooseListRequested();
    void chooseLocationRequested();
    void createRequested();
    void cancelled();

private:
    DropFrame* makeDrop();
    QWidget* makeFound();
    void updateButtons();

    DropFrame* m_drop;
    QPushButton* m_choose;
    QPushButton* m_chooseList;
    QLabel* m_source;  // where the images are, or the invitation to say so
    QLabel* m_layouts;
    MessageLine* m_message;
    QWidget* m_found;
    QLabel* m_layout;
    QLabel* m_counts;
    QLabel* m_warnings;
    QHBoxLayout* m_samples;
    QLineEdit* m_name;
    QLineEdit* m_location;
    PrimaryButton* m_create;
    PrimaryButton* m_cancel;
    QString m_folder;
    bool m_hasPreview = false;
    bool m_creating = false;
};

}  // namespace ui
