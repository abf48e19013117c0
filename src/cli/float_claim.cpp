#include "float_claim.hpp"

#include <fmt/format.h>

#include "crosshead/attention/model.hpp"
#include "crosshead/attention/sequences.hpp"
#include "crosshead/crosscheck/layer_check.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::cli {
namespace {

/// A sequence that no training run has seen: samples 0..examples-1 are for training.
constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kSample = 1'000'000;

/// What is worst over all layers, heads and the mean, for one float type.
struct Worst {
  exact::Rational error, share;
  std::uint64_t ulps = 0;
  std::string where;
  int flips = 0;
  bool within = true;

  void include(const crosscheck::SignalCheck& check, const std::string& place) {
    within = within && check.within();
    share = std::max(share, check.share.value);
    ulps = std::max(ulps, check.ulps.value);
    if (check.signal.error > error) {
      error = check.signal.error;
      where =
          fmt::format("{}, t = {}, position {}", place, check.signal.place.time, check.signal.place.node + 1);
    }
  }
};

}  // namespace

heads::HeadSystem layer_system(const attention::ModelAttention& model, std::int64_t layer) {
  heads::HeadSystem system;
  system.name = fmt::format("layer {}", layer + 1);
  for (std::int64_t node = 1; node <= model.nodes; ++node) system.nodes.push_back(std::to_string(node));
  system.sink = static_cast<int>(model.nodes) - 1;
  const std::int64_t square = model.nodes * model.nodes;
  for (std::int64_t h = 0; h < model.heads; ++h) {
    const auto first = model.attention.begin() + (layer * model.heads + h) * square;
    heads::Head head;
    head.attention = heads::AttentionMatrix{static_cast<int>(model.nodes), {first, first + square}};
    system.heads.push_back(std::move(head));
  }
  const auto shares = model.head_weights.begin() + layer * model.heads;
  system.weights = crosscheck::dyadic_weights({shares, shares + model.heads});
  return system;
}

claim::Outcome check_trained_model(const claim::LedgerEntry& entry, attention::FloatBackend& backend) {
  if (entry.model.empty()) throw exact::InputError(entry.file.string(), "", "the key 'model' is missing");
  const attention::TensorFile file(entry.model);
  const attention::ModelSource source{entry.model, 0};
  const attention::ModelShape shape = attention::shape_of_model(source, file);
  const auto tokens = attention::uniform_tokens(kSeed, kSample, shape.length, shape.vocabulary);
  const attention::ModelAttention model = backend.attention_of(source, tokens, attention::Device::cpu);

  crosscheck::CrosscheckOptions options;
  std::vector<Worst> worst(options.types.size());
  for (std::int64_t layer = 0; layer < model.layers; ++layer) {
    const crosscheck::LayerCheck check =
        crosscheck::check_layer(backend, layer_system(model, layer), options);
    for (std::size_t k = 0; k < worst.size(); ++k) {
      worst[k].include(check.mean.signals[k], fmt::format("layer {} mean", layer + 1));
      for (std::size_t h = 0; h < check.heads.size(); ++h) {
        worst[k].include(check.heads[h].signals[k], fmt::format("layer {} head {}", layer + 1, h + 1));
      }
      worst[k].flips += static_cast<int>(check.types[k].flips.size());
    }
  }
  claim::Outcome outcome;
  outcome.domain = fmt::format("{} layers, {} heads and their mean, {} steps, one sequence of {} tokens; {}",
                               model.layers, model.heads, options.steps, model.nodes, backend.description());
  for (std::size_t k = 0; k < worst.size(); ++k) {
    const bool single = options.types[k] == attention::FloatType::float32;
    outcome.readings.push_back(
        {single ? "float32 against exact" : "float64 against exact",
         worst[k].within ? diffusion::Truth::yes : diffusion::Truth::no,
         fmt::format(
             "relative error at most {:.3g} ({}), {} ulp, at most {:.2g} of the bound, verdicts flipped: {}",
             exact::to_double(worst[k].error), worst[k].where, worst[k].ulps,
             exact::to_double(worst[k].share), worst[k].flips)});
  }
  return outcome;
}

}  // namespace crosshead::cli
