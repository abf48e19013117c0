#pragma once

#include <filesystem>
#include <functional>

#include "crosshead/attention/float_backend.hpp"
#include "crosshead/claim/ledger.hpp"
#include "crosshead/claim/measured.hpp"

namespace crosshead::cli {

/// The folder of published checkpoints: "checkpoints" in $CROSSHEAD_PUBLISHED or in ../shared/data/published
/// beside the folder that holds `proofs`; for own models, proofs/models. Empty if it is not there.
std::filesystem::path folder_of_models(claim::ModelSet models, const std::filesystem::path& proofs);

/// The numbers of `claim::measured_names` for the models of a folder, on the sequences that `crosshead
/// tables` draws by default. Incomplete when stopped.
claim::MeasuredNumbers measure_models(const std::filesystem::path& folder, attention::FloatBackend& backend,
                                      int threads, const std::function<bool()>& stop);

}  // namespace crosshead::cli
