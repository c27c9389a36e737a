// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/core/random.h"
#include "engine/core/run_context.h"
#include "engine/training/learner.h"

namespace engine {

struct TrainParameters {
    std::int64_t epochs = 1;
    std::int64_t batch = 1;
    std::uint64_t seed = 0;
    // Early stop, 0: never. So many epochs without a lower loss on the share of samples that is held out for it (evenly
    // spread, never learned from, and good training samples like the others: test images play no part). The weights of
    // the best epoch are kept.
    std::int64_t patience = 0;
    double heldOutShare = 0.1;
    // Written after each epoch; empty: none. Another run with the same binding goes on from it, to the same bits as if
    // it had never been interrupted. What does not fit, or cannot be read, is passed over with a warning and
    // overwritten. Whoever named the file removes it once the model is saved.
    std::filesystem::path checkpoint;
    std::string binding;  // a digest of all that decides the result: images, parameters, seed, frozen weights
};

// What is asked of the caller for each sample of a step, before the step.
struct Draw {
    std::size_t sample = 0;
    std::int64_t epoch = 0;  // from 0; -1: the sample is held out, and has to be the same in every epoch
    Random& random;          // of this draw alone, from the seed, the epoch and the place in it
};
using MakeSample = std::function<Sample(const Draw& draw)>;

struct TrainReport {
    std::vector<double> losses;         // the mean over each epoch
    std::vector<double> heldOutLosses;  // after each epoch; empty without early stop
    std::int64_t bestEpoch = 0;         // whose weights the learner has: the last one without early stop
    std::int64_t resumedEpochs = 0;     // taken from the checkpoint
};

// Trains on samples 0 ... count - 1, each once an epoch, in an order that the seed gives each epoch anew. Reports
// progress as "training", in samples, with the loss: of the epochs of a checkpoint as well. Throws Cancelled;
// Error{InvalidArgument} when the loss is no number any more, saying what to do; what the learner, makeSample and
// writing the checkpoint throw.
TrainReport train(Learner& learner, std::size_t count, const MakeSample& makeSample, const TrainParameters& parameters,
                  const RunContext& context);

}  // namespace engine
