// SPDX-License-Identifier: Apache-2.0
#include "engine/training/torch_learner.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/backbone/torch_support.h"
#include "engine/core/error.h"
#include "engine/kernels/parallel.h"

namespace engine {

namespace {

constexpr double bufferMomentum = 0.1;  // torch.nn.BatchNorm's
const std::string prefix = "learner.";
const std::string firstPrefix = "optimiser.first.";
const std::string secondPrefix = "optimiser.second.";
const std::string largestPrefix = "optimiser.largest.";
const std::string stepsName = "optimiser.steps";

at::TensorOptions onCpu() {
    return at::TensorOptions().dtype(at::kFloat).device(at::kCPU);
}

void put(TensorFile& file, const std::string& name, const at::Tensor& tensor) {
    const at::Tensor packed = tensor.detach().to(at::kCPU).contiguous();
    file.tensors[name] =
        Tensor::of(packed.sizes().vec(),
                   std::span<const float>(packed.data_ptr<float>(), static_cast<std::size_t>(packed.numel())));
}

[[noreturn]] void corrupt(const std::string& name, const std::string& fault) {
    throw Error(ErrorCode::Corrupt, "the trained network is damaged (tensor '" + name + "' " + fault +
                                        "); fit it again or restore it from a copy");
}

FloatTensor download(const at::Tensor& tensor) {
    const at::Tensor packed = tensor.to(at::kCPU, at::kFloat).contiguous();
    FloatTensor result{packed.sizes().vec(), {}};
    result.values.resize(static_cast<std::size_t>(packed.numel()));
    std::copy_n(packed.data_ptr<float>(), result.values.size(), result.values.data());
    return result;
}

}  // namespace

AdamParameters adamOf(const LearnerRequest& request) {
    AdamParameters adam;
    adam.learningRate = request.numbers.at("learning_rate");
    if (const auto decay = request.numbers.find("weight_decay"); decay != request.numbers.end())
        adam.weightDecay = decay->second;
    return adam;
}

struct TorchLearner::SampleResult {
    double loss = 0;
    TorchTensors gradients;
    TorchTensors observed;
};

TorchLearner::TorchLearner(const LearnerRequest& request, const AdamParameters& adam, const RunContext& context)
    : m_adam(adam),
      m_device(torchDevice(request.device, context)),
      m_random(request.seed),
      m_numbers(&request.numbers),
      m_constants(&request.constants),
      m_weights(request.weights) {}

double TorchLearner::number(const std::string& name) const {
    const auto found = m_numbers->find(name);
    if (found == m_numbers->end())
        throw Error(ErrorCode::Internal, "a learner was made without its number '" + name + "'; report this");
    return found->second;
}

at::Tensor TorchLearner::constant(const std::string& name) const {
    const auto found = m_constants->tensors.find(name);
    if (found == m_constants->tensors.end()) corrupt(name, "is missing");
    return fromFile(*m_constants, name, found->second.shape);
}

at::Tensor TorchLearner::fromFile(const TensorFile& file, const std::string& name,
                                  const std::vector<std::int64_t>& shape) const {
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end()) corrupt(name, "is missing");
    if (found->second.type != DataType::F32 || found->second.shape != shape) corrupt(name, "has another shape");
    const auto values = found->second.floats();
    for (const float value : values)
        if (!std::isfinite(value)) corrupt(name, "holds a value that is not finite");
    return at::from_blob(const_cast<float*>(values.data()), shape, onCpu()).to(m_device, at::kFloat, false, true);
}

std::size_t TorchLearner::add(const std::string& name, std::vector<float> values, std::vector<std::int64_t> shape,
                              double learningRateFactor) {
    Parameter parameter{name, learningRateFactor, {}, {}, {}, {}};
    parameter.value = m_weights != nullptr
                          ? fromFile(*m_weights, prefix + name, shape)
                          : at::from_blob(values.data(), shape, onCpu()).to(m_device, at::kFloat, false, true);
    parameter.first = at::zeros_like(parameter.value);
    parameter.second = at::zeros_like(parameter.value);
    if (m_adam.amsgrad) parameter.largest = at::zeros_like(parameter.value);
    m_parameters.push_back(std::move(parameter));
    return m_parameters.size() - 1;
}

