// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/services/images/image_fixture.h"

#include <sys/resource.h>
#include <QDateTime>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QThread>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <opencv2/imgcodecs.hpp>
#include <stdexcept>

#include "engine/image/decode.h"
#include "tests/support/thread_clock.h"

namespace test {

QString qt(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

QStringList filesBelow(const QString& folder) {
    QStringList files;
    for (QDirIterator all(folder, QDir::Files, QDirIterator::Subdirectories); all.hasNext();) files.append(all.next());
    return files;
}

cv::Mat picture(int width, int height, int channels, int seed) {
    cv::Mat pixels(height, width, CV_8UC(channels));
    for (int y = 0; y < height; ++y) {
        auto* row = pixels.ptr<unsigned char>(y);
        for (int i = 0; i < width * channels; ++i)
            row[i] = static_cast<unsigned char>((i / 7 * (seed % 5 + 1) + y / 5 * 3 + seed * 37) % 256);
    }
    return pixels;
}

void writeImage(const std::filesystem::path& path, const cv::Mat& pixels) {
    if (!cv::imwrite(path.string(), pixels)) throw std::runtime_error("cannot write " + path.string());
}

services::ThumbnailRequest requestOf(services::ImageId id, const std::filesystem::path& path) {
    const QFileInfo file(qt(path));
    return {id, qt(path), file.lastModified().toMSecsSinceEpoch(), file.size()};
}

std::function<engine::Image(const std::filesystem::path&)> GatedDecoder::function() {
    return [state = m_state](const std::filesystem::path& path) {
        {
            std::unique_lock lock(state->mutex);
            state->calls.push_back(path.filename().string());
            state->changed.notify_all();
            state->changed.wait(lock, [&] { return state->isOpen; });
        }
        return engine::decodeImage(path);
    };
}

void GatedDecoder::close() {
    const std::lock_guard lock(m_state->mutex);
    m_state->isOpen = false;
}

void GatedDecoder::open() {
    const std::lock_guard lock(m_state->mutex);
    m_state->isOpen = true;
    m_state->changed.notify_all();
}

bool GatedDecoder::waitForCalls(int count) {
    std::unique_lock lock(m_state->mutex);
    return m_state->changed.wait_for(lock, std::chrono::seconds(20),
                                     [&] { return static_cast<int>(m_state->calls.size()) >= count; });
}

std::vector<std::string> GatedDecoder::calls() {
    const std::lock_guard lock(m_state->mutex);
    return m_state->calls;
}

FullDisk::FullDisk() {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    m_before = limit.rlim_cur;
    limit.rlim_cur = 0;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

FullDisk::~FullDisk() {
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = m_before;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

double threadMs() {
    return threadCpuMs();
}

double longestTurnMs(const std::function<bool()>& done) {
    QElapsedTimer elapsed;
    elapsed.start();
    double longest = 0;
    while (!done() && elapsed.elapsed() < 60'000) {
        const double before = threadMs();
        QCoreApplication::processEvents();
        longest = std::max(longest, threadMs() - before);
        QThread::usleep(500);
    }
    return longest;
}

}  // namespace test
