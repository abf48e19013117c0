#include "region_claim.hpp"

#include <algorithm>
#include <regex>

#include <fmt/format.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::cli {
namespace {

using diffusion::RegionClaim;

[[noreturn]] void refuse(const std::string& what) {
  throw exact::UsageError("--claim: " + what +
                          "; expected amplifies, attenuates, mixes-faster, 't_mix(mean, 1/4) <= 4', or a "
                          "comparison such as 'phi_min(mean) >= 3/8', 'phi(mean, NODE) > 1/4' or 'phi(mean, "
                          "NODE) >= phi(mean, NODE)'");
}

exact::Rational claimed_threshold(const std::string& text) {
  try {
    const exact::Rational value = exact::parse_rational(text);
    if (value <= 0) refuse("a threshold is positive");
    return value;
  } catch (const exact::NumberError& error) {
    refuse(fmt::format("'{}' is not a number: {}", text, error.what()));
  }
}

int node_named(const std::string& name, const std::vector<std::string>& nodes) {
  const auto found = std::find(nodes.begin(), nodes.end(), name);
  if (found == nodes.end()) refuse("no node is named '" + name + "'");
  return static_cast<int>(found - nodes.begin());
}

/// t_mix(mean, E) compared with N.
RegionRequest mixing_request(const std::smatch& part) {
  RegionRequest request;
  request.kind = RegionRequest::Kind::comparison;
  RegionClaim& claim = request.claim;
  claim.subject = RegionClaim::Subject::absorbed;
  claim.strict = false;
  const exact::Rational epsilon = claimed_threshold(part[1]);
  claim.threshold = 1 - epsilon;
  const std::string relation = part[2];
  claim.complement = relation[0] == '>';
  claim.steps = std::stol(part[3]) - (relation == "<" || relation == ">=" ? 1 : 0);
  if (claim.steps < 0) refuse("a mixing time is never negative");
  request.text =
      fmt::format("t_mix(mean, {}) {} {}", exact::to_string(epsilon), relation, std::string(part[3]));
  return request;
}

}  // namespace

RegionRequest parse_region_claim(const std::string& text, const std::vector<std::string>& nodes,
                                 const exact::Rational& epsilon) {
  RegionRequest request;
  request.text = text;
  if (text == "amplifies") return request;
  if (text == "attenuates") {
    request.kind = RegionRequest::Kind::attenuates;
    return request;
  }
  if (text == "mixes-faster") {
    request.kind = RegionRequest::Kind::mixes_faster;
    request.claim.subject = RegionClaim::Subject::absorbed;
    request.claim.strict = false;
    request.claim.threshold = 1 - epsilon;
    request.text = "mixes-faster, epsilon " + exact::to_string(epsilon);
    return request;
  }
  static const std::regex mixing(
      R"(\s*t_mix\s*\(\s*mean\s*,\s*([^()]*?)\s*\)\s*(>=|<=|>|<)\s*([0-9]{1,6})\s*)");
  if (std::smatch part; std::regex_match(text, part, mixing)) return mixing_request(part);
  static const std::regex shape(
      R"(\s*(phi_min\s*\(\s*mean\s*\)|phi\s*\(\s*mean\s*,\s*([^()]*?)\s*\))\s*(>=|<=|>|<)\s*(?:phi\s*\(\s*mean\s*,\s*([^()]*?)\s*\)|([^()]*?))\s*)");
  std::smatch part;
  if (!std::regex_match(text, part, shape)) refuse("'" + text + "' is no claim about weights");
  request.kind = RegionRequest::Kind::comparison;
  RegionClaim& claim = request.claim;
  const std::string relation = part[3];
  claim.complement = relation[0] == '<';
  claim.strict = relation == ">" || relation == "<=";
  const bool one_node = part[2].matched, two_nodes = part[4].matched;
  if (one_node) {
    claim.subject = RegionClaim::Subject::node;
    claim.node = node_named(part[2], nodes);
  }
  std::string right;
  if (two_nodes) {
    if (!one_node) refuse("phi_min(mean) is compared with numbers only");
    claim.subject = RegionClaim::Subject::nodes;
    claim.other = node_named(part[4], nodes);
    if (claim.other == claim.node) refuse("the same node stands on both sides");
    right = fmt::format("phi(mean, {})", std::string(part[4]));
  } else {
    try {
      claim.threshold = exact::parse_rational(std::string(part[5]));
    } catch (const exact::NumberError& error) {
      refuse(fmt::format("'{}' is not a number: {}", std::string(part[5]), error.what()));
    }
    right = exact::to_string(claim.threshold);
  }
  request.text =
      fmt::format("{} {} {}", one_node ? fmt::format("phi(mean, {})", std::string(part[2])) : "phi_min(mean)",
                  relation, right);
  return request;
}

RegionClaim resolved(const RegionRequest& request, const std::vector<exact::Rational>& heads) {
  RegionClaim claim = request.claim;
  if (request.kind == RegionRequest::Kind::amplifies)
    claim.threshold = *std::max_element(heads.begin(), heads.end());
  if (request.kind == RegionRequest::Kind::attenuates) {
    // Below every head: the complement of "at least the worst head".
    claim.threshold = *std::min_element(heads.begin(), heads.end());
    claim.strict = false;
    claim.complement = true;
  }
  if (request.kind == RegionRequest::Kind::mixes_faster) {
    const exact::Rational fastest = *std::min_element(heads.begin(), heads.end());
    claim.steps = numerator(fastest).convert_to<std::int64_t>() - 1;
  }
  return claim;
}

}  // namespace crosshead::cli
