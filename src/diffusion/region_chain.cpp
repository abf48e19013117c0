// One interval of weights as a pair of heads: the two ends of the interval. Everything is a polynomial in z
// with nonnegative coefficients, so nothing is ever subtracted before a comparison.
#include "region_chain.hpp"

#include <algorithm>

#include "region_order.hpp"
#include "region_products.hpp"

namespace crosshead::diffusion {
namespace {

using exact::Integer;
using exact::Rational;
using Polynomial = exact::UnivariatePolynomial;

Integer common_denominator(const exact::RationalMatrix& a, const exact::RationalMatrix& b) {
  Integer result = 1;
  for (const auto* matrix : {&a, &b}) {
    for (int i = 0; i < matrix->size(); ++i) {
      for (const auto& entry : matrix->row(i)) result = lcm(result, denominator(entry.value));
    }
  }
  return result;
}

std::vector<Integer> numerators(const exact::RationalMatrix& matrix, const Integer& common) {
  const auto n = static_cast<std::size_t>(matrix.size());
  std::vector<Integer> result(n * n);
  for (int i = 0; i < matrix.size(); ++i) {
    for (const auto& entry : matrix.row(i)) {
      result[static_cast<std::size_t>(i) * n + static_cast<std::size_t>(entry.column)] =
          numerator(entry.value) * (common / denominator(entry.value));
    }
  }
  return result;
}

}  // namespace

MatrixPair::MatrixPair(const exact::RationalMatrix& a, const exact::RationalMatrix& b, int sink_node)
    : size(a.size()),
      sink(sink_node),
      denominator(common_denominator(a, b)),
      first(numerators(a, denominator)),
      second(numerators(b, denominator)) {}

RegionChain::RegionChain(const MatrixPair& pair, const Rational& lower, const Rational& upper)
    : size_(pair.size),
      sink_(pair.sink),
      width_(upper - lower),
      entries_(pair.first.size()),
      reach_(static_cast<std::size_t>(pair.size)) {
  const Integer common = lcm(denominator(lower), denominator(upper));
  const bool point = lower == upper;
  const Integer low = numerator(lower) * (common / denominator(lower));
  const Integer high = numerator(upper) * (common / denominator(upper));
  graph::Digraph support(size_);
  for (std::size_t k = 0; k < entries_.size(); ++k) {
    std::vector<Integer> coefficients{low * pair.first[k] + (common - low) * pair.second[k]};
    if (!point) coefficients.push_back(high * pair.first[k] + (common - high) * pair.second[k]);
    entries_[k] = Polynomial(coefficients);
    const int row = static_cast<int>(k) / size_, column = static_cast<int>(k) % size_;
    if (!entries_[k].is_zero()) support.add_edge(column, row);
  }
  if (auto order = region_order(support)) {
    order_ = std::move(order->nodes);
    classes_ = std::move(order->closed);
    class_of_ = std::move(order->closed_class);
  }
  std::vector<Integer> one{common * pair.denominator};
  if (!point) one.push_back(common * pair.denominator);
  one_ = Polynomial(one);
  std::vector<Integer> weight{low * pair.denominator};
  if (!point) weight.push_back(high * pair.denominator);
  first_weight_ = Polynomial(weight);
  units_.emplace_back(std::vector<Integer>{1});
  rows_.emplace_back(static_cast<std::size_t>(size_));
  rows_.front()[static_cast<std::size_t>(sink_)] = units_.front();
}

void RegionChain::extend(std::int64_t t) {
  while (static_cast<std::int64_t>(rows_.size()) <= t) {
    std::vector<Polynomial> next(static_cast<std::size_t>(size_));
    for (int l = 0; l < size_; ++l) {
      for (int k = 0; k < size_; ++k) {
        add_product(next[static_cast<std::size_t>(l)], rows_.back()[static_cast<std::size_t>(k)],
                    entry(k, l));
      }
    }
    rows_.push_back(std::move(next));
    units_.push_back(units_.back() * one_);
  }
}

bool RegionChain::absorbing(int j) const {
  return entry(j, j) == one_;
}

RegionChain::Reach RegionChain::reach_before(int j, const std::vector<bool>& gates) const {
  if (!order_ || recurrent(j) || coefficient_signs(one_ - entry(j, j)) == exact::CoefficientSigns::negative)
    return {};
  return eliminate({j}, gates);
}

RegionChain::Reach RegionChain::eliminate(const std::vector<int>& targets,
                                          const std::vector<bool>& gates) const {
  Reach h;
  h.numerators.resize(static_cast<std::size_t>(size_));
  h.denominator = Polynomial(std::vector<Integer>{1});
  std::size_t met = 0;
  std::vector<int> done = targets;
  for (const int target : targets) h.numerators[static_cast<std::size_t>(target)] = h.denominator;
  for (int k : *order_) {
    const bool target = std::find(targets.begin(), targets.end(), k) != targets.end();
    met += target ? 1 : 0;
    if (met < targets.size() || target || gates[static_cast<std::size_t>(k)]) continue;
    Polynomial sum;
    for (int l : done) add_product(sum, h.numerators[static_cast<std::size_t>(l)], entry(k, l));
    if (sum.is_zero()) continue;
    const Polynomial leave = one_ - entry(k, k);
    if (coefficient_signs(leave) != exact::CoefficientSigns::positive) return h;
    for (int l : done) {
      Polynomial& value = h.numerators[static_cast<std::size_t>(l)];
      value = value * leave;
    }
    h.denominator = h.denominator * leave;
    h.numerators[static_cast<std::size_t>(k)] = std::move(sum);
    done.push_back(k);
  }
  h.exists = true;
  return h;
}

const RegionChain::Reach& RegionChain::reach(int j) {
  std::optional<Reach>& slot = reach_[static_cast<std::size_t>(j)];
  if (!slot) slot = reach_before(j, std::vector<bool>(static_cast<std::size_t>(size_)));
  return *slot;
}

std::optional<RegionChain::Quotient> RegionChain::limit(int j) {
  if (recurrent(j)) return class_limit(j);
  const Reach& h = reach(j);
  if (!h.exists) return std::nullopt;
  return Quotient{h.numerators[static_cast<std::size_t>(sink_)], h.denominator};
}

Polynomial RegionChain::dot(std::int64_t t, const std::vector<Polynomial>& vector) {
  Polynomial sum;
  for (int k = 0; k < size_; ++k) {
    const Polynomial& x = signal(k, t);
    const Polynomial& value = vector[static_cast<std::size_t>(k)];
    if (!x.is_zero() && !value.is_zero()) sum = sum + x * value;
  }
  return sum;
}

std::optional<RegionChain::Quotient> RegionChain::tail(int j, std::int64_t t) {
  const Reach& h = reach(j);
  if (!h.exists) return std::nullopt;
  return Quotient{dot(t, h.numerators), h.denominator * unit(t)};
}

std::vector<RegionChain::Later> RegionChain::later(int j, std::int64_t t) {
  if (recurrent(j)) {
    const std::vector<int>& members = classes_[static_cast<std::size_t>(class_of(j))];
    std::vector<Later> found;
    if (members.size() == 2) found = pair_later(j, members[0] == j ? members[1] : members[0], t);
    if (found.empty()) found.push_back(class_later(j, t));
    if (found.front().bounds.empty()) found.clear();
    return found;
  }
  auto bound = tail(j, t);
  if (!bound) return {};
  return {Later{{std::move(*bound)}}};
}

}  // namespace crosshead::diffusion
