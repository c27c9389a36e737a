// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/threshold/project_fixture.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

namespace test {

namespace {

constexpr double mapTimes = 0.9;

engine::ImageSet imageSet(const Shape& shape, const QString& root) {
    engine::ImageSet set;
    set.root = root.toStdString();
    set.layout = engine::Layout::Mvtec;
    const auto add = [&](const char* folder, int count, engine::Split split, engine::Label label, const char* type) {
        for (int i = 0; i < count; ++i) {
            engine::ImageItem item;
            item.name = std::string(folder) + '/' + QString::number(i + 100000).toStdString() + ".png";
            item.path = set.root / item.name;
            item.split = split;
            item.label = label;
            item.defectType = type;
            set.items.push_back(item);
        }
    };
    add("test/broken", shape.defect, engine::Split::Test, engine::Label::Defect, "broken");
    add("test/good", shape.good, engine::Split::Test, engine::Label::Good, "");
    add("test/new", shape.unlabelled, engine::Split::Test, engine::Label::Unlabelled, "");
    add("train/good", shape.training, engine::Split::Train, engine::Label::Good, "");
    return set;
}

std::vector<double> goodScores(int count, const Shape& shape, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> score(1.4, 0.12);
    std::vector<double> scores;
    for (int i = 0; i < count; ++i) scores.push_back(shape.offset + shape.scale * score(random));
    return scores;
}

double scoreOf(const services::ImageRecord& image, const Shape& shape, std::mt19937& random) {
    std::normal_distribution<double> good(1.42, 0.14);
    std::uniform_real_distribution<double> defect(1.7, 3.9);
    const bool isDefect = image.name.startsWith(QLatin1String("test/broken")) ||
                          (image.name.startsWith(QLatin1String("test/new")) && random() % 3 == 0);
    return shape.offset + shape.scale * (isDefect ? defect(random) : good(random));
}

}  // namespace

PanelFixture::PanelFixture(const Shape& shape, int width, int height) : m_shape(shape) {
    QDir().mkpath(m_folder.filePath(QStringLiteral("parts")));
    const auto set = imageSet(shape, m_folder.filePath(QStringLiteral("parts")));
    services::createProject(m_folder.filePath(QStringLiteral("project")), QStringLiteral("Bottle line 3"), set, {});
    open();
    if (shape.model) addModel();
    if (shape.model && shape.scored) addScores();
    m_panel = std::make_unique<ui::ThresholdPanel>(m_project.get());
    m_panel->resize(width, height);
    m_panel->show();
    QApplication::setActiveWindow(m_panel.get());
    QApplication::processEvents();
}

PanelFixture::~PanelFixture() {
    m_panel.reset();
    m_project.reset();
}

void PanelFixture::open() {
    m_project =
        std::make_unique<services::Project>(services::openProject(m_folder.filePath(QStringLiteral("project")), {}));
}

void PanelFixture::reopen(bool readOnly) {
    const QSize size = m_panel->size();
    m_panel.reset();
    std::unique_ptr<services::Project> first;
    if (readOnly) {
        first = std::move(m_project);  // the second on a project may only read, what is written by then
        REQUIRE(QTest::qWaitFor([&] { return first->unwrittenChanges() == 0; }, 5000));
    }
    m_project.reset();
    open();
    m_panel = std::make_unique<ui::ThresholdPanel>(m_project.get());
    m_panel->resize(size);
    m_panel->show();
    QApplication::processEvents();
}

void PanelFixture::addModel() {
    services::ModelRecord model;
    model.name = QStringLiteral("PatchCore · 21 Nov 14:02");
    model.method = QStringLiteral("patchcore");
    model.folds = 5;
    model.goodScores = goodScores(m_shape.training, m_shape, 3);
    if (m_shape.maps) {
        for (const double score : model.goodScores) model.goodMapMaxima.push_back(mapTimes * score);
        model.mapLow = m_shape.offset + 1.15 * m_shape.scale;
        model.mapHigh = m_shape.offset + 2.93 * m_shape.scale;
    } else {
        model.mapLow = model.mapHigh = 0;
    }
    m_project->addModel(model);
}

void PanelFixture::addScores() {
    std::mt19937 random(11);
    std::vector<services::ImageScore> scores;
    for (const auto& image : m_project->images()) {
        if (image.split == engine::Split::Train) continue;
        scores.push_back({image.id, scoreOf(image, m_shape, random), {}});
    }
    m_project->addScores(m_project->currentModel()->id, scores);
}

services::LabelledScores PanelFixture::labelled() const {
    services::LabelledScores data;
    data.setName = "parts";
    for (const auto& image : m_project->images()) {
        if (image.split == engine::Split::Test && image.label != engine::Label::Unlabelled && image.isScored())
            data.add(image.score, image.label == engine::Label::Defect);
    }
    return data;
}

void PanelFixture::setCuts(double review, double fail, double pixel) {
    engine::OperatingPoint point;
    point.review = review;
    point.fail = fail;
    point.pixel = pixel;
    point.rule = "manual";
    m_project->setOperatingPoint(point);
    QApplication::processEvents();
}

}  // namespace test
