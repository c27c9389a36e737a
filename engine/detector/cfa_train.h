// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/detector/cfa.h"
#include "engine/detector/sample_store.h"

namespace engine {

// A training image as CFA keeps it: rows of cfaRows(), and the cells that they are of, as floats.
struct CfaSamples {
    SampleStore store;
    PatchGrid grid;
    std::int64_t channels = 0;  // of cfaRows()
};

// One pass over the images.
CfaSamples collectCfaSamples(FeatureExtractor& extractor, const CfaParameters& parameters, const Region& region,
                             std::int64_t budgetBytes, bool pictures, TrainingImages& images, FitTimes& times,
                             const RunContext& context);

// Descriptors of rows as a matrix.
Matrix cfaDescriptors(Learner& learner, FloatTensor rows, const RunContext& context);

// The running mean over images, given one after the other: see Cfa.
class CfaBank {
public:
    explicit CfaBank(BankMatch match) : m_match(match) {}

    // cells: which cell each row is of.
    void add(const Matrix& descriptors, const std::vector<std::int32_t>& cells, const RunContext& context);
    // Throws Error{NotEnoughData} without any row.
    std::shared_ptr<const Matrix> take();

private:
    void addByPosition(const Matrix& descriptors, const std::vector<std::int32_t>& cells);
    void addByNearest(const Matrix& descriptors, const RunContext& context);

    BankMatch m_match;
    std::int64_t m_images = 0;
    Matrix m_rows;
    std::map<std::int32_t, std::pair<std::int64_t, std::int64_t>> m_rowOfCell;  // and how often it was seen
};

// How long a descriptor of rows with so many channels is.
std::int64_t cfaDimensions(const CfaParameters& parameters, std::int64_t channels);

// A learner of kind "cfa"; bank and weights may be null.
std::unique_ptr<Learner> makeCfa(const CfaParameters& parameters, std::int64_t channels, const Matrix* bank,
                                 const TensorFile* weights, std::uint64_t seed, const std::string& device,
                                 const RunContext& context);

// Bank and descriptor from the samples at `learned`.
CfaNetwork trainCfa(const CfaSamples& samples, const std::vector<std::size_t>& learned, const CfaParameters& parameters,
                    const TrainParameters& training, const std::string& device, const RunContext& context);

// Scores of a stored image by a network, whether it has learned from the image or not.
CellScores scoresOfSample(const CfaNetwork& network, const CfaSamples& samples, std::size_t index,
                          const CfaParameters& parameters, const RunContext& context);

}  // namespace engine
