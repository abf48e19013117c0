#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crosshead/claim/analysis.hpp"
#include "crosshead/claim/evaluation.hpp"
#include "crosshead/claim/verdict.hpp"
#include "crosshead/diffusion/fidelity_proof.hpp"
#include "crosshead/heads/head_system.hpp"

namespace crosshead::certificate {

/// What a certificate says (src/certificate/FORMAT.md, section 1), without its layout and hashes.
///
/// Systems are plain heads::HeadSystems. In a certificate names of systems, nodes and heads are dropped,
/// nodes are numbered from 1, and attention has become a diffusion matrix.

/// What a reading asks, before it is answered.
struct Statement {
  std::string name;
  claim::Role role = claim::Role::stated;
  std::string formula;  ///< in the claim language
  claim::Convention convention;
  claim::PrintedNumbers printed;                   ///< may be empty
  std::optional<heads::HeadSystem> given;          ///< the current system outside any binder
  std::map<std::string, heads::HeadSystem> files;  ///< what file("...") stands for; not in a certificate
};

/// A value that is proved rather than recomputed (section 4).
struct Fact {
  claim::Fact::Kind kind = claim::Fact::Kind::fidelity;
  int head = -1;                   ///< index from 0; -1 for the mean
  exact::Rational epsilon;         ///< mixing times
  std::int64_t time = 0;           ///< mixing times
  int node = 0;                    ///< fidelity: index from 0
  exact::Rational phi;             ///< fidelity
  bool attained = false;           ///< fidelity
  diffusion::FidelityProof proof;  ///< fidelity
  std::string region;  ///< weight regions: the members `weights`, `order` and `pieces`, canonical JSON

  bool operator==(const Fact&) const = default;
};

struct ListedSystem {
  heads::HeadSystem system;
  std::vector<Fact> facts;
};

/// An answered reading with all that replays the answer.
struct Reading {
  Statement statement;
  std::string tree;  ///< the formula spelt out (section 2), canonical JSON
  bool truth = false;
  std::optional<std::vector<claim::WitnessValue>> witness;
  std::vector<ListedSystem> systems;
};

/// The labels of a claim.
struct Claim {
  std::string id, section, source, statement;

  bool operator==(const Claim&) const = default;
};

struct Certificate {
  Claim claim;
  claim::ClaimKind kind = claim::ClaimKind::claim;
  std::vector<Reading> readings;
  std::optional<std::string> ledger;  ///< SHA-256 of the ledger file, in hex
};

/// The verdict that the truths give (section 1); nothing if no reading is stated.
std::optional<claim::Verdict> verdict_of(const Certificate& certificate);

}  // namespace crosshead::certificate
