#pragma once

#include <functional>
#include <memory>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/claim/ledger.hpp"

namespace crosshead::cli {

/// The attention of one seeded sequence through the entry's model, every layer: float32 and float64 signals
/// against the exact ones, one reading per float type. Throws exact::MissingComponent without the LibTorch
/// module.
claim::Outcome check_trained_model(const claim::LedgerEntry& entry, attention::FloatBackend& backend);

}  // namespace crosshead::cli
