#pragma once

#include <optional>
#include <vector>

#include "crosshead/exact/rational.hpp"

namespace crosshead::exact {

/// The shortest linear recurrence of a sequence (Berlekamp-Massey over the rationals): coefficients c_1..c_m
/// with a_t = c_1 a_{t-1} + ... + c_m a_{t-m} for all m <= t < length. It is the sequence's own recurrence
/// for all t when the sequence is known to satisfy one of order <= length / 2.
std::vector<Rational> shortest_recurrence(const std::vector<Rational>& sequence);

/// The roots, with multiplicity and ascending, of z^m - c_1 z^{m-1} - ... - c_m, if all of them are rational.
std::optional<std::vector<Rational>> rational_roots(const std::vector<Rational>& recurrence);

/// Proof that a sequence with the given characteristic roots stays nonnegative from index `from` on:
/// with roots rho_1 <= ... <= rho_m, all > 0, the differences a^(i+1)_t = a^(i)_{t+1} - rho_i a^(i)_t end in
/// the zero sequence, so a^(i)_from >= 0 for i < m gives a_t >= 0 for all t >= from (and a_t > 0 if a_from >
/// 0). Returns whether those m checks pass. REQUIRES: sequence.size() >= from + roots.size().
bool stays_nonnegative(const std::vector<Rational>& sequence, std::size_t from,
                       const std::vector<Rational>& roots);

}  // namespace crosshead::exact
