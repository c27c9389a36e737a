// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QFileInfo>
#include <QString>
#include <QStringList>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <opencv2/core/mat.hpp>
#include <vector>

#include "app/services/images/thumbnail_cache.h"
#include "engine/image/image.h"

namespace test {

QString qt(const std::filesystem::path& path);
QStringList filesBelow(const QString& folder);

// An image with a little structure, so that no two seeds are alike.
cv::Mat picture(int width, int height, int channels, int seed);
void writeImage(const std::filesystem::path& path, const cv::Mat& pixels);

// With the time and the size that the file has now.
services::ThumbnailRequest requestOf(services::ImageId id, const std::filesystem::path& path);

// A decoder that waits until it is let go, and tells in which order it was called. The gate is open at first.
class GatedDecoder {
public:
    std::function<engine::Image(const std::filesystem::path&)> function();

    void close();
    void open();
    // Waits until so many calls have begun; false after 20 s.
    bool waitForCalls(int count);
    std::vector<std::string> calls();

private:
    struct State {
        std::mutex mutex;
        std::condition_variable changed;
        bool isOpen = true;
        std::vector<std::string> calls;  // file names
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

// Files of this process cannot grow while it lives: a full disk.
class FullDisk {
public:
    FullDisk();
    ~FullDisk();
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    std::uint64_t m_before = 0;
};

// CPU time of the thread that calls it.
double threadMs();

// Turns the event loop until `done`, 60 s at most; the largest CPU time of a turn.
double longestTurnMs(const std::function<bool()>& done);

}  // namespace test
