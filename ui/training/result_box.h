// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services/inspection/inspector.h"

class QLabel;

namespace ui {

class LinkButton;
class MessageLine;
class Note;
class PrimaryButton;

// What a training came to, and where to go from here. Also tells of images that the model has not scored.
class ResultBox : public QWidget {
    Q_OBJECT
public:
    explicit ResultBox(QWidget* parent = nullptr);

    void showSummary(const services::TrainSummary& summary, const services::ModelRecord& model);
    void setMissing(int images, bool canScore);
    void forgetSummary();
    bool isEmpty() const { return !m_summary && m_missing == 0; }

Q_SIGNALS:
    void tuneRequested();
    void scoreRequested();

private:
    void refresh();

    bool m_summary = false;
    int m_missing = 0;
    QLabel* m_title;
    Note* m_facts;
    MessageLine* m_remarks;
    PrimaryButton* m_tune;
    QWidget* m_missingRow;
    MessageLine* m_missingText;
    LinkButton* m_score;
};

}  // namespace ui
