// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>

#include "engine/detector/held_out.h"
#include "engine/detector/model_tensors.h"
#include "engine/detector/patch_svdd.h"

namespace engine {

namespace {

const std::string prefix = "patch_svdd.";

void put(TensorFile& file, const std::string& name, const PatchSvddBank& bank) {
    file.tensors[prefix + name] = Tensor::of({bank.rows->rows, bank.rows->cols}, bank.rows->values);
    std::vector<std::int32_t> origins;
    origins.reserve(2 * bank.origins.size());
    for (const BankOrigin& origin : bank.origins) {
        origins.push_back(origin.image);
        origins.push_back(origin.cell);
    }
    file.tensors[prefix + name + "_origins"] = Tensor::of({bank.rows->rows, 2}, std::span<const std::int32_t>(origins));
}

PatchSvddBank takeBank(TensorFile& file, const std::string& name, const PatchLattice& lattice, std::int64_t dimensions,
                       std::size_t images) {
    PatchSvddBank bank;
    auto rows = std::make_shared<Matrix>(takeMatrix(file, prefix + name));
    if (rows->rows < 1 || rows->cols != dimensions) damagedModel("a bank is empty or of another width");
    const Tensor origins = takeTensor(file, prefix + name + "_origins", DataType::I32, 2);
    if (origins.shape[0] != rows->rows || origins.shape[1] != 2) damagedModel("the origins do not fit a bank");
    const auto values = origins.int32s();
    for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
        if (values[i] < 0 || static_cast<std::size_t>(values[i]) >= images || values[i + 1] < 0 ||
            values[i + 1] >= lattice.patches())
            damagedModel("a bank entry comes from an image or a place that there is not");
        bank.origins.push_back({values[i], values[i + 1]});
    }
    bank.rows = std::move(rows);
    return bank;
}

}  // namespace

void PatchSvdd::save(TensorFile& file) const {
    put(file, "small", m_state.small);
    put(file, "big", m_state.big);
    putLearned(file, m_state.learned);
    m_learner->save(file);
}

std::unique_ptr<Detector> openPatchSvdd(TensorFile& file, const ModelInfo& info, const Region& region,
                                        const OpenOptions& options, const RunContext& context) {
    PatchSvddState state;
    state.parameters = PatchSvddParameters::from(info.parameters);
    state.region = region;
    const auto dimensions = state.parameters.dimensions;
    state.small = takeBank(file, "small", smallLattice(info.input, state.parameters), dimensions, info.training.size());
    state.big = takeBank(file, "big", bigLattice(info.input, state.parameters), dimensions, info.training.size());
    state.learned = takeLearned(file, info.training.size());
    for (const TrainingImage& image : info.training) state.trainingSizes.emplace_back(image.width, image.height);
    auto learner = makePatchSvddLearner(state.parameters, &file, info.seed, options.device, context);
    return std::make_unique<PatchSvdd>(info.input, std::move(learner), std::move(state), context);
}

}  // namespace engine
