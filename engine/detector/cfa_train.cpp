// SPDX-License-Identifier: Apache-2.0
#include "engine/detector/cfa_train.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/detector/anomaly_map.h"

namespace engine {

namespace {

void moveTowards(float* mean, const float* row, std::int64_t size, std::int64_t count) {
    const auto share = static_cast<float>(1.0 / static_cast<double>(count));
    for (std::int64_t c = 0; c < size; ++c) mean[c] += (row[c] - mean[c]) * share;
}

std::vector<std::int32_t> cellsOf(const FloatTensor& cells) {
    std::vector<std::int32_t> whole;
    for (const float cell : cells.values) whole.push_back(static_cast<std::int32_t>(cell));
    return whole;
}

}  // namespace

CfaSamples collectCfaSamples(FeatureExtractor& extractor, const CfaParameters& parameters, const Region& region,
                             std::int64_t budgetBytes, bool pictures, TrainingImages& images, FitTimes& times,
                             const RunContext& context) {
    CfaSamples samples{SampleStore(budgetBytes), {}, 0};
    bool any = false;
    images.forEach("features", pictures, context, [&](const Image& image, std::size_t) {
        StageTimes stage;
        const auto& maps = extractor.extract(image, stage, context);
        Stopwatch watch;
        const PatchFeatures patches = patchFeatures(maps, {parameters.neighbourhood, {}}, context);
        samples.grid = {patches.gridWidth, patches.gridHeight};
        const auto inspected = inspectedCells(extractor.preprocessor(), region, image.width(), image.height(),
                                              patches.gridWidth, patches.gridHeight);
        Sample sample{cfaRows(patches, inspected), {}};
        samples.channels = sample[0].shape[1];
        for (std::size_t i = 0; i < inspected.size(); ++i)
            if (inspected[i] != 0) sample[1].values.push_back(static_cast<float>(i));
        sample[1].shape = {static_cast<std::int64_t>(sample[1].values.size())};
        any = any || !sample[1].values.empty();
        samples.store.add(std::move(sample));
        times.backbone += stage.backbone / 1000;
        times.features += watch.lapMs() / 1000;
    });
    times.decode += images.waitedSeconds();
    if (!any) throw Error(ErrorCode::InvalidArgument, "the region of interest covers no patch; draw it larger");
    return samples;
}

Matrix cfaDescriptors(Learner& learner, FloatTensor rows, const RunContext& context) {
    Sample sample;
    sample.push_back(std::move(rows));
    auto output = learner.infer(sample, context);
    Matrix matrix;
    matrix.rows = output[0].shape[0];
    matrix.cols = output[0].shape[1];
    matrix.values = std::move(output[0].values);
    return matrix;
}

void CfaBank::add(const Matrix& descriptors, const std::vector<std::int32_t>& cells, const RunContext& context) {
    if (descriptors.rows == 0) return;
    ++m_images;
    if (m_match == BankMatch::Position) {
        addByPosition(descriptors, cells);
    } else if (m_images == 1) {
        m_rows = descriptors;
    } else {
        addByNearest(descriptors, context);
    }
}

void CfaBank::addByPosition(const Matrix& descriptors, const std::vector<std::int32_t>& cells) {
    m_rows.cols = descriptors.cols;
    for (std::int64_t i = 0; i < descriptors.rows; ++i) {
        const float* row = descriptors.row(i);
        const auto [place, isNew] = m_rowOfCell.try_emplace(cells[static_cast<std::size_t>(i)], m_rows.rows, 0);
        if (isNew) {
            m_rows.values.insert(m_rows.values.end(), row, row + descriptors.cols);
            ++m_rows.rows;
        }
        moveTowards(m_rows.row(place->second.first), row, m_rows.cols, ++place->second.second);
    }
}

void CfaBank::addByNearest(const Matrix& descriptors, const RunContext& context) {
    const auto index = makeIndex(IndexKind::Exact, std::make_shared<const Matrix>(descriptors), context);
    const Neighbours nearest = index->search(m_rows, 1, context);
    for (std::int64_t i = 0; i < m_rows.rows; ++i)
        moveTowards(m_rows.row(i), descriptors.row(nearest.rows[static_cast<std::size_t>(i)]), m_rows.cols, m_images);
}

std::shared_ptr<const Matrix> CfaBank::take() {
    if (m_rows.rows == 0)
        throw Error(ErrorCode::NotEnoughData,
                    "the region of interest covers no patch of the images to learn from; draw it larger");
    return std::make_shared<const Matrix>(std::move(m_rows));
}

std::int64_t cfaDimensions(const CfaParameters& parameters, std::int64_t channels) {
    constexpr std::int64_t coordinates = 2;
    return std::max<std::int64_t>(1, std::llround(static_cast<double>(channels - coordinates) / parameters.gammaD));
}

std::unique_ptr<Learner> makeCfa(const CfaParameters& parameters, std::int64_t channels, const Matrix* bank,
                                 const TensorFile* weights, std::uint64_t seed, const std::string& device,
                                 const RunContext& context) {
    const std::int64_t dimensions = cfaDimensions(parameters, channels);
    const std::map<std::string, double> numbers{{"channels", static_cast<double>(channels)},
                                                {"dimensions", static_cast<double>(dimensions)},
                                                {"k", static_cast<double>(parameters.attracted)},
                                                {"nu", parameters.nu},
                                                {"margin", parameters.margin},
                                                {"radius", parameters.radius},
                                                {"learning_rate", parameters.training.learningRate},
                                                {"weight_decay", *parameters.training.weightDecay}};
    TensorFile constants;
    if (bank != nullptr) constants.tensors["bank"] = Tensor::of({bank->rows, bank->cols}, bank->values);
    return std::unique_ptr<Learner>(
        anomaloscopeMakeTorchLearner({"cfa", numbers, constants, weights, seed, device}, context));
}

CfaNetwork trainCfa(const CfaSamples& samples, const std::vector<std::size_t>& learned, const CfaParameters& parameters,
                    const TrainParameters& training, const std::string& device, const RunContext& context) {
    CfaNetwork network;
    {
        const auto untrained = makeCfa(parameters, samples.channels, nullptr, nullptr, training.seed, device, context);
        CfaBank bank(parameters.bank);
        std::int64_t done = 0;
        for (const std::size_t i : learned) {
            Sample sample = samples.store.get(i);
            bank.add(cfaDescriptors(*untrained, std::move(sample[0]), context), cellsOf(sample[1]), context);
            context.report("bank", ++done, static_cast<std::int64_t>(learned.size()));
        }
        network.bank = bank.take();
    }
    network.index = makeIndex(IndexKind::Exact, network.bank, context);
    network.learner =
        makeCfa(parameters, samples.channels, network.bank.get(), nullptr, training.seed, device, context);
    const std::int64_t near = std::min(parameters.attracted + parameters.repelled, network.bank->rows);
    // An image that the region leaves nothing of teaches nothing.
    std::vector<std::size_t> some;
    for (const std::size_t i : learned)
        if (samples.store.get(i)[0].shape[0] > 0) some.push_back(i);
    const MakeSample makeSample = [&](const Draw& draw) {
        Sample sample = samples.store.get(some[draw.sample]);
        const Neighbours nearest =
            network.index->search(cfaDescriptors(*network.learner, sample[0], context), near, context);
        sample[1].shape = {sample[0].shape[0], near};
        sample[1].values.clear();
        for (const std::int64_t row : nearest.rows) sample[1].values.push_back(static_cast<float>(row));
        return sample;
    };
    network.losses = train(*network.learner, some.size(), makeSample, training, context).losses;
    return network;
}

CellScores scoresOfSample(const CfaNetwork& network, const CfaSamples& samples, std::size_t index,
                          const CfaParameters& parameters, const RunContext& context) {
    Sample sample = samples.store.get(index);
    CellScores cells{samples.grid, {}, {}};
    cells.scores.assign(static_cast<std::size_t>(samples.grid.cells()), 0.0F);
    cells.inspected.assign(cells.scores.size(), 0);
    if (sample[1].values.empty()) return cells;
    const std::int64_t k = std::min(parameters.attracted, network.bank->rows);
    const Matrix descriptors = cfaDescriptors(*network.learner, std::move(sample[0]), context);
    const auto scores = cfaScores(network.index->search(descriptors, k, context), k);
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const auto cell = static_cast<std::size_t>(sample[1].values[i]);
        cells.scores[cell] = scores[i];
        cells.inspected[cell] = 1;
    }
    return cells;
}

}  // namespace engine
