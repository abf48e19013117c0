// Mixing times of slow chains. W^(2^k) is enclosed by balls (Arb); bits of the first time are then found from
// the highest down, since the absorbed mass never decreases. Every comparison is certain or the precision is
// doubled; only an exact tie (or one closer than the last precision) is left open.
#include <vector>

#include "mixing_rule.hpp"

#include "crosshead/exact/balls.hpp"

namespace crosshead::walk {
namespace {

using exact::Ball;
using exact::BallMatrix;
using exact::set_rational;

constexpr slong kFirstPrecision = 192;
constexpr slong kLastPrecision = 1536;
constexpr int kMostBits = 62;

enum class Met { no, yes, unclear };

class Search {
 public:
  Search(const exact::RationalMatrix& walk, int sink, const AbsorbedThreshold& rule, Start start,
         slong precision)
      : n_(walk.size()), sink_(sink), rule_(rule), start_(start), precision_(precision) {
    set_rational(least_.get(), rule.least, precision);
    powers_.emplace_back(n_, n_);
    for (int i = 0; i < n_; ++i) {
      for (const auto& entry : walk.row(i))
        set_rational(powers_[0].at(i, entry.column), entry.value, precision);
    }
  }

  EnclosedTime run() {
    // Powers until the threshold is met at 2^k.
    for (int k = 0;; ++k) {
      if (k > kMostBits) return {};
      if (k > 0) {
        powers_.emplace_back(n_, n_);
        arb_mat_sqr(powers_.back().get(), powers_[static_cast<std::size_t>(k) - 1].get(), precision_);
      }
      BallMatrix row(1, n_);
      for (int j = 0; j < n_; ++j) arb_set(row.at(0, j), powers_.back().at(sink_, j));
      const Met met = judge(row);
      if (met == Met::unclear) return {};
      if (met == Met::yes) break;
    }
    // The largest t with the threshold unmet, bit by bit; `row` is e_tau W^t.
    BallMatrix row(1, n_);
    arb_one(row.at(0, sink_));
    std::int64_t unmet = 0;
    for (int k = static_cast<int>(powers_.size()) - 2; k >= 0; --k) {
      BallMatrix next(1, n_);
      arb_mat_mul(next.get(), row.get(), powers_[static_cast<std::size_t>(k)].get(), precision_);
      const Met met = judge(next);
      if (met == Met::unclear) return {};
      if (met == Met::yes) continue;
      unmet += std::int64_t{1} << k;
      arb_mat_swap(row.get(), next.get());
    }
    return {true, unmet + 1, certain_least(row)};
  }

 private:
  Met judge(BallMatrix& row) {
    if (start_ == Start::average) {
      Ball mean;
      for (int j = 0; j < n_; ++j) arb_add(mean.get(), mean.get(), row.at(0, j), precision_);
      arb_div_si(mean.get(), mean.get(), n_, precision_);
      return compare(mean.get());
    }
    Met worst = Met::yes;
    for (int j = 0; j < n_; ++j) {
      const Met one = compare(row.at(0, j));
      if (one == Met::no) return Met::no;
      if (one == Met::unclear) worst = Met::unclear;
    }
    return worst;
  }

  Met compare(arb_ptr mass) {
    if (rule_.strict) {
      if (arb_gt(mass, least_.get())) return Met::yes;
      return arb_le(mass, least_.get()) ? Met::no : Met::unclear;
    }
    if (arb_ge(mass, least_.get())) return Met::yes;
    return arb_lt(mass, least_.get()) ? Met::no : Met::unclear;
  }

  int certain_least(BallMatrix& row) {
    for (int j = 0; j < n_; ++j) {
      bool least = true;
      for (int i = 0; i < n_ && least; ++i) least = i == j || arb_lt(row.at(0, j), row.at(0, i));
      if (least) return j;
    }
    return -1;
  }

  int n_;
  int sink_;
  AbsorbedThreshold rule_;
  Start start_;
  slong precision_;
  Ball least_;
  std::vector<BallMatrix> powers_;
};

}  // namespace

EnclosedTime enclosed_mixing_time(const exact::RationalMatrix& walk, int sink, const AbsorbedThreshold& rule,
                                  Start start) {
  for (slong precision = kFirstPrecision; precision <= kLastPrecision; precision *= 2) {
    const EnclosedTime result = Search(walk, sink, rule, start, precision).run();
    if (result.decided) return result;
  }
  return {};
}

}  // namespace crosshead::walk
