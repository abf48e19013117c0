#pragma once

#include <string>

#include <gtest/gtest.h>

#include "crosshead/claim/evaluation.hpp"

namespace crosshead::claim::testing {

/// Evaluates formulas under one convention, with what they may refer to.
struct EvaluationCase {
  Convention convention;
  PrintedNumbers printed;
  std::optional<heads::HeadSystem> given;
  std::map<std::string, heads::HeadSystem> files;
  EvaluationOptions options;

  Evaluation operator()(const std::string& text) const {
    FormulaContext context;
    context.has_system = given.has_value();
    for (const auto& [name, system] : files) context.files.push_back(name);
    for (const auto& [name, value] : printed.values) context.printed[name] = false;
    for (const auto& [name, value] : printed.tables) context.printed[name] = true;
    const Formula formula = parse_formula(text, context);
    EvaluationInput input;
    input.convention = convention;
    input.printed = &printed;
    input.given = given ? &*given : nullptr;
    input.files = &files;
    return evaluate(formula, input, options);
  }

  void expect(const std::string& text, diffusion::Truth truth) const {
    const Evaluation result = (*this)(text);
    EXPECT_EQ(result.truth, truth) << text << "\n" << result.note << "\n" << result.explanation;
  }
  void expect_true(const std::string& text) const { expect(text, diffusion::Truth::yes); }
  void expect_false(const std::string& text) const { expect(text, diffusion::Truth::no); }
  void expect_undefined(const std::string& text) const { expect(text, diffusion::Truth::undefined); }
  void expect_undecided(const std::string& text) const { expect(text, diffusion::Truth::undecided); }
};

/// Heads with self-loops everywhere and the edges given from 0, equal weights, the last node the sink.
inline heads::HeadSystem graph_system(int nodes, const std::vector<std::vector<std::pair<int, int>>>& edges) {
  heads::HeadSystem system;
  for (int node = 1; node <= nodes; ++node) system.nodes.push_back(std::to_string(node));
  system.sink = nodes - 1;
  for (const auto& list : edges) {
    heads::Head head;
    head.graph.emplace(nodes, true);
    for (const auto& [from, to] : list) head.graph->add_edge(from, to);
    system.heads.push_back(std::move(head));
    system.weights.emplace_back(1, static_cast<int>(edges.size()));
  }
  return system;
}

}  // namespace crosshead::claim::testing
