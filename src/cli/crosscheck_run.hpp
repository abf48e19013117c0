#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "crosscheck_input.hpp"

namespace crosshead::cli {

/// `crosshead crosscheck` as it was called.
struct CrosscheckRequest {
  CrosscheckInput input;
  std::optional<std::int64_t> steps;
  std::vector<std::string> devices;  ///< empty: every one that is there
  std::vector<std::string> types{"float32", "float64", "bfloat16", "float16", "tf32"};
  std::string underflow = "gradual", against, rule = "bound", exact = "4e9", junit, report,
              largest_defect = "1/10";
  bool causal = false, dyadic = false;
};

/// Checks, prints the report, writes JUnit XML, and returns the exit code.
int run_crosscheck(const CrosscheckRequest& given, const GlobalOptions& global);

}  // namespace crosshead::cli
