#include "search_json.hpp"

#include "json_parts.hpp"

#include "crosshead/heads/system_file.hpp"

namespace crosshead::cli {
namespace {

using nlohmann::ordered_json;

ordered_json system_json(const search::SystemSpace& space, const search::SystemIndex& system) {
  return ordered_json::parse(heads::write_system(space.system(system)));
}

ordered_json named_json(const NamedClaim& named) {
  return {{"id", named.id},
          {"reading", named.reading},
          {"formula", named.claim.formula},
          {"counterexamples", named.claim.counterexamples},
          {"family", named.claim.family.empty() ? ordered_json(nullptr) : ordered_json(named.claim.family)}};
}

/// {"first": file, ...}, with null and a reason in "missing" where there is no certificate.
ordered_json certificates_json(const std::vector<WrittenCertificate>& certificates) {
  ordered_json files = ordered_json::object(), missing = ordered_json::object();
  for (const WrittenCertificate& written : certificates) {
    files[written.of] = written.reason.empty() ? ordered_json(written.file.string()) : ordered_json(nullptr);
    if (!written.reason.empty()) missing[written.of] = written.reason;
  }
  files["missing"] = missing;
  return files;
}

}  // namespace

ordered_json convention_json(const search::Question& question) {
  if (question.built_in() && question.about_mixing()) {
    ordered_json convention = {{"epsilon", exact::to_string(question.epsilon)}};
    convention.update(mixing_json(question.mixing));
    return convention;
  }
  ordered_json convention = fidelity_json(question.fidelity);
  if (!question.built_in()) convention.update(mixing_json(question.mixing));
  return convention;
}

ordered_json search_json(const SearchReport& report) {
  const search::SystemSpace& space = *report.space;
  const search::Question& question = report.question;
  const search::Counts& counts = report.answer.result.counts;
  const ordered_json instructions =
      report.instructions.empty() ? ordered_json(nullptr) : ordered_json(report.instructions);
  ordered_json document = {{"schema", "crosshead.search/1"},
                           {"claim", search::name_of(question)},
                           {"convention", convention_json(question)},
                           {"nodes", space.space().nodes},
                           {"heads", space.space().heads},
                           {"family", search::name_of(space.space().family)},
                           {"ordered", space.space().ordered},
                           {"weights", report.weights},
                           {"range",
                            {{"from", report.range.first},
                             {"count", report.range.count},
                             {"candidates", space.candidates()},
                             {"done", counts.candidates}}},
                           {"systems", counts.systems},
                           {"witnesses", counts.witnesses},
                           {"ties", counts.ties},
                           {"undefined", counts.undefined},
                           {"undecided", counts.undecided},
                           {"filter",
                            {{"calls", counts.filter_calls},
                             {"undecided", counts.filter_undecided},
                             {"exact", counts.exact},
                             {"instructions", instructions}}}};
  if (report.symmetry) {
    document["orbits"] = {{"systems", counts.orbits}, {"witnesses", counts.witness_orbits}};
  }
  document["first"] = nullptr;
  document["extreme"] = nullptr;
  const search::Result& result = report.answer.result;
  if (result.first) document["first"] = system_json(space, *result.first);
  if (result.extreme) {
    document["extreme"] = {{"value", exact::to_string(result.extreme->gain)},
                           {"system", system_json(space, result.extreme->system)}};
  }
  const bool part = report.part != search::ShardPart{};
  if (part) {
    document["part"] = {{"shard", search::to_string(report.part)}, {"complete", report.answer.complete}};
  }
  if (report.named) document["named"] = named_json(*report.named);
  if (!report.certificates.empty()) document["certificates"] = certificates_json(report.certificates);
  document["complete"] = report.answer.complete && !part;
  document["seconds"] = report.seconds;
  return document;
}

}  // namespace crosshead::cli
