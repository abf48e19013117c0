#include "expand_run.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/word_search.hpp"

namespace crosshead::cli {
namespace {

using exact::Integer;
using exact::Rational;

/// Longest full list, all nodes together.
constexpr int kMostWords = 500'000;
/// Memory of the polynomials' recurrence.
constexpr std::size_t kPolynomialBytes = std::size_t{128} << 20;

class Run {
 public:
  Run(const heads::HeadSystem& system, const ExpandRequest& request, const ExpandProgress& progress)
      : system_(system),
        request_(request),
        progress_(progress),
        nodes_(wanted_nodes(system, request.from)),
        diffusion_(heads::diffusion_matrices(system, request.reading, request.file)),
        matrices_(diffusion_),
        weights_(request.symbolic ? std::vector<Rational>(diffusion_.size(), 1) : system.weights) {}

  std::optional<Expansion> run() {
    for (std::size_t h = 0; h < weights_.size(); ++h) {
      if (weights_[h] != 0) result_.letters.push_back(static_cast<int>(h));
    }
    const auto steps = static_cast<unsigned>(request_.steps);
    result_.all_words = boost::multiprecision::pow(Integer(result_.letters.size()), steps);
    result_.polynomial_terms = exact::monomial_count(matrices_.count(), request_.steps);
    for (const int node : nodes_) result_.nodes.emplace_back().node = node;
    if (!add_totals() || !add_polynomials() || !add_words() || !add_paths()) return std::nullopt;
    return std::move(result_);
  }

 private:
  bool going(std::size_t node, const std::string& part) const { return !progress_ || progress_(node, part); }
  exact::KeepGoing during(const char* part) const {
    return [this, part] { return going(0, part); };
  }

  bool add_totals() {
    if (request_.symbolic) return true;
    auto split =
        heads::split_signal(diffusion_, system_.weights, system_.sink, request_.steps, during("signals"));
    if (!split) return false;
    for (NodeExpansion& node : result_.nodes) {
      node.split = std::move((*split)[static_cast<std::size_t>(node.node)]);
    }
    return true;
  }

  bool add_polynomials() {
    // A number of the recurrence has about this many bytes, with its header.
    const auto bits = static_cast<std::size_t>(request_.steps) *
                      (msb(matrices_.denominator()) + 1 + msb(Integer(matrices_.count())));
    const Integer bytes = result_.polynomial_terms * system_.size() * (bits / 8 + 24);
    if (bytes > kPolynomialBytes) return true;
    auto rows = exact::power_row(diffusion_, system_.sink, request_.steps, during("polynomials"));
    if (!rows) return false;
    for (NodeExpansion& node : result_.nodes) {
      node.polynomial = std::move((*rows)[static_cast<std::size_t>(node.node)]);
      if (request_.eliminate) {
        if (!going(0, "polynomials")) return false;
        node.on_simplex = node.polynomial->on_simplex();
      }
    }
    return true;
  }

  bool add_words() {
    const auto counts = heads::count_words(diffusion_, result_.letters, system_.sink, request_.steps);
    Integer listed = 0;
    std::vector<NodeExpansion*> whole;
    for (NodeExpansion& node : result_.nodes) {
      if (counts) node.nonzero = (*counts)[static_cast<std::size_t>(node.node)];
      if (request_.top && !(node.nonzero && *node.nonzero <= *request_.top)) continue;
      listed += counts ? *node.nonzero : result_.all_words;
      whole.push_back(&node);
    }
    if (listed > kMostWords) {
      result_.refusal = fmt::format(
          "the full list would have {}{} words ({} of length {} from {} head{}); the limit is {}: use --top "
          "K for the largest ones",
          counts ? "" : "up to ", listed.str(), result_.all_words.str(), request_.steps,
          result_.letters.size(), result_.letters.size() == 1 ? "" : "s", kMostWords);
      return true;
    }
    return list_words(whole) && search_words();
  }

