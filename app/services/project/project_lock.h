// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>

class QLockFile;

namespace services {

// One window at a time may change a project: a file in its folder names the process that does. That of a process which
// is no more is taken over; one of another computer is believed, since nobody can ask there.
class ProjectLock {
public:
    enum class State { Held, Taken, WriteProtected, NoRoom };

    explicit ProjectLock(const QString& folder);
    ~ProjectLock();  // gives it back

    State state() const { return m_state; }
    // Why it is not held, with what to do, in one sentence; empty if it is.
    QString reason() const;

private:
    QString m_file;
    std::unique_ptr<QLockFile> m_lock;
    State m_state = State::Held;
};

}  // namespace services
