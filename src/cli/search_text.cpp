#include "line_width.hpp"
#include "search_json.hpp"
#include <fmt/format.h>

namespace crosshead::cli {
namespace {

constexpr const char* kStatements[] = {"phi_min(mean) > max phi_min(head)",
                                       "phi_min(mean) < min phi_min(head)", "t_mix(mean) < min t_mix(head)",
                                       "t_mix(mean) > max t_mix(head)"};

/// "head 1: 1->2 2->3; head 2: 1->3 2->3", self-loops left out.
std::string heads_text(const search::SystemSpace& space, const search::SystemIndex& system) {
  std::string text;
  const search::WeightVector& weights = space.space().weights[system.weights];
  for (std::size_t place = 0; place < system.heads.size(); ++place) {
    text += fmt::format("{}head {} (weight {}):", text.empty() ? "" : "; ", place + 1,
                        exact::to_string(weights[place]));
    const graph::Digraph graph = space.graph(system.heads[place]);
    for (int from = 0; from < graph.size(); ++from) {
      for (const int to : graph.successors(from)) {
        if (from != to || space.space().family == search::Family::optional_loops) {
          text += fmt::format(" {}->{}", from + 1, to + 1);
        }
      }
    }
  }
  return fmt::format("rank {}: {}", space.rank_of(system), text);
}

}  // namespace

std::string search_text(const SearchReport& report) {
  const search::SystemSpace& space = *report.space;
  const search::Question& question = report.question;
  const search::Result& result = report.answer.result;
  const search::Counts& counts = result.counts;
  std::string statement = search::name_of(question);
  if (question.built_in()) statement += fmt::format(": {}", kStatements[static_cast<int>(question.claim)]);
  std::string text = search_line("claim", statement);
  if (report.named) text += search_line("named", description_of(*report.named));
  text += search_line("convention", convention_text(question));
  text += search_line(
      "family", fmt::format("{}, {} nodes, {} {}heads, weights {}", search::name_of(space.space().family),
                            space.space().nodes, space.space().heads, space.space().ordered ? "ordered " : "",
                            report.weights));
  if (report.range.count != space.candidates()) {
    text +=
        search_line("range", fmt::format("ranks {} to {} of {}", report.range.first,
                                         report.range.first + report.range.count - 1, space.candidates()));
  }
  text += search_line("systems", fmt::format("{}", counts.systems));
  text += search_line("witnesses", fmt::format("{}", counts.witnesses));
  text += search_line("ties", fmt::format("{}", counts.ties));
  if (counts.undefined > 0) text += search_line("undefined", fmt::format("{}", counts.undefined));
  if (counts.undecided > 0) text += search_line("undecided", fmt::format("{}", counts.undecided));
  if (report.symmetry) {
    text += search_line("orbits", fmt::format("{} systems, {} witnesses up to relabelling", counts.orbits,
                                              counts.witness_orbits));
  }
  text += search_line("filter", fmt::format("{} systems, {} left open; {} decided in exact arithmetic",
                                            counts.filter_calls, counts.filter_undecided, counts.exact));
  if (result.first) text += search_line("first", heads_text(space, *result.first));
  if (result.extreme) {
    text += search_line("extreme", fmt::format("gain {} at {}", exact::to_string(result.extreme->gain),
                                               heads_text(space, result.extreme->system)));
  }
  for (const WrittenCertificate& written : report.certificates) {
    text += search_line("certified", written.reason.empty()
                                         ? written.file.string()
                                         : fmt::format("not {}: {}", written.of, written.reason));
  }
  if (report.part != search::ShardPart{}) {
    text +=
        search_line("part", fmt::format("{} of the shards: {} ranks of {} in its range, {}",
                                        search::to_string(report.part), counts.candidates, report.range.count,
                                        report.answer.complete ? "all of them" : "not all of them"));
  }
  text += search_line("time", fmt::format("{:.2f} s", report.seconds));
  if (!report.answer.complete && report.part == search::ShardPart{}) {
    text +=
        search_line("stopped", fmt::format("after {} of {} ranks", counts.candidates, report.range.count));
  }
  return text;
}

}  // namespace crosshead::cli
