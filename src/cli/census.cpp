#include "census.hpp"

#include "search_json.hpp"

#include "crosshead/search/shard_run.hpp"

namespace crosshead::cli {

using nlohmann::ordered_json;

std::vector<ordered_json> census_of(const search::Question& question, int heads, int largest, int threads,
                                    const std::function<bool()>& stop) {
  std::vector<ordered_json> found;
  for (int nodes = 2; nodes <= largest && !stop(); ++nodes) {
    search::Space wanted{search::Family::unique_sink, nodes, heads, false, search::uniform_weights(heads)};
    if (search::candidate_count(wanted) == 0) continue;
    const search::SystemSpace space(wanted);
    const search::ExhaustiveSearch search(space, question, threads);
    SearchReport report;
    report.space = &space;
    report.question = question;
    report.range = space.all();
    report.weights = "uniform";
    report.answer =
        search::run_in_threads(search, space.all(), threads, [&](std::uint64_t) { return !stop(); });
    if (report.answer.complete) found.push_back(search_json(report));
  }
  return found;
}

std::vector<ordered_json> census(int heads, int largest, int threads, const std::function<bool()>& stop) {
  std::vector<ordered_json> all;
  for (const search::BuiltIn claim : {search::BuiltIn::amplifies, search::BuiltIn::attenuates,
                                      search::BuiltIn::mixes_faster, search::BuiltIn::mixes_slower}) {
    search::Question question;
    question.claim = claim;
    for (ordered_json& one : census_of(question, heads, largest, threads, stop))
      all.push_back(std::move(one));
  }
  return all;
}

}  // namespace crosshead::cli
