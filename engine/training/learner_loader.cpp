// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/torch_module.h"
#include "engine/training/learner.h"

extern "C" engine::Learner* anomaloscopeMakeTorchLearner(const engine::LearnerRequest& request,
                                                         const engine::RunContext& context) {
    static const auto make = reinterpret_cast<decltype(&anomaloscopeMakeTorchLearner)>(
        engine::torchModuleSymbol("anomaloscopeMakeTorchLearner"));
    return make(request, context);
}
