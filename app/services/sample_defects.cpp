// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/sample_defects.h"

#include <algorithm>
#include <cmath>

#include "app/services/value_noise.h"

namespace services {

namespace {

struct Spot {
    float x;
    float y;
};

float between(engine::Random& random, double low, double high) {
    return static_cast<float>(low + (high - low) * random.uniform());
}

bool isOnPart(const SamplePart& part, float x, float y) {
    const int ix = static_cast<int>(std::floor(x));
    const int iy = static_cast<int>(std::floor(y));
    return ix >= 0 && iy >= 0 && ix < part.coverage.cols && iy < part.coverage.rows &&
           part.coverage.at<float>(iy, ix) > 0.99F;
}

// A place on the part with metal all around it, `margin` pixels wide.
Spot placeOnPart(const SamplePart& part, float margin, engine::Random& random) {
    Spot spot{};
    for (int attempt = 0; attempt < 500; ++attempt) {
        spot = {between(random, 0, part.coverage.cols), between(random, 0, part.coverage.rows)};
        bool clear = true;
        for (int i = 0; i < 12 && clear; ++i) {
            const float angle = static_cast<float>(i) * 6.2832F / 12;
            clear = isOnPart(part, spot.x + margin * std::cos(angle), spot.y + margin * std::sin(angle));
        }
        if (clear) return spot;
    }
    return spot;
}

// A place where metal and table meet.
Spot placeOnEdge(const SamplePart& part, engine::Random& random) {
    const float reach = 0.03F * part.unit;
    Spot spot{};
    for (int attempt = 0; attempt < 5000; ++attempt) {
        spot = {between(random, 0, part.coverage.cols), between(random, 0, part.coverage.rows)};
        int metal = 0;
        for (int i = 0; i < 16; ++i) {
            const float angle = static_cast<float>(i) * 6.2832F / 16;
            metal += isOnPart(part, spot.x + reach * std::cos(angle), spot.y + reach * std::sin(angle)) ? 1 : 0;
        }
        // Half of the circle is metal at a straight edge; a screw hole is too small to leave so much of it.
        if (metal >= 6 && metal <= 9) return spot;
    }
    return spot;
}

// Calls work(y, x, distance from the centre in x, in y) for the pixels within `reach` of a spot, inside the picture.
template <typename Work>
void around(const SamplePart& part, Spot centre, float reach, Work work) {
    const int left = std::max(0, static_cast<int>(centre.x - reach - 1));
    const int right = std::min(part.height.cols - 1, static_cast<int>(centre.x + reach + 1));
    const int top = std::max(0, static_cast<int>(centre.y - reach - 1));
    const int bottom = std::min(part.height.rows - 1, static_cast<int>(centre.y + reach + 1));
    for (int y = top; y <= bottom; ++y)
        for (int x = left; x <= right; ++x)
            work(y, x, static_cast<float>(x) + 0.5F - centre.x, static_cast<float>(y) + 0.5F - centre.y);
}

void scratch(SamplePart& part, float severity, engine::Random& random, cv::Mat& mask) {
    const float length = part.unit * (0.10F + 0.30F * between(random, 0, 1));
    const float widest = (0.0030F + 0.0045F * severity) * part.unit;
    const float depth = (0.0035F + 0.0090F * severity) * part.unit;
    // Distance to the path in units of its width there: 1 is the edge of the groove.
    cv::Mat distance(part.height.size(), CV_32FC1, cv::Scalar(1e9));
    Spot tip = placeOnPart(part, 0.06F * part.unit, random);
    float heading = between(random, 0, 6.2832);
    float bend = between(random, -1, 1) * 2 / part.unit;
    constexpr float step = 0.4F;
    for (float walked = 0; walked < length; walked += step) {
        const float along = walked / length;
        const float taper = std::sqrt(std::max(0.0F, 4 * along * (1 - along)));
        const float width = widest * (0.35F + 0.65F * taper) * (1 + 0.2F * between(random, -1, 1));
        around(part, tip, 3 * width, [&](int y, int x, float dx, float dy) {
            float& nearest = distance.at<float>(y, x);
            nearest = std::min(nearest, std::hypot(dx, dy) / width);
        });
        bend += between(random, -1, 1) * 0.25F / part.unit;
        heading += bend * step;
        tip.x += step * std::cos(heading);
        tip.y += step * std::sin(heading);
    }
    for (int y = 0; y < distance.rows; ++y)
        for (int x = 0; x < distance.cols; ++x) {
            const float d = distance.at<float>(y, x);
            if (d > 3 || part.coverage.at<float>(y, x) < 0.5F) continue;
            const float groove = std::exp(-d * d * 1.6F);
            const float burr = std::exp(-(d - 1.3F) * (d - 1.3F) * 6);
            part.height.at<float>(y, x) += depth * (0.45F * burr - groove);
            part.albedo.at<cv::Vec3f>(y, x) *= 1 + (0.10F + 0.35F * severity) * groove;
            if (d <= 1.3F) mask.at<std::uint8_t>(y, x) = 255;
        }
}

void dent(SamplePart& part, float severity, engine::Random& random, cv::Mat& mask) {
    const float radius = part.unit * (0.020F + 0.035F * between(random, 0, 1));
    const float depth = radius * (0.07F + 0.28F * severity);
    const float squash = between(random, 0.65, 1);
    const float angle = between(random, 0, 3.1416);
    const float cosine = std::cos(angle);
    const float sine = std::sin(angle);
    const ValueNoise uneven(random.next());
    around(part, placeOnPart(part, radius, random), radius * 1.3F, [&](int y, int x, float dx, float dy) {
        const float u = cosine * dx + sine * dy;
        const float v = (cosine * dy - sine * dx) / squash;
        const float r = std::hypot(u, v) / radius * (1 + 0.12F * uneven.at(u * 2 / radius, v * 2 / radius));
        if (r >= 1 || part.coverage.at<float>(y, x) < 0.5F) return;
        const float bowl = (1 - r * r) * (1 - r * r);
        // Pressed metal is a little raised where the bowl meets the plain.
        const float rim = std::exp(-(r - 0.85F) * (r - 0.85F) * 90);
        part.height.at<float>(y, x) += depth * (0.10F * rim - bowl);
        mask.at<std::uint8_t>(y, x) = 255;
    });
}

void stain(SamplePart& part, float severity, engine::Random& random, cv::Mat& mask) {
    const float radius = part.unit * (0.035F + 0.055F * between(random, 0, 1));
    const float strength = 0.10F + 0.30F * severity;
    const float warmth = between(random, 0, 1);
    const ValueNoise shape(random.next());
    around(part, placeOnPart(part, 0.6F * radius, random), radius * 1.5F, [&](int y, int x, float dx, float dy) {
        const float r = std::hypot(dx, dy) / radius;
        const float ragged = r + 0.55F * shape.fractal(dx * 1.6F / radius, dy * 1.6F / radius, 4);
        const float film = 1 - smoothStep(0.75F, 1.0F, ragged);
        // A drop dries from its edge: there the residue is thickest.
        const float rim = std::exp(-(ragged - 0.80F) * (ragged - 0.80F) * 60);
        const float residue = film * (0.75F + 0.35F * rim);
        if (residue < 0.05F || r > 1.5F || part.coverage.at<float>(y, x) < 0.5F) return;
        cv::Vec3f& albedo = part.albedo.at<cv::Vec3f>(y, x);
        albedo[0] *= 1 - strength * residue * (1 + 0.35F * warmth);
        albedo[1] *= 1 - strength * residue;
        albedo[2] *= 1 - strength * residue * (1 - 0.35F * warmth);
        part.gloss.at<float>(y, x) *= 1 - 0.6F * residue;
        if (residue > 0.2F) mask.at<std::uint8_t>(y, x) = 255;
    });
}

void missing(SamplePart& part, float severity, engine::Random& random, cv::Mat& mask) {
    const float radius = part.unit * (0.022F + 0.050F * severity);
    const float fracture = 0.30F * radius + 1;
    const ValueNoise shape(random.next());
    const ValueNoise rough(random.next());
    around(part, placeOnEdge(part, random), radius * 1.7F, [&](int y, int x, float dx, float dy) {
        const float ragged = 1 + 0.5F * shape.fractal(dx * 1.5F / radius, dy * 1.5F / radius, 3);
        const float inside = radius * ragged - std::hypot(dx, dy);  // pixels within the broken piece
        float& coverage = part.coverage.at<float>(y, x);
        if (inside <= 0 || coverage <= 0) return;
        if (coverage > 0.5F) mask.at<std::uint8_t>(y, x) = 255;
        // The broken face slopes down to the table, coarse and matt.
        part.height.at<float>(y, x) += 2.2F * rough.fractal(dx * 0.6F, dy * 0.6F, 3) - 0.6F * inside;
        part.albedo.at<cv::Vec3f>(y, x) *= 0.85F + 0.25F * rough.at(dx * 0.9F, dy * 0.9F);
        part.gloss.at<float>(y, x) *= 0.3F;
        coverage *= 1 - smoothStep(fracture - 0.5F, fracture + 0.5F, inside);
    });
}

}  // namespace

cv::Mat makeDefect(SampleDefect kind, SamplePart& part, float severity, engine::Random& random) {
    cv::Mat mask = cv::Mat::zeros(part.height.size(), CV_8UC1);
    switch (kind) {
        case SampleDefect::Scratch:
            scratch(part, severity, random, mask);
            break;
        case SampleDefect::Dent:
            dent(part, severity, random, mask);
            break;
        case SampleDefect::Stain:
            stain(part, severity, random, mask);
            break;
        case SampleDefect::Missing:
            missing(part, severity, random, mask);
            break;
    }
    return mask;
}

}  // namespace services
