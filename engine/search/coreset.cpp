// SPDX-License-Identifier: Apache-2.0
#include "engine/search/coreset.h"

namespace engine {

CoresetResult selectCoreset(const Matrix& candidates, const CoresetParameters& parameters, const RunContext& context) {
    return textbookCoreset(candidates, parameters, context);
}

}  // namespace engine
