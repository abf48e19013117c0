#pragma once

#include <cstdint>
#include <string>

#include "crosshead/certificate/certificate_file.hpp"
#include "crosshead/search/guided.hpp"
#include "crosshead/search/result.hpp"

namespace crosshead::search {

/// Certificates of what a search found, for crosshead-check: everything is decided afresh by the claim
/// language, under the question's conventions, and stated as a formula. Each function gives the reason where
/// there is no certificate: a formula that the answer contradicts, a proof that would be too long, a file
/// above certificate::kMostBytes. `id` labels the certificate.

/// The claim as a formula about one system: "phi_min(mean) > (max h in heads: phi_min(head h))".
std::string formula_of(const Question& question);
/// By how much a witness exceeds: "phi_min(mean) - (max h in heads: phi_min(head h))"; empty for a formula
/// that does not compare two numbers.
std::string gain_term(const Question& question);

/// The claim about one system, with the value of every chain that it compares, the gain, and that the system
/// is of the space's family. REQUIRES: the system is a witness.
certificate::TextOrReason witness_certificate(const SystemSpace& space, const Question& question,
                                              const SystemIndex& system, const std::string& id);

/// Certificates of a whole family are written up to this number of systems, if they fit into
/// certificate::kMostBytes: 32 MiB hold about 45,000 pairs with their mixing times, or 10,000 with their
/// fidelities.
inline constexpr std::uint64_t kMostCertifiedSystems = 60'000;

/// The space as the claim language has it: "system in unique_sink(4, 2), weights in inner_grid(5)". Throws
/// exact::UsageError, saying why, for ordered heads and for weights that are neither uniform nor a grid.
std::string family_binders(const Space& space);

/// The counts of a whole family, that of its systems, of witnesses and of ties, and its largest gain, as sums
/// and a maximum over the family. REQUIRES: the result is of all systems of the space.
certificate::TextOrReason family_certificate(const SystemSpace& space, const Question& question,
                                             const Result& result, const std::string& id);

/// That the system has this value of the objective and that its heads are feedforward with self-loops
/// everywhere and a unique sink.
certificate::TextOrReason value_certificate(const heads::HeadSystem& system, const Objective& objective,
                                            const exact::Rational& value, const std::string& id);

}  // namespace crosshead::search
