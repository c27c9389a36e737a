// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <memory>
#include <vector>

#include "app/services/project/project.h"
#include "app/services/threshold_rules.h"
#include "ui/threshold/threshold_panel.h"

namespace test {

// What is in the project, before any model. Scores are made from counts, the same each time.
struct Shape {
    int good = 20;
    int defect = 63;
    int unlabelled = 0;
    int training = 209;
    double offset = 0;  // added to every score
    double scale = 1;
    bool maps = true;
    bool scored = true;
    bool model = true;
};

// A project in a temporary folder with one model, and the panel on it.
class PanelFixture {
public:
    explicit PanelFixture(const Shape& shape = {}, int width = 344, int height = 1040);
    ~PanelFixture();

    services::Project& project() { return *m_project; }
    ui::ThresholdPanel& panel() { return *m_panel; }
    const engine::OperatingPoint& point() { return m_project->operatingPoint(); }
    // As a rule would be given them, in order of the images.
    services::LabelledScores labelled() const;

    template <typename Widget>
    Widget* find(const char* name) {
        return m_panel->findChild<Widget*>(QString::fromLatin1(name));
    }
    void setCuts(double review, double fail, double pixel);
    void addModel();
    void addScores();
    void reopen(bool readOnly);

private:
    void open();

    Shape m_shape;
    QTemporaryDir m_folder;
    std::unique_ptr<services::Project> m_project;
    std::unique_ptr<ui::ThresholdPanel> m_panel;
};

}  // namespace test