std::size_t TorchLearner::addUniform(const std::string& name, std::vector<std::int64_t> shape, double bound,
                                     double learningRateFactor) {
    std::vector<float> values(static_cast<std::size_t>(c10::multiply_integers(shape)));
    for (float& value : values) value = static_cast<float>(bound * (2 * m_random.uniform() - 1));
    return add(name, std::move(values), std::move(shape), learningRateFactor);
}

std::size_t TorchLearner::addConstant(const std::string& name, std::vector<std::int64_t> shape, double value,
                                      double learningRateFactor) {
    std::vector<float> values(static_cast<std::size_t>(c10::multiply_integers(shape)), static_cast<float>(value));
    return add(name, std::move(values), std::move(shape), learningRateFactor);
}

std::size_t TorchLearner::addBuffer(const std::string& name, std::vector<std::int64_t> shape, double value) {
    at::Tensor tensor = m_weights != nullptr ? fromFile(*m_weights, prefix + name, shape)
                                             : at::full(shape, value, onCpu()).to(m_device);
    m_buffers.push_back({name, std::move(tensor)});
    return m_buffers.size() - 1;
}

TorchTensors TorchLearner::upload(const Sample& sample) const {
    TorchTensors tensors;
    for (const FloatTensor& from : sample)
        tensors.push_back(at::from_blob(const_cast<float*>(from.values.data()), from.shape, onCpu()).to(m_device));
    return tensors;
}

TorchLearner::SampleResult TorchLearner::evaluate(const Sample& sample, bool withGradient,
                                                  const RunContext& context) const {
    const at::AutoGradMode gradients(withGradient);
    TorchTensors leaves;
    for (const Parameter& parameter : m_parameters)
        leaves.push_back(parameter.value.detach().requires_grad_(withGradient));
    Loss loss = lossOf(leaves, upload(sample));
    SampleResult result;
    result.loss = loss.value.item<double>();
    if (!withGradient) return result;
    context.checkCancelled();  // the way back takes longest
    result.gradients = torch::autograd::grad({loss.value}, leaves);
    for (const at::Tensor& observed : loss.observed) result.observed.push_back(observed.detach());
    return result;
}

std::vector<TorchLearner::SampleResult> TorchLearner::evaluateAll(std::span<const Sample> batch, bool withGradient,
                                                                  const RunContext& context) const {
    std::vector<SampleResult> results(batch.size());
    if (m_device.is_cpu()) {
        parallelFor(static_cast<std::int64_t>(batch.size()), context, [&](std::int64_t i) {
            at::set_num_threads(1);  // of this sample: its sums have one order
            results[static_cast<std::size_t>(i)] = evaluate(batch[static_cast<std::size_t>(i)], withGradient, context);
        });
        at::set_num_threads(context.threads());
    } else {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            context.checkCancelled();
            results[i] = evaluate(batch[i], withGradient, context);
        }
    }
    return results;
}

double TorchLearner::step(std::span<const Sample> batch, const RunContext& context) {
    return translated("training", [&] {
        const auto results = evaluateAll(batch, true, context);
        double sum = 0;
        for (const SampleResult& result : results) sum += result.loss;
        const double mean = sum / static_cast<double>(results.size());
        if (std::isfinite(mean)) update(results);  // what is not finite is the caller's to report, with good weights
        return mean;
    });
}

