// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <catch2/catch.hpp>

#include "app/services/images/picture_levels.h"
#include "app/services/images/thumbnail_files.h"
#include "tests/app/services/images/image_fixture.h"
#include "tests/support/test_data.h"

using namespace services;

namespace {

constexpr qint64 plenty = qint64{1} << 30;

QImage thumbnail(int seed, int width = 120) {
    return thumbnailOf({test::picture(width, 80, 3, seed)}, 256);
}

int worstDifference(const QImage& a, const QImage& b) {
    int worst = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            worst = std::max(worst, std::abs(qGreen(a.pixel(x, y)) - qGreen(b.pixel(x, y))));
    return worst;
}

void setTime(const QString& file, const QDateTime& time) {
    QFile changed(file);
    REQUIRE(changed.open(QIODevice::ReadWrite));
    REQUIRE(changed.setFileTime(time, QFileDevice::FileModificationTime));
}

const auto never = [] { return false; };

}  // namespace

TEST_CASE("a thumbnail comes back much as it was, and another name gives another") {
    test::TemporaryFolder folder;
    ThumbnailFiles files(test::qt(folder / "thumbs"), plenty);
    const QString name = ThumbnailFiles::nameOf(QStringLiteral("/a/b.png"), 1000, 20);
    CHECK(files.read(name).isNull());
    files.write(name, thumbnail(1));
    const QImage back = ThumbnailFiles(test::qt(folder / "thumbs"), plenty).read(name);
    REQUIRE(back.size() == thumbnail(1).size());
    CHECK(back.format() == QImage::Format_RGB32);
    const QImage flat = thumbnailOf({cv::Mat(50, 60, CV_8UC3, cv::Scalar(30, 120, 210))}, 256);
    files.write(name, flat);
    CHECK(worstDifference(files.read(name), flat) <= 2);
    for (const QString& other : {ThumbnailFiles::nameOf(QStringLiteral("/a/c.png"), 1000, 20),
                                 ThumbnailFiles::nameOf(QStringLiteral("/a/b.png"), 1001, 20),
                                 ThumbnailFiles::nameOf(QStringLiteral("/a/b.png"), 1000, 21)}) {
        CHECK(other != name);
        CHECK(files.read(other).isNull());
    }
}

TEST_CASE("a file with a byte missing or changed is no thumbnail") {
    test::TemporaryFolder folder;
    ThumbnailFiles files(test::qt(folder.path()), plenty);
    const QString name = ThumbnailFiles::nameOf(QStringLiteral("x"), 1, 1);
    files.write(name, thumbnail(1));
    QFile file(test::filesBelow(test::qt(folder.path())).value(0));
    REQUIRE(file.open(QIODevice::ReadWrite));
    const QByteArray whole = file.readAll();
    const auto becomes = [&](const QByteArray& bytes) {
        file.resize(0);
        file.seek(0);
        file.write(bytes);
        file.flush();
    };
    for (qsizetype i = 0; i < whole.size(); i += 13) {
        becomes(whole.left(i));
        CHECK(files.read(name).isNull());
        QByteArray changed = whole;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        becomes(changed);
        CHECK(files.read(name).isNull());
    }
    becomes(whole);
    CHECK_FALSE(files.read(name).isNull());
}

TEST_CASE("nothing is thrown or left behind where nothing can be written") {
    test::TemporaryFolder folder;
    ThumbnailFiles files(test::qt(folder / "thumbs"), plenty);
    const QString name = ThumbnailFiles::nameOf(QStringLiteral("x"), 1, 1);
    {
        const test::FullDisk full;
        files.write(name, thumbnail(1));
    }
    CHECK(files.read(name).isNull());
    CHECK(test::filesBelow(test::qt(folder / "thumbs")).isEmpty());
    files.write(name, thumbnail(1));
    CHECK_FALSE(files.read(name).isNull());

    ThumbnailFiles nowhere(QStringLiteral("/dev/null/thumbs"), plenty);
    nowhere.write(name, thumbnail(1));
    CHECK(nowhere.read(name).isNull());
    nowhere.tidy(never);
}

TEST_CASE("a project's folder that vanishes is not made anew by its thumbnails, and they go on when it is back") {
    test::TemporaryFolder folder;
    const QString project = test::qt(folder / "project");
    const QString away = test::qt(folder / "elsewhere");
    REQUIRE(QDir().mkpath(project));
    ThumbnailFiles files(project + QStringLiteral("/cache/thumbnails"), plenty);
    const QString name = ThumbnailFiles::nameOf(QStringLiteral("a.png"), 1, 1);
    files.write(name, thumbnail(1));
    CHECK_FALSE(files.read(name).isNull());

    REQUIRE(QDir().rename(project, away));
    files.write(ThumbnailFiles::nameOf(QStringLiteral("b.png"), 1, 1), thumbnail(2));
    CHECK_FALSE(QDir(project).exists());

    REQUIRE(QDir().rename(away, project));
    const QString third = ThumbnailFiles::nameOf(QStringLiteral("c.png"), 1, 1);
    files.write(third, thumbnail(3));
    CHECK_FALSE(files.read(third).isNull());
}

TEST_CASE("the least recently used are deleted when the budget is spent") {
    test::TemporaryFolder folder;
    const QString path = test::qt(folder / "thumbs");
    const auto nameOf = [](int i) { return ThumbnailFiles::nameOf(QString::number(i), i, i); };
    qint64 total = 0;
    {
        ThumbnailFiles files(path, plenty);
        CHECK(files.needsTidying());  // what is there from before is not known yet
        files.tidy([] { return true; });
        CHECK(files.needsTidying());
        files.tidy(never);
        CHECK_FALSE(files.needsTidying());
        for (int i = 0; i < 20; ++i) files.write(nameOf(i), thumbnail(3));
        const QStringList written = test::filesBelow(path);
        REQUIRE(written.size() == 20);
        for (const QString& file : written) total += QFileInfo(file).size();
    }
    QFile other(path + QStringLiteral("/report.pdf"));
    REQUIRE(other.open(QIODevice::WriteOnly));
    REQUIRE(other.resize(total));
    other.close();
    setTime(other.fileName(), QDateTime::currentDateTimeUtc().addDays(-100));
    // Thumbnail i was used 20 - i days ago, but number 2 is looked at again.
    ThumbnailFiles files(path, total / 2);
    for (int i = 0; i < 20; ++i) {
        const QString name = nameOf(i);
        setTime(path + QLatin1Char('/') + name.left(2) + QLatin1Char('/') + name.mid(2) + QStringLiteral(".thumb"),
                QDateTime::currentDateTimeUtc().addDays(i - 20));
    }
    CHECK_FALSE(files.read(nameOf(2)).isNull());
    files.tidy(never);
    REQUIRE(other.remove());  // it is still there, and it did not count
    qint64 left = 0;
    for (const QString& file : test::filesBelow(path)) left += QFileInfo(file).size();
    CHECK(left <= total / 2);
    CHECK(left > total / 3);
    CHECK_FALSE(files.read(nameOf(2)).isNull());
    CHECK_FALSE(files.read(nameOf(19)).isNull());
    CHECK_FALSE(files.read(nameOf(13)).isNull());
    CHECK(files.read(nameOf(0)).isNull());
    CHECK(files.read(nameOf(8)).isNull());
    CHECK_FALSE(files.needsTidying());
    for (int i = 0; i < 3; ++i) files.write(nameOf(30 + i), thumbnail(3));
    CHECK(files.needsTidying());
}
