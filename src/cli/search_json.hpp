#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search_certificates.hpp"
#include "search_question.hpp"
#include <nlohmann/json.hpp>

#include "crosshead/search/exhaustive.hpp"
#include "crosshead/search/shard_plan.hpp"

namespace crosshead::cli {

/// A search and its outcome, for printing.
struct SearchReport {
  const search::SystemSpace* space = nullptr;
  search::Question question;
  std::optional<NamedClaim> named;  ///< whose question it is
  std::string instructions;         ///< of the filter; empty if several machines may have taken part
  search::RankRange range;
  search::ShardPart part;  ///< of the range
  std::string weights;     ///< "1/3,2/3", or "inner_grid(4)"
  bool symmetry = false;
  search::Answer answer;  ///< complete: the part is done
  std::vector<WrittenCertificate> certificates;
  double seconds = 0;
};

/// The conventions on which the answer depends, "epsilon" among them where the claim has one.
nlohmann::ordered_json convention_json(const search::Question& question);

/// The document `crosshead.search/1`: counts as integers, exact numbers as strings "p/q", systems as complete
/// `crosshead.system/1` documents or null.
nlohmann::ordered_json search_json(const SearchReport& report);

/// The same for readers.
std::string search_text(const SearchReport& report);

}  // namespace crosshead::cli
