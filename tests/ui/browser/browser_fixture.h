// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include "app/services/images/thumbnail_cache.h"
#include "app/services/project/project.h"
#include "tests/support/test_data.h"

namespace test {

engine::OperatingPoint cuts(double review, double fail);

// CPU time of this thread: what else the computer does is not counted.
double cpuMilliseconds(const std::function<void()>& work);

// A project in a folder of its own. Of every four images three are good, one is a defect, "bent" and "scratch" in turn;
// image i has the score 1 + i / count * 3, so that the cuts below fall where a test wants them.
class BrowserFixture {
public:
    struct Options {
        int count = 24;
        bool written = false;  // real image files, otherwise the paths lead nowhere
        bool scored = true;
        bool longNames = false;
        bool readOnly = false;
    };
    explicit BrowserFixture(const Options& options);
    BrowserFixture() : BrowserFixture(Options{}) {}

    services::Project& project() { return *m_project; }
    services::ThumbnailCache& thumbnails() { return *m_thumbnails; }
    services::ImageId id(int row) const { return m_project->images()[static_cast<std::size_t>(row)].id; }
    const services::ImageRecord& image(int row) const { return m_project->images()[static_cast<std::size_t>(row)]; }
    void addModel();

private:
    TemporaryFolder m_folder;
    std::unique_ptr<services::Project> m_project;
    std::unique_ptr<services::ThumbnailCache> m_thumbnails;
};

}  // namespace test
