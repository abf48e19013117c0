#pragma once

#include <string>
#include <utility>

#include "region_output.hpp"

namespace crosshead::cli {

/// What is asked about the weights of two heads of a system.
struct RegionQuestion {
  std::string file;                 ///< for messages
  std::pair<int, int> heads{0, 1};  ///< from 0
  std::string claim = "amplifies";
  exact::Rational epsilon{1, 4};  ///< of mixes-faster
  heads::Reading reading = heads::Reading::as_stored;
  diffusion::FidelityConvention convention;
  diffusion::RegionLimits limits;
  bool maximum = false;
};

/// Answers it. Throws exact::InputError where a head has no matrix, and exact::UsageError for a claim that
/// cannot be read.
RegionReport answered_region(const heads::HeadSystem& system, const RegionQuestion& question);

}  // namespace crosshead::cli
