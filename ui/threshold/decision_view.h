// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

#include "app/services/decision/decision_table.h"

class QGridLayout;
class QLabel;

namespace ui {

class Figure;
class Note;

// What the operating point does: labels against verdicts, and how many good parts are rejected and defects missed.
class DecisionView : public QWidget {
    Q_OBJECT
public:
    explicit DecisionView(QWidget* parent = nullptr);

    void setDecision(const services::Decision& decision, const services::DecisionTable& table);

private:
    struct Row {
        Figure* total = nullptr;
        std::array<Figure*, 3> counts{};  // fail, review, pass
    };
    Row addRow(QGridLayout& grid, int row, const QString& label, const QString& name);
    void fill(const Row& row, const services::VerdictCounts& counts, qint64 total, bool decided);

    Row m_good, m_defect, m_unlabelled;
    QLabel* m_unlabelledLabel = nullptr;
    Figure* m_falseRejects;
    Figure* m_escapes;
    Note* m_remark;
    bool m_crossValidated = false;
};

}  // namespace ui
