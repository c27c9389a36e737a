// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/backbone/pickle.h"

namespace engine {

// The memory of the pickle machine: values, the stack with its marks, the memo. Bounded, whatever a pickle asks for.
// Every function throws Error{Corrupt} if the stack has less than it takes, Error{Unsupported} above the bounds.
class PickleStack {
protected:
    explicit PickleStack(const ByteSource& source) : m_source(source) {}

    void push(PickleValue value);
    void pushInteger(std::int64_t integer, PickleKind kind = PickleKind::Integer);
    void pushText(std::string_view text, PickleKind kind = PickleKind::Text);
    // A container of the uppermost `count` values, which it replaces.
    void pushItems(PickleKind kind, std::size_t count);
    // A value that exists already.
    void pushAgain(PickleIndex index);

    PickleIndex pop();
    std::vector<PickleIndex> take(std::size_t count);
    // Moves the uppermost `count` values into the container below them.
    void extend(PickleKind kind, std::size_t count);
    PickleValue& topOf(PickleKind kind, const char* fault);

    void mark() { m_marks.push_back(m_stack.size()); }
    // The number of values above the last mark, which is taken away.
    std::size_t aboveMark();

    void remember(std::uint32_t slot);
    void recall(std::uint32_t slot);
    std::uint32_t nextSlot() const { return static_cast<std::uint32_t>(m_memo.size()); }

    const ByteSource& m_source;
    PickleDocument m_document;

private:
    // The stack below the last mark is out of reach, as in Python.
    std::size_t reachable() const { return m_stack.size() - (m_marks.empty() ? 0 : m_marks.back()); }
    void addLinks(std::size_t count);

    std::size_t m_links = 0;
    std::vector<PickleIndex> m_stack;
    std::vector<std::size_t> m_marks;
    std::unordered_map<std::uint32_t, PickleIndex> m_memo;
};

}  // namespace engine
