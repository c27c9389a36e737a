// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/project/operating_point_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

namespace services {

namespace {

QJsonValue json(const std::optional<double>& value) {
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonValue json(const std::optional<engine::Interval>& interval) {
    return interval ? QJsonValue(QJsonArray{interval->low, interval->high}) : QJsonValue();
}

QJsonValue json(const std::optional<engine::Rate>& rate) {
    if (!rate) return {};
    return QJsonObject{{QStringLiteral("count"), static_cast<qint64>(rate->count)},
                       {QStringLiteral("total"), static_cast<qint64>(rate->total)},
                       {QStringLiteral("value"), rate->value},
                       {QStringLiteral("interval"), QJsonArray{rate->interval.low, rate->interval.high}}};
}

std::optional<double> number(const QJsonValue& value) {
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

std::optional<engine::Interval> interval(const QJsonValue& value) {
    const QJsonArray ends = value.toArray();
    if (ends.size() != 2) return {};
    return engine::Interval{ends[0].toDouble(), ends[1].toDouble()};
}

std::optional<engine::Rate> rate(const QJsonValue& value) {
    if (!value.isObject()) return {};
    const QJsonObject object = value.toObject();
    engine::Rate result;
    result.count = object[QLatin1String("count")].toInteger();
    result.total = object[QLatin1String("total")].toInteger();
    result.value = object[QLatin1String("value")].toDouble();
    result.interval = interval(object[QLatin1String("interval")]).value_or(engine::Interval{});
    return result;
}

}  // namespace

QString toJson(const engine::OperatingPoint& point) {
    const QJsonObject object{{QStringLiteral("review"), json(point.review)},
                             {QStringLiteral("fail"), json(point.fail)},
                             {QStringLiteral("pixel"), json(point.pixel)},
                             {QStringLiteral("rule"), QString::fromStdString(point.rule)},
                             {QStringLiteral("basis"), QString::fromStdString(point.basis)},
                             {QStringLiteral("fail_interval"), json(point.failInterval)},
                             {QStringLiteral("expected_false_rejects"), json(point.expectedFalseRejects)},
                             {QStringLiteral("expected_escapes"), json(point.expectedEscapes)}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

std::optional<engine::OperatingPoint> operatingPointFromJson(const QString& text) {
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject()) return {};
    const QJsonObject object = document.object();
    engine::OperatingPoint point;
    point.review = number(object[QLatin1String("review")]);
    point.fail = number(object[QLatin1String("fail")]);
    point.pixel = number(object[QLatin1String("pixel")]);
    point.rule = object[QLatin1String("rule")].toString().toStdString();
    point.basis = object[QLatin1String("basis")].toString().toStdString();
    point.failInterval = interval(object[QLatin1String("fail_interval")]);
    point.expectedFalseRejects = rate(object[QLatin1String("expected_false_rejects")]);
    point.expectedEscapes = rate(object[QLatin1String("expected_escapes")]);
    return point;
}

QString describe(const engine::OperatingPoint& point) {
    QStringList cuts;
    const auto add = [&](const char* name, const std::optional<double>& cut) {
        if (cut) cuts << QLatin1String(name) + QLatin1Char(' ') + QString::number(*cut, 'g', 6);
    };
    add("fail", point.fail);
    add("review", point.review);
    add("pixel", point.pixel);
    if (cuts.isEmpty()) return {};
    const QString text = cuts.join(QStringLiteral(", "));
    return point.rule.empty() ? text : QStringLiteral("%1 (%2)").arg(text, QString::fromStdString(point.rule));
}

}  // namespace services
