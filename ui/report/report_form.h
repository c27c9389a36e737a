// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>

#include "app/services/reporting/report_job.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSettings;

namespace ui {

class Dialogs;
class ElidedLabel;

// What goes into a report, on which paper, in which files and where. What a person has chosen is in the settings for
// the next time; the title is of one report alone.
class ReportForm : public QWidget {
    Q_OBJECT
public:
    // projectFolder: reports go below it until she chooses another folder.
    ReportForm(QSettings* settings, Dialogs* dialogs, const QString& projectFolder, QWidget* parent = nullptr);

    // What she has said last: for every report.
    static QString authorIn(const QSettings& settings);
    static services::PaperSize paperIn(const QSettings& settings);

    // What it is called unless she says otherwise.
    void setSuggestions(const QString& title, const QString& fileName);
    services::ReportRequest request() const;
    void remember();
    // Why no report can be made of this; empty if one can.
    QString fault() const;

Q_SIGNALS:
    void changed();

private:
    QGridLayout* addFields();
    QGridLayout* addFiles();
    void recall(const QString& projectFolder);
    void setFolder(const QString& folder);

    QSettings* m_settings;
    Dialogs* m_dialogs;
    QLineEdit* m_title;
    QLineEdit* m_author;
    QComboBox* m_pictures;
    QComboBox* m_paper;
    std::map<services::ReportFormat, QCheckBox*> m_formats;
    QLineEdit* m_name;
    ElidedLabel* m_folderLabel;
    QPushButton* m_choose;
    QString m_folder;
};

}  // namespace ui
