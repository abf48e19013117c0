// Systems and facts of a certificate, read back.
#include "reader_view.hpp"

#include "crosshead/heads/system_file.hpp"

namespace crosshead::certificate {
namespace {

using exact::Rational;
using exact::RationalMatrix;

Rational read_nonnegative(const View& view) {
  Rational value = view.expect_rational();
  if (value < 0) view.fail("expected a number that is not negative, found " + found(view.value()));
  return value;
}

RationalMatrix read_matrix(const View& view, int n) {
  view.expect_array("the rows of a matrix", static_cast<std::size_t>(n));
  RationalMatrix matrix(n);
  for (int i = 0; i < n; ++i) {
    const View row = view.at(static_cast<std::size_t>(i));
    row.expect_array("a row", static_cast<std::size_t>(n));
    for (int j = 0; j < n; ++j) matrix.append(i, j, read_nonnegative(row.at(static_cast<std::size_t>(j))));
  }
  return matrix;
}

graph::Digraph read_edges(const View& view, int n) {
  graph::Digraph graph(n);
  std::pair<std::int64_t, std::int64_t> previous{0, 0};
  const std::size_t count = view.expect_array("a list of edges [j, i]");
  for (std::size_t k = 0; k < count; ++k) {
    const View edge = view.at(k);
    edge.expect_array("an edge [j, i]", 2);
    const std::pair now{edge.at(0).expect_integer(1, n), edge.at(1).expect_integer(1, n)};
    if (now <= previous) edge.fail("edges are listed once each, in ascending order");
    graph.add_edge(static_cast<int>(now.first) - 1, static_cast<int>(now.second) - 1);
    previous = now;
  }
  return graph;
}

heads::Head read_head(const View& view, int n) {
  heads::Head head;
  if (view.value().is_object() && view.has("edges")) {
    view.expect_members({"edges"});
    head.graph = read_edges(view.at("edges"), n);
    return head;
  }
  view.expect_members({"diffusion?", "walk?"});
  if (view.value().empty()) view.fail("expected \"edges\", \"diffusion\" or \"walk\"");
  if (view.has("diffusion")) head.diffusion = read_matrix(view.at("diffusion"), n);
  if (view.has("walk")) head.walk = read_matrix(view.at("walk"), n);
  return head;
}

diffusion::FidelityProof read_proof(const View& view, std::size_t n) {
  using diffusion::TailArgument;
  constexpr std::int64_t kLatest = INT64_MAX;
  if (!view.value().is_object() || !view.has("by")) view.fail("expected an object that starts with \"by\"");
  const std::string& by = view.at("by").expect_string("the name of an argument");
  diffusion::FidelityProof proof;
  const auto read_length = [&](const View& vector) {
    vector.expect_array("a vector", n);
    return read_vector(vector);
  };
  const auto read_times = [&] {
    proof.time = view.at("time").expect_integer(0, kLatest);
    proof.horizon = view.at("horizon").expect_integer(proof.time, kLatest);
  };
  if (by == "superharmonic") {
    view.expect_members({"by", "time", "horizon", "vector"});
    proof.argument = TailArgument::superharmonic;
    read_times();
    proof.vector = read_length(view.at("vector"));
  } else if (by == "absorbing") {
    view.expect_members({"by", "vector"});
    proof.argument = TailArgument::absorbing_limit;
    proof.vector = read_length(view.at("vector"));
  } else if (by == "contraction") {
    view.expect_members({"by", "time", "horizon", "laws"});
    proof.argument = TailArgument::contraction;
    read_times();
    const View laws = view.at("laws");
    const std::size_t count = laws.expect_array("a list of laws");
    if (count == 0) laws.fail("expected at least one law");
    for (std::size_t r = 0; r < count; ++r) proof.laws.push_back(read_length(laws.at(r)));
  } else if (by == "recurrence") {
    view.expect_members({"by", "horizon", "roots"});
    proof.argument = TailArgument::recurrence;
    proof.horizon = view.at("horizon").expect_integer(0, kLatest);
    proof.roots = read_vector(view.at("roots"));
    if (proof.roots.empty()) view.at("roots").fail("expected at least one root");
  } else {
    view.at("by").fail("no argument has this name: " + found(view.at("by").value()));
  }
  return proof;
}

}  // namespace

std::vector<Rational> read_vector(const View& view) {
  const std::size_t count = view.expect_array("a list of numbers");
  std::vector<Rational> vector;
  for (std::size_t k = 0; k < count; ++k) vector.push_back(view.at(k).expect_rational());
  return vector;
}

heads::HeadSystem read_system(const View& view) {
  view.expect_members({"nodes", "sink", "heads", "weights"});
  heads::HeadSystem system;
  const auto n = static_cast<int>(view.at("nodes").expect_integer(1, heads::kMaxNodes));
  for (int k = 1; k <= n; ++k) system.nodes.push_back(std::to_string(k));
  system.sink = static_cast<int>(view.at("sink").expect_integer(1, n)) - 1;
  const View heads = view.at("heads");
  const std::size_t count = heads.expect_array("a list of heads");
  if (count == 0) heads.fail("expected at least one head");
  for (std::size_t h = 0; h < count; ++h) system.heads.push_back(read_head(heads.at(h), n));
  const View weights = view.at("weights");
  weights.expect_array("one weight for each head", count);
  Rational sum = 0;
  for (std::size_t h = 0; h < count; ++h) {
    system.weights.push_back(read_nonnegative(weights.at(h)));
    sum += system.weights.back();
  }
  if (sum != 1) weights.fail("weights sum to 1, these to " + exact::to_string(sum));
  return system;
}

Fact read_fact(const View& view, const heads::HeadSystem& system) {
  if (!view.value().is_object() || !view.has("of")) view.fail("expected an object that starts with \"of\"");
  Fact fact;
  const std::string& chain = view.at("of").expect_string("\"mean\" or \"head k\"");
  const auto count = static_cast<int>(system.heads.size());
  if (chain != "mean") {
    while (++fact.head < count && chain != "head " + std::to_string(fact.head + 1)) continue;
    if (fact.head == count) {
      view.at("of").fail("expected \"mean\" or \"head k\" for one of " + std::to_string(count) +
                         " heads, found " + found(view.at("of").value()));
    }
  }
  const char* time = view.has("t_mix") ? "t_mix" : "t_mix_l1";
  if (view.has(time)) {
    view.expect_members({"of", time, "epsilon"});
    fact.kind = view.has("t_mix") ? claim::Fact::Kind::mixing_time : claim::Fact::Kind::mixing_time_l1;
    fact.time = view.at(time).expect_integer(0, INT64_MAX);
    fact.epsilon = view.at("epsilon").expect_rational();
    return fact;
  }
  if (view.has("weights")) {
    view.expect_members({"of", "weights", "order", "pieces"});
    fact.kind = claim::Fact::Kind::weight_region;
    for (const char* key : {"weights", "order", "pieces"}) view.at(key).expect_array("a list");
    Json region = view.value();
    region.erase("of");
    fact.region = canonical_text(region);
    return fact;
  }
  view.expect_members({"of", "node", "phi", "attained", "proof"});
  fact.node = static_cast<int>(view.at("node").expect_integer(1, system.size())) - 1;
  fact.phi = view.at("phi").expect_rational();
  fact.attained = view.at("attained").expect_boolean();
  fact.proof = read_proof(view.at("proof"), static_cast<std::size_t>(system.size()));
  return fact;
}

}  // namespace crosshead::certificate
