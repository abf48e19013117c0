#pragma once

#include <vector>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/claim/ledger.hpp"
#include "crosshead/report/model_section.hpp"

namespace crosshead::cli {

/// The attention of one seeded sequence through the entry's model, every layer: float32 and float64 signals
/// against the exact ones, one reading per float type. `rungs` gets the worst signal of each path. REQUIRES:
/// the entry names a model.
claim::Outcome check_trained_model(const claim::LedgerEntry& entry, attention::FloatBackend& backend,
                                   std::vector<report::ErrorRung>& rungs);

}  // namespace crosshead::cli
