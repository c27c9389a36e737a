// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/core/random.h"
#include "engine/training/learner.h"

namespace engine {

// Adam (Kingma and Ba, 2015). decoupled: weight decay as in AdamW (Loshchilov and Hutter, 2019), applied to the weights
// instead of added to the gradient. amsgrad: the largest second moment so far (Reddi et al., 2018).
struct AdamParameters {
    double learningRate = 1e-3;
    double weightDecay = 0;
    bool decoupled = false;
    bool amsgrad = false;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
};

// The request's "learning_rate" and, where it has one, "weight_decay".
AdamParameters adamOf(const LearnerRequest& request);

using TorchTensors = std::vector<at::Tensor>;

// What the learners of LibTorch share: everything but the network and its loss.
class TorchLearner : public Learner {
public:
    double step(std::span<const Sample> batch, const RunContext& context) final;
    double loss(std::span<const Sample> batch, const RunContext& context) final;
    std::vector<FloatTensor> infer(const Sample& sample, const RunContext& context) final;
    void save(TensorFile& file) const final;
    void saveCheckpoint(TensorFile& file) const final;
    void restoreCheckpoint(const TensorFile& file) final;

protected:
    TorchLearner(const LearnerRequest& request, const AdamParameters& adam, const RunContext& context);

    // For the constructor of the subclass, in an order that never changes. The initial values are uniform in
    // [-bound, bound], or all `value`; those of request.weights if there are any.
    std::size_t addUniform(const std::string& name, std::vector<std::int64_t> shape, double bound,
                           double learningRateFactor = 1);
    std::size_t addConstant(const std::string& name, std::vector<std::int64_t> shape, double value,
                            double learningRateFactor = 1);
    // A buffer is not learned but follows what a batch shows: see Loss::observed.
    std::size_t addBuffer(const std::string& name, std::vector<std::int64_t> shape, double value);
    // A tensor of request.constants, on the device. Throws Error{Corrupt} if it is missing.
    at::Tensor constant(const std::string& name) const;
    bool hasConstant(const std::string& name) const { return m_constants->tensors.contains(name); }
    // Throws Error{Internal} if it is missing.
    double number(const std::string& name) const;

    // Places of what addUniform and its like have made.
    struct Layer {
        std::size_t weight = 0, bias = 0;
    };

    struct Loss {
        at::Tensor value;  // scalar
        // Empty, or one tensor a buffer, in their order. A buffer is the plain mean over the first ten steps, then
        // 0.9 of itself and 0.1 of the batch's mean: torch.nn.BatchNorm's, without the first value's long shadow.
        TorchTensors observed;
    };
    // Several threads at once call these, each with leaves of its own that share the parameters' memory.
    virtual Loss lossOf(const TorchTensors& parameters, const TorchTensors& sample) const = 0;
    virtual TorchTensors outputOf(const TorchTensors& parameters, const TorchTensors& buffers,
                                  const TorchTensors& sample) const = 0;

private:
    struct Parameter {
        std::string name;
        double learningRateFactor = 1;
        at::Tensor value, first, second, largest;  // `largest` with amsgrad alone
    };
    struct NamedBuffer {
        std::string name;
        at::Tensor value;
    };
    struct SampleResult;

    std::size_t add(const std::string& name, std::vector<float> values, std::vector<std::int64_t> shape,
                    double learningRateFactor);
    SampleResult evaluate(const Sample& sample, bool withGradient, const RunContext& context) const;
    std::vector<SampleResult> evaluateAll(std::span<const Sample> batch, bool withGradient,
                                          const RunContext& context) const;
    void update(const std::vector<SampleResult>& results);
    TorchTensors upload(const Sample& sample) const;
    at::Tensor fromFile(const TensorFile& file, const std::string& name, const std::vector<std::int64_t>& shape) const;

    AdamParameters m_adam;
    at::Device m_device;
    Random m_random;
    const std::map<std::string, double>* m_numbers;  // of the request: for the constructors alone
    const TensorFile* m_constants;
    const TensorFile* m_weights;
    std::vector<Parameter> m_parameters;
    std::vector<NamedBuffer> m_buffers;
    std::int64_t m_steps = 0;
};

// rows [n, in] times weight [out, in, 1, 1] plus bias [out]: a 1x1 convolution over the rows, by our own kernels on the
// CPU. LibTorch would take its products from whatever BLAS the system has, which splits them among threads of its own.
at::Tensor convolveRows(const at::Tensor& rows, const at::Tensor& weight, const at::Tensor& bias);

// One function a kind, each in the file of its name.
std::unique_ptr<Learner> makeCfaLearner(const LearnerRequest& request, const RunContext& context);
std::unique_ptr<Learner> makePfmLearner(const LearnerRequest& request, const RunContext& context);
std::unique_ptr<Learner> makePatchSvddLearner(const LearnerRequest& request, const RunContext& context);
std::unique_ptr<Learner> makeSsimAutoencoderLearner(const LearnerRequest& request, const RunContext& context);

}  // namespace engine
