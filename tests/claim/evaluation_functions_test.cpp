// Every function of the language against values worked out by hand.
#include "evaluation_case.hpp"

namespace crosshead::claim {
namespace {

using exact::Rational;
using testing::EvaluationCase;
using testing::graph_system;

/// The line 1 -> 2 -> 3 with self-loops. From node 1 a step moves with probability 1/2, so the walk is
/// absorbed at time t with probability P(Bin(t, 1/2) >= 2).
EvaluationCase line() {
  EvaluationCase one;
  one.given = graph_system(3, {{{0, 1}, {1, 2}}});
  return one;
}

/// Example 3.8 with other weights: head 1 has u -> v, head 2 has v -> tau; weights 1/3 and 2/3.
EvaluationCase two_heads() {
  EvaluationCase two;
  two.given = graph_system(3, {{{0, 1}}, {{1, 2}}});
  two.given->weights = {Rational(1, 3), Rational(2, 3)};
  return two;
}

TEST(Functions, SizesAndWeights) {
  line().expect_true("n = 3 and N = 2 and H = 1 and tau = 3");
  two_heads().expect_true("H = 2 and weight(1) = 1/3 and weight(2) = 2/3");
  two_heads().expect_undefined("weight(3) = 0");
  two_heads().expect_undefined("weight(1/2) = 0");
  two_heads().expect_true("word_weight([1, 2, 2]) = 4/27");
  two_heads().expect_true("letters([1, 2, 2], 2) = 2 and letters([1, 1], 2) = 0");
  two_heads().expect_undefined("letters([1, 3], 1) = 1");
}

TEST(Functions, Matrices) {
  line().expect_true(
      "W(mean, 1, 1) = 1/2 and W(mean, 2, 1) = 1/2 and W(mean, 1, 2) = 0 and W(mean, 3, 3) = 1");
  line().expect_true(
      "D(mean, 1, 1) = 1 and D(mean, 2, 1) = 1/2 and D(mean, 3, 2) = 1/2 and D(head 1, 3, 1) = 0");
  line().expect_undefined("W(mean, 0, 1) = 0");
  line().expect_undefined("D(mean, 1, 4) = 0");
  // Head 1 leaves node 3 alone, head 2 node 1: column 2 of the mean walk is 1/3 of itself and 2/3 of halves.
  two_heads().expect_true("W(mean, 2, 2) = 2/3 and W(mean, 3, 2) = 1/3 and D(mean, 3, 2) = 1/3");
}

TEST(Functions, Walks) {
  line().expect_true(
      "absorbed(mean, 1, 0) = 0 and absorbed(mean, 1, 2) = 1/4 and absorbed(mean, 1, 4) = 11/16");
  line().expect_true("distance(mean, 0) = 1 and distance(mean, 4) = 5/16 and distance(mean, 5) = 3/16");
  line().expect_true(
      "t_mix(mean, 1/4) = 5 and t_mix(mean, 5/16) = 4 and t_mix(mean, 1) = 0 and t_mix(mean, 3) = 0");
  // Twice 3/16 is not below 1/4, twice 7/64 is.
  line().expect_true("t_mix_l1(mean, 1/4) = 6 and t_mix_l1(mean, 3/8) = 6 and t_mix_l1(mean, 2/5) = 5");
  line().expect_true("p(mean) = 1/2");
  line().expect_true(
      "moves(mean, 1, 3, 0) = 1/8 and moves(mean, 1, 3, 1) = 3/8 and moves(mean, 1, 3, 2) = 1/2");
  line().expect_true("moves(mean, 1, 3, 3) = 0 and moves(mean, 1, 3, 4) = 0 and moves(mean, 1, 3, -1) = 0");
  line().expect_undefined("t_mix(mean, 0) = 1");
  line().expect_undefined("absorbed(mean, 1, -1) = 0");
  line().expect_undefined("absorbed(mean, 1, 1/2) = 0");
  line().expect_undefined("moves(mean, 1, 2, 1/2) = 0");
  // Head 1 alone never leaves node 2.
  two_heads().expect_undefined("t_mix(head 1, 1/4) = 1");
  two_heads().expect_undefined("distance(head 2, 3) = 1");
  two_heads().expect_true("p(head 1) = 0 and absorbed(head 1, 2, 5) = 0 and stationary_at_sink(mean)");
  two_heads().expect_false("stationary_at_sink(head 1)");
}

TEST(Functions, ConventionsOfMixing) {
  EvaluationCase l1 = line();
  l1.convention.mixing.distance = walk::Distance::l1;
  l1.expect_true("t_mix(mean, 1/4) = 6 and distance(mean, 5) = 3/16");
  EvaluationCase average = line();
  average.convention.mixing.start = walk::Start::average;
  // From nodes 1, 2, 3: at time 2 the distances are 3/4, 1/4, 0; at time 3 1/2, 1/8, 0.
  average.expect_true("distance(mean, 2) = 1/3 and distance(mean, 3) = 5/24 and t_mix(mean, 1/4) = 3");
}

TEST(Functions, Diffusion) {
  // e_3 D^t = (.., t / 2^t, 1 / 2^t).
  line().expect_true("signal(mean, 3, 0) = 1 and signal(mean, 3, 4) = 1/16 and signal(mean, 2, 4) = 1/4");
  line().expect_true("signal(mean, 1, 4) = 1 - 5/16");
  line().expect_true(
      "phi(mean, 1) = 1 and phi(mean, 2) = 1/2 and phi(mean, 3) = 1/2 and phi_min(mean) = 1/2");
  line().expect_true("not attained(mean, 1) and attained(mean, 2) and attained(mean, 3)");
  line().expect_undefined("phi(mean, 4) = 0");
  line().expect_undefined("attained(mean, 0)");
  line().expect_undefined("signal(mean, 1, -1) = 0");
  EvaluationCase from_zero = line();
  from_zero.convention.fidelity.first_step = 0;
  from_zero.expect_true("phi(mean, 3) = 1 and phi_min(mean) = 1/2");
  // Head 1: D_33 = 1, the sink hears nobody else; head 2: node 1 is not heard.
  two_heads().expect_true(
      "phi(head 1, 3) = 1 and phi(head 1, 2) = 0 and phi(head 2, 2) = 1 and phi(head 2, 1) = 0");
  two_heads().expect_true("phi_min(head 2) = 0 and phi_min(head 1) = 0");
  // One edge into the sink: node 1 has 1, the sink 1/2.
  EvaluationCase sink_apart;
  sink_apart.given = graph_system(2, {{{0, 1}}});
  sink_apart.expect_true("phi_min(mean) = 1/2");
  sink_apart.convention.fidelity.sink_counts = false;
  sink_apart.expect_true("phi_min(mean) = 1");
  EvaluationCase one_node;
  one_node.given = graph_system(1, {{}});
  one_node.expect_true("phi_min(mean) = 1 and t_mix(mean, 1/100) = 0 and N = 0");
  one_node.expect_undefined("p(mean) = 0");
  one_node.convention.fidelity.sink_counts = false;
  one_node.expect_undefined("phi_min(mean) = 1");
}

TEST(Functions, Words) {
  // D_2 D_1: row 3 of D_2 is (0, 1/2, 1/2), row 2 of D_1 (1/2, 1/2, 0), row 3 of D_1 (0, 0, 1).
  two_heads().expect_true(
      "product([2, 1], 3, 1) = 1/4 and product([1, 2], 3, 1) = 0 and product([2, 1], 3, 3) = 1/2");
  two_heads().expect_true("forall w in words(0), i in nodes, j in nodes: product(w, i, j) = if(i = j, 1, 0)");
  // (I + D_2)/2 has row 3 (0, 1/4, 3/4); (I + D_1)/2 has row 2 (1/4, 3/4, 0).
  two_heads().expect_true("rollout([2, 1], 3, 1) = 1/16 and rollout([2], 3, 2) = 1/4");
  two_heads().expect_true(
      "forall j in nodes, t in 0..4: "
      "signal(mean, j, t) = sum w in words(t): word_weight(w) * product(w, tau, j)");
  two_heads().expect_undefined("product([3], 1, 1) = 0");
  two_heads().expect_undefined("product([1], 4, 1) = 0");
  two_heads().expect_undefined("forall w in words(-1): letters(w, 1) = 0");
}

TEST(Functions, Graphs) {
  line().expect_true(
      "edges(mean) = 5 and indegree(mean, 2) = 2 and outdegree(mean, 3) = 1 and outdegree(union, 1) = 2");
  // Two of t steps move: C(t, 2) walks to the sink; none, one or two of them to anywhere.
  line().expect_true(
      "forall t in 0..6: walks(mean, 1, t) = choose(t, 2) and all_walks(mean, 1, t) = 1 + t + choose(t, 2)");
  line().expect_true("feedforward(mean) and acyclic(mean) and unique_sink(mean) and reaches(mean, 1)");
  two_heads().expect_true("edges(head 1) = 4 and edges(union) = 5 and edges(mean) = 5");
  two_heads().expect_true(
      "not unique_sink(head 1) and unique_sink(union) and not reaches(head 2, 1) and reaches(union, 1)");
  EvaluationCase cycle;
  cycle.given = graph_system(3, {{{0, 1}, {1, 0}, {1, 2}}});
  cycle.expect_true(
      "not feedforward(mean) and not acyclic(mean) and unique_sink(mean) and stationary_at_sink(mean)");
  EvaluationCase weightless = two_heads();
  weightless.given->weights = {Rational(0), Rational(1)};
  weightless.expect_true("edges(union) = 4 and D(mean, 3, 2) = 1/2 and phi(mean, 1) = 0");
}

TEST(Functions, MatricesThatAreMissing) {
  EvaluationCase loopless;
  loopless.given = graph_system(2, {{{0, 1}}});
  loopless.given->heads[0].graph = graph::Digraph(2);
  loopless.given->heads[0].graph->add_edge(0, 1);
  // No edge leaves node 2 and none enters node 1.
  loopless.expect_true("not has_walk(mean) and not has_diffusion(mean) and not stationary_at_sink(mean)");
  loopless.expect_undefined("W(mean, 1, 1) = 0");
  loopless.expect_undefined("D(mean, 1, 1) = 0");
  loopless.expect_undefined("phi(mean, 1) = 0");
  loopless.expect_undefined("product([1], 1, 1) = 0");
  loopless.expect_undefined("p(mean) = 0");
  loopless.expect_true(
      "not defined(phi_min(mean)) and not defined(t_mix(mean, 1/4)) and defined(edges(mean))");
  loopless.expect_true("product([1], 1, 1) = 0 or edges(mean) = 1");
}

TEST(Functions, WalkOfADiffusionMatrix) {
  EvaluationCase given;
  given.given = graph_system(2, {{}});
  given.given->heads[0].graph.reset();
  exact::RationalMatrix diffusion(2);
  diffusion.append(0, 0, 1);
  diffusion.append(1, 0, Rational(1, 3));
  diffusion.append(1, 1, Rational(2, 3));
  given.given->heads[0].diffusion = diffusion;
  // Column 1 sums to 4/3, column 2 to 2/3.
  given.expect_true(
      "W(mean, 1, 1) = 3/4 and W(mean, 2, 1) = 1/4 and W(head 1, 2, 2) = 1 and edges(mean) = 3");
}

TEST(Functions, PlainNumbers) {
  const EvaluationCase plain;
  plain.expect_true(
      "floor(7/2) = 3 and ceil(7/2) = 4 and abs(-3) = 3 and min(3, 1, 2) = 1 and max(3, 1, 2) = 3");
  plain.expect_true("2 ^ 3 ^ 2 = 512 and -2 ^ 2 = -4 and 2 ^ (-1) = 1/2 and 0.25 = 1/4 and 7 - 2 - 1 = 4");
  plain.expect_true("if(1 < 2, 3, 1/0) = 3 and (sum k in 1..10: k) = 55 and (max k in {3, 1/2}: 1/k) = 2");
  plain.expect_true("exp(1) > 2.718281828 and exp(1) < 2.718281829 and exp(-1) * exp(1) < 1.0000001");
  plain.expect_true("(sum k in 2..1: k) = 0 and not defined(min k in 2..1: k)");
  plain.expect_undecided("exp(1) * exp(-1) = 1");
  plain.expect_undefined("1/0 = 1/0");
}

TEST(Functions, PrintedNumbers) {
  EvaluationCase printed;
  printed.printed.values["a"] = Rational(3, 8);
  printed.printed.tables["m"] = {{1, 2}, {3, 4}};
  printed.expect_true("printed(\"a\") = 3/8 and printed(\"m\", 2, 1) = 3");
  printed.expect_undefined("printed(\"m\", 3, 1) = 3");
}

}  // namespace
}  // namespace crosshead::claim
