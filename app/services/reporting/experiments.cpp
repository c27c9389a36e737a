// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/reporting/experiments.h"

#include <algorithm>
#include <utility>

#include "app/services/reporting/model_comparison.h"

namespace services {

namespace {

constexpr int refreshAfterMs = 300;

}  // namespace

Experiments::Experiments(Project* project, const MapStore& maps, QObject* parent)
    : QObject(parent), m_project(project), m_maps(maps), m_jobs(std::make_unique<JobRunner>()) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(refreshAfterMs);
    connect(&m_soon, &QTimer::timeout, this, &Experiments::refresh);
    connect(project, &Project::modelsChanged, this, &Experiments::refreshSoon);
    connect(project, &Project::labelsChanged, this, &Experiments::refreshSoon);
    connect(project, &Project::maskChanged, this, &Experiments::refreshSoon);
    connect(project, &Project::scoresAdded, this, &Experiments::refreshSoon);
    connect(project, &Project::operatingPointChanged, this, &Experiments::refreshSoon);
    connect(project, &Project::scoresRead, this, &Experiments::takeScores);
}

Experiments::~Experiments() {
    m_jobs.reset();  // its thread ends before what it works on
}

const Experiment* Experiments::find(ModelId model) const {
    const auto found =
        std::find_if(m_list.begin(), m_list.end(), [model](const auto& e) { return e.record.id == model; });
    return found == m_list.end() ? nullptr : &*found;
}

void Experiments::setActive(bool active) {
    m_active = active;
    if (active && m_stale) refresh();
}

void Experiments::refreshSoon() {
    m_stale = true;
    if (m_active && !m_soon.isActive()) m_soon.start();
}

void Experiments::refresh() {
    if (!m_active || !m_project) return;
    m_stale = false;
    m_soon.stop();
    const auto& models = m_project->models();
    std::vector<Experiment> list;
    for (const ModelRecord& record : models) {
        const Experiment* before = find(record.id);
        list.push_back(before == nullptr ? Experiment() : *before);
        list.back().record = record;
    }
    m_list = std::move(list);
    m_images = std::make_shared<const StoredModel>(storedModel(*m_project));
    m_jobs->cancel(std::exchange(m_job, 0));
    m_scoresRequest = 0;
    m_waiting.clear();
    for (const ModelRecord& record : models) m_waiting.push_back(record.id);
    Q_EMIT changed(-1);
    next();
}

// One after another: the newest rows can be read while the others are worked out, and one set of scores is in memory.
void Experiments::next() {
    setWorking(!m_waiting.empty());
    if (m_waiting.empty()) {
        m_images.reset();
        compareNow();
    } else {
        m_scoresRequest = m_project->requestScores(m_waiting.front());
    }
}

void Experiments::takeScores(quint64 request, const std::vector<ImageScore>& scores) {
    if (request != m_scoresRequest) return;
    m_scoresRequest = 0;
    const Experiment* before = find(m_waiting.front());
    m_waiting.pop_front();
    m_job = m_jobs->start(
        QString(),
        [before = *before, images = m_images, scores, maps = m_maps](const engine::RunContext& context) {
            return workOut(storedModel(*images, before.record, scores), before, maps, context);
        },
        [this](Experiment experiment) { take(std::move(experiment)); }, true);
}

void Experiments::take(Experiment experiment) {
    m_job = 0;
    const auto row =
        std::find_if(m_list.begin(), m_list.end(), [&](const auto& e) { return e.record.id == experiment.record.id; });
    if (row != m_list.end()) {
        *row = std::move(experiment);
        Q_EMIT changed(static_cast<int>(row - m_list.begin()));
    }
    next();
}

void Experiments::compare(const std::vector<ModelId>& models) {
    m_compared = models;
    if (!m_working) compareNow();
}

void Experiments::compareNow() {
    m_jobs->cancel(std::exchange(m_comparing, 0));
    std::vector<Experiment> chosen;
    for (const ModelId id : m_compared)
        if (const Experiment* experiment = find(id); experiment != nullptr && experiment->evaluation)
            chosen.push_back(*experiment);
    if (chosen.size() < 2 || chosen.size() < m_compared.size()) {
        Q_EMIT compared(nullptr);
        return;
    }
    m_comparing = m_jobs->start(
        QString(), [chosen = std::move(chosen)](const engine::RunContext&) { return compareModels(chosen); },
        [this](const std::shared_ptr<const ModelComparison>& comparison) {
            m_comparing = 0;
            Q_EMIT compared(comparison);
        },
        true);
}

void Experiments::setWorking(bool working) {
    if (std::exchange(m_working, working) != working) Q_EMIT busyChanged(working);
}

}  // namespace services
