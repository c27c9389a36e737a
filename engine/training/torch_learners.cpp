// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/torch_support.h"
#include "engine/core/error.h"
#include "engine/training/torch_learner.h"

namespace engine {

namespace {

std::unique_ptr<Learner> make(const LearnerRequest& request, const RunContext& context) {
    if (request.kind == "cfa") return makeCfaLearner(request, context);
    if (request.kind == "pfm") return makePfmLearner(request, context);
    if (request.kind == "patch-svdd") return makePatchSvddLearner(request, context);
    if (request.kind == "ssim-ae") return makeSsimAutoencoderLearner(request, context);
    throw Error(ErrorCode::Internal, "no learner is called '" + std::string(request.kind) + "'; report this");
}

}  // namespace

}  // namespace engine

extern "C" engine::Learner* anomaloscopeMakeTorchLearner(const engine::LearnerRequest& request,
                                                         const engine::RunContext& context) {
    return engine::translated("making a network to train", [&] { return engine::make(request, context).release(); });
}
