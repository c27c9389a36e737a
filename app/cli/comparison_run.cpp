// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparison_run.h"

#include <stdlib.h>

#include <algorithm>
#include <set>

#include "app/services/report/report_pictures.h"
#include "engine/core/error.h"
#include "engine/core/sha256.h"

namespace cli {

namespace {

std::filesystem::path temporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "anomaloscope-compare-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw engine::Error(engine::ErrorCode::WriteFailed,
                            "no folder for temporary files can be made; point TMPDIR elsewhere", name);
    return name;
}

// "a.anomaly", and "a.anomaly (2)" for another of the same name.
std::string uniqueName(const std::string& name, std::set<std::string>& taken) {
    std::string unique = name;
    for (int copy = 2; !taken.insert(unique).second; ++copy) unique = name + " (" + std::to_string(copy) + ")";
    return unique;
}

}  // namespace

ComparisonRun::ComparisonRun(const ComparisonRequest& request, const engine::ImageSet& set, Session& session)
    : m_request(request), m_set(set), m_session(session) {
    std::set<std::string> taken;
    const bool files = !request.models.empty();
    for (const std::string& name : files ? request.models : request.methods) {
        services::ComparedModel model;
        model.name = uniqueName(files ? std::filesystem::path(name).stem().string() : name, taken);
        m_models.push_back(std::move(model));
    }
    if (!files) m_folder = temporaryFolder();
}

ComparisonRun::~ComparisonRun() {
    std::error_code ignored;
    if (!m_folder.empty()) std::filesystem::remove_all(m_folder, ignored);
}

std::filesystem::path ComparisonRun::fitted(services::ComparedModel& model, const std::string& method) {
    FitOptions options = m_request.fit;
    options.method = method;
    const auto parameters = fitParameters(options, m_session);
    const auto weights = readMethodWeights(parameters, options, m_session);
    const auto result = engine::fit(parameters, m_set, weights.tensors(), m_session.context());
    model.fitS = result.times.total;
    const auto file = m_folder / (model.name + ".anomaly");
    engine::saveModel(file, result.model);
    return file;
}

void ComparisonRun::evaluate(services::ComparedModel& model, const std::filesystem::path& file) {
    auto opened = m_session.openModel(file.string());
    model.info = opened.info;
    model.hasMap = opened.detector->hasMap();
    model.sha256 = engine::sha256OfFile(file);
    model.bytes = static_cast<std::int64_t>(std::filesystem::file_size(file));
    model.evaluation = engine::evaluate(opened, m_set, m_session.context());
    services::chooseCut(model);
}

void ComparisonRun::evaluateAll() {
    const bool files = !m_request.models.empty();
    std::set<std::string> told;
    for (std::size_t i = 0; i < m_models.size(); ++i) {
        services::ComparedModel& model = m_models[i];
        m_files.emplace_back();
        try {
            m_session.console().remark(model.name + ":");
            m_files.back() = files ? std::filesystem::path(m_request.models[i]) : fitted(model, m_request.methods[i]);
            evaluate(model, m_files.back());
        } catch (const engine::Cancelled&) {
            throw;
        } catch (const std::exception& error) {
            model.fault = error.what();
            model.evaluation = {};
            m_session.console().error(model.name + ": " + error.what());
        }
        // The same image fails alike for every model; it is told once.
        for (const auto& failure : model.evaluation.failures)
            if (told.insert(failure.reason).second) m_session.console().error(failure.reason);
        for (const auto& warning : model.evaluation.warnings)
            if (told.insert(warning).second) m_session.console().warning(warning);
    }
}

bool ComparisonRun::anyUnreadable() const {
    return std::any_of(m_models.begin(), m_models.end(),
                       [](const services::ComparedModel& model) { return !model.evaluation.failures.empty(); });
}

void ComparisonRun::gatherPictures(const services::Comparison& comparison, services::ComparisonContent& content) {
    auto disputed = services::disputedImages(comparison);
    if (disputed.size() > services::DisputedPictures::most) disputed.resize(services::DisputedPictures::most);
    std::map<std::string, const engine::ImageItem*> items;
    for (const engine::ImageItem* item : m_set.test()) items[item->name] = item;
    std::vector<std::filesystem::path> paths;
    for (const services::ComparedImage* image : disputed) paths.push_back(items.at(image->name)->path);
    if (paths.empty()) return;

    const auto spool = std::make_shared<services::PictureSpool>();
    content.spool = spool;
    for (std::size_t i = 0; i < m_models.size(); ++i) {
        if (!m_models[i].ran()) continue;
        auto opened = m_session.openModel(m_files[i].string());
        engine::scoreImages(*opened.detector, paths, m_session.context(), [&](engine::ScoredImage& scored) {
            const std::string& name = disputed[static_cast<std::size_t>(scored.index)]->name;
            auto& plate = content.pictures[name];
            if (!scored.prediction) return;
            services::ReportPictures pictures(m_models[i].info, spool);
            pictures.keep(name, *items.at(name), scored);
            plate.add(pictures.byName().at(name), m_models[i].name);
        });
    }
}

}  // namespace cli
