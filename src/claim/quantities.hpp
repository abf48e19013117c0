#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chain_steps.hpp"

#include "crosshead/claim/analysis.hpp"
#include "crosshead/graph/digraph.hpp"

namespace crosshead::claim {

/// What all chains of a system have in common.
struct Setting {
  std::vector<std::string> nodes;  ///< names
  int sink = 0;
  Convention convention;
  diffusion::Limits fidelity_limits;
  walk::Limits mixing_limits;

  int size() const { return static_cast<int>(nodes.size()); }
};

/// One chain of the claim language, a head or the mean: its matrices, its graph, and every quantity that a
/// formula may ask of it, computed when first asked for and kept. Not for use by two threads at once.
class Chain {
 public:
  struct Part {
    std::shared_ptr<Chain> chain;
    exact::Rational weight;
  };

  Chain(std::shared_ptr<const Setting> setting, heads::Head head);
  /// The mean of heads of positive weight. REQUIRES: at least one part.
  Chain(std::shared_ptr<const Setting> setting, std::vector<Part> parts);

  /// REQUIRES: a single head.
  const heads::Head& head() const { return single_->heads.front(); }

  /// Walk and diffusion matrix, or why there is none (FORMAT.md, section 3).
  const heads::MatrixOrReason& walk();
  const heads::MatrixOrReason& diffusion();
  /// The head's graph; of the mean, the union of its heads' graphs.
  const graph::Digraph& graph();
  /// Edges or a walk matrix of its own, not one made from the diffusion matrix.
  bool has_own_walk() const;

  bool has_walk();       ///< walk() is defined and its columns sum to 1
  bool has_diffusion();  ///< diffusion() is defined and its rows sum to 1
  const walk::Absorption& absorption();
  /// Nodes with a path to the sink in the graph.
  const std::vector<bool>& reaching();

  /// REQUIRES: diffusion() is defined.
  const diffusion::Fidelity& fidelity();
  /// The minimum alone, by the fast path, unless the fidelities are known already. REQUIRES: has_diffusion().
  const diffusion::Minimax& minimax();
  /// REQUIRES: absorption().certain; epsilon > 0.
  const walk::MixingTime& mixing_time(const exact::Rational& epsilon, walk::Distance distance);

  /// (D^t)_{tau j} and (W^t)_{tau j}. REQUIRES: the matrix is defined.
  RowHistory& signals();
  RowHistory& absorbed();
  /// REQUIRES: walk() is defined.
  MoveCounts& moves();
  WalkCounts& walk_counts();

 private:
  heads::MatrixOrReason walk_of_mean();
  heads::MatrixOrReason mean_of(const heads::MatrixOrReason& (Chain::*matrix)()) const;

  std::shared_ptr<const Setting> setting_;
  std::optional<heads::HeadSystem> single_;  ///< the head, alone
  std::vector<Part> parts_;                  ///< of the mean

  std::optional<heads::MatrixOrReason> walk_, diffusion_;
  std::optional<graph::Digraph> graph_;
  std::optional<bool> has_walk_, has_diffusion_;
  std::optional<walk::Absorption> absorption_;
  std::optional<std::vector<bool>> reaching_;
  std::optional<diffusion::Minimax> minimax_;
  std::unique_ptr<diffusion::Fidelity> fidelity_;
  std::vector<std::pair<walk::Distance, walk::MixingTime>> mixing_times_;
  std::unique_ptr<RowHistory> signals_, absorbed_;
  std::unique_ptr<MoveCounts> moves_;
  std::unique_ptr<WalkCounts> walk_counts_;
};

/// The heads of a system without their weights, and the products of their diffusion matrices along words.
struct HeadSet {
  std::shared_ptr<const Setting> setting;
  std::vector<std::shared_ptr<Chain>> heads;
  WordProducts products, rollouts;
};

/// A head system as the evaluator works on it. Systems that differ in their weights alone share their heads.
class CurrentSystem {
 public:
  CurrentSystem(std::shared_ptr<HeadSet> set, std::vector<exact::Rational> weights, std::string name);
  /// REQUIRES: a valid system.
  static std::shared_ptr<CurrentSystem> of(const heads::HeadSystem& system, const Convention& convention,
                                           const diffusion::Limits& fidelity_limits,
                                           const walk::Limits& mixing_limits);
  /// The same heads under other weights. REQUIRES: one weight for each head.
  std::shared_ptr<CurrentSystem> with_weights(std::vector<exact::Rational> weights) const;

  const Setting& setting() const { return *set_->setting; }
  int size() const { return setting().size(); }
  int head_count() const { return static_cast<int>(set_->heads.size()); }
  const std::vector<exact::Rational>& weights() const { return weights_; }
  const std::string& name() const { return name_; }

  Chain& head(int index) { return *set_->heads[static_cast<std::size_t>(index)]; }
  Chain& mean();

  /// (D_{w_1} ... D_{w_t})_{ij}, or with (I + D_h) / 2 for D_h, or why it is undefined. Nodes and heads from
  /// 0. REQUIRES: letters, i and j in range.
  std::optional<exact::Rational> word_entry(const std::vector<int>& word, int i, int j, bool rollout,
                                            std::string& reason);

  /// As a system that can be written to a file.
  heads::HeadSystem to_system() const;
  /// Equal for two systems exactly when their descriptions in a certificate are.
  const std::string& key();

 private:
  std::shared_ptr<HeadSet> set_;
  std::vector<exact::Rational> weights_;
  std::string name_;
  std::shared_ptr<Chain> mean_;
  std::string key_;
};

}  // namespace crosshead::claim
