// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace engine {

// What is done to a stage's pooled features before their Gaussian is fitted.
enum class Reduction {
    None,
    Pca,   // the components of the largest variance, as many as hold the share
    Npca,  // the others: those of the smallest variance, which tell anomalies apart where PCA throws them away
};

// Every parameter has a name, by which it is set (`--set name=value`) and written into the model.
struct MahalanobisParameters {
    Reduction reduction = Reduction::None;  // reduction: none | pca | npca
    double variance = 0.99;                 // variance: the share of the variance that pca keeps and npca drops

    // Throws Error{InvalidArgument} naming the key that is unknown or the value that cannot be.
    static MahalanobisParameters from(const std::map<std::string, std::string>& settings);
    std::map<std::string, std::string> settings() const;  // complete; from(settings()) is the same
};

}  // namespace engine
