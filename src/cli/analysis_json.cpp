#include "analysis_json.hpp"

#include "json_parts.hpp"

#include "crosshead/exact/integer_row.hpp"
#include "crosshead/exact/interval.hpp"
#include "crosshead/heads/names.hpp"

namespace crosshead::cli {
namespace {

using cli::json_of;
using diffusion::Truth;
using exact::Rational;
using nlohmann::ordered_json;

ordered_json json_of(Truth truth) {
  if (truth == Truth::yes || truth == Truth::no) return truth == Truth::yes;
  return diffusion::name_of(truth);
}

/// The value where it is known exactly, otherwise ["lo", "hi"] with ends of at most 64 significant bits.
ordered_json json_of(const exact::Interval& interval) {
  if (interval.is_exact()) return json_of(interval.lower);
  return {json_of(exact::rounded_down(interval.lower, 64)), json_of(exact::rounded_up(interval.upper, 64))};
}

template <typename Items>
ordered_json json_list(const Items& items) {
  ordered_json list = ordered_json::array();
  for (const auto& item : items) list.push_back(json_of(item));
  return list;
}

/// How this command reads attention, too.
ordered_json reading_json(const claim::Convention& convention) {
  ordered_json document = convention_json(convention);
  document["reading"] = heads::name_of(convention.reading);
  document["attention_walk"] = heads::name_of(convention.attention_walk);
  return document;
}

ordered_json checks_json(const claim::Checks& checks, const std::string& unique_sink) {
  return {{"feedforward", checks.feedforward},
          {"feedforward_violation", text_or_null(checks.feedforward_violation)},
          {unique_sink, checks.unique_sink},
          {"unique_sink_violation", text_or_null(checks.unique_sink_violation)},
          {"sink_self_loop", checks.sink_self_loop}};
}

ordered_json mixing_json(const walk::MixingTime& mixing, const std::vector<std::string>& nodes) {
  ordered_json entry = {{"epsilon", json_of(mixing.epsilon)},
                        {"defined", mixing.defined},
                        {"time", nullptr},
                        {"worst_start", nullptr},
                        {"decided", !mixing.defined || mixing.decided}};
  if (!mixing.defined) {
    entry["reason"] = mixing.reason;
  } else if (!mixing.decided) {
    entry["beyond"] = mixing.beyond;
    entry["reason"] = text_or_null(mixing.reason);
  } else {
    entry["time"] = mixing.time;
    if (mixing.worst_start >= 0) entry["worst_start"] = nodes[static_cast<std::size_t>(mixing.worst_start)];
    entry["method"] = mixing.method;
  }
  return entry;
}

ordered_json node_fidelity_json(const diffusion::NodeFidelity& fidelity, const std::string& node) {
  ordered_json entry = {{"node", node},
                        {"supremum", nullptr},
                        {"attained", nullptr},
                        {"time", nullptr},
                        {"decided", fidelity.decided}};
  if (!fidelity.decided) {
    entry["interval"] = {json_of(fidelity.lower), json_of(fidelity.upper)};
    entry["note"] = fidelity.note;
    return entry;
  }
  if (fidelity.unbounded) {
    entry["unbounded"] = true;
    entry["note"] = fidelity.note;
    return entry;
  }
  entry["supremum"] = json_of(fidelity.supremum);
  entry["attained"] = fidelity.attained;
  if (fidelity.time) entry["time"] = *fidelity.time;
  entry["argument"] = diffusion::name_of(fidelity.argument);
  entry["horizon"] = fidelity.horizon;
  entry["tail"] = json_of(fidelity.tail);
  return entry;
}

ordered_json fidelity_json(const diffusion::Fidelity& fidelity, const std::vector<std::string>& nodes) {
  const bool decided = fidelity.defined && fidelity.decided;
  ordered_json entry = {{"minimax", decided ? json_of(fidelity.minimax) : ordered_json(nullptr)},
                        {"minimax_node", nullptr},
                        {"attained", decided ? ordered_json(fidelity.attained) : ordered_json(nullptr)},
                        {"defined", fidelity.defined},
                        {"decided", !fidelity.defined || fidelity.decided},
                        {"minimax_nodes", ordered_json::array()}};
  if (decided) {
    for (const int node : fidelity.minimax_nodes) {
      entry["minimax_nodes"].push_back(nodes[static_cast<std::size_t>(node)]);
    }
    if (!entry["minimax_nodes"].empty()) entry["minimax_node"] = entry["minimax_nodes"].front();
  } else if (fidelity.defined) {
    entry["interval"] = {json_of(fidelity.lower), json_of(fidelity.upper)};
  } else {
    entry["reason"] = fidelity.reason;
  }
  entry["steps"] = fidelity.steps;
  entry["nodes"] = ordered_json::array();
  for (std::size_t j = 0; j < fidelity.nodes.size(); ++j) {
    entry["nodes"].push_back(node_fidelity_json(fidelity.nodes[j], nodes[j]));
  }
  return entry;
}

/// What the mean system and every head have in common.
void add_metrics(ordered_json& entry, const claim::SystemAnalysis& part, const claim::Analysis& analysis,
                 int cutoff) {
  const bool walks = part.walk_reason.empty();
  entry["forward_probability"] = json_of(part.forward_probability);
  entry["walk"] = {{"defined", walks},
                   {"reason", text_or_null(part.walk_reason)},
                   {"from_diffusion", part.walk_from_diffusion}};
  entry["mixing"] = ordered_json::array();
  for (const walk::MixingTime& mixing : part.mixing)
    entry["mixing"].push_back(mixing_json(mixing, analysis.nodes));
  entry["hitting"] = {{"expected", walks ? json_list(part.expected_hitting) : ordered_json(nullptr)},
                      {"cutoff", cutoff},
                      {"truncated", walks ? json_list(part.truncated_hitting) : ordered_json(nullptr)}};
  if (!part.profile.empty()) {
    for (std::size_t t = 0; t < part.profile.size(); ++t) {
      const walk::ProfilePoint& point = part.profile[t];
      entry["profile"].push_back(
          {{"time", t},
           {"distance", json_of(point.distance)},
           {"worst_start", analysis.nodes[static_cast<std::size_t>(point.worst_start)]}});
    }
  }
  entry["row_defect"] = nullptr;
  if (part.row_defect) {
    entry["row_defect"] = {{"largest", json_of(part.row_defect->largest)},
                           {"node", analysis.nodes[static_cast<std::size_t>(part.row_defect->row)]}};
  }
  entry["fidelity"] = fidelity_json(part.fidelity, analysis.nodes);
}

ordered_json best_head_json(const claim::Analysis& analysis) {
  if (analysis.best_heads.empty()) return nullptr;
  const int best = analysis.best_heads.front();
  const claim::SystemAnalysis& head = analysis.heads[static_cast<std::size_t>(best)];
  ordered_json ties = ordered_json::array();
  for (const int index : analysis.best_heads) ties.push_back(index + 1);
  return {
      {"index", best + 1}, {"name", head.name}, {"minimax", json_of(head.fidelity.minimax)}, {"ties", ties}};
}

ordered_json mixing_verdicts_json(const claim::Analysis& analysis, Truth claim::MixingVerdict::*verdict) {
  ordered_json list = ordered_json::array();
  for (const claim::MixingVerdict& entry : analysis.mixing_verdicts) {
    list.push_back({{"epsilon", json_of(entry.epsilon)}, {"verdict", json_of(entry.*verdict)}});
  }
  return list;
}

}  // namespace

ordered_json analysis_json(const claim::Analysis& analysis, const heads::HeadSystem& system,
                           const claim::AnalysisOptions& options) {
  ordered_json checks = checks_json(analysis.combined.checks, "unique_sink_union");
  checks["common_order"] = analysis.common_order;
  ordered_json combined;
  add_metrics(combined, analysis.combined, analysis, options.cutoff);
  ordered_json heads = ordered_json::array();
  for (std::size_t h = 0; h < analysis.heads.size(); ++h) {
    const claim::SystemAnalysis& head = analysis.heads[h];
    ordered_json entry = {{"name", head.name},
                          {"weight", json_of(system.weights[h])},
                          {"checks", checks_json(head.checks, "unique_sink")}};
    add_metrics(entry, head, analysis, options.cutoff);
    heads.push_back(std::move(entry));
  }
  return {{"schema", "crosshead.analysis/1"},
          {"system", analysis.system},
          {"nodes", analysis.nodes},
          {"sink", analysis.nodes[static_cast<std::size_t>(analysis.sink)]},
          {"weights", json_list(system.weights)},
          {"convention", reading_json(analysis.convention)},
          {"checks", std::move(checks)},
          {"combined", std::move(combined)},
          {"heads", std::move(heads)},
          {"best_head", best_head_json(analysis)},
          {"verdicts",
           {{"amplifies", json_of(analysis.amplifies)},
            {"attenuates", json_of(analysis.attenuates)},
            {"mixes_faster_than_every_head", mixing_verdicts_json(analysis, &claim::MixingVerdict::faster)},
            {"mixes_slower_than_every_head", mixing_verdicts_json(analysis, &claim::MixingVerdict::slower)}}},
          {"decided", analysis.decided()}};
}

}  // namespace crosshead::cli
