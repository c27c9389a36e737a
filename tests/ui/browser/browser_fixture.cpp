// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/browser/browser_fixture.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/support/parts.h"
#include "tests/support/thread_clock.h"

namespace test {

engine::OperatingPoint cuts(double review, double fail) {
    engine::OperatingPoint point;
    point.review = review;
    point.fail = fail;
    point.rule = "manual";
    return point;
}

double cpuMilliseconds(const std::function<void()>& work) {
    const double before = test::threadCpuMs();
    work();
    return test::threadCpuMs() - before;
}

namespace {

engine::ImageSet makeSet(const std::filesystem::path& root, const BrowserFixture::Options& options) {
    engine::ImageSet set;
    set.root = root;
    for (int i = 0; i < options.count; ++i) {
        engine::ImageItem item;
        char number[16];
        std::snprintf(number, sizeof number, "%06d", i);
        item.name = std::string("part_") + number + ".png";
        if (options.longNames) item.name = "a folder with a name that does not end/and another one/" + item.name;
        item.path = root / item.name;
        const bool defect = i % 4 == 3;
        item.label = defect ? engine::Label::Defect : engine::Label::Good;
        if (defect) item.defectType = i % 8 == 3 ? "bent" : "scratch_that_is_long";
        item.split = i % 3 == 0 ? engine::Split::Train : engine::Split::Test;
        set.items.push_back(item);
        if (!options.written) continue;
        std::filesystem::create_directories(item.path.parent_path());
        const auto seed = static_cast<std::uint64_t>(i);
        cv::Mat picture = defect ? partWithBlot(200, 160, seed, 60 + i % 80, 50 + i % 60, 18) : part(200, 160, seed);
        if (i % 5 == 4) picture = picture.t();
        cv::cvtColor(picture, picture, cv::COLOR_GRAY2BGR);
        cv::imwrite(item.path.string(), picture);
    }
    return set;
}

}  // namespace

BrowserFixture::BrowserFixture(const Options& options) {
    const auto set = makeSet(m_folder / "images", options);
    const QString folder = QString::fromStdString((m_folder / "project").string());
    services::createProject(folder, QStringLiteral("Bottle line 3"), set, engine::RunContext());
    services::OpenedProject opened = services::openProject(folder, engine::RunContext());
    if (options.readOnly) {
        opened.content.readOnly = true;
        opened.content.readOnlyReason =
            QStringLiteral("Another window has this project open; close it to change labels.");
    }
    m_project = std::make_unique<services::Project>(std::move(opened));
    m_thumbnails = std::make_unique<services::ThumbnailCache>(m_project->cacheFolder(), 64 << 20);
    if (options.scored && !options.readOnly) addModel();
}

void BrowserFixture::addModel() {
    services::ModelRecord model;
    model.name = QStringLiteral("PatchCore");
    model.operatingPoint = cuts(1.5, 2.0);
    m_project->addModel(model);
    std::vector<services::ImageScore> scores;
    const auto& images = m_project->images();
    for (std::size_t i = 0; i < images.size(); ++i)
        scores.push_back({images[i].id, 1 + 3.0 * static_cast<double>(i) / static_cast<double>(images.size()), {}});
    m_project->addScores(m_project->models().back().id, scores);
}

}  // namespace test
