#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "crosshead/report/figure.hpp"
#include "crosshead/report/page.hpp"

namespace crosshead::report {

// Sections of the page about an audit, made from the document crosshead.audit/1. A key that is not there
// counts as null, so that pages can be made of documents that other versions wrote; nothing is computed from
// claims.

/// Something that decides a reading, shown: drawings, numbers, curves.
struct Exhibit {
  std::string reading;  ///< its name
  std::string formula;
  std::string evidence;  ///< in one line
  std::string html;      ///< drawing, tables and figures
};

/// Exhibits by claim id.
using Exhibits = std::map<std::string, std::vector<Exhibit>>;

/// What the audit comes to: how many claims have each verdict, certificates, records, what differs.
std::string audit_lead(const nlohmann::ordered_json& audit);

/// Every claim with its readings in a table that can be filtered; claims with exhibits link to them.
Section ledger_section(const nlohmann::ordered_json& audit, const Exhibits& exhibits);

/// Claims that are refuted, that hold under a hypothesis alone, or that depend on the reading, and
/// definitions with exhibits: each with them, with where its source's argument breaks and what is true
/// instead.
Section refutation_section(const nlohmann::ordered_json& audit, const Exhibits& exhibits);

/// What the words on the page mean.
Section glossary_section();

/// "Section 2" of "2", "Beyond the paper" of "X", and any other section as it stands: the heading of its
/// claims.
std::string heading_of(const std::string& section);

/// "refuted" with the sign that goes with it.
std::string verdict_badge(const std::string& verdict);

/// The text under a key, or "" where there is none.
std::string text_at(const nlohmann::ordered_json& object, const std::string& key);

}  // namespace crosshead::report
