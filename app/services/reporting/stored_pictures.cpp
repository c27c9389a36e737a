// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/reporting/stored_pictures.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/services/inspection/train_request.h"
#include "app/services/report/report_data.h"
#include "engine/core/error.h"

namespace services {

std::vector<std::string> picturedImages(const engine::Evaluation& evaluation, PicturedImages which) {
    std::vector<std::string> names;
    std::vector<const engine::ImageResult*> passes;
    if (which == PicturedImages::None) return names;
    for (const engine::ImageResult& image : evaluation.images) {
        const Outcome outcome = outcomeOf(image);
        const bool wrong =
            outcome == Outcome::FalseReject || outcome == Outcome::Missed || outcome == Outcome::DefectInReview;
        if (which == PicturedImages::WrongOnly ? wrong : isAlwaysShown(image.label, image.verdict))
            names.push_back(image.name);
        else
            passes.push_back(&image);
    }
    if (which == PicturedImages::WrongOnly) return names;
    const auto worst = std::min(passes.size(), ReportPictures::worstPasses);
    std::partial_sort(passes.begin(), passes.begin() + static_cast<std::ptrdiff_t>(worst), passes.end(),
                      [](const auto* a, const auto* b) {
                          return std::tuple(-a->score, std::string_view(a->name)) <
                                 std::tuple(-b->score, std::string_view(b->name));
                      });
    for (std::size_t i = 0; i < worst; ++i) names.push_back(passes[i]->name);
    return names;
}

StoredPictures::StoredPictures(const StoredModel& model, const engine::Region& region, const MapStore& maps,
                               EngineState& engine)
    : m_model(model), m_region(region), m_maps(maps), m_engine(engine) {}

void StoredPictures::gather(const std::vector<std::string>& names, ReportPictures& pictures,
                            const engine::RunContext& context) {
    const std::set<std::string_view> wanted(names.begin(), names.end());
    const engine::ImageSet set = imageSetOf(m_model.images, m_model.imageRoot);
    std::map<std::string_view, const engine::ImageItem*> items;
    for (const engine::ImageItem& item : set.items) items.emplace(item.name, &item);
    const bool hasMap = m_model.record.mapHigh > m_model.record.mapLow;
    std::int64_t done = 0;
    for (const ImageRecord& image : m_model.images) {
        const std::string name = image.name.toStdString();
        if (!wanted.contains(name)) continue;
        context.report("pictures", ++done, static_cast<std::int64_t>(names.size()));
        engine::ScoredImage scored;
        try {
            scored.image = engine::decodeImage(pathOf(image.path));
        } catch (const engine::Error& error) {
            context.warn(error.what());
            continue;
        }
        engine::Prediction prediction;
        if (hasMap) prediction.map = storedMap(m_maps, m_model.record.id, image.id, m_region);
        const bool fits = prediction.map.size() == scored.image->pixels.size();
        if (hasMap && !fits)
            prediction = m_engine.open(m_model.record, context).detector->score(*scored.image, context);
        prediction.score = image.score;
        scored.prediction = std::move(prediction);
        pictures.keep(name, *items.at(name), scored);
    }
}

}  // namespace services
