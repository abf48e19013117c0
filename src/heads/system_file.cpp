#include "crosshead/heads/system_file.hpp"

#include "node_names.hpp"

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/input_file.hpp"
#include "crosshead/heads/json_reader.hpp"

namespace crosshead::heads {
namespace {

using exact::Rational;

constexpr std::size_t kMaxHeads = 1024;
/// Every head has an adjacency list per node however short its text is, so their product is bounded.
constexpr std::size_t kMaxHeadNodes = std::size_t{1} << 20;
/// Entries of all attention heads together: the same tensor may be named many times in a short text.
constexpr std::size_t kMaxAttentionEntries = std::size_t{1} << 27;
constexpr std::size_t kMaxFileBytes = std::size_t{1} << 29;

graph::Digraph read_edges(const JsonView& view, const NodeNames& nodes, bool self_loops) {
  graph::Digraph edges(nodes.size());
  const std::size_t count = view.expect_array("a list of edges [\"from\", \"to\"]");
  for (std::size_t e = 0; e < count; ++e) {
    const JsonView edge = view[e];
    if (edge.expect_array("an edge [\"from\", \"to\"]") != 2) {
      edge.fail("an edge has two ends [\"from\", \"to\"], found " + std::to_string(edge.value().size()));
    }
    const int from = nodes.resolve(edge[0]);
    const int to = nodes.resolve(edge[1]);
    if (!edges.add_edge(from, to)) {
      const auto& names = nodes.names();
      edge.fail("the edge " + names[std::size_t(from)] + " -> " + names[std::size_t(to)] +
                " is listed twice in this head; remove one");
    }
  }
  for (int node = 0; self_loops && node < nodes.size(); ++node) edges.add_edge(node, node);
  return edges;
}

exact::RationalMatrix read_matrix(const JsonView& view, int n) {
  const std::string shape =
      std::to_string(n) + " x " + std::to_string(n) + " matrix (one row and column per node)";
  exact::RationalMatrix matrix(n);
  if (view.expect_array("a " + shape) != static_cast<std::size_t>(n)) {
    view.fail("expected a " + shape + ", found " + std::to_string(view.value().size()) + " rows");
  }
  for (int i = 0; i < n; ++i) {
    const JsonView row = view[static_cast<std::size_t>(i)];
    if (row.expect_array("a row of " + std::to_string(n) + " numbers") != static_cast<std::size_t>(n)) {
      row.fail("expected a row of " + std::to_string(n) + " numbers, found " +
               std::to_string(row.value().size()));
    }
    for (int j = 0; j < n; ++j) {
      Rational value;
      try {
        value = exact_number(row.value()[static_cast<std::size_t>(j)]);
      } catch (const exact::NumberError& error) {
        row[static_cast<std::size_t>(j)].fail(shown(error.what()));
      }
      if (value < 0) {
        row[static_cast<std::size_t>(j)].fail("entries must not be negative, found " + shown(value));
      }
      matrix.append(i, j, std::move(value));
    }
  }
  return matrix;
}

exact::RationalMatrix read_diffusion(const JsonView& view, int n) {
  exact::RationalMatrix matrix = read_matrix(view, n);
  for (int i = 0; i < n; ++i) {
    const Rational sum = matrix.row_sum(i);
    if (sum != 1) {
      view[static_cast<std::size_t>(i)].fail(
          "the row must sum to exactly 1, the sum is " + shown(sum) +
          " (rounded decimals rarely add up; write fractions, or give floats as \"attention\")");
    }
  }
  return matrix;
}

exact::RationalMatrix read_walk(const JsonView& view, int n) {
  exact::RationalMatrix matrix = read_matrix(view, n);
  const std::vector<Rational> sums = matrix.column_sums();
  for (int j = 0; j < n; ++j) {
    const Rational& sum = sums[static_cast<std::size_t>(j)];
    if (sum != 1) {
      view.fail("column " + std::to_string(j) + " (counted from 0) must sum to exactly 1, the sum is " +
                shown(sum) + "; a walk matrix holds the moves of node j in column j");
    }
  }
  return matrix;
}

AttentionMatrix read_attention(const JsonView& view, int n, const std::filesystem::path& file,
                               const AttentionLoader& loader) {
  view.expect_object({"file", "tensor", "layer", "head"});
  if (!view.has("file")) view.fail("the key \"file\" is missing: the tensor file, relative to this document");
  AttentionReference reference;
  const std::string name = view["file"].expect_string("the path of a tensor file (a string)");
  if (name.empty() || name.find('\0') != std::string::npos) view["file"].fail("not a path");
  reference.file = file.parent_path() / name;
  if (view.has("tensor")) reference.tensor = view["tensor"].expect_string("the name of a tensor (a string)");
  const auto index = [&](const char* key) -> std::optional<int> {
    if (!view.has(key)) return std::nullopt;
    return static_cast<int>(view[key].expect_integer(0, INT32_MAX, "an index counted from 0"));
  };
  reference.layer = index("layer");
  reference.head = index("head");
  if (!loader) view.fail("attention heads cannot be read here; write \"diffusion\" rows instead");
  AttentionMatrix attention;
  try {
    attention = loader(reference);
  } catch (const exact::InputError& error) {
    view.fail(error.what());
  }
  if (attention.nodes != n) {
    view.fail("the attention is " + std::to_string(attention.nodes) + " x " +
              std::to_string(attention.nodes) + ", the system has " + std::to_string(n) + " nodes");
  }
  return attention;
}

struct Surroundings {
  const NodeNames& nodes;
  bool self_loops;
  const std::filesystem::path& file;
  const AttentionLoader& loader;
};

Head read_head(const JsonView& view, std::size_t number, const Surroundings& around) {
  view.expect_object({"name", "edges", "diffusion", "walk", "attention"});
  const bool matrices = view.has("diffusion") || view.has("walk");
  if (view.has("edges") + matrices + view.has("attention") != 1) {
    view.fail("a head is given by exactly one of \"edges\", \"diffusion\" and/or \"walk\", or \"attention\"");
  }
  const int n = around.nodes.size();
  Head head;
  head.name = view.has("name") ? read_name(view["name"]) : "head " + std::to_string(number);
  if (view.has("edges")) head.graph = read_edges(view["edges"], around.nodes, around.self_loops);
  if (view.has("diffusion")) head.diffusion = read_diffusion(view["diffusion"], n);
  if (view.has("walk")) head.walk = read_walk(view["walk"], n);
  if (view.has("attention"))
    head.attention = read_attention(view["attention"], n, around.file, around.loader);
  return head;
}

std::vector<Head> read_heads(const JsonView& view, const Surroundings& around) {
  const std::size_t count = view.expect_array("a list of heads");
  if (count < 1 || count > kMaxHeads) {
    view.fail("expected 1 to " + std::to_string(kMaxHeads) + " heads, found " + std::to_string(count));
  }
  const auto n = static_cast<std::size_t>(around.nodes.size());
  if (count * n > kMaxHeadNodes) {
    view.fail(std::to_string(count) + " heads on " + std::to_string(n) +
              " nodes are too many: heads times nodes is " + "limited to " + std::to_string(kMaxHeadNodes));
  }
  std::vector<Head> heads;
  std::size_t attention_entries = 0;
  for (std::size_t h = 0; h < count; ++h) {
    if (view.value()[h].is_object() && view.value()[h].contains("attention")) attention_entries += n * n;
    if (attention_entries > kMaxAttentionEntries) {
      view[h].fail("the attention heads up to this one hold more than " +
                   std::to_string(kMaxAttentionEntries) + " entries; analyse fewer heads at once");
    }
    heads.push_back(read_head(view[h], h + 1, around));
  }
  return heads;
}

std::vector<Rational> read_weights(const JsonView& view, std::size_t heads) {
  if (view.expect_array("a list of weights, one per head") != heads) {
    view.fail("expected " + std::to_string(heads) + " weights, one per head, found " +
              std::to_string(view.value().size()));
  }
  std::vector<Rational> weights;
  Rational sum = 0;
  for (std::size_t h = 0; h < heads; ++h) {
    weights.push_back(view[h].expect_number());
    if (weights.back() < 0) view[h].fail("weights must not be negative, found " + shown(weights.back()));
    sum += weights.back();
  }
  if (sum != 1) view.fail("the weights must sum to exactly 1, the sum is " + shown(sum));
  return weights;
}

}  // namespace

HeadSystem parse_system(std::string_view text, const std::filesystem::path& file,
                        const AttentionLoader& loader) {
  const nlohmann::json document = parse_strict_json(text, file);
  const JsonView view(document, file);
  view.expect_object({"schema", "name", "nodes", "sink", "self_loops", "heads", "weights"});
  for (const char* key : {"schema", "nodes", "heads"}) {
    if (!view.has(key)) view.fail("the key \"" + std::string(key) + "\" is missing");
  }
  if (view["schema"].expect_string("\"crosshead.system/1\"") != "crosshead.system/1") {
    view["schema"].fail("expected \"crosshead.system/1\", found " + view["schema"].found());
  }
  const NodeNames nodes(view["nodes"]);
  const bool self_loops = view.has("self_loops") && view["self_loops"].expect_boolean();

  HeadSystem system;
  system.name = view.has("name") ? read_name(view["name"]) : file.stem().string();
  system.nodes = nodes.names();
  system.sink = view.has("sink") ? nodes.resolve(view["sink"]) : nodes.size() - 1;
  system.heads = read_heads(view["heads"], {nodes, self_loops, file, loader});
  const std::size_t count = system.heads.size();
  system.weights = view.has("weights")
                       ? read_weights(view["weights"], count)
                       : std::vector<Rational>(count, Rational(1, static_cast<unsigned long>(count)));
  return system;
}

HeadSystem read_system(const std::filesystem::path& file, const AttentionLoader& loader) {
  const std::string text = exact::read_file(file, "a crosshead.system/1 file", kMaxFileBytes);
  if (text.size() > kMaxFileBytes) {
    throw exact::InputError(file.string(), "byte " + std::to_string(kMaxFileBytes),
                            "too long for a system file; give large heads as \"attention\" tensors");
  }
  return parse_system(text, file, loader);
}

std::vector<exact::Rational> parse_weights(std::string_view text, std::size_t count) {
  std::vector<exact::Rational> weights;
  exact::Rational sum = 0;
  while (true) {
    const std::size_t comma = text.find(',');
    try {
      weights.push_back(exact::parse_rational(text.substr(0, comma)));
    } catch (const exact::NumberError& error) {
      throw exact::UsageError("weight " + std::to_string(weights.size() + 1) + ": " + error.what());
    }
    if (weights.back() < 0) {
      throw exact::UsageError("weight " + std::to_string(weights.size()) +
                              " is negative: " + exact::to_string(weights.back()));
    }
    sum += weights.back();
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  if (weights.size() != count) {
    throw exact::UsageError("expected " + std::to_string(count) + " weights, one per head, found " +
                            std::to_string(weights.size()));
  }
  if (sum != 1)
    throw exact::UsageError("the weights must sum to exactly 1, the sum is " + exact::to_string(sum));
  return weights;
}

}  // namespace crosshead::heads
