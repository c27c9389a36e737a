// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core/mat.hpp>

#include "engine/core/random.h"

namespace services {

// A machined plate as a relief, before light falls on it: defects are made in the relief, so that they catch the light
// as the part does. Every plane has the picture's size.
struct SamplePart {
    cv::Mat height;    // CV_32FC1, in pixels towards the camera
    cv::Mat albedo;    // CV_32FC3, BGR, share of the light that is sent back
    cv::Mat coverage;  // CV_32FC1, 1 on the part, 0 where the table is seen
    cv::Mat gloss;     // CV_32FC1, strength of the highlight
    float unit = 0;    // pixels; the shorter side of the picture
};

float smoothStep(float from, float to, float x);

// A part in a pose of its own: turned and shifted a little in its fixture, with its own grain.
SamplePart paintPart(int width, int height, engine::Random& random);

// The photograph: light of its own direction, strength and falloff, a shadow, the camera's softness and noise. CV_8UC3.
cv::Mat photograph(const SamplePart& part, engine::Random& random);

}  // namespace services
