#include "region_claim.hpp"

#include <algorithm>
#include <regex>

#include <fmt/format.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::cli {
namespace {

using diffusion::RegionClaim;

[[noreturn]] void complain(const std::string& what) {
  throw exact::UsageError("--claim: " + what +
                          "; expected amplifies, attenuates, or a comparison such as 'phi_min(mean) >= 3/8', "
                          "'phi(mean, NODE) > 1/4' or 'phi(mean, NODE) >= phi(mean, NODE)'");
}

int node_named(const std::string& name, const std::vector<std::string>& nodes) {
  const auto found = std::find(nodes.begin(), nodes.end(), name);
  if (found == nodes.end()) complain("no node is named '" + name + "'");
  return static_cast<int>(found - nodes.begin());
}

}  // namespace

RegionRequest parse_region_claim(const std::string& text, const std::vector<std::string>& nodes) {
  RegionRequest request;
  request.text = text;
  if (text == "amplifies") return request;
  if (text == "attenuates") {
    request.kind = RegionRequest::Kind::attenuates;
    return request;
  }
  static const std::regex shape(
      R"(\s*(phi_min\s*\(\s*mean\s*\)|phi\s*\(\s*mean\s*,\s*([^()]*?)\s*\))\s*(>=|<=|>|<)\s*(?:phi\s*\(\s*mean\s*,\s*([^()]*?)\s*\)|([^()]*?))\s*)");
  std::smatch part;
  if (!std::regex_match(text, part, shape)) complain("'" + text + "' is no claim about weights");
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
    if (!one_node) complain("phi_min(mean) is compared with numbers only");
    claim.subject = RegionClaim::Subject::nodes;
    claim.other = node_named(part[4], nodes);
    if (claim.other == claim.node) complain("the same node stands on both sides");
    right = fmt::format("phi(mean, {})", std::string(part[4]));
  } else {
    try {
      claim.threshold = exact::parse_rational(std::string(part[5]));
    } catch (const exact::NumberError& error) {
      complain(fmt::format("'{}' is not a number: {}", std::string(part[5]), error.what()));
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
  return claim;
}

}  // namespace crosshead::cli
