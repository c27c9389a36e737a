// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/images/picture_loader.h"

#include "app/services/images/doorbell.h"
#include "app/services/images/picture_workers.h"

namespace services {

class PictureLoader::Private {
public:
    Private(const PictureSettings& settings, PictureLoader* loader)
        : q(loader), bell([this] { deliver(); }), workers(settings, [this] { bell.ring(); }) {}

    void deliver() {
        const auto answer = workers.takeAnswer();
        if (!answer) return;
        if (answer->picture)
            Q_EMIT q->loaded(answer->request, answer->picture);
        else
            Q_EMIT q->failed(answer->request, answer->message, answer->isMissing);
    }

    PictureLoader* const q;
    Doorbell bell;
    PictureWorkers workers;  // last: its threads ring the bell
};

PictureLoader::PictureLoader(QObject* parent) : PictureLoader(PictureSettings{}, parent) {}

PictureLoader::PictureLoader(const PictureSettings& settings, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(settings, this)) {}

PictureLoader::~PictureLoader() = default;

quint64 PictureLoader::load(const QString& path, std::optional<SixteenBitLimits> sixteenBit) {
    return d->workers.load(path, sixteenBit);
}

void PictureLoader::cancel() {
    d->workers.cancel();
}

void PictureLoader::prefetch(const QStringList& paths) {
    d->workers.prefetch(paths);
}

}  // namespace services
