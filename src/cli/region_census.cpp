#include "region_census.hpp"

#include <algorithm>
#include <cmath>

namespace crosshead::cli {
namespace {

using diffusion::RegionInterval;
using exact::AlgebraicNumber;
using exact::Rational;
using nlohmann::ordered_json;

/// The number of multiples of 1 / RegionCensus::kSamples that are below the number: exact, because an
/// irrational number is none of them.
int samples_below(const AlgebraicNumber& number) {
  int low = 0, high = RegionCensus::kSamples + 1;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (number.compare(Rational(middle, RegionCensus::kSamples)) > 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool is_sample(const AlgebraicNumber& number) {
  return number.is_rational() && RegionCensus::kSamples % denominator(number.isolating().lower) == 0;
}

double place(const AlgebraicNumber& number) {
  return exact::to_double(number.refined(Rational(1, 1'000'000'000'000'000)).isolating().lower);
}

AlgebraicNumber number_of(const ordered_json& value) {
  if (value.contains("value"))
    return AlgebraicNumber(exact::parse_rational(value["value"].get<std::string>()));
  std::vector<exact::Integer> coefficients;
  for (const auto& item : value["minimal_polynomial"]) coefficients.emplace_back(item.get<std::string>());
  return {exact::UnivariatePolynomial(coefficients),
          exact::parse_rational(value["isolating"][0].get<std::string>()),
          exact::parse_rational(value["isolating"][1].get<std::string>())};
}

}  // namespace

ordered_json region_line(std::int64_t first, std::int64_t second, const diffusion::WeightRegion& region) {
  ordered_json holds = ordered_json::array();
  const auto end = [](const AlgebraicNumber& number) {
    ordered_json value = algebraic_json(number);
    value.erase("decimal");
    return value;
  };
  for (const auto& set : region.holds)
    holds.push_back({end(set.from), set.from_closed, end(set.to), set.to_closed});
  ordered_json line = {{"pair", {first, second}}, {"holds", holds}};
  if (!region.undecided.empty()) {
    ordered_json open = ordered_json::array();
    for (const auto& piece : region.undecided)
      open.push_back({exact::to_string(piece.lower), exact::to_string(piece.upper)});
    line["undecided"] = open;
  }
  return line;
}

std::vector<RegionInterval> sets_of(const ordered_json& line) {
  std::vector<RegionInterval> sets;
  for (const auto& set : line.at("holds"))
    sets.push_back(
        {number_of(set.at(0)), number_of(set.at(2)), set.at(1).get<bool>(), set.at(3).get<bool>()});
  return sets;
}

bool hold_at_half(const std::vector<RegionInterval>& sets) {
  return std::any_of(sets.begin(), sets.end(), [](const RegionInterval& set) {
    const int left = set.from.compare(Rational(1, 2)), right = set.to.compare(Rational(1, 2));
    return (left < 0 || (left == 0 && set.from_closed)) && (right > 0 || (right == 0 && set.to_closed));
  });
}

bool hold_everywhere(const std::vector<RegionInterval>& sets) {
  return std::any_of(sets.begin(), sets.end(), [](const RegionInterval& set) {
    return set.from.compare(Rational(0)) == 0 && set.to.compare(Rational(1)) == 0;
  });
}

bool have_irrational_end(const std::vector<RegionInterval>& sets) {
  return std::any_of(sets.begin(), sets.end(), [](const RegionInterval& set) {
    return !set.from.is_rational() || !set.to.is_rational();
  });
}

RegionCensus::RegionCensus(bool pictures, std::int64_t total)
    : pictures_(pictures), steps_(kSamples + 2), lengths_(kLengths), every_(total <= kMostListed ? 0 : 1) {}

void RegionCensus::add(const ordered_json& line) {
  const std::vector<RegionInterval> sets = sets_of(line);
  ++counts_.pairs;
  counts_.undecided += line.contains("undecided") ? 1 : 0;
  counts_.somewhere += sets.empty() ? 0 : 1;
  counts_.at_half += hold_at_half(sets) ? 1 : 0;
  counts_.everywhere += hold_everywhere(sets) ? 1 : 0;
  counts_.with_irrational_end += have_irrational_end(sets) ? 1 : 0;
  for (const RegionInterval& set : sets) {
    for (const AlgebraicNumber* end : {&set.from, &set.to})
      counts_.largest_degree = std::max(counts_.largest_degree, end->minimal_polynomial().degree());
  }
  if (pictures_) draw(line, sets);
}

void RegionCensus::draw(const ordered_json& line, const std::vector<RegionInterval>& sets) {
  double length = 0;
  for (const RegionInterval& set : sets) {
    const int first = samples_below(set.from) + (is_sample(set.from) && !set.from_closed ? 1 : 0);
    const int beyond = samples_below(set.to) + (is_sample(set.to) && set.to_closed ? 1 : 0);
    if (first < beyond) {
      ++steps_[static_cast<std::size_t>(first)];
      --steps_[static_cast<std::size_t>(beyond)];
    }
    length += place(set.to) - place(set.from);
  }
  if (!sets.empty()) {
    // Ends are rounded by 10^-15 at most.
    const int bin = static_cast<int>(std::ceil(length * kLengths - 1e-12)) - 1;
    ++lengths_[static_cast<std::size_t>(std::clamp(bin, 0, kLengths - 1))];
    const Kept kept{counts_.pairs, line};
    if (!first_everywhere_ && hold_everywhere(sets)) first_everywhere_ = kept;
    if (!first_elsewhere_ && !hold_at_half(sets) && !line.contains("undecided")) first_elsewhere_ = kept;
    if (length < shortest_length_ - 1e-12) {
      shortest_length_ = length;
      shortest_ = kept;
    }
  }
  list(line, !sets.empty() || line.contains("undecided"));
}

void RegionCensus::list(const ordered_json& line, bool shown) {
  if (every_ == 0) {
    listed_.push_back({counts_.pairs, line});
    return;
  }
  if (!shown || met_++ % every_ != 0) return;
  listed_.push_back({counts_.pairs, line});
  if (static_cast<std::int64_t>(listed_.size()) <= kMostListed) return;
  // Too many: every other one.
  std::vector<Kept> fewer;
  for (std::size_t k = 0; k < listed_.size(); k += 2) fewer.push_back(std::move(listed_[k]));
  listed_ = std::move(fewer);
  every_ *= 2;
}

std::vector<std::int64_t> RegionCensus::holding() const {
  std::vector<std::int64_t> counts;
  std::int64_t sum = 0;
  for (int k = 0; k <= kSamples; ++k) counts.push_back(sum += steps_[static_cast<std::size_t>(k)]);
  return counts;
}

}  // namespace crosshead::cli
