// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shown_file.h"

#include <QDir>

#include "ui/common/notice_strip.h"

namespace ui {

ShownFile::ShownFile(services::Project* project, services::Inspector* inspector, NoticeStrip* notice, QObject* parent)
    : QObject(parent), m_project(project), m_inspector(inspector), m_notice(notice) {
    connect(project, &services::Project::scoresChanged, this, &ShownFile::refresh);
    connect(notice, &NoticeStrip::actionChosen, this, &ShownFile::scoreAgain);
    // A scoring that was cancelled or has failed can be asked for again.
    connect(inspector->jobs(), &services::JobRunner::idleChanged, this, [this](bool idle) {
        if (!idle) return;
        m_asked = false;
        refresh();
    });
}

void ShownFile::present(services::ImageId image) {
    m_image = image;
    m_read.reset();
    m_asked = false;
    m_notice->say({});
}

void ShownFile::setRead(const services::FileVersion& file) {
    m_read = file;
    refresh();
}

void ShownFile::setMissing(const QString& path) {
    m_read.reset();
    const QString gone =
        tr("The file of this image is gone: %1. Put it back, or connect its drive, and choose the image again.")
            .arg(QDir::toNativeSeparators(path));
    const QString kept = whatIsKept();
    m_notice->say(kept.isEmpty() ? gone : gone + QLatin1Char(' ') + kept);
}

QString ShownFile::whatIsKept() const {
    const services::ImageRecord* record = image();
    if (record == nullptr) return {};
    const bool labelled = record->label != engine::Label::Unlabelled;
    if (record->isScored()) return labelled ? tr("Its score and label are kept.") : tr("Its score is kept.");
    return labelled ? tr("Its label is kept.") : QString();
}

const services::ImageRecord* ShownFile::image() const {
    const int row = m_image ? m_project->rowOf(*m_image) : -1;
    return row < 0 ? nullptr : &m_project->images()[static_cast<std::size_t>(row)];
}

void ShownFile::refresh() {
    const services::ImageRecord* record = image();
    if (!m_read || record == nullptr) return;
    const bool unread = !record->failure.isEmpty();
    const bool changed = record->isScored() && record->scoredFile != *m_read;
    if (!unread && !changed) {
        m_asked = false;
        return m_notice->say({});
    }
    m_notice->say(unread ? tr("The file could not be read when the image was to be scored; now it can.")
                         : tr("The file has changed since it was scored. The score and the map are of what was there "
                              "before; the label stays."),
                  m_project->isReadOnly() ? QString() : tr("Score again"));
    m_notice->setActionEnabled(!m_asked);
}

void ShownFile::scoreAgain() {
    if (!m_image) return;
    m_asked = true;
    m_notice->setActionEnabled(false);
    m_inspector->scoreAgain(*m_image);
}

}  // namespace ui
