// The naive oracle: each system as rational matrices, straight from Def. 2.3, 2.7, 3.1 and (22)-(29). It
// shares nothing with the lanes and the fixed-width integers of the fast search but the list of heads.
#include "crosshead/search/claims.hpp"

#include <algorithm>

#include "crosshead/exact/error.hpp"

namespace crosshead::search {
namespace {

using exact::Rational;
using heads::MatrixOrReason;

/// A side of a comparison.
struct Value {
  Outcome missing = Outcome::undefined;  ///< why there is no number
  std::optional<Rational> number;
};

constexpr BuiltIn kBuiltIns[] = {BuiltIn::amplifies, BuiltIn::attenuates, BuiltIn::mixes_faster,
                                 BuiltIn::mixes_slower};

class NaiveClaim : public SystemClaim {
 public:
  NaiveClaim(const SystemSpace& space, const Question& question) : question_(question) {
    for (int node = 1; node <= space.space().nodes; ++node) nodes_.push_back(std::to_string(node));
    for (std::uint32_t head = 0; head < space.codes().size(); ++head) {
      matrices_.push_back(question.about_mixing() ? heads::walk_matrix(space.graph(head), nodes_)
                                                  : heads::diffusion_matrix(space.graph(head), nodes_));
      values_.push_back(value_of(matrices_.back()));
    }
  }

  Decision decide(const SystemSpace& space, const SystemIndex& system) const override {
    std::optional<Rational> side;
    std::vector<exact::RationalMatrix> matrices;
    for (const std::uint32_t head : system.heads) {
      const Value& value = values_[head];
      if (!value.number) return {value.missing, 0};
      if (!side || (question_.against_largest() ? *value.number > *side : *value.number < *side)) {
        side = value.number;
      }
      matrices.push_back(*matrices_[head].matrix);
    }
    const Value mean =
        value_of({exact::weighted_sum(matrices, space.space().weights[system.weights]), std::string()});
    if (!mean.number) return {mean.missing, 0};
    const Rational gain = question_.mean_above() ? *mean.number - *side : *side - *mean.number;
    return {gain > 0 ? Outcome::witness : gain == 0 ? Outcome::tie : Outcome::neither, gain};
  }

 private:
  Value value_of(const MatrixOrReason& matrix) const {
    if (!matrix.matrix) return {};
    const int sink = static_cast<int>(nodes_.size()) - 1;
    if (!question_.about_mixing()) {
      const auto fidelity = diffusion::fidelity(*matrix.matrix, sink, question_.fidelity);
      if (!fidelity.defined) return {};
      if (!fidelity.decided) return {Outcome::undecided, std::nullopt};
      return {Outcome::undefined, fidelity.minimax};
    }
    const auto mixing =
        walk::mixing_times_naive(*matrix.matrix, sink, nodes_, {question_.epsilon}, question_.mixing, {})
            .front();
    if (!mixing.defined) return {};
    if (!mixing.decided) return {Outcome::undecided, std::nullopt};
    return {Outcome::undefined, Rational(mixing.time)};
  }

  Question question_;
  std::vector<std::string> nodes_;
  std::vector<MatrixOrReason> matrices_;
  std::vector<Value> values_;
};

}  // namespace

std::string name_of(BuiltIn claim) {
  switch (claim) {
    case BuiltIn::amplifies:
      return "amplifies";
    case BuiltIn::attenuates:
      return "attenuates";
    case BuiltIn::mixes_faster:
      return "mixes-faster";
    case BuiltIn::mixes_slower:
      break;
  }
  return "mixes-slower";
}

BuiltIn built_in_named(const std::string& name) {
  std::string known;
  for (const BuiltIn claim : kBuiltIns) {
    if (name_of(claim) == name) return claim;
    known += (known.empty() ? "" : ", ") + name_of(claim);
  }
  throw exact::UsageError("no claim '" + name + "' to search for (claims: " + known + ")");
}

std::unique_ptr<SystemClaim> naive_claim(const SystemSpace& space, const Question& question) {
  return std::make_unique<NaiveClaim>(space, question);
}

}  // namespace crosshead::search
