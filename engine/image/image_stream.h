// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/run_context.h"
#include "engine/image/image.h"

namespace engine {

// A bad image in a batch is a value, so that the batch goes on and the report lists it.
struct ImageFailure {
    std::filesystem::path path;
    std::string reason;  // one line, with the path and what to do
};

struct StreamedImage {
    std::int64_t index = 0;  // place in the list that the stream was made from
    std::filesystem::path path;
    std::optional<Image> image;           // empty if it could not be read
    std::optional<ImageFailure> failure;  // then why
    double decodeMs = 0;                  // time on the decoding thread
};

// Decodes ahead on its own threads while the caller computes. Order is kept; at most `ahead` decoded images wait.
// The destructor stops and joins at once.
class ImageStream {
public:
    ImageStream(std::vector<std::filesystem::path> paths, int threads = 1, int ahead = 4);
    ~ImageStream();
    ImageStream(const ImageStream&) = delete;
    ImageStream& operator=(const ImageStream&) = delete;

    // The next image in order, or nothing at the end. Throws Cancelled within 100 ms of a stop.
    std::optional<StreamedImage> next(const RunContext& context);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace engine
