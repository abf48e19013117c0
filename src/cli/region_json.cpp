#include "region_output.hpp"

#include "crosshead/heads/names.hpp"

namespace crosshead::cli {
namespace {

using exact::Rational;
using nlohmann::ordered_json;

constexpr int kDecimalDigits = 20;

ordered_json interval_json(const exact::Interval& interval) {
  return {exact::to_string(interval.lower), exact::to_string(interval.upper)};
}

ordered_json maximum_json(const diffusion::WeightMaximum& maximum) {
  ordered_json where = ordered_json::array(), approached = ordered_json::array();
  for (const auto& set : maximum.where) where.push_back(set_json(set));
  for (const auto& end : maximum.approached) approached.push_back(exact::to_string(end));
  return {{"exact", maximum.exact},
          {"value", maximum.algebraic ? algebraic_json(*maximum.algebraic) : ordered_json(nullptr)},
          {"enclosure", maximum.enclosed ? interval_json(maximum.value) : ordered_json(nullptr)},
          {"where", where},
          {"approached", approached},
          {"near", maximum.enclosed && !maximum.exact ? interval_json(maximum.near) : ordered_json(nullptr)}};
}

}  // namespace

ordered_json set_json(const diffusion::RegionInterval& set) {
  return {{"from", algebraic_json(set.from)},
          {"from_closed", set.from_closed},
          {"to", algebraic_json(set.to)},
          {"to_closed", set.to_closed}};
}

ordered_json algebraic_json(const exact::AlgebraicNumber& number) {
  if (number.is_rational()) return {{"value", exact::to_string(number.isolating().lower)}};
  ordered_json coefficients = ordered_json::array();
  const auto& minimal = number.minimal_polynomial();
  for (int i = 0; i <= minimal.degree(); ++i) coefficients.push_back(minimal.coefficient(i).str());
  const exact::Integer scale = boost::multiprecision::pow(exact::Integer(10), kDecimalDigits);
  const exact::Interval fine = number.refined(Rational(exact::Integer(1), scale)).isolating();
  return {{"minimal_polynomial", coefficients},
          {"isolating", interval_json(number.simplified().isolating())},
          {"decimal",
           {exact::decimal_down(fine.lower, kDecimalDigits), exact::decimal_up(fine.upper, kDecimalDigits)}}};
}

ordered_json region_json(const RegionReport& report) {
  const diffusion::WeightRegion& region = report.region;
  ordered_json holds = ordered_json::array(), undecided = ordered_json::array(),
               minimax = ordered_json::array();
  for (const auto& set : region.holds) holds.push_back(set_json(set));
  for (const auto& open : region.undecided) undecided.push_back(interval_json(open));
  for (const auto& value : report.alone) minimax.push_back(exact::to_string(value));
  ordered_json document = {
      {"schema", "crosshead.weights/1"},
      {"system", report.system},
      {"nodes", report.nodes},
      {"sink", report.nodes[static_cast<std::size_t>(report.sink)]},
      {"heads", report.heads},
      {"weights", {"b", "1 - b"}},
      {"convention",
       {{"first_step", report.convention.first_step},
        {"sink_counts", report.convention.sink_counts},
        {"reading", heads::name_of(report.reading)}}},
      {report.mixing ? "heads_mixing" : "heads_minimax", minimax},
      {"claim", report.request.text},
      {"threshold", report.claim.subject == diffusion::RegionClaim::Subject::nodes
                        ? ordered_json(nullptr)
                        : ordered_json(exact::to_string(report.claim.threshold))},
      {"defined", region.defined},
      {"reason", region.reason.empty() ? ordered_json(nullptr) : ordered_json(region.reason)},
      {"decided", region.decided()},
      {"holds", holds},
      {"undecided", undecided},
      {"pieces", region.pieces.size()}};
  if (report.maximum) document["maximum"] = maximum_json(*report.maximum);
  if (!report.remarks.empty()) document["remarks"] = report.remarks;
  document["seconds"] = report.seconds;
  return document;
}

}  // namespace crosshead::cli
