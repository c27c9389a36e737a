// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <vector>

#include "app/services/project/image_record.h"
#include "engine/core/run_context.h"

namespace services {

// What the files of images are like before a job reads them: one that is written meanwhile is then seen to have changed
// since, and never taken for what was scored.
class FileVersions {
public:
    // Throws Cancelled.
    FileVersions(const std::vector<const ImageRecord*>& images, const engine::RunContext& context) {
        m_versions.reserve(static_cast<qsizetype>(images.size()));
        for (const ImageRecord* image : images) {
            context.checkCancelled();
            m_versions.insert(image->id, fileVersionOf(image->path));
        }
    }

    FileVersion of(ImageId image) const { return m_versions.value(image); }

private:
    QHash<ImageId, FileVersion> m_versions;
};

}  // namespace services
