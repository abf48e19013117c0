// Halving [0, 1] until every piece has one answer with a proof. Where two answers meet, the piece is divided
// at the root of the polynomial that makes the difference: at the point itself if the root is rational.
#include "region_search.hpp"

#include <algorithm>

namespace crosshead::diffusion {
namespace {

using exact::Rational;
using Polynomial = exact::UnivariatePolynomial;
using Plan = RegionQuestion::Plan;

/// From this depth on, roots that several polynomials share and roots of even order are looked for as well.
constexpr int kDeep = 8;
/// Points are cheap: they may take this many times the steps.
constexpr std::int64_t kPatience = 32;

/// Whether some node, or all of them, were seen to decide the question.
bool hopeful(const Plan& plan) {
  return plan.holds || std::any_of(plan.nodes.begin(), plan.nodes.end(),
                                   [](const NodeEstimate& node) { return node.low && node.settled; });
}

class PieceSearch {
 public:
  PieceSearch(const MatrixPair& pair, const RegionQuestion& question, const RegionLimits& limits)
      : pair_(pair), question_(question), limits_(limits) {}

  std::vector<RegionPiece> run() {
    Rational last = 0;
    point(last);
    for (const Rational& end : limits_.ends) {
      between(last, end, 0);
      point(end);
      last = end;
    }
    between(last, 1, 0);
    point(1);
    return std::move(pieces_);
  }

  std::vector<RegionPiece> run_at(const Rational& weight) {
    point(weight);
    return std::move(pieces_);
  }

 private:
  void add(const Rational& lower, const Rational& upper, std::vector<RegionProof> proofs) {
    RegionPiece piece;
    piece.place = {lower, upper};
    piece.proofs = std::move(proofs);
    pieces_.push_back(std::move(piece));
  }

  void point(const Rational& b) {
    RegionScene scene(pair_, b, b);
    std::optional<RegionProof> proof;
    for (const std::int64_t patience : {std::int64_t{1}, kPatience}) {
      const Plan plan = question_.plan(exact::to_double(b), patience);
      for (const bool thorough : {false, true}) {
        if (!proof) proof = question_.prove(scene, 0, plan, thorough);
      }
      if (proof) break;
    }
    add(b, b, proof ? std::vector<RegionProof>{std::move(*proof)} : std::vector<RegionProof>{});
  }

  void between(const Rational& lower, const Rational& upper, int depth) {
    RegionScene scene(pair_, lower, upper);
    const Rational width = upper - lower, middle = (lower + upper) / 2;
    const Plan plan = question_.plan(exact::to_double(middle), 1);
    if (auto proof = question_.prove(scene, 0, plan, false)) {
      add(lower, upper, {std::move(*proof)});
      return;
    }
    const std::vector<Plan> plans{question_.plan(exact::to_double(lower + width / 64), 1), plan,
                                  question_.plan(exact::to_double(upper - width / 64), 1)};
    const bool changes = plans[0].holds != plan.holds || plan.holds != plans[2].holds;
    if ((changes || depth % 3 == 2) && divided(scene, plans, lower, upper, depth)) return;
    if (depth >= limits_.depth ||
        (depth >= kDeep && lower != 0 && upper != 1 && std::none_of(plans.begin(), plans.end(), hopeful))) {
      add(lower, upper, {});
      return;
    }
    between(lower, middle, depth + 1);
    point(middle);
    between(middle, upper, depth + 1);
  }

  /// Whether the interval could be settled around one root.
  bool divided(RegionScene& scene, const std::vector<Plan>& plans, const Rational& lower,
               const Rational& upper, int depth) {
    std::vector<Polynomial> tried;
    for (const Polynomial& separator : question_.separators(scene, plans)) {
      if (sign_changes(separator) != 1 && depth < kDeep) continue;
      if (sign_changes(separator) == 1) {
        scene.divide_at(separator);
        const bool worth_it = proofs(scene, plans).has_value();
        scene.undivided();
        if (!worth_it && depth < kDeep) continue;
      }
      for (const Polynomial& factor : irreducible_factors(from_interval(separator, lower, upper))) {
        if (std::find(tried.begin(), tried.end(), factor) != tried.end()) continue;
        tried.push_back(factor);
        if (divided_at(scene, factor, plans, lower, upper, depth)) return true;
      }
    }
    return false;
  }

