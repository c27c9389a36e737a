// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/fit_options.h"
#include "app/cli/session.h"
#include "app/services/report/comparison.h"
#include "app/services/report/compose_comparison.h"
#include "engine/dataset/image_set.h"

namespace cli {

struct ComparisonRequest {
    std::string dataset;
    std::vector<std::string> models;   // files; or
    std::vector<std::string> methods;  // to be fitted on the set
    FitOptions fit;                    // how
};

// Runs models one after another on one image set: one at a time in memory, and the fault of one does not end the
// others. Fitted models lie in a folder for temporary files meanwhile.
class ComparisonRun {
public:
    ComparisonRun(const ComparisonRequest& request, const engine::ImageSet& set, Session& session);
    ~ComparisonRun();
    ComparisonRun(const ComparisonRun&) = delete;
    ComparisonRun& operator=(const ComparisonRun&) = delete;

    // Throw Cancelled.
    void evaluateAll();
    // Scores the images on which the models disagree once more, for their maps.
    void gatherPictures(const services::Comparison& comparison, services::ComparisonContent& content);

    const std::vector<services::ComparedModel>& models() const { return m_models; }
    bool anyUnreadable() const;

private:
    std::filesystem::path fitted(services::ComparedModel& model, const std::string& method);
    void evaluate(services::ComparedModel& model, const std::filesystem::path& file);

    const ComparisonRequest& m_request;
    const engine::ImageSet& m_set;
    Session& m_session;
    std::vector<services::ComparedModel> m_models;
    std::vector<std::filesystem::path> m_files;  // one a model
    std::filesystem::path m_folder;              // of fitted models; empty without any
};

}  // namespace cli
