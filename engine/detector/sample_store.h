// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/training/learner.h"

namespace engine {

// What the frozen networks said of every training image, computed once and kept for all epochs: in memory as long as
// that fits the budget, then in a temporary file without a name, which the system removes with the process.
class SampleStore {
public:
    explicit SampleStore(std::int64_t budgetBytes);
    ~SampleStore();
    SampleStore(SampleStore&& other) noexcept;
    SampleStore& operator=(SampleStore&&) = delete;

    // Throws Error{WriteFailed} when the temporary file cannot take it.
    void add(Sample sample);
    std::size_t size() const { return m_entries.size(); }
    Sample get(std::size_t index) const;
    bool spills() const { return m_file >= 0; }

private:
    struct Entry {
        Sample sample;             // without values when they are in the file
        std::int64_t offset = -1;  // in the file
    };
    void open();

    std::int64_t m_budgetBytes;
    std::int64_t m_usedBytes = 0;
    std::int64_t m_fileBytes = 0;
    int m_file = -1;
    std::vector<Entry> m_entries;
};

}  // namespace engine
