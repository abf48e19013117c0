#include "search_certificates.hpp"

#include "made_folder.hpp"
#include "search_json.hpp"

#include "crosshead/exact/replacement_file.hpp"

namespace crosshead::cli {
namespace {

using certificate::TextOrReason;

TextOrReason of_family(const SearchReport& report, const std::string& id) {
  const bool whole = report.answer.complete && report.part == search::ShardPart{} &&
                     report.range.count == report.space->candidates();
  if (!whole) return {std::nullopt, "the search was not of the whole family"};
  return search::family_certificate(*report.space, report.question, report.answer.result, id);
}

}  // namespace

WrittenCertificate write_certificate(const std::string& of, const TextOrReason& certified,
                                     const std::filesystem::path& folder) {
  if (!certified.text) return {of, {}, certified.reason};
  const auto file = made_folder(folder) / (of + ".json");
  exact::replace_file(file, *certified.text);
  return {of, file, ""};
}

std::vector<WrittenCertificate> write_search_certificates(const SearchReport& report,
                                                          const std::filesystem::path& folder) {
  const search::SystemSpace& space = *report.space;
  const search::Result& result = report.answer.result;
  const std::string what = report.question.built_in() ? search::name_of(report.question) : "formula";
  const std::string size =
      std::to_string(space.space().nodes) + " nodes, " + std::to_string(space.space().heads) + " heads";
  const auto witness = [&](const std::string& of, const search::SystemIndex& system) {
    const std::string id = what + ", " + of + " witness of " + size;
    return write_certificate(of, search::witness_certificate(space, report.question, system, id), folder);
  };
  std::vector<WrittenCertificate> written;
  if (result.first) written.push_back(witness("first", *result.first));
  if (result.extreme) written.push_back(witness("extreme", result.extreme->system));
  written.push_back(
      write_certificate("family", of_family(report, what + ", all systems of " + size), folder));
  return written;
}

}  // namespace crosshead::cli
