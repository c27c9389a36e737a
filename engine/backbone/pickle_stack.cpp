// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/pickle_stack.h"

#include <utility>

namespace engine {

namespace {

// A network has a few thousand tensors of some twenty values each.
constexpr std::size_t maximumValues = 500'000;
constexpr std::size_t maximumLinks = 4'000'000;

}  // namespace

void PickleStack::push(PickleValue value) {
    if (m_document.values.size() == maximumValues) m_source.unsupported("holds a pickle of too many values");
    addLinks(value.items.size());
    m_stack.push_back(static_cast<PickleIndex>(m_document.values.size()));
    m_document.values.push_back(std::move(value));
}

void PickleStack::addLinks(std::size_t count) {
    m_links += count;
    if (m_links > maximumLinks) m_source.unsupported("holds a pickle of too many values");
}

void PickleStack::pushInteger(std::int64_t integer, PickleKind kind) {
    PickleValue value;
    value.kind = kind;
    value.integer = integer;
    push(std::move(value));
}

void PickleStack::pushText(std::string_view text, PickleKind kind) {
    PickleValue value;
    value.kind = kind;
    value.text = text;
    push(std::move(value));
}

PickleIndex PickleStack::pop() {
    if (reachable() == 0) m_source.corrupt("holds a pickle that takes more than there is");
    const PickleIndex index = m_stack.back();
    m_stack.pop_back();
    return index;
}

std::size_t PickleStack::aboveMark() {
    if (m_marks.empty()) m_source.corrupt("holds a pickle without a mark where one is needed");
    const std::size_t count = reachable();
    m_marks.pop_back();
    return count;
}

std::vector<PickleIndex> PickleStack::take(std::size_t count) {
    if (reachable() < count) m_source.corrupt("holds a pickle that takes more than there is");
    const auto first = m_stack.end() - static_cast<std::ptrdiff_t>(count);
    std::vector<PickleIndex> taken(first, m_stack.end());
    m_stack.erase(first, m_stack.end());
    return taken;
}

void PickleStack::pushItems(PickleKind kind, std::size_t count) {
    PickleValue value;
    value.kind = kind;
    value.items = take(count);
    push(std::move(value));
}

PickleValue& PickleStack::topOf(PickleKind kind, const char* fault) {
    if (reachable() == 0 || m_document.at(m_stack.back()).kind != kind) m_source.corrupt(fault);
    return m_document.values[m_stack.back()];
}

void PickleStack::extend(PickleKind kind, std::size_t count) {
    const std::vector<PickleIndex> added = take(count);
    if (kind == PickleKind::Dictionary && count % 2 != 0)
        m_source.corrupt("holds a dictionary with a key but no value");
    addLinks(count);
    auto& items = topOf(kind, "holds a pickle that adds to what is no container").items;
    items.insert(items.end(), added.begin(), added.end());
}

void PickleStack::remember(std::uint32_t slot) {
    if (reachable() == 0) m_source.corrupt("holds a pickle that takes more than there is");
    if (m_memo.size() >= maximumValues) m_source.unsupported("holds a pickle of too many values");
    m_memo[slot] = m_stack.back();
}

void PickleStack::recall(std::uint32_t slot) {
    const auto found = m_memo.find(slot);
    if (found == m_memo.end()) m_source.corrupt("holds a pickle that recalls what it never stored");
    pushAgain(found->second);
}

void PickleStack::pushAgain(PickleIndex index) {
    if (m_stack.size() >= maximumLinks) m_source.unsupported("holds a pickle of too many values");
    m_stack.push_back(index);
}

}  // namespace engine