  bool list_words(const std::vector<NodeExpansion*>& whole) {
    if (whole.empty()) return true;
    const Integer denominator =
        boost::multiprecision::pow(matrices_.denominator(), static_cast<unsigned>(request_.steps));
    std::vector<NodeExpansion*> by_node(system_.nodes.size(), nullptr);
    std::vector<int> nodes;
    for (NodeExpansion* node : whole) {
      by_node[static_cast<std::size_t>(node->node)] = node;
      nodes.push_back(node->node);
    }
    const auto keep = [&](const heads::HeadWord& word, int node, const Integer& numerator) {
      const Rational value(numerator, denominator);
      by_node[static_cast<std::size_t>(node)]->words.push_back(
          {word, value, value * heads::word_weight(weights_, word)});
      return going(0, "words");
    };
    if (!heads::visit_words(matrices_, result_.letters, system_.sink, request_.steps, nodes, keep)) {
      return false;
    }
    for (NodeExpansion* node : whole) {
      std::sort(node->words.begin(), node->words.end(), heads::comes_before);
      node->listed = true;
      if (request_.top) node->bound = 0;
    }
    return true;
  }

  bool search_words() {
    heads::WordSearchLimits limits;
    limits.multiply_adds *= request_.effort;
    limits.threads = request_.threads;
    for (std::size_t place = 0; place < result_.nodes.size(); ++place) {
      NodeExpansion& node = result_.nodes[place];
      if (node.listed) continue;
      const auto progress = [&](int pass, int letters, std::size_t prefixes) {
        return going(place, fmt::format("pass {}, {} letters, {} prefixes", pass, letters, prefixes));
      };
      auto found = heads::largest_words(diffusion_, weights_, system_.sink, node.node, request_.steps,
                                        *request_.top, limits, progress);
      if (!found) return false;
      node.words = std::move(found->words);
      node.proven = found->proven;
      node.bound = std::move(found->bound);
      node.listed = true;
    }
    return true;
  }

  bool add_paths() {
    if (!request_.paths) return true;
    for (std::size_t place = 0; place < result_.nodes.size(); ++place) {
      NodeExpansion& node = result_.nodes[place];
      for (const heads::WordValue& word : node.words) {
        if (!going(place, "paths")) return false;
        node.paths.push_back(
            heads::word_paths(matrices_, system_.sink, node.node, word.word, *request_.paths));
      }
    }
    return true;
  }

  const heads::HeadSystem& system_;
  const ExpandRequest& request_;
  const ExpandProgress& progress_;
  std::vector<int> nodes_;
  std::vector<exact::RationalMatrix> diffusion_;
  exact::IntegerMatrixList matrices_;
  std::vector<Rational> weights_;
  Expansion result_;
};

}  // namespace

std::vector<int> wanted_nodes(const heads::HeadSystem& system, const std::string& from) {
  std::vector<int> nodes;
  if (from.empty()) {
    nodes.resize(system.nodes.size());
    std::iota(nodes.begin(), nodes.end(), 0);
    return nodes;
  }
  const auto found = std::find(system.nodes.begin(), system.nodes.end(), from);
  if (found == system.nodes.end()) {
    std::string known;
    for (std::size_t k = 0; k < std::min<std::size_t>(system.nodes.size(), 12); ++k) {
      known += (k == 0 ? "" : ", ") + system.nodes[k];
    }
    throw exact::UsageError(fmt::format("--from: there is no node '{}'; nodes are {}{}", from, known,
                                        system.nodes.size() > 12 ? ", ..." : ""));
  }
  nodes.push_back(static_cast<int>(found - system.nodes.begin()));
  return nodes;
}

bool Expansion::proven() const {
  return std::all_of(nodes.begin(), nodes.end(), [](const NodeExpansion& node) { return node.proven; });
}

std::optional<Expansion> expand(const heads::HeadSystem& system, const ExpandRequest& request,
                                const ExpandProgress& progress) {
  return Run(system, request, progress).run();
}

}  // namespace crosshead::cli
