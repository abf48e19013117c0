#include "expand_json.hpp"

#include "json_parts.hpp"

#include "crosshead/crosscheck/float_format.hpp"
#include "crosshead/heads/names.hpp"

namespace crosshead::cli {
namespace {

using exact::Rational;
using nlohmann::ordered_json;

double rounded(const Rational& value) {
  static const crosscheck::FloatFormat format = crosscheck::format_of(attention::FloatType::float64);
  return crosscheck::nearest(format, value);
}

ordered_json polynomial_json(const std::optional<exact::WeightPolynomial>& polynomial) {
  if (!polynomial) return nullptr;
  ordered_json terms = ordered_json::array();
  for (std::size_t k = 0; k < polynomial->terms(); ++k) {
    const auto exponents = polynomial->exponents(k);
    terms.push_back({{"exponents", std::vector<int>(exponents.begin(), exponents.end())},
                     {"coefficient", json_of(polynomial->coefficient(k))}});
  }
  return terms;
}

ordered_json paths_json(const heads::WordPaths& paths, const heads::HeadSystem& system) {
  ordered_json list = ordered_json::array();
  for (const heads::NodePath& path : paths.largest) {
    ordered_json nodes = ordered_json::array();
    for (const int node : path.nodes) nodes.push_back(system.nodes[static_cast<std::size_t>(node)]);
    list.push_back({{"nodes", nodes}, {"value", json_of(path.value)}});
  }
  return list;
}

ordered_json words_json(const NodeExpansion& node, const heads::HeadSystem& system, bool symbolic) {
  if (!node.listed) return nullptr;
  ordered_json list = ordered_json::array();
  for (std::size_t k = 0; k < node.words.size(); ++k) {
    const heads::WordValue& word = node.words[k];
    ordered_json letters = ordered_json::array();
    for (const int h : word.word) letters.push_back(h + 1);
    ordered_json item{{"word", letters}, {"value", json_of(word.value)}};
    if (!symbolic) {
      const Rational share = word.weighted / node.split->total;
      item["weighted"] = json_of(word.weighted);
      item["share"] = json_of(share);
      item["share_double"] = rounded(share);
    }
    if (!node.paths.empty()) {
      item["path_count"] = node.paths[k].count.str();
      item["paths"] = paths_json(node.paths[k], system);
    }
    list.push_back(std::move(item));
  }
  return list;
}

void add_node(ordered_json& document, const NodeExpansion& node, const Expansion& expansion,
              const heads::HeadSystem& system, const ExpandRequest& request) {
  document["from"] = system.nodes[static_cast<std::size_t>(node.node)];
  document["total"] = node.split ? json_of(node.split->total) : ordered_json(nullptr);
  document["polynomial_terms"] = expansion.polynomial_terms.str();
  document["polynomial"] = polynomial_json(node.polynomial);
  if (request.eliminate) document["polynomial_on_simplex"] = polynomial_json(node.on_simplex);
  document["words_of_this_length"] = expansion.all_words.str();
  document["words_nonzero"] = node.nonzero ? ordered_json(node.nonzero->str()) : ordered_json(nullptr);
  document["words"] = words_json(node, system, request.symbolic);
  if (node.bound) {
    Rational covered = 0;
    for (const heads::WordValue& word : node.words) covered += word.weighted;
    document["proven"] = node.proven;
    document["unlisted_at_most"] = json_of(*node.bound);
    document["covered"] = json_of(covered);
    const bool shared = node.split && node.split->total != 0;
    document["covered_share"] = shared ? json_of(covered / node.split->total) : ordered_json(nullptr);
    document["covered_share_double"] =
        shared ? ordered_json(rounded(covered / node.split->total)) : ordered_json(nullptr);
  }
  ordered_json pure = ordered_json::array();
  if (node.split) {
    for (const Rational& part : node.split->pure) pure.push_back(json_of(part));
  }
  document["pure"] = std::move(pure);
  document["pure_share"] = node.split ? json_of(node.split->pure_share) : ordered_json(nullptr);
  document["cross_share"] = node.split ? json_of(node.split->cross_share) : ordered_json(nullptr);
}

ordered_json opening(const char* schema, const heads::HeadSystem& system, const ExpandRequest& request) {
  ordered_json document{{"schema", schema},
                        {"system", system.name},
                        {"nodes", system.nodes},
                        {"sink", system.nodes[static_cast<std::size_t>(system.sink)]}};
  ordered_json names = ordered_json::array(), weights = ordered_json::array();
  for (std::size_t h = 0; h < system.heads.size(); ++h) {
    names.push_back(system.heads[h].name);
    weights.push_back(json_of(system.weights[h]));
  }
  document["heads"] = std::move(names);
  document["weights"] = request.symbolic ? ordered_json(nullptr) : std::move(weights);
  document["reading"] = heads::name_of(request.reading);
  document["steps"] = request.steps;
  return document;
}

}  // namespace

ordered_json expansion_json(const Expansion& expansion, const heads::HeadSystem& system,
                            const ExpandRequest& request) {
  ordered_json document = opening("crosshead.expansion/1", system, request);
  if (!request.from.empty()) {
    add_node(document, expansion.nodes.front(), expansion, system, request);
    return document;
  }
  ordered_json list = ordered_json::array();
  for (const NodeExpansion& node : expansion.nodes) {
    ordered_json item;
    add_node(item, node, expansion, system, request);
    list.push_back(std::move(item));
  }
  document["expansions"] = std::move(list);
  return document;
}

std::optional<ordered_json> series_json(const heads::HeadSystem& system, const ExpandRequest& request,
                                        const exact::KeepGoing& keep_going) {
  const auto matrices = heads::diffusion_matrices(system, request.reading, request.file);
  ordered_json document = opening("crosshead.series/1", system, request);
  ordered_json curves = ordered_json::array();
  const auto add = [&](const ordered_json& of, const exact::RationalMatrix& matrix) {
    const auto signal = heads::signal_curves(matrix, system.sink, request.steps, keep_going);
    if (!signal) return false;
    for (const int node : wanted_nodes(system, request.from)) {
      ordered_json exact_values = ordered_json::array(), doubles = ordered_json::array();
      for (const auto& row : *signal) {
        const Rational& value = row[static_cast<std::size_t>(node)];
        exact_values.push_back(json_of(value));
        doubles.push_back(rounded(value));
      }
      curves.push_back({{"of", of},
                        {"node", system.nodes[static_cast<std::size_t>(node)]},
                        {"exact", std::move(exact_values)},
                        {"double", std::move(doubles)}});
    }
    return true;
  };
  if (!add("mean", exact::weighted_sum(matrices, system.weights))) return std::nullopt;
  for (std::size_t h = 0; h < matrices.size(); ++h) {
    if (!add(h + 1, matrices[h])) return std::nullopt;
  }
  document["curves"] = std::move(curves);
  return document;
}

}  // namespace crosshead::cli
