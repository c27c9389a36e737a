// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "app/services/sample_part.h"
#include "app/services/value_noise.h"

namespace services {

namespace {

struct Light {
    float x, y, z;     // towards the lamp, of length one
    float hx, hy, hz;  // half way between the lamp and the camera above
    float gain;
    float slopeX, slopeY;  // change of brightness from edge to edge
};

Light placeLamp(engine::Random& random) {
    const auto between = [&](double low, double high) {
        return static_cast<float>(low + (high - low) * random.uniform());
    };
    Light light{};
    const float azimuth = between(-2.65, -2.05);  // upper left
    const float tilt = between(0.62, 0.78);
    light.x = std::cos(azimuth) * std::sin(tilt);
    light.y = std::sin(azimuth) * std::sin(tilt);
    light.z = std::cos(tilt);
    const float length = std::sqrt(light.x * light.x + light.y * light.y + (light.z + 1) * (light.z + 1));
    light.hx = light.x / length;
    light.hy = light.y / length;
    light.hz = (light.z + 1) / length;
    light.gain = between(0.92, 1.10);
    light.slopeX = between(-0.16, 0.16);
    light.slopeY = between(-0.16, 0.16);
    return light;
}

cv::Vec3f shadePart(const SamplePart& part, const Light& light, int y, int x) {
    const cv::Mat& h = part.height;
    const int left = std::max(x - 1, 0);
    const int right = std::min(x + 1, h.cols - 1);
    const int up = std::max(y - 1, 0);
    const int down = std::min(y + 1, h.rows - 1);
    const float dx = (h.at<float>(y, right) - h.at<float>(y, left)) / 2;
    const float dy = (h.at<float>(down, x) - h.at<float>(up, x)) / 2;
    const float length = std::sqrt(dx * dx + dy * dy + 1);
    const float diffuse = std::max(0.0F, (light.z - dx * light.x - dy * light.y) / length);
    const float mirror = std::max(0.0F, (light.hz - dx * light.hx - dy * light.hy) / length);
    const float highlight = std::pow(mirror, 24.0F) * part.gloss.at<float>(y, x);
    const cv::Vec3f lit = part.albedo.at<cv::Vec3f>(y, x) * (0.30F + 0.95F * diffuse);
    return lit + cv::Vec3f(highlight, highlight, highlight);
}

// A dark mat with a shadow of the part, which lies away from the lamp.
cv::Vec3f shadeTable(const SamplePart& part, const Light& light, const ValueNoise& weave, int y, int x) {
    constexpr int samples = 6;
    float covered = 0;
    for (int i = 1; i <= samples; ++i) {
        const float reach = 0.045F * part.unit * static_cast<float>(i) / samples;
        const int sx = std::clamp(x + static_cast<int>(std::lround(light.x * reach)), 0, part.coverage.cols - 1);
        const int sy = std::clamp(y + static_cast<int>(std::lround(light.y * reach)), 0, part.coverage.rows - 1);
        covered += part.coverage.at<float>(sy, sx) / samples;
    }
    const float grain = weave.fractal(static_cast<float>(x) * 0.35F, static_cast<float>(y) * 0.35F, 2);
    const float bright = (0.125F + 0.03F * grain) * (1 - 0.65F * covered);
    return {bright * 1.08F, bright * 1.0F, bright * 0.92F};
}

// A lens is a little soft: 1-6-1 along both axes.
cv::Mat soften(const cv::Mat& sharp) {
    cv::Mat along(sharp.size(), CV_32FC3);
    cv::Mat soft(sharp.size(), CV_32FC3);
    const auto at = [](const cv::Mat& m, int y, int x) {
        return m.at<cv::Vec3f>(std::clamp(y, 0, m.rows - 1), std::clamp(x, 0, m.cols - 1));
    };
    for (int y = 0; y < sharp.rows; ++y)
        for (int x = 0; x < sharp.cols; ++x)
            along.at<cv::Vec3f>(y, x) = at(sharp, y, x) * 0.75F + (at(sharp, y, x - 1) + at(sharp, y, x + 1)) * 0.125F;
    for (int y = 0; y < sharp.rows; ++y)
        for (int x = 0; x < sharp.cols; ++x)
            soft.at<cv::Vec3f>(y, x) = at(along, y, x) * 0.75F + (at(along, y - 1, x) + at(along, y + 1, x)) * 0.125F;
    return soft;
}

}  // namespace

cv::Mat photograph(const SamplePart& part, engine::Random& random) {
    const Light light = placeLamp(random);
    const ValueNoise weave(random.next());
    cv::Mat sharp(part.height.size(), CV_32FC3);
    for (int y = 0; y < sharp.rows; ++y)
        for (int x = 0; x < sharp.cols; ++x) {
            const float covered = part.coverage.at<float>(y, x);
            cv::Vec3f colour(0, 0, 0);
            if (covered > 0) colour += shadePart(part, light, y, x) * covered;
            if (covered < 1) colour += shadeTable(part, light, weave, y, x) * (1 - covered);
            const float u = static_cast<float>(x) / static_cast<float>(sharp.cols) - 0.5F;
            const float v = static_cast<float>(y) / static_cast<float>(sharp.rows) - 0.5F;
            const float falloff = (1 + u * light.slopeX + v * light.slopeY) * (1 - 0.28F * (u * u + v * v));
            sharp.at<cv::Vec3f>(y, x) = colour * (light.gain * falloff);
        }
    const cv::Mat soft = soften(sharp);
    cv::Mat picture(soft.size(), CV_8UC3);
    for (int y = 0; y < soft.rows; ++y)
        for (int x = 0; x < soft.cols; ++x)
            for (int c = 0; c < 3; ++c) {
                const double noise = 1.3 * random.normal();
                const double value = 255.0 * static_cast<double>(soft.at<cv::Vec3f>(y, x)[c]) + noise;
                picture.at<cv::Vec3b>(y, x)[c] = static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
            }
    return picture;
}

}  // namespace services
