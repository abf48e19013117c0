#pragma once

#include <string>
#include <vector>

#include "crosshead/heads/head_system.hpp"

namespace crosshead::report {

/// A head alone, or the merged system, with the matrix that a figure is about.
struct NamedMatrix {
  std::string name;
  exact::RationalMatrix matrix;
  bool merged = false;
};

/// The heads' diffusion matrices and their mean; those that are defined.
std::vector<NamedMatrix> diffusion_matrices(const heads::HeadSystem& system, heads::Reading reading);

/// The heads' walk matrices and their mean; those that are defined.
std::vector<NamedMatrix> walk_matrices(const heads::HeadSystem& system, heads::Reading reading,
                                       heads::AttentionWalk walk);

}  // namespace crosshead::report
