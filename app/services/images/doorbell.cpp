// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/doorbell.h"

#include <QCoreApplication>
#include <QEvent>
#include <utility>

namespace services {

Doorbell::Doorbell(std::function<void()> answer) : m_answer(std::move(answer)) {}

void Doorbell::ring() {
    if (!m_rung.exchange(true)) QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

void Doorbell::customEvent(QEvent* event) {
    if (event->type() != QEvent::User) return;
    // Before the answer: what comes while it runs rings again.
    m_rung.exchange(false);
    // A copy, for what is called may destroy the owner of the bell.
    const auto answer = m_answer;
    answer();
}

}  // namespace services
