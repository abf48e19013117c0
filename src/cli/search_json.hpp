#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "crosshead/search/exhaustive.hpp"

namespace crosshead::cli {

/// A search and its outcome, for printing.
struct SearchReport {
  const search::ExhaustiveSearch* search = nullptr;
  search::RankRange range;
  std::string weights;  ///< "1/3,2/3", or "inner_grid(4)"
  bool symmetry = false;
  search::Answer answer;
  double seconds = 0;
};

/// The document `crosshead.search/1`: counts as integers, exact numbers as strings "p/q", systems as complete
/// `crosshead.system/1` documents or null.
nlohmann::ordered_json search_json(const SearchReport& report);

/// The same for readers.
std::string search_text(const SearchReport& report);

}  // namespace crosshead::cli
