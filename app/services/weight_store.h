// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/backbone/tensor_file.h"
#include "engine/core/run_context.h"

namespace services {

struct StoredWeights {
    std::string backbone;
    std::filesystem::path file;
};

// Where pretrained weights lie: files named <backbone>.safetensors or <backbone>.pth in a few folders, searched in
// order. Nothing is ever fetched from a network.
class WeightStore {
public:
    // folders: searched in order; the first is the one that add() writes to, and need not exist.
    explicit WeightStore(std::vector<std::filesystem::path> folders);

    // $ANOMALOSCOPE_WEIGHTS, $XDG_DATA_HOME/anomaloscope/weights (~/.local/share/...), and beside the program:
    // ../share/anomaloscope/weights of an installation, ../../weights of a build tree.
    static WeightStore ofThisProgram();

    const std::vector<std::filesystem::path>& folders() const { return m_folders; }

    // Every known backbone that has a file, in the order of engine::architectures().
    std::vector<StoredWeights> list() const;
    // The file that find and fit take: the first folder that has one; .safetensors before .pth.
    std::optional<std::filesystem::path> find(std::string_view backbone) const;
    // As find; throws engine::Error{NotFound} that says where to get the file and how to add it.
    std::filesystem::path require(std::string_view backbone) const;

    // Copies a weight file in, atomically, once it proves to fit the backbone; replaces an older one. Throws
    // engine::Error: as readWeights and Backbone (Mismatch names the first tensor that differs), WriteFailed.
    StoredWeights add(const std::filesystem::path& file, const std::string& backbone,
                      const engine::RunContext& context) const;

private:
    std::vector<std::filesystem::path> m_folders;
};

// What the file is, to the backbone: the identity that a model fitted with it carries (at the default stages).
// Throws engine::Error: as readWeights and Backbone.
std::string weightIdentity(const std::filesystem::path& file, const std::string& backbone,
                           const engine::RunContext& context);

}  // namespace services
