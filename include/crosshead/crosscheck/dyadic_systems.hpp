#pragma once

#include <vector>

#include "crosshead/heads/head_system.hpp"

namespace crosshead::crosscheck {

/// Systems whose entries are multiples of a power of two, so that floats hold their first powers exactly:
/// lines, trees, full graphs of power-of-two degrees, mixtures of them, and rows k / 2^m drawn from a fixed
/// seed. Where a type's significand ends, and so exactness, differs from system to system.
std::vector<heads::HeadSystem> dyadic_systems();

}  // namespace crosshead::crosscheck
