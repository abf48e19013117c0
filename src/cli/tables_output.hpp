#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "crosshead/crosscheck/table_rows.hpp"

namespace crosshead::cli {

/// What one run of `tables` found.
struct TablesResult {
  std::string folder, backend;
  crosscheck::TableOptions options;
  std::vector<crosscheck::ModelSamples> models;
  bool complete = true;  ///< false: interrupted, the last models are missing
};

/// crosshead.tables/1: one row per task, head count, layer and reading; bounds are decimal strings, rounded
/// outwards.
nlohmann::ordered_json tables_json(const TablesResult& result);

/// The paper's tables one by one, the printed numbers under the computed ones.
std::string tables_text(const TablesResult& result);

}  // namespace crosshead::cli
