// What a guided search prints.
#include "line_width.hpp"
#include "search_guided.hpp"
#include "search_json.hpp"
#include <fmt/format.h>

#include "crosshead/heads/system_file.hpp"

namespace crosshead::cli {
namespace {

using nlohmann::ordered_json;

std::string weights_text(const search::GuidedSpace& space) {
  if (space.denominator > 0) return fmt::format("multiples of 1/{}", space.denominator);
  std::string text;
  for (const exact::Rational& weight : space.weights)
    text += (text.empty() ? "" : ",") + exact::to_string(weight);
  return text;
}

}  // namespace

ordered_json guided_json(const GuidedReport& report) {
  const search::Question& question = report.objective.question;
  ordered_json document = {{"schema", "crosshead.guided/1"},
                           {"claim", search::name_of(question.claim)},
                           {"maximise", search::name_of(report.objective.measure)},
                           {"term", search::term_of(report.objective)},
                           {"convention", convention_json(question)},
                           {"nodes", report.space.nodes},
                           {"heads", report.space.heads},
                           {"weights", weights_text(report.space)},
                           {"restarts",
                            {{"asked", report.effort.restarts},
                             {"finished", report.answer.finished},
                             {"undecided", report.answer.undecided}}},
                           {"steps", report.answer.steps},
                           {"best", nullptr}};
  if (const auto& best = report.answer.best) {
    document["best"] = {{"value", exact::to_string(best->value)},
                        {"restart", best->restart + 1},
                        {"system", ordered_json::parse(heads::write_system(best->system))},
                        {"record", report.keeps_records() ? ordered_json(search::record_text(report.record()))
                                                          : ordered_json(nullptr)}};
  }
  document["complete"] = report.answer.complete;
  document["command"] = report.command;
  document["seconds"] = report.seconds;
  return document;
}

std::string guided_text(const GuidedReport& report) {
  const search::Question& question = report.objective.question;
  std::string text = search_line("maximise", search::term_of(report.objective));
  text += search_line("convention", convention_text(question));
  text += search_line("family", fmt::format("unique-sink, {} nodes, {} heads, weights {}", report.space.nodes,
                                            report.space.heads, weights_text(report.space)));
  text += search_line("search", fmt::format("{} restarts of {} steps, seed {}", report.effort.restarts,
                                            report.effort.steps, report.effort.seed));
  if (const auto& best = report.answer.best) {
    const std::string value = exact::to_string(best->value);
    text += search_line("best", denominator(best->value) == 1
                                    ? fmt::format("{}, restart {}", value, best->restart + 1)
                                    : fmt::format("{} ({:.6g}), restart {}", value,
                                                  exact::to_double(best->value), best->restart + 1));
    for (std::size_t h = 0; h < best->system.heads.size(); ++h) {
      text += search_line(fmt::format("head {}", h + 1),
                          fmt::format("weight {}: {}", exact::to_string(best->system.weights[h]),
                                      search::compact_edges(*best->system.heads[h].graph)));
    }
  } else {
    text += search_line("best", "no value was decided");
  }
  if (report.answer.undecided > 0)
    text += search_line("undecided", fmt::format("{} restarts", report.answer.undecided));
  text += search_line("time", fmt::format("{:.2f} s", report.seconds));
  if (!report.answer.complete) {
    text += search_line("stopped", fmt::format("after {} steps; {} restarts are finished",
                                               report.answer.steps, report.answer.finished));
  }
  return text;
}

}  // namespace crosshead::cli
