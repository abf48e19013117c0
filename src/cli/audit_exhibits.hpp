#pragma once

#include <vector>

#include "audit_run.hpp"

#include "crosshead/report/ledger_section.hpp"

namespace crosshead::cli {

/// What is shown of each claim that a reading refutes: the system that decides the reading, drawn, with the
/// numbers and curves that the reading is about, or the numbers that the source prints.
report::Exhibits exhibits_of(const std::vector<Audited>& results);

}  // namespace crosshead::cli
