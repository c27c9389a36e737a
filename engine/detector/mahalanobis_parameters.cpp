// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/mahalanobis_parameters.h"

#include "engine/core/error.h"
#include "engine/detector/setting.h"

namespace engine {

namespace {

std::string nameOf(Reduction reduction) {
    return reduction == Reduction::Pca ? "pca" : reduction == Reduction::Npca ? "npca" : "none";
}

Reduction reductionFromName(const std::string& name) {
    for (const Reduction reduction : {Reduction::None, Reduction::Pca, Reduction::Npca})
        if (name == nameOf(reduction)) return reduction;
    throw Error(ErrorCode::InvalidArgument, "reduction takes none, pca or npca, not '" + name + "'");
}

}  // namespace

MahalanobisParameters MahalanobisParameters::from(const std::map<std::string, std::string>& settings) {
    MahalanobisParameters p;
    for (const auto& [key, value] : settings) {
        if (key == "reduction")
            p.reduction = reductionFromName(value);
        else if (key == "variance")
            p.variance = numberSetting(key, value, 0.01, 0.9999);
        else
            refuseSetting("mahalanobis", key, MahalanobisParameters().settings());
    }
    return p;
}

std::map<std::string, std::string> MahalanobisParameters::settings() const {
    return {{"reduction", nameOf(reduction)}, {"variance", numberText(variance)}};
}

}  // namespace engine
