// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/torch_support.h"

#include <torch/cuda.h>

#include <charconv>
#include <string_view>

namespace engine {

namespace {

at::Device cudaDevice(int index) {
    const auto count = static_cast<int>(torch::cuda::device_count());
    if (index >= count) {
        const std::string found = count == 0
                                      ? "LibTorch sees no CUDA device (no GPU, no driver, or a LibTorch without CUDA)"
                                      : "there are only " + std::to_string(count) + " CUDA devices";
        throw Error(ErrorCode::NoDevice, found + "; use --device cpu, or install what is missing");
    }
    return {at::kCUDA, static_cast<c10::DeviceIndex>(index)};
}

}  // namespace

at::Device torchDevice(const std::string& name, const RunContext& context) {
    constexpr std::string_view cuda = "cuda";
    if (name == "cpu") return at::Device(at::kCPU);
    if (name == "auto") {
        if (torch::cuda::device_count() > 0) return cudaDevice(0);
        context.warn("LibTorch sees no CUDA device: computing on the CPU");
        return at::Device(at::kCPU);
    }
    if (name == cuda) return cudaDevice(0);
    if (name.starts_with("cuda:") && name.size() <= 8) {
        int index = -1;
        const char* end = name.data() + name.size();
        const auto parsed = std::from_chars(name.data() + cuda.size() + 1, end, index);
        if (parsed.ec == std::errc() && parsed.ptr == end && index >= 0) return cudaDevice(index);
    }
    throw Error(ErrorCode::InvalidArgument,
                "no device is called '" + displayPath(name) + "'; use auto, cpu, cuda or cuda:N");
}

}  // namespace engine
