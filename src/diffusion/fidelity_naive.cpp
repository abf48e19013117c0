// The oracle: dense rational row vectors, and the plain argument that the mass which can still reach a node
// never increases. Absorbing nodes by the limit of a dense solve.
#include <algorithm>

#include "crosshead/diffusion/fidelity.hpp"
#include "crosshead/exact/linear_solve.hpp"

namespace crosshead::diffusion {
namespace {

using exact::DenseMatrix;
using exact::DenseVector;
using exact::Rational;

/// reach[k][j]: a chain step sequence from k to j exists (the empty one included), by plain closure.
std::vector<std::vector<bool>> closure(const DenseMatrix& d) {
  const auto n = static_cast<std::size_t>(d.rows());
  std::vector<std::vector<bool>> reach(n, std::vector<bool>(n));
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      reach[a][b] = a == b || d(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)) != 0;
    }
  }
  for (std::size_t c = 0; c < n; ++c) {
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) reach[a][b] = reach[a][b] || (reach[a][c] && reach[c][b]);
    }
  }
  return reach;
}

/// Probability of ever reaching the absorbing node j from the sink: least solution of h = D h, h_j = 1.
Rational absorption(const DenseMatrix& d, const std::vector<std::vector<bool>>& reach, int sink, int j) {
  const Eigen::Index n = d.rows();
  DenseMatrix system = DenseMatrix::Constant(n, n, Rational(0));
  DenseVector right = DenseVector::Constant(n, Rational(0));
  for (Eigen::Index k = 0; k < n; ++k) {
    system(k, k) = 1;
    if (k == j) {
      right(k) = 1;
    } else if (reach[static_cast<std::size_t>(k)][static_cast<std::size_t>(j)]) {
      for (Eigen::Index l = 0; l < n; ++l) system(k, l) -= d(k, l);
    }
  }
  return exact::solve(system, right).value()(sink);
}

}  // namespace

Fidelity fidelity_naive(const exact::RationalMatrix& diffusion, int sink,
                        const FidelityConvention& convention, std::int64_t steps) {
  const DenseMatrix d = exact::to_dense(diffusion);
  const auto reach = closure(d);
  const int n = diffusion.size();
  Fidelity result;
  result.nodes.resize(static_cast<std::size_t>(n));
  std::vector<Rational> best(static_cast<std::size_t>(n), Rational(-1));
  DenseVector x = DenseVector::Constant(n, Rational(0));
  x(sink) = 1;
  const auto open = [&] {
    return std::any_of(result.nodes.begin(), result.nodes.end(),
                       [](const NodeFidelity& node) { return !node.decided; });
  };
  for (std::int64_t t = 0; t <= steps && open(); ++t) {
    if (t > 0) x = (d.transpose() * x).eval();
    if (t < convention.first_step) continue;
    for (int j = 0; j < n; ++j) {
      const auto column = static_cast<std::size_t>(j);
      NodeFidelity& node = result.nodes[column];
      if (node.decided) continue;
      if (x(j) > best[column]) {
        best[column] = x(j);
        node.time = t;
      }
      Rational mass = 0;
      for (int k = 0; k < n; ++k) {
        if (reach[static_cast<std::size_t>(k)][column]) mass += x(k);
      }
      if (mass <= best[column]) {
        node.decided = true;
        node.attained = true;
        node.supremum = best[column];
      } else if (d(j, j) == 1 && t >= convention.first_step + n) {
        node.decided = true;
        node.attained = false;
        node.time.reset();
        node.supremum = absorption(d, reach, sink, j);
      }
    }
  }
  result.decided = true;
  bool first = true;
  for (int j = 0; j < n; ++j) {
    const NodeFidelity& node = result.nodes[static_cast<std::size_t>(j)];
    result.decided = result.decided && node.decided;
    if (j == sink && !convention.sink_counts) continue;
    if (first || node.supremum < result.minimax) {
      result.minimax = node.supremum;
      result.minimax_nodes.clear();
      result.attained = node.attained;
    }
    if (node.supremum == result.minimax) result.minimax_nodes.push_back(j);
    first = false;
  }
  result.defined = !first;
  return result;
}

}  // namespace crosshead::diffusion
