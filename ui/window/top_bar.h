// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "app/services/project/project.h"

class QAbstractButton;
class QButtonGroup;
class QMenu;
class QToolButton;

namespace ui {

enum class Page { Images, Train, Tune, Report };

// The line on top: the project with its menu, the pages, the model.
class TopBar : public QWidget {
    Q_OBJECT
public:
    explicit TopBar(QMenu* projectMenu, QWidget* parent = nullptr);

    void setProjectName(const QString& name, bool readOnly);
    void setModels(const std::vector<services::ModelRecord>& models, const services::ModelRecord* current);
    void setPage(Page page);
    Page page() const;
    void setExperimentsShown(bool shown);
    bool experimentsShown() const;

Q_SIGNALS:
    void pageChosen(ui::Page page);
    void modelChosen(services::ModelId id);
    void experimentsToggled(bool shown);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QString marked(const QString& name) const;
    void fitNames();

    QString m_projectName;
    bool m_readOnly = false;
    QString m_modelName;
    QToolButton* m_project;
    QToolButton* m_model;
    QMenu* m_models;
    QButtonGroup* m_pages;
    QAbstractButton* m_experiments;
};

}  // namespace ui
