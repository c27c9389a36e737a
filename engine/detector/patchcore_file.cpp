// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "engine/detector/model_tensors.h"
#include "engine/detector/patchcore.h"

namespace engine {

void PatchCore::save(TensorFile& file) const {
    const Matrix& rows = *m_state.bank;
    file.tensors["patchcore.bank"] = Tensor::of({rows.rows, rows.cols}, rows.values);
    std::vector<std::int32_t> origins;
    origins.reserve(2 * m_state.origins.size());
    for (const BankOrigin& origin : m_state.origins) {
        origins.push_back(origin.image);
        origins.push_back(origin.cell);
    }
    file.tensors["patchcore.origins"] = Tensor::of({rows.rows, 2}, std::span<const std::int32_t>(origins));
    file.tensors["patchcore.stage_scale"] =
        Tensor::of({static_cast<std::int64_t>(m_state.stageScale.size())}, std::span<const float>(m_state.stageScale));
    if (!m_state.pca.isIdentity()) {
        const Matrix& components = m_state.pca.components;
        file.tensors["patchcore.pca"] = Tensor::of({components.rows, components.cols}, components.values);
        file.tensors["patchcore.pca_mean"] = Tensor::of({components.cols}, std::span<const float>(m_state.pca.mean));
    }
    putBackbone(file, m_extractor.backbone().weights());
}

std::unique_ptr<PatchCore> PatchCore::open(TensorFile& file, const ModelInfo& info, const Region& region,
                                           const BackboneOptions& options, const TensorFile& weights,
                                           const RunContext& context) {
    PatchCoreState state;
    state.parameters = PatchCoreParameters::from(info.parameters);
    state.region = region;
    auto bank = std::make_shared<Matrix>(takeMatrix(file, "patchcore.bank"));
    if (bank->rows < 1 || bank->cols < 1) damagedModel("the memory bank is empty");
    state.stageScale = takeVector(file, "patchcore.stage_scale", info.stages.size());
    if (file.tensors.contains("patchcore.pca")) {
        state.pca.components = takeMatrix(file, "patchcore.pca");
        if (state.pca.components.rows != bank->cols) damagedModel("the components do not fit the memory bank");
        state.pca.mean = takeVector(file, "patchcore.pca_mean", static_cast<std::size_t>(state.pca.components.cols));
    }
    const Tensor origins = takeTensor(file, "patchcore.origins", DataType::I32, 2);
    if (origins.shape[0] != bank->rows || origins.shape[1] != 2) damagedModel("the origins do not fit the memory bank");
    const auto values = origins.int32s();
    const std::int64_t cells =
        std::int64_t{info.input.width} * info.input.height;  // a grid is never finer than the input
    for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
        if (values[i] < 0 || static_cast<std::size_t>(values[i]) >= info.training.size() || values[i + 1] < 0 ||
            values[i + 1] >= cells)
            damagedModel("a bank entry comes from an image that is not listed");
        state.origins.push_back({values[i], values[i + 1]});
    }
    for (const TrainingImage& image : info.training) state.trainingSizes.emplace_back(image.width, image.height);
    state.bank = std::move(bank);

    FeatureExtractor extractor(info.input, Backbone(options, weights, context));
    return std::make_unique<PatchCore>(std::move(extractor), std::move(state), context);
}

}  // namespace engine
