#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crosshead/exact/matrix.hpp"
#include "crosshead/graph/digraph.hpp"

namespace crosshead::heads {

/// One head's attention exactly as a tensor stores it: n x n, row = receiving (query), column = sending
/// (key). `values` are the exact images of the stored floats (float16, bfloat16, float32 and float64 all
/// embed in double). Nonnegative and finite; rows need not sum to 1.
struct AttentionMatrix {
  int nodes = 0;
  std::vector<double> values;
};

/// How attention is read: entries as the tensor stores them, or each row divided by its exact sum.
enum class Reading { as_stored, normalised };

/// The walk of a head that is given by a diffusion matrix alone, attention above all. Both need column j of
/// the diffusion matrix, the weights with which later nodes listen to node j:
/// - `successor_normalised`: divided by its sum (Def. 2.3 made stochastic);
/// - `published`: as the published program samples it. Its cumulative sums are compared with a uniform r in
///   [0, 1), and the walk moves to the first node whose sum is at least r, or to the sink if there is none.
///   Mass beyond 1 is cut off in this way, and mass that is missing jumps to the sink, so that the walk is
///   always defined.
enum class AttentionWalk { successor_normalised, published };

/// One head. At least one description is present:
/// - `graph`: walk matrix by Def. 2.3 and diffusion matrix by Def. 3.1;
/// - `diffusion` (rows sum to 1) and/or `walk` (columns sum to 1), given directly;
/// - `attention`: a diffusion matrix with its defect.
struct Head {
  std::string name;
  std::optional<graph::Digraph> graph;
  std::optional<exact::RationalMatrix> diffusion;
  std::optional<exact::RationalMatrix> walk;
  std::optional<AttentionMatrix> attention;
};

/// Heads on the same nodes with convex weights (they sum to exactly 1; a zero weight is allowed).
struct HeadSystem {
  std::string name;
  std::vector<std::string> nodes;  ///< names, in feedforward order
  int sink = 0;                    ///< index of tau
  std::vector<Head> heads;         ///< at least one
  std::vector<exact::Rational> weights;

  int size() const { return static_cast<int>(nodes.size()); }
};

/// A matrix, or the reason why the system has none.
struct MatrixOrReason {
  std::optional<exact::RationalMatrix> matrix;
  std::string reason;  ///< empty when there is a matrix
};

/// Walk matrix of Def. 2.3, column-stochastic: W_ij = 1/outdeg(j) for j -> i. None where some outdeg(j) = 0.
MatrixOrReason walk_matrix(const graph::Digraph& graph, const std::vector<std::string>& nodes);
/// Diffusion matrix of Def. 3.1, row-stochastic: D_ij = 1/indeg(i) for j -> i. None where some indeg(i) = 0.
MatrixOrReason diffusion_matrix(const graph::Digraph& graph, const std::vector<std::string>& nodes);
/// The matrix of floats, exactly; under `normalised` each row divided by its exact sum (none for a zero row).
MatrixOrReason attention_matrix(const AttentionMatrix& attention, Reading reading);
/// Each column divided by its sum: the walk of a diffusion matrix ("successor-normalised"). None for a zero
/// column.
MatrixOrReason successor_normalised(const exact::RationalMatrix& diffusion,
                                    const std::vector<std::string>& nodes);

/// The walk of the published program (AttentionWalk::published); always defined.
exact::RationalMatrix published_walk(const exact::RationalMatrix& diffusion, int sink);

MatrixOrReason diffusion_of(const HeadSystem& system, int head, Reading reading);
/// A head without a walk matrix of its own walks on its diffusion matrix, read as `walk` says.
MatrixOrReason walk_of(const HeadSystem& system, int head, Reading reading,
                       AttentionWalk walk = AttentionWalk::successor_normalised);

/// Dbar = sum beta_h D_h over heads of positive weight (26).
MatrixOrReason mean_diffusion(const HeadSystem& system, Reading reading);
/// Wbar = sum alpha_h W_h where every head of positive weight has a walk matrix of its own (edges or "walk");
/// otherwise the walk on the mean diffusion matrix, read as `walk` says.
MatrixOrReason mean_walk(const HeadSystem& system, Reading reading,
                         AttentionWalk walk = AttentionWalk::successor_normalised);

/// Whether mean_walk takes the second branch.
bool walks_on_mean_diffusion(const HeadSystem& system);

/// The edges j -> i with a nonzero entry (i, j): the graph that a matrix lives on.
graph::Digraph support(const exact::RationalMatrix& matrix);
/// Graph of one head: its edges, or the support of its matrices.
graph::Digraph graph_of(const HeadSystem& system, int head);
/// Union over the heads of positive weight.
graph::Digraph union_graph(const HeadSystem& system);

/// max over rows of |row sum - 1|, with its row: zero for exactly stochastic matrices.
struct Defect {
  exact::Rational largest;
  int row = 0;
};
Defect row_defect(const exact::RationalMatrix& matrix);

}  // namespace crosshead::heads
