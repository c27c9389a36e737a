// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QWidget>

#include "app/services/jobs/job_runner.h"

namespace ui {

class ElidedLabel;
class JobPopup;
class LinkButton;
class SlimBar;
class WorkList;

// The bottom line of the window: what is at work and how far it is, what has failed, and the way to everything else.
class JobBar : public QWidget {
    Q_OBJECT
public:
    explicit JobBar(services::JobRunner* jobs, QWidget* parent = nullptr);

    QString logText() const;
    // What a page tells in full, with a way to try again, is only named here.
    void setToldOnPage(services::JobId id, bool told);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void refresh();
    void refreshProgress();
    void refreshFailure();
    void keepRoom();
    void showPopup();

    WorkList* m_work;
    ElidedLabel* m_stage;
    SlimBar* m_bar;
    ElidedLabel* m_numbers;
    LinkButton* m_cancel;
    LinkButton* m_more;
    QWidget* m_sign;
    ElidedLabel* m_failure;
    LinkButton* m_retry;
    LinkButton* m_dismiss;
    LinkButton* m_log;
    JobPopup* m_popup;
    QSet<services::JobId> m_toldOnPage;
};

}  // namespace ui
