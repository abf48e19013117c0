#include "tables_output.hpp"

namespace crosshead::cli {
namespace {

using crosscheck::Enclosure;
using crosscheck::ModelSamples;
using crosscheck::PrintedMean;
using crosscheck::Spread;
using crosscheck::TableRow;
using crosscheck::TimeColumn;
using nlohmann::ordered_json;

constexpr int kTableDigits = 13;

ordered_json bounds(const Enclosure& value) {
  return {crosscheck::decimal_below(value.lower, kTableDigits),
          crosscheck::decimal_above(value.upper, kTableDigits)};
}

ordered_json spread(const Spread& value) {
  return {{"mean", bounds(value.mean)},
          {"std", value.deviation ? bounds(*value.deviation) : ordered_json(nullptr)}};
}

ordered_json spread(const std::optional<Spread>& value) {
  if (value) return spread(*value);
  return {{"mean", nullptr}, {"std", nullptr}};
}

ordered_json printed(const PrintedMean& value) {
  return {
      {"mean", value.mean},
      {"std", value.deviation},
      {"standard_errors", value.standard_errors ? bounds(*value.standard_errors) : ordered_json(nullptr)}};
}

ordered_json time_json(const TimeColumn& column) {
  ordered_json json = {{"epsilon", exact::to_string(column.epsilon)}};
  json.update(spread(column.spread));
  json["shortest"] = column.shortest;
  json["longest"] = column.longest ? ordered_json(*column.longest) : ordered_json(nullptr);
  json["undefined"] = column.undefined;
  json["reason"] = column.reason.empty() ? ordered_json(nullptr) : ordered_json(column.reason);
  json["unbounded"] = column.unbounded;
  return json;
}

ordered_json row_json(const TableRow& row) {
  ordered_json json = {{"task", attention::name_of(row.task)},
                       {"heads", row.heads},
                       {"layer", row.layer},
                       {"reading", crosscheck::name_of(row.reading)},
                       {"samples", row.samples}};
  ordered_json paper = ordered_json::object();
  if (row.reading == crosscheck::Reading::published && row.mixing) {
    json["mixing"] = spread(row.mixing);
    json["column_sums"] = {{"least", bounds(*row.least_column)}, {"largest", bounds(*row.largest_column)}};
  }
  if (!row.times.empty()) {
    json["mixing"] = spread(row.mixing);
    json["mixing_times"] = ordered_json::array();
    for (const TimeColumn& column : row.times) json["mixing_times"].push_back(time_json(column));
  }
  if (row.printed_mixing) paper["mixing"] = printed(*row.printed_mixing);
  if (row.fidelity) {
    json["fidelity_percent"] = spread(row.fidelity);
    json["fidelity_percent"]["nodes"] = {{"min_at_sink", row.at_sink},
                                         {"min_elsewhere", row.elsewhere},
                                         {"min_at_both", row.at_both},
                                         {"open", row.place_open}};
  }
  if (row.fidelity_without_sink) json["fidelity_without_sink_percent"] = spread(row.fidelity_without_sink);
  if (row.printed_fidelity) paper["fidelity_percent"] = printed(*row.printed_fidelity);
  if (row.best_head) {
    json["best_head_percent"] = spread(row.best_head);
    json["combined_beats_best"] = row.beats;
    json["combined_below_best"] = row.falls_below;
    json["comparison_open"] = row.comparison_open;
    if (!row.printed_best_head.empty()) {
      paper["best_head_percent"] = row.printed_best_head;
      paper["combined_percent"] = row.printed_combined;
    }
  }
  json["published"] = paper;
  return json;
}

ordered_json model_json(const ModelSamples& samples) {
  const auto count = static_cast<double>(samples.samples);
  return {
      {"task", attention::name_of(samples.model.task)},
      {"heads", samples.model.heads},
      {"file", samples.model.path.string()},
      {"parameters", samples.parameters},
      {"length", samples.positions},
      {"accuracy_percent", spread(crosscheck::accuracy_percent(samples))},
      {"first_position_percent", bounds(Enclosure{100.0 * samples.first_right, 100.0 * samples.first_right} /
                                        Enclosure{count, count})}};
}

}  // namespace

ordered_json tables_json(const TablesResult& result) {
  const crosscheck::TableOptions& options = result.options;
  ordered_json json = {{"schema", "crosshead.tables/1"},
                       {"folder", result.folder},
                       {"backend", result.backend},
                       {"arithmetic", options.exact ? "exact" : "certified"},
                       {"samples", options.samples}};
  if (options.tokens) {
    json["tokens"] = options.tokens_file;
    json["seed"] = nullptr;
  } else {
    json["tokens"] = nullptr;
    json["seed"] = options.seed;
  }
  json["first_sample"] = options.tokens ? ordered_json(nullptr) : ordered_json(crosscheck::kFirstSample);
  json["complete"] = result.complete;
  json["models"] = ordered_json::array();
  json["rows"] = ordered_json::array();
  for (const ModelSamples& samples : result.models) {
    json["models"].push_back(model_json(samples));
    for (const TableRow& row : crosscheck::rows_of(samples, options)) json["rows"].push_back(row_json(row));
  }
  return json;
}

}  // namespace crosshead::cli
