// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/work_texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace ui {

namespace {

struct StageWord {
    const char* stage;
    const char* words;
    bool isLast = false;  // of the job: what is left of it is left of the whole
};

// In the order of training.
constexpr std::array stages{
    StageWord{"features", QT_TRANSLATE_NOOP("Work", "Looking at good images")},
    StageWord{"coreset", QT_TRANSLATE_NOOP("Work", "Choosing what to remember")},
    StageWord{"check", QT_TRANSLATE_NOOP("Work", "Looking again, to check")},
    StageWord{"cross-validation", QT_TRANSLATE_NOOP("Work", "Cross-validating")},
    StageWord{"score", QT_TRANSLATE_NOOP("Work", "Scoring images"), true},
};
static_assert(stages.size() == trainingSteps);

constexpr std::array otherStages{
    StageWord{"training", QT_TRANSLATE_NOOP("Work", "Training the network")},
    StageWord{"evaluate", QT_TRANSLATE_NOOP("Work", "Counting")},
    StageWord{"pictures", QT_TRANSLATE_NOOP("Work", "Painting pictures")},
    StageWord{"report", QT_TRANSLATE_NOOP("Work", "Writing the report"), true},
};

// The context in which the words of this file are translated.
struct Work {
    Q_DECLARE_TR_FUNCTIONS(Work)
};

const StageWord* known(const QString& stage) {
    for (const StageWord& word : stages)
        if (stage == QLatin1String(word.stage)) return &word;
    for (const StageWord& word : otherStages)
        if (stage == QLatin1String(word.stage)) return &word;
    return nullptr;
}

}  // namespace

QString stageText(const QString& stage) {
    const StageWord* word = known(stage);
    return word != nullptr ? Work::tr(word->words) : stage;
}

QStringList stageTexts() {
    QStringList texts;
    for (const StageWord& word : stages) texts << Work::tr(word.words);
    for (const StageWord& word : otherStages) texts << Work::tr(word.words);
    return texts;
}

int trainingStep(const QString& stage) {
    for (std::size_t i = 0; i < stages.size(); ++i)
        if (stage == QLatin1String(stages[i].stage)) return static_cast<int>(i) + 1;
    return 0;
}

QString durationText(double seconds) {
    const QLocale locale;
    if (seconds < 9.95) return Work::tr("%1\u00A0s").arg(locale.toString(std::max(0.0, seconds), 'f', 1));
    const auto whole = static_cast<qint64>(std::llround(std::min(seconds, 1e9)));
    if (whole < 60) return Work::tr("%1\u00A0s").arg(whole);
    if (whole < 3600)
        return Work::tr("%1\u00A0min\u00A0%2\u00A0s").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
    return Work::tr("%1\u00A0h\u00A0%2\u00A0min").arg(whole / 3600).arg(whole % 3600 / 60, 2, 10, QLatin1Char('0'));
}

QString aboutText(double seconds) {
    if (seconds < 1) return Work::tr("about\u00A01\u00A0s");
    if (seconds < 10) return Work::tr("about\u00A0%1\u00A0s").arg(std::lround(seconds));
    if (seconds < 55) return Work::tr("about\u00A0%1\u00A0s").arg(5 * std::lround(seconds / 5));
    if (seconds < 55 * 60) return Work::tr("about\u00A0%1\u00A0min").arg(std::max(1L, std::lround(seconds / 60)));
    return Work::tr("about\u00A0%1\u00A0h").arg(QLocale().toString(std::min(seconds, 1e8) / 3600, 'f', 1));
}

QString sizeText(qint64 bytes) {
    const int decimals = bytes >= 1'000'000'000 ? 1 : 0;
    // A number and its unit stay on one line.
    return QLocale()
        .formattedDataSize(bytes, decimals, QLocale::DataSizeSIFormat)
        .replace(QLatin1Char(' '), QChar(QChar::Nbsp));
}

QString progressText(const services::JobProgress& progress) {
    const QLocale locale;
    QStringList parts;
    if (progress.total > 0)
        parts
            << QStringLiteral("%1\u00A0/\u00A0%2").arg(locale.toString(progress.done), locale.toString(progress.total));
    else if (progress.done > 0)
        parts << locale.toString(progress.done);
    if (progress.perSecond >= 10)
        parts << Work::tr("%1\u00A0per\u00A0second").arg(locale.toString(std::lround(progress.perSecond)));
    else if (progress.perSecond >= 1)
        parts << Work::tr("%1\u00A0per\u00A0second").arg(locale.toString(progress.perSecond, 'f', 1));
    else if (progress.perSecond > 0)
        parts << Work::tr("%1\u00A0each").arg(durationText(1 / progress.perSecond));
    if (progress.secondsLeft >= 0 && progress.done < progress.total) {
        const StageWord* word = known(progress.stage);
        const bool isStep = word != nullptr && !word->isLast;
        const QString left = durationText(progress.secondsLeft);
        parts << (isStep ? Work::tr("%1\u00A0left of\u00A0this\u00A0step") : Work::tr("%1\u00A0left")).arg(left);
    }
    return parts.join(QStringLiteral(" \u00B7 "));
}

QString longestProgressText() {
    services::JobProgress progress;
    progress.stage = QLatin1String(stages.front().stage);
    progress.done = 9'999;
    progress.total = 10'000;
    progress.perSecond = 100;
    progress.secondsLeft = 59 * 60 + 59;
    return progressText(progress);
}

}  // namespace ui
