#include "crosshead/certificate/decided_claim.hpp"

#include "crosshead/certificate/certify.hpp"

namespace crosshead::certificate {
namespace {

using claim::ClaimReading;
using claim::Decision;
using claim::LedgerEntry;

Statement statement_of(const LedgerEntry& entry, const ClaimReading& reading) {
  Statement statement;
  statement.name = reading.name;
  statement.role = reading.role;
  statement.formula = reading.formula.text;
  statement.convention = reading.convention;
  statement.printed = entry.printed;
  statement.given = reading.given;
  statement.files = reading.files;
  return statement;
}

}  // namespace

TextOrReason certificate_of(const Decision& decision) {
  const LedgerEntry& entry = *decision.entry;
  Certificate certificate;
  certificate.claim = {entry.id, entry.section, entry.source, entry.statement};
  certificate.kind = entry.kind;
  certificate.ledger = sha256(entry.text);
  for (const claim::DecidedReading& decided : decision.readings) {
    const ClaimReading& reading = *decided.reading;
    if (!reading.certify) {
      if (reading.role == claim::Role::fact) continue;
      return {std::nullopt, "reading '" + reading.name + "': " + reading.reason};
    }
    ReadingOrReason certified = certify(statement_of(entry, reading), decided.evaluation);
    if (!certified.reading) return {std::nullopt, "reading '" + reading.name + "': " + certified.reason};
    certificate.readings.push_back(std::move(*certified.reading));
  }
  return write(certificate);
}

}  // namespace crosshead::certificate
