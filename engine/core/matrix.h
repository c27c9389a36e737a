// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <vector>

namespace engine {

// 64-byte aligned, and left uninitialised when resized: banks of gigabytes are filled at once anyway.
template <typename T>
struct AlignedAllocator {
    using value_type = T;
    AlignedAllocator() = default;
    template <typename U>
    explicit AlignedAllocator(const AlignedAllocator<U>&) {}
    T* allocate(std::size_t n) { return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{64})); }
    void deallocate(T* p, std::size_t) { ::operator delete (p, std::align_val_t{64}); }
    template <typename U>
    void construct(U* p) {
        ::new (static_cast<void*>(p)) U;
    }
    template <typename U, typename... Args>
    void construct(U* p, Args&&... args) {
        ::new (static_cast<void*>(p)) U(static_cast<Args&&>(args)...);
    }
    template <typename U>
    bool operator==(const AlignedAllocator<U>&) const {
        return true;
    }
};

template <typename T>
using Buffer = std::vector<T, AlignedAllocator<T>>;

// Row-major float32, [rows, cols], rows packed without padding. The values of a new matrix are uninitialised.
struct Matrix {
    std::int64_t rows = 0;
    std::int64_t cols = 0;
    Buffer<float> values;

    Matrix() = default;
    Matrix(std::int64_t rowCount, std::int64_t columnCount)
        : rows(rowCount), cols(columnCount), values(static_cast<std::size_t>(rowCount * columnCount)) {}

    // What the values were means nothing afterwards. Memory is asked for only if there is not enough.
    void resize(std::int64_t rowCount, std::int64_t columnCount) {
        rows = rowCount;
        cols = columnCount;
        values.resize(static_cast<std::size_t>(rowCount * columnCount));
    }

    float* row(std::int64_t i) { return values.data() + i * cols; }
    const float* row(std::int64_t i) const { return values.data() + i * cols; }
    std::span<const float> rowSpan(std::int64_t i) const { return {row(i), static_cast<std::size_t>(cols)}; }
};

}  // namespace engine