  bool divided_at(RegionScene& scene, const Polynomial& factor, const std::vector<Plan>& plans,
                  const Rational& lower, const Rational& upper, int depth) {
    const Polynomial local = on_interval(factor, lower, upper);
    if (sign_changes(local) != 1) return false;
    if (factor.degree() == 1) {
      const Rational root(-factor.coefficient(0), factor.coefficient(1));
      between(lower, root, depth + 1);
      point(root);
      between(root, upper, depth + 1);
      return true;
    }
    scene.divide_at(local);
    auto found = proofs(scene, plans);
    scene.undivided();
    if (!found) return false;
    add(lower, upper, std::move(*found));
    pieces_.back().root = factor;
    return true;
  }

  std::optional<std::vector<RegionProof>> proofs(RegionScene& scene, const std::vector<Plan>& plans) const {
    std::vector<RegionProof> result;
    for (int side = 0; side < 3; ++side) {
      std::optional<RegionProof> proof;
      for (std::size_t k = 0; k < plans.size() && !proof; ++k) {
        const Plan& plan = plans[side == 2 ? plans.size() - 1 - k : k];
        proof = question_.prove(scene, side, plan, false);
        if (!proof) proof = question_.prove(scene, side, plan, true);
      }
      if (!proof) return std::nullopt;
      result.push_back(std::move(*proof));
    }
    return result;
  }

  const MatrixPair& pair_;
  const RegionQuestion& question_;
  const RegionLimits& limits_;
  std::vector<RegionPiece> pieces_;
};

/// A point or an open interval between two numbers with one answer.
struct Atom {
  exact::AlgebraicNumber from, to;
  bool point;
  std::optional<bool> answer;
};

std::vector<Atom> atoms_of(const RegionPiece& piece) {
  const exact::AlgebraicNumber from(piece.place.lower), to(piece.place.upper);
  if (piece.proofs.empty()) return {{from, to, piece.place.is_exact(), std::nullopt}};
  if (!piece.root) return {{from, to, piece.place.is_exact(), piece.proofs[0].holds}};
  const exact::AlgebraicNumber root(*piece.root, piece.place.lower, piece.place.upper);
  return {{from, root, false, piece.proofs[0].holds},
          {root, root, true, piece.proofs[1].holds},
          {root, to, false, piece.proofs[2].holds}};
}

}  // namespace

std::vector<RegionPiece> search_pieces(const MatrixPair& pair, const RegionQuestion& question,
                                       const RegionLimits& limits) {
  return PieceSearch(pair, question, limits).run();
}

std::vector<RegionPiece> search_point(const MatrixPair& pair, const RegionQuestion& question,
                                      const RegionLimits& limits, const Rational& weight) {
  return PieceSearch(pair, question, limits).run_at(weight);
}

void join_pieces(const std::vector<RegionPiece>& pieces, bool wanted, WeightRegion& region) {
  bool inside = false, open_question = false;
  for (const RegionPiece& piece : pieces) {
    for (const Atom& atom : atoms_of(piece)) {
      if (!atom.answer) {
        if (open_question && region.undecided.back().upper == piece.place.lower) {
          region.undecided.back().upper = piece.place.upper;
        } else {
          region.undecided.push_back(piece.place);
        }
        open_question = true;
        inside = false;
        continue;
      }
      if (*atom.answer != wanted) {
        inside = false;
      } else if (inside) {
        region.holds.back().to = atom.to;
        region.holds.back().to_closed = atom.point;
      } else {
        region.holds.push_back({atom.from, atom.to, atom.point, atom.point});
        inside = true;
      }
    }
  }
}

}  // namespace crosshead::diffusion
