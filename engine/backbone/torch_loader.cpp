// SPDX-License-Identifier: Apache-2.0
#include <dlfcn.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "engine/backbone/network.h"
#include "engine/backbone/torch_module.h"
#include "engine/core/error.h"

namespace {

constexpr const char* moduleName = "anomaloscope-torch.so";

// Beside the program in a build tree, below lib/ in an installation.
std::filesystem::path moduleFile() {
    std::error_code failure;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failure).parent_path();
    for (const char* folder : {"", "../" ANOMALOSCOPE_MODULE_FOLDER}) {
        auto file = (program / folder / moduleName).lexically_normal();
        if (std::filesystem::exists(file, failure)) return file;
    }
    throw engine::Error(
        engine::ErrorCode::NotFound,
        std::string("lacks ") + moduleName + ", which computes with LibTorch; install Anomaloscope again", program);
}

}  // namespace

void* engine::torchModuleSymbol(const char* name) {
    const auto file = moduleFile();
    // For as long as the program runs: LibTorch cannot be unloaded.
    void* module = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    void* symbol = module != nullptr ? ::dlsym(module, name) : nullptr;
    if (symbol == nullptr)
        throw Error(ErrorCode::Unsupported,
                    std::string("cannot be loaded: ") + ::dlerror() + "; install Anomaloscope again", file);
    return symbol;
}

extern "C" engine::Network* anomaloscopeMakeTorchNetwork(const engine::NetworkRequest& request,
                                                         const engine::RunContext& context) {
    static const auto make = reinterpret_cast<decltype(&anomaloscopeMakeTorchNetwork)>(
        engine::torchModuleSymbol("anomaloscopeMakeTorchNetwork"));
    return make(request, context);
}

#ifdef __SANITIZE_ADDRESS__
// LeakSanitizer asks before it looks. It crashes over the thread-local storage of libraries that are loaded late, and
// where it does not look there, it takes what LibTorch and OpenMP keep for their threads for leaks.
extern "C" int __lsan_is_turned_off() {
    try {
        return ::dlopen(moduleFile().c_str(), RTLD_NOW | RTLD_NOLOAD) != nullptr ? 1 : 0;
    } catch (const engine::Error&) {
        return 0;
    }
}
#endif
