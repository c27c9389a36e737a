// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoCommand>
#include <functional>
#include <utility>

namespace services {

// One step of the undo stack: something had one value and has another now.
template <typename Value>
class SetCommand : public QUndoCommand {
public:
    using Apply = std::function<void(const Value&)>;

    SetCommand(const QString& text, Value before, Value after, Apply apply)
        : QUndoCommand(text), m_before(std::move(before)), m_after(std::move(after)), m_apply(std::move(apply)) {}

    void undo() override { m_apply(m_before); }
    void redo() override { m_apply(m_after); }

private:
    Value m_before, m_after;
    Apply m_apply;
};

}  // namespace services
