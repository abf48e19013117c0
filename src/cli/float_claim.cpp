#include "float_claim.hpp"

#include "crosscheck_input.hpp"
#include <fmt/format.h>

#include "crosshead/crosscheck/layer_check.hpp"

namespace crosshead::cli {
namespace {

/// Its default sample is one that no training run has seen.
constexpr std::uint64_t kSeed = 1;

/// What is worst over all layers, heads and the mean, for one float type.
struct Worst {
  exact::Rational error, share;
  std::uint64_t ulps = 0;
  std::string where;
  int flips = 0;
  bool within = true;

  void include(const crosscheck::SignalCheck& check, const std::string& place,
               std::vector<report::ErrorRung>& rungs) {
    rungs.push_back({check.source, crosscheck::name_of(check.type), place,
                     exact::to_double(check.signal.error), exact::to_double(check.signal.bound),
                     static_cast<double>(check.ulps.value), check.within()});
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

claim::Outcome check_trained_model(const claim::LedgerEntry& entry, attention::FloatBackend& backend,
                                   std::vector<report::ErrorRung>& rungs) {
  CrosscheckInput input;
  input.file = entry.model.string();
  input.seed = kSeed;
  const CrosscheckSource source = read_crosscheck_source(input, &backend);

  crosscheck::CrosscheckOptions options;
  std::vector<Worst> worst(options.types.size());
  std::size_t head_count = 0;
  int nodes = 0;
  for (std::size_t layer = 0; layer < source.layers.size(); ++layer) {
    const crosscheck::LayerCheck check = crosscheck::check_layer(backend, source.read(layer), options);
    const int index = source.layers[layer].value_or(0);
    head_count = check.heads.size();
    nodes = check.nodes;
    for (std::size_t k = 0; k < worst.size(); ++k) {
      worst[k].include(check.mean.signals[k], fmt::format("layer {} mean", index), rungs);
      for (std::size_t h = 0; h < check.heads.size(); ++h) {
        worst[k].include(check.heads[h].signals[k], fmt::format("layer {} head {}", index, h + 1), rungs);
      }
      worst[k].flips += static_cast<int>(check.types[k].flips.size());
    }
  }
  claim::Outcome outcome;
  outcome.domain = fmt::format(
      "{} layers, {} heads and their mean, {} steps, one sequence of {} tokens ({}); {}",
      source.layers.size(), head_count, options.steps, nodes, source.tokens, backend.description());
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
