// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "app/services/project/project.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QPushButton;

namespace ui {

// The panel of the Images page: what is known of the image that is shown, its label, its mask, and the region of
// interest.
class ImagePanel : public QWidget {
    Q_OBJECT
public:
    explicit ImagePanel(services::Project* project, QWidget* parent = nullptr);

    void setImage(std::optional<services::ImageId> id);
    void setPictureShown(bool shown);         // without a picture there is nothing to draw on
    void setEditing(bool mask, bool region);  // which of the two is being drawn

Q_SIGNALS:
    void editMaskRequested(bool on);
    void editRegionRequested(bool on);

private:
    void refresh();
    void updateTypes();
    QString chosenType() const;
    QString whyNotDraw() const;
    void label(engine::Label label, const QString& type);

    services::Project* m_project;
    std::optional<services::ImageId> m_image;
    bool m_pictureShown = true;
    QLabel* m_name;
    QLabel* m_facts;
    QButtonGroup* m_labels;
    QComboBox* m_type;
    QPushButton* m_editMask;
    QPushButton* m_clearMask;
    QLabel* m_maskNote;
    QPushButton* m_editRegion;
    QPushButton* m_clearRegion;
    QLabel* m_regionNote;
    QLabel* m_counts;
};

}  // namespace ui
