// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>
#include <c10/util/Exception.h>

#include <new>
#include <string>

#include "engine/core/error.h"
#include "engine/core/run_context.h"

namespace engine {

// "auto", "cpu", "cuda", "cuda:N". Throws Error{NoDevice | InvalidArgument}.
at::Device torchDevice(const std::string& name, const RunContext& context);

// Runs `work`; what LibTorch and the libraries below it throw becomes an Error.
template <typename Work>
auto translated(const char* doing, Work&& work) {
    const auto outOfMemory = [&] {
        return Error(ErrorCode::OutOfMemory,
                     std::string("not enough memory while ") + doing + "; use smaller images or a smaller backbone");
    };
    try {
        return work();
    } catch (const c10::Error& error) {
        const std::string text = error.what_without_backtrace();
        if (text.find("allocate memory") != std::string::npos || text.find("out of memory") != std::string::npos)
            throw outOfMemory();
        throw Error(ErrorCode::Internal, std::string("LibTorch failed while ") + doing + ": " +
                                             text.substr(0, text.find('\n')) +
                                             "; try --device cpu and --precision fp32");
    } catch (const std::bad_alloc&) {
        throw outOfMemory();
    } catch (const Error&) {
        throw;
    } catch (const Cancelled&) {
        throw;
    } catch (const std::exception& error) {
        throw Error(ErrorCode::Internal, std::string("a library failed while ") + doing + ": " + error.what() +
                                             "; try --device cpu and --precision fp32");
    }
}

}  // namespace engine
