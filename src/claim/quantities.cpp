// Chains and systems: every quantity is computed at most once, by the exact library, when a formula asks for
// it.
#include "quantities.hpp"

#include <algorithm>
#include <stdexcept>

namespace crosshead::claim {
namespace {

using exact::Rational;
using exact::RationalMatrix;

bool all_ones(const std::vector<Rational>& sums) {
  return std::all_of(sums.begin(), sums.end(), [](const Rational& sum) { return sum == 1; });
}

}  // namespace

Chain::Chain(std::shared_ptr<const Setting> setting, heads::Head head) : setting_(std::move(setting)) {
  single_.emplace();
  single_->nodes = setting_->nodes;
  single_->sink = setting_->sink;
  single_->heads.push_back(std::move(head));
  single_->weights.emplace_back(1);
}

Chain::Chain(std::shared_ptr<const Setting> setting, std::vector<Part> parts)
    : setting_(std::move(setting)), parts_(std::move(parts)) {}

bool Chain::has_own_walk() const {
  if (single_) return single_->heads.front().graph || single_->heads.front().walk;
  return std::all_of(parts_.begin(), parts_.end(),
                     [](const Part& part) { return part.chain->has_own_walk(); });
}

heads::MatrixOrReason Chain::mean_of(const heads::MatrixOrReason& (Chain::*matrix)()) const {
  std::vector<RationalMatrix> matrices;
  std::vector<Rational> weights;
  for (const Part& part : parts_) {
    const heads::MatrixOrReason& one = (*part.chain.*matrix)();
    if (!one.matrix) return {std::nullopt, one.reason};
    matrices.push_back(*one.matrix);
    weights.push_back(part.weight);
  }
  return {exact::weighted_sum(matrices, weights), ""};
}

heads::MatrixOrReason Chain::walk_of_mean() {
  if (has_own_walk()) return mean_of(&Chain::walk);
  const heads::MatrixOrReason& mean = diffusion();
  if (!mean.matrix) return mean;
  if (setting_->convention.attention_walk == heads::AttentionWalk::published) {
    return {heads::published_walk(*mean.matrix, setting_->sink), ""};
  }
  return heads::successor_normalised(*mean.matrix, setting_->nodes);
}

const heads::MatrixOrReason& Chain::walk() {
  if (!walk_) {
    const Convention& convention = setting_->convention;
    walk_ =
        single_ ? heads::walk_of(*single_, 0, convention.reading, convention.attention_walk) : walk_of_mean();
  }
  return *walk_;
}

const heads::MatrixOrReason& Chain::diffusion() {
  if (!diffusion_) {
    diffusion_ =
        single_ ? heads::diffusion_of(*single_, 0, setting_->convention.reading) : mean_of(&Chain::diffusion);
  }
  return *diffusion_;
}

const graph::Digraph& Chain::graph() {
  if (!graph_) {
    if (single_) {
      graph_ = heads::graph_of(*single_, 0);
    } else {
      std::vector<graph::Digraph> graphs;
      for (const Part& part : parts_) graphs.push_back(part.chain->graph());
      graph_ = graph::union_of(graphs);
    }
  }
  return *graph_;
}

bool Chain::has_walk() {
  if (!has_walk_) has_walk_ = walk().matrix && all_ones(walk().matrix->column_sums());
  return *has_walk_;
}

bool Chain::has_diffusion() {
  if (!has_diffusion_) {
    std::vector<Rational> sums;
    if (diffusion().matrix) {
      for (int i = 0; i < setting_->size(); ++i) sums.push_back(diffusion().matrix->row_sum(i));
    }
    has_diffusion_ = diffusion().matrix && all_ones(sums);
  }
  return *has_diffusion_;
}

const walk::Absorption& Chain::absorption() {
  if (!absorption_) {
    if (has_walk()) {
      absorption_ = walk::absorption_at(*walk().matrix, setting_->sink, setting_->nodes);
    } else {
      absorption_ = walk::Absorption{
          false, walk().matrix ? "the columns of the walk matrix do not sum to 1" : walk().reason};
    }
  }
  return *absorption_;
}

const std::vector<bool>& Chain::reaching() {
  if (!reaching_) reaching_ = graph::reaching(graph(), setting_->sink);
  return *reaching_;
}

const diffusion::Fidelity& Chain::fidelity() {
  if (!fidelity_) {
    fidelity_ = std::make_unique<diffusion::Fidelity>(
        diffusion::fidelity(diffusion().matrix.value(), setting_->sink, setting_->convention.fidelity,
                            setting_->fidelity_limits));
  }
  return *fidelity_;
}

const diffusion::Minimax& Chain::minimax() {
  if (!minimax_) {
    if (fidelity_) {
      minimax_ = diffusion::Minimax{fidelity_->defined, fidelity_->decided, fidelity_->minimax, 0, false};
    } else {
      minimax_ = diffusion::minimax_fidelity(diffusion().matrix.value(), setting_->sink,
                                             setting_->convention.fidelity, setting_->fidelity_limits);
    }
  }
  return *minimax_;
}

const walk::MixingTime& Chain::mixing_time(const Rational& epsilon, walk::Distance distance) {
  for (const auto& [measured, time] : mixing_times_) {
    if (measured == distance && time.epsilon == epsilon) return time;
  }
  const walk::MixingConvention convention{distance, setting_->convention.mixing.start};
  auto times = walk::mixing_times(walk().matrix.value(), setting_->sink, setting_->nodes, {epsilon},
                                  convention, setting_->mixing_limits);
  return mixing_times_.emplace_back(distance, std::move(times.front())).second;
}

RowHistory& Chain::signals() {
  if (!signals_) signals_ = std::make_unique<RowHistory>(diffusion().matrix.value(), setting_->sink);
  return *signals_;
}

RowHistory& Chain::absorbed() {
  if (!absorbed_) absorbed_ = std::make_unique<RowHistory>(walk().matrix.value(), setting_->sink);
  return *absorbed_;
}

MoveCounts& Chain::moves() {
  if (!moves_) moves_ = std::make_unique<MoveCounts>(walk().matrix.value());
  return *moves_;
}

WalkCounts& Chain::walk_counts() {
  if (!walk_counts_) walk_counts_ = std::make_unique<WalkCounts>(graph(), setting_->sink);
  return *walk_counts_;
}

CurrentSystem::CurrentSystem(std::shared_ptr<HeadSet> set, std::vector<Rational> weights, std::string name)
    : set_(std::move(set)), weights_(std::move(weights)), name_(std::move(name)) {}

std::shared_ptr<CurrentSystem> CurrentSystem::of(const heads::HeadSystem& system,
                                                 const Convention& convention,
                                                 const diffusion::Limits& fidelity_limits,
                                                 const walk::Limits& mixing_limits) {
  auto set = std::make_shared<HeadSet>();
  set->setting = std::make_shared<Setting>(
      Setting{system.nodes, system.sink, convention, fidelity_limits, mixing_limits});
  for (const heads::Head& head : system.heads)
    set->heads.push_back(std::make_shared<Chain>(set->setting, head));
  return std::make_shared<CurrentSystem>(std::move(set), system.weights, system.name);
}

std::shared_ptr<CurrentSystem> CurrentSystem::with_weights(std::vector<Rational> weights) const {
  if (weights.size() != weights_.size()) throw std::logic_error("one weight for each head");
  return std::make_shared<CurrentSystem>(set_, std::move(weights), name_);
}

Chain& CurrentSystem::mean() {
  if (!mean_) {
    std::vector<Chain::Part> parts;
    for (std::size_t h = 0; h < weights_.size(); ++h) {
      if (weights_[h] != 0) parts.push_back({set_->heads[h], weights_[h]});
    }
    mean_ = std::make_shared<Chain>(set_->setting, std::move(parts));
  }
  return *mean_;
}

std::optional<Rational> CurrentSystem::word_entry(const std::vector<int>& word, int i, int j, bool rollout,
                                                  std::string& reason) {
  std::vector<const RationalMatrix*> matrices(set_->heads.size(), nullptr);
  for (const int letter : word) {
    const heads::MatrixOrReason& diffusion = head(letter).diffusion();
    if (!diffusion.matrix) {
      reason = diffusion.reason;
      return std::nullopt;
    }
    matrices[static_cast<std::size_t>(letter)] = &*diffusion.matrix;
  }
  return (rollout ? set_->rollouts : set_->products).entry(word, matrices, rollout, i, j);
}

heads::HeadSystem CurrentSystem::to_system() const {
  heads::HeadSystem system;
  system.name = name_;
  system.nodes = setting().nodes;
  system.sink = setting().sink;
  for (const auto& chain : set_->heads) system.heads.push_back(chain->head());
  system.weights = weights_;
  return system;
}

}  // namespace crosshead::claim
