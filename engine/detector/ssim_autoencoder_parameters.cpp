// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/ssim_autoencoder_parameters.h"

#include "engine/core/error.h"
#include "engine/detector/setting.h"

namespace engine {

namespace {

void set(SsimAutoencoderParameters& p, const std::string& key, const std::string& value) {
    if (p.training.set(key, value)) return;
    if (key == "view") {
        if (value != "whole" && value != "patches")
            throw Error(ErrorCode::InvalidArgument, "view takes whole or patches, not '" + value + "'");
        p.view = value == "whole" ? AutoencoderView::Whole : AutoencoderView::Patches;
    } else if (key == "patches") {
        p.patches = integerSetting(key, value, 1, 1'000'000);
    } else if (key == "latent") {
        p.latent = integerSetting(key, value, 1, 4096);
    } else if (key == "window") {
        p.window = integerSetting(key, value, 3, 127);
        if (p.window % 2 == 0)
            throw Error(ErrorCode::InvalidArgument, "window takes an odd number, not '" + value + "'");
    } else if (key == "stride") {
        p.stride = integerSetting(key, value, 4, 128);
    } else if (key == "held_out") {
        p.heldOut = numberSetting(key, value, 0, 0.5);
    } else if (key == "pictures") {
        p.pictures = switchSetting(key, value);
    } else {
        refuseSetting("ssim-ae", key, SsimAutoencoderParameters().settings());
    }
}

}  // namespace

SsimAutoencoderParameters SsimAutoencoderParameters::from(const std::map<std::string, std::string>& settings) {
    SsimAutoencoderParameters parameters;
    for (const auto& [key, value] : settings) set(parameters, key, value);
    return parameters;
}

std::map<std::string, std::string> SsimAutoencoderParameters::settings() const {
    std::map<std::string, std::string> settings{
        {"view", view == AutoencoderView::Whole ? "whole" : "patches"},
        {"patches", std::to_string(patches)},
        {"latent", std::to_string(latent)},
        {"window", std::to_string(window)},
        {"stride", std::to_string(stride)},
        {"held_out", numberText(heldOut)},
        {"pictures", pictures ? "true" : "false"},
    };
    training.put(settings);
    return settings;
}

}  // namespace engine
