// Bounds of the best weights of any number of heads (REGION.md, section 6).
#pragma once

#include "src/checker/region_document.hpp"

namespace crosshead::checker {

// The parts of the simplex of weights. Numbers are integers over 2^40 in matrices, over 2^100 elsewhere, each
// rounded up.
class Simplex {
 public:
  Simplex(const TwoHeads& its_heads, long first_step, const vector<int>& counted, const mpq_class& upper)
      : heads_(its_heads), first_(first_step), counted_(counted), most_(floor_of(upper << 100)) {}

  // Requires that on the part with these vertices, each the mean matrix there, some fidelity is at most
  // `upper`.
  void require_bounded(const Json& part, const vector<Vector>& vertices) {
    place = part.place;
    spend(1000 + 400 * vertices.size() * vertices[0].size());
    const auto given = part.members({"node?", "horizon?", "split?", "parts?"});
    const bool leaf = bool(given[0]);
    part.require(leaf == bool(given[1]) && leaf != bool(given[2]) && leaf != bool(given[3]),
                 "expected node and horizon, or split and parts");
    if (leaf) return require_low(part, node_below(heads_.n, given[0]), given[1].integer(first_), vertices);
    given[2].require(given[2].size() == 2 && given[3].size() == 2, "expected two vertices and two parts");
    const size_t a = given[2][0].integer(1) - 1, b = given[2][1].integer(1) - 1;
    given[2].require(a < b && b < vertices.size(), "no two vertices in ascending order");
    Vector middle;
    for (size_t k = 0; k < vertices[a].size(); ++k) {
      spend(200 + limbs(vertices[a][k]) * limbs(vertices[b][k]));
      middle.push_back((vertices[a][k] + vertices[b][k]) / 2);
    }
    for (const size_t side : {0, 1}) {
      vector<Vector> half = vertices;
      half[side == 0 ? a : b] = middle;
      require_bounded(given[3][side], half);
    }
  }

 private:
  static mpz_class up(const mpz_class& x, const mpz_class& by) {
    mpz_class result;
    mpz_cdiv_q(result.get_mpz_t(), x.get_mpz_t(), by.get_mpz_t());
    return result;
  }
  void require_low(const Json& part, int j, long horizon, const vector<Vector>& vertices) {
    const int n = heads_.n;
    const mpz_class one = mpz_class(1) << 100, grid = mpz_class(1) << 40;
    part.require(std::count(counted_.begin(), counted_.end(), j) > 0, "a node that does not count");
    vector<mpz_class> entries(size_t(n) * n);
    for (const Vector& vertex : vertices)
      for (int k = 0; k < n * n; ++k) {
        if (vertex[k] == 0) continue;
        spend(200 + 4 * limbs(vertex[k]));
        entries[k] = std::max(entries[k], mpz_class(-floor_of(-vertex[k] << 40)));
      }
    spend(100L * n * n);
    vector<mpz_class> h(n), x(n);
    h[j] = x[heads_.sink] = one;
    for (int p = heads_.place[j] + 1; p < n; ++p) {
      const int k = heads_.order[p];
      mpz_class reached = 0;
      for (int l = 0; l < n; ++l) reached += l == k ? mpz_class(0) : mpz_class(entries[k * n + l] * h[l]);
      const mpz_class leave = grid - entries[k * n + k];
      if (reached > 0) h[k] = leave <= 0 ? one : std::min(one, up(reached, leave));
    }
    for (long t = 0; t < horizon; ++t) {
      part.require(t < first_ || x[j] <= most_, "a signal that may exceed the bound");
      spend(1000 + 100L * n * n);
      vector<mpz_class> next(n);
      for (int k = 0; k < n * n; ++k)
        if (x[k / n] != 0 && entries[k] != 0) next[k % n] += x[k / n] * entries[k];
      for (int k = 0; k < n; ++k) x[k] = std::min(one, up(next[k], grid));
    }
    mpz_class tail = 0;
    for (int k = 0; k < n; ++k) tail += x[k] * h[k];
    part.require(up(tail, one) <= most_, "what may still arrive exceeds the bound");
  }

  const TwoHeads& heads_;
  long first_;
  vector<int> counted_;
  mpz_class most_;
};

// The line of an accepted certificate of bounds of the best weights.
inline string check_best(const Json& root) {
  const Weights w(root, {"weights", "lower", "above", "upper", "parts"});
  const size_t heads = w.matrices.size();
  root.require(bool(w.given[4]), "expected diffusion matrices");
  const Vector weights = w.given[7].rationals(heads);
  w.given[7].require(sum_of(weights) == 1, "the weights do not sum to 1");
  Matrix mean(w.n, Vector(w.n));
  vector<Vector> vertices;
  for (size_t h = 0; h < heads; ++h) {
    const Matrix& d = w.matrices[h];
    w.given[4][h].require(product(d, Vector(w.n, 1), false) == Vector(w.n, 1), "a row does not sum to 1");
    Vector& entries = vertices.emplace_back();
    for (int i = 0; i < w.n; ++i)
      for (int j = 0; j < w.n; ++j) entries.push_back(d[i][j]), add_product(mean[i][j], d[i][j], weights[h]);
  }
  Matrix all = mean;  // every entry that is positive in some head is so here
  for (const Vector& entries : vertices)
    for (int k = 0; k < w.n * w.n; ++k) all[k / w.n][k % w.n] = std::max(all[k / w.n][k % w.n], entries[k]);
  const TwoHeads order(w.n, w.sink, w.given[3], all, all);
  w.given[3].require(*std::max_element(order.partner.begin(), order.partner.end()) < 0, "a pair");
  const mpq_class lower = w.given[8].rational(), upper = w.given[10].rational();
  Region(w.n, w.sink, w.given[3], mean, mean, w.first_step, w.counted)
      .require_minimax(0, false, lower, w.given[9]);
  Simplex(order, w.first_step, w.counted, upper).require_bounded(w.given[11], vertices);
  return "accepted: the largest minimax fidelity over all weights is at least " + lower.get_str() +
         ", for the weights " + w.given[7].text() + ", and at most " + upper.get_str();
}

// What replays a document of one of these formats, or else what does otherwise.
using Replayer = string (*)(const Json&);
inline Replayer replayer_of(const Json& root, Replayer otherwise) {
  const char* format = json_string_value(json_object_get(root.value, "format"));
  const string name = format ? format : "";
  return name == "crosshead.region/1"         ? check_region
         : name == "crosshead.best-weights/1" ? check_best
                                              : otherwise;
}

}  // namespace crosshead::checker
