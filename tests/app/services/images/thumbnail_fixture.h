// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <QVector>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/services/images/thumbnail_cache.h"
#include "tests/app/services/images/image_fixture.h"
#include "tests/support/test_data.h"

namespace test {

// What a cache said, in order.
struct Heard {
    explicit Heard(services::ThumbnailCache& cache) {
        QObject::connect(&cache, &services::ThumbnailCache::ready, &cache,
                         [this](const QVector<services::ImageId>& images) {
                             ready.insert(ready.end(), images.begin(), images.end());
                             ++turns;
                         });
        QObject::connect(
            &cache, &services::ThumbnailCache::failed, &cache,
            [this](services::ImageId image, const QString& reason) { failed.emplace_back(image, reason); });
    }
    bool waitForReady(std::size_t count) {
        return QTest::qWaitFor([&] { return ready.size() >= count; }, 20'000);
    }
    std::vector<services::ImageId> ready;
    std::vector<std::pair<services::ImageId, QString>> failed;
    int turns = 0;
};

inline std::filesystem::path writtenImage(const TemporaryFolder& folder, int i) {
    const auto path = folder / (std::to_string(i) + ".png");
    writeImage(path, picture(400, 200, 3, i));
    return path;
}

}  // namespace test
