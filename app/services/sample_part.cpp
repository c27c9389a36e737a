// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/sample_part.h"

#include <algorithm>
#include <cmath>

#include "app/services/value_noise.h"

namespace services {

namespace {

struct Point {
    float x;
    float y;
};

// The drawing of the plate, in units of the picture's shorter side, its centre at the origin. Distances are positive
// outside, as in R. Quilez's articles on distance functions.
class Drawing {
public:
    explicit Drawing(float aspect) : m_half{aspect / 2 - 0.065F, 0.435F} {}

    float outline(Point p) const {
        constexpr float corner = 0.09F;
        const float qx = std::abs(p.x) - m_half.x + corner;
        const float qy = std::abs(p.y) - m_half.y + corner;
        const float outside = std::hypot(std::max(qx, 0.0F), std::max(qy, 0.0F));
        return outside + std::min(std::max(qx, qy), 0.0F) - corner;
    }
    static float radius(Point p) { return std::hypot(p.x, p.y); }
    // Distance to the centre of the nearest of the four screw holes.
    float screw(Point p) const {
        return std::hypot(std::abs(p.x) - m_half.x + 0.095F, std::abs(p.y) - m_half.y + 0.095F);
    }

private:
    Point m_half;
};

constexpr float bore = 0.135F;
constexpr float face = 0.27F;  // outer radius of the turned ring
constexpr float screwHole = 0.030F;
constexpr float countersink = 0.052F;

struct Grain {
    ValueNoise cast;
    ValueNoise brushed;
    ValueNoise turned;
    float grooves;  // per unit
    float phase;
};

// The relief in units; a chamfer is a ramp of the given width along an edge.
float reliefAt(Point p, const Drawing& drawing, const Grain& grain, float unit) {
    const float chamfer = 0.018F;
    const float r = Drawing::radius(p);
    const float screw = drawing.screw(p);
    float relief = chamfer * smoothStep(0, chamfer, -drawing.outline(p));
    relief -= 0.7F * chamfer * (1 - smoothStep(screwHole, countersink, screw));
    const float ring = 1 - smoothStep(face, face + 0.014F, r);
    relief += 0.012F * ring;
    relief -= 0.010F * (1 - smoothStep(bore, bore + 0.014F, r));
    const float rough = grain.cast.fractal(p.x * unit * 0.11F, p.y * unit * 0.11F, 3) * 0.0024F +
                        grain.brushed.fractal(p.x * unit * 0.035F, p.y * unit * 0.55F, 2) * 0.0019F;
    const float wobble = grain.turned.at(p.x * 9, p.y * 9) * 0.35F;
    const float turned = std::sin(r * grain.grooves * 6.2832F + grain.phase + wobble) * 0.0011F +
                         grain.turned.at(r * unit * 0.8F, 3.5F) * 0.0012F;
    return relief + rough * (1 - ring) + turned * ring;
}

float brightnessAt(Point p, const Grain& grain, float ring) {
    const float patches = 0.05F * grain.cast.fractal(p.x * 5 + 40, p.y * 5, 3);
    const float streaks = 0.05F * grain.brushed.fractal(p.x * 6, p.y * 160 + 9, 2);
    return (0.50F + patches + streaks * (1 - ring)) * (1 + 0.22F * ring);
}

}  // namespace

float smoothStep(float from, float to, float x) {
    const float t = std::clamp((x - from) / (to - from), 0.0F, 1.0F);
    return t * t * (3 - 2 * t);
}

SamplePart paintPart(int width, int height, engine::Random& random) {
    SamplePart part;
    part.unit = static_cast<float>(std::min(width, height));
    part.height.create(height, width, CV_32FC1);
    part.albedo.create(height, width, CV_32FC3);
    part.coverage.create(height, width, CV_32FC1);
    part.gloss.create(height, width, CV_32FC1);

    const auto between = [&](double low, double high) {
        return static_cast<float>(low + (high - low) * random.uniform());
    };
    const float angle = between(-0.035, 0.035);
    const Point shift{between(-0.014, 0.014), between(-0.014, 0.014)};
    const Grain grain{ValueNoise(random.next()), ValueNoise(random.next()), ValueNoise(random.next()), between(36, 40),
                      between(0, 6.28)};
    const float tone = between(0.96, 1.04);
    const Drawing drawing(static_cast<float>(width) / part.unit);
    const float cosine = std::cos(angle);
    const float sine = std::sin(angle);
    const float pixel = 1 / part.unit;

    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const float u = (static_cast<float>(x) + 0.5F - static_cast<float>(width) / 2) * pixel - shift.x;
            const float v = (static_cast<float>(y) + 0.5F - static_cast<float>(height) / 2) * pixel - shift.y;
            const Point p{cosine * u + sine * v, cosine * v - sine * u};
            const float r = Drawing::radius(p);
            const float ring = 1 - smoothStep(face, face + 0.01F, r);
            part.height.at<float>(y, x) = reliefAt(p, drawing, grain, part.unit) * part.unit;
            // One pixel of transition at every edge.
            part.coverage.at<float>(y, x) = smoothStep(-pixel / 2, pixel / 2, -drawing.outline(p)) *
                                            smoothStep(-pixel / 2, pixel / 2, r - bore) *
                                            smoothStep(-pixel / 2, pixel / 2, drawing.screw(p) - screwHole);
            part.gloss.at<float>(y, x) = 0.12F + 0.20F * ring;
            const float bright = tone * brightnessAt(p, grain, ring);
            part.albedo.at<cv::Vec3f>(y, x) = cv::Vec3f(bright * 1.02F, bright, bright * 0.97F);
        }
    return part;
}

}  // namespace services
