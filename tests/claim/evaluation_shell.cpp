// Answers closed formulas for the oracle's comparison: one formula per line on stdin, one line of JSON for
// each on stdout: {"truth", "witness", "systems", "instances", "enumerated", "certifiable", "facts", "note",
// "explanation"}, or {"error"} for a text that is no formula. A line that starts with "convention " sets the
// readings of those that follow: first step, whether the sink counts, distance and start.
// Usage: evaluation_shell [--recorded N]
#include <iostream>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

#include "crosshead/claim/evaluation.hpp"

namespace {

using namespace crosshead;  // NOLINT: a program of one file
using Json = nlohmann::ordered_json;

Json numbers(const std::vector<exact::Rational>& values) {
  Json list = Json::array();
  for (const exact::Rational& value : values) list.push_back(exact::to_string(value));
  return list;
}

Json rows(const exact::RationalMatrix& matrix) {
  Json list = Json::array();
  for (int i = 0; i < matrix.size(); ++i) {
    Json row = Json::array();
    for (int j = 0; j < matrix.size(); ++j) row.push_back(exact::to_string(matrix.at(i, j)));
    list.push_back(row);
  }
  return list;
}

Json system_json(const heads::HeadSystem& system) {
  Json heads_list = Json::array();
  for (const heads::Head& head : system.heads) {
    Json one;
    if (head.graph) {
      one["edges"] = Json::array();
      for (int j = 0; j < head.graph->size(); ++j) {
        for (const int i : head.graph->successors(j)) one["edges"].push_back({j + 1, i + 1});
      }
    }
    if (head.diffusion) one["diffusion"] = rows(*head.diffusion);
    if (head.walk) one["walk"] = rows(*head.walk);
    heads_list.push_back(one);
  }
  return {{"nodes", system.size()},
          {"sink", system.sink + 1},
          {"heads", heads_list},
          {"weights", numbers(system.weights)}};
}

Json witness_json(const claim::Evaluation& result) {
  Json list = Json::array();
  for (const claim::WitnessValue& value : *result.witness) {
    Json one{{"name", value.name}};
    if (value.system) {
      one["system"] = system_json(result.systems.at(*value.system).system);
    } else if (!value.weights.empty()) {
      one["weights"] = numbers(value.weights);
    } else if (value.number) {
      one["value"] = exact::to_string(*value.number);
    } else {
      one["word"] = value.word;
    }
    list.push_back(one);
  }
  return list;
}

Json facts_json(const claim::Evaluation& result) {
  Json list = Json::array();
  for (const claim::UsedSystem& used : result.systems) {
    Json facts = Json::array();
    for (const claim::Fact& fact : used.facts) {
      const std::string of = fact.head < 0 ? "mean" : "head " + std::to_string(fact.head + 1);
      if (fact.kind == claim::Fact::Kind::fidelity) {
        facts.push_back(
            {of, "phi", fact.node + 1, exact::to_string(fact.fidelity.supremum), fact.fidelity.attained});
      } else {
        facts.push_back({of, fact.kind == claim::Fact::Kind::mixing_time ? "t_mix" : "t_mix_l1",
                         exact::to_string(fact.epsilon), fact.time});
      }
    }
    list.push_back({{"system", system_json(used.system)}, {"facts", facts}});
  }
  return list;
}

Json answer(const std::string& line, const claim::Convention& convention,
            const claim::EvaluationOptions& options) {
  try {
    const claim::Formula formula = claim::parse_formula(line, {});
    claim::EvaluationInput input;
    input.convention = convention;
    const claim::Evaluation result = claim::evaluate(formula, input, options);
    return {{"truth", diffusion::name_of(result.truth)},
            {"witness", result.witness ? witness_json(result) : Json()},
            {"systems", result.systems_visited},
            {"instances", result.instances},
            {"enumerated", result.enumerated},
            {"certifiable", result.certifiable},
            {"facts", facts_json(result)},
            {"note", result.note},
            {"explanation", result.explanation}};
  } catch (const claim::FormulaError& error) {
    return {{"error", error.what()}};
  }
}

claim::Convention read_convention(std::istringstream words) {
  std::string keyword, distance, start;
  claim::Convention convention;
  words >> keyword >> convention.fidelity.first_step >> convention.fidelity.sink_counts >> distance >> start;
  convention.mixing.distance = distance == "l1" ? walk::Distance::l1 : walk::Distance::total_variation;
  convention.mixing.start = start == "average" ? walk::Start::average : walk::Start::worst;
  return convention;
}

}  // namespace

int main(int argc, char** argv) {
  claim::EvaluationOptions options;
  if (argc == 3 && std::string(argv[1]) == "--recorded") options.recorded_systems = std::stoul(argv[2]);
  claim::Convention convention;
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.starts_with("convention ")) {
      convention = read_convention(std::istringstream(line));
    } else if (!line.empty()) {
      std::cout << answer(line, convention, options).dump() << '\n' << std::flush;
    }
  }
}
