#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "audit_run.hpp"
#include <nlohmann/json.hpp>

#include "crosshead/report/page.hpp"

namespace crosshead::cli {

struct AuditPageOptions {
  std::filesystem::path proofs;  ///< with the named systems; may be empty
  bool whole_ledger = false;     ///< also what belongs to no claim: named systems, weights, census, records
  int threads = 1;
  std::function<bool()> stop;  ///< parts that take a while are left out when it says so
};

/// The page about an audit: `document` is its crosshead.audit/1, `results` what it was made of.
report::Page audit_page(const nlohmann::ordered_json& document, const std::vector<Audited>& results,
                        const AuditPageOptions& options);

}  // namespace crosshead::cli