void TorchLearner::update(const std::vector<SampleResult>& results) {
    const at::NoGradGuard frozen;
    const double share = 1.0 / static_cast<double>(results.size());
    ++m_steps;
    const double correction1 = 1 - std::pow(m_adam.beta1, static_cast<double>(m_steps));
    const double correction2 = 1 - std::pow(m_adam.beta2, static_cast<double>(m_steps));
    for (std::size_t p = 0; p < m_parameters.size(); ++p) {
        Parameter& parameter = m_parameters[p];
        at::Tensor gradient = results.front().gradients[p].clone();
        for (std::size_t i = 1; i < results.size(); ++i) gradient.add_(results[i].gradients[p]);
        gradient.mul_(share);
        const double rate = m_adam.learningRate * parameter.learningRateFactor;
        if (m_adam.decoupled) {
            parameter.value.mul_(1 - rate * m_adam.weightDecay);
        } else if (m_adam.weightDecay != 0) {
            gradient.add_(parameter.value, m_adam.weightDecay);
        }
        parameter.first.mul_(m_adam.beta1).add_(gradient, 1 - m_adam.beta1);
        parameter.second.mul_(m_adam.beta2).addcmul_(gradient, gradient, 1 - m_adam.beta2);
        at::Tensor moment = parameter.second;
        if (m_adam.amsgrad) {
            at::maximum_out(parameter.largest, parameter.largest, parameter.second);
            moment = parameter.largest;
        }
        const at::Tensor scale = (moment / correction2).sqrt_().add_(m_adam.epsilon);
        parameter.value.addcdiv_(parameter.first, scale, -rate / correction1);
    }
    const double momentum = std::max(bufferMomentum, 1.0 / static_cast<double>(m_steps));
    for (std::size_t b = 0; b < m_buffers.size(); ++b)
        for (const SampleResult& result : results)
            if (!result.observed.empty()) {
                if (&result == &results.front()) m_buffers[b].value.mul_(1 - momentum);
                m_buffers[b].value.add_(result.observed[b], momentum * share);
            }
}

double TorchLearner::loss(std::span<const Sample> batch, const RunContext& context) {
    return translated("training", [&] {
        double sum = 0;
        for (const SampleResult& result : evaluateAll(batch, false, context)) sum += result.loss;
        return sum / static_cast<double>(batch.size());
    });
}

std::vector<FloatTensor> TorchLearner::infer(const Sample& sample, const RunContext& context) {
    return translated("running a trained network", [&] {
        const at::NoGradGuard frozen;
        // OpenMP's number of threads belongs to the calling thread, which may be another one each time.
        if (at::get_num_threads() != context.threads()) at::set_num_threads(context.threads());
        context.checkCancelled();
        TorchTensors parameters;
        TorchTensors buffers;
        for (const Parameter& parameter : m_parameters) parameters.push_back(parameter.value);
        for (const NamedBuffer& buffer : m_buffers) buffers.push_back(buffer.value);
        std::vector<FloatTensor> results;
        for (const at::Tensor& output : outputOf(parameters, buffers, upload(sample)))
            results.push_back(download(output));
        return results;
    });
}

void TorchLearner::save(TensorFile& file) const {
    for (const Parameter& parameter : m_parameters) put(file, prefix + parameter.name, parameter.value);
    for (const NamedBuffer& buffer : m_buffers) put(file, prefix + buffer.name, buffer.value);
}

void TorchLearner::saveCheckpoint(TensorFile& file) const {
    save(file);
    for (const Parameter& parameter : m_parameters) {
        put(file, firstPrefix + parameter.name, parameter.first);
        put(file, secondPrefix + parameter.name, parameter.second);
        if (m_adam.amsgrad) put(file, largestPrefix + parameter.name, parameter.largest);
    }
    file.tensors[stepsName] = Tensor::of({1}, std::span<const std::int64_t>(&m_steps, 1));
}

void TorchLearner::restoreCheckpoint(const TensorFile& file) {
    const auto steps = file.tensors.find(stepsName);
    if (steps == file.tensors.end() || steps->second.type != DataType::I64 || steps->second.count() != 1 ||
        steps->second.int64s().front() < 0)
        corrupt(stepsName, "is missing or makes no sense");
    // All of it is read before any of it is taken.
    auto parameters = m_parameters;
    auto buffers = m_buffers;
    for (Parameter& parameter : parameters) {
        const auto shape = parameter.value.sizes().vec();
        parameter.value = fromFile(file, prefix + parameter.name, shape);
        parameter.first = fromFile(file, firstPrefix + parameter.name, shape);
        parameter.second = fromFile(file, secondPrefix + parameter.name, shape);
        if (m_adam.amsgrad) parameter.largest = fromFile(file, largestPrefix + parameter.name, shape);
    }
    for (NamedBuffer& buffer : buffers) buffer.value = fromFile(file, prefix + buffer.name, buffer.value.sizes().vec());
    m_parameters = std::move(parameters);
    m_buffers = std::move(buffers);
    m_steps = steps->second.int64s().front();
}

}  // namespace engine
