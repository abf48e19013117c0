// An analysis as a claim of its own: the formula that states it is decided afresh, so that the certificate
// rests on the claim language alone, and every fact it needs is proved.
#include "certificate_output.hpp"

#include <stdexcept>

#include "certificate_formula.hpp"
#include "command.hpp"

#include "crosshead/certificate/certificate_file.hpp"
#include "crosshead/certificate/certify.hpp"
#include "crosshead/exact/error.hpp"
#include "crosshead/exact/replacement_file.hpp"

namespace crosshead::cli {
namespace {

claim::FormulaContext context_of(const claim::PrintedNumbers& printed) {
  claim::FormulaContext context;
  context.has_system = true;
  for (const auto& [name, value] : printed.values) context.printed[name] = false;
  for (const auto& [name, table] : printed.tables) context.printed[name] = true;
  return context;
}

}  // namespace

void write_certificate(const claim::Analysis& analysis, const heads::HeadSystem& system,
                       const claim::AnalysisOptions& options, const std::filesystem::path& file, bool quiet) {
  certificate::SystemOrReason exact = certificate::with_exact_entries(system, options.convention.reading);
  if (!exact.system) throw exact::InputError(file.string(), "", "no certificate: " + exact.reason);
  AnalysisFormula formula = formula_of(analysis, *exact.system, options);

  certificate::Statement statement;
  statement.name = "as analysed";
  statement.formula = formula.text;
  statement.convention = options.convention;
  // Walks that depend on this choice are not spoken of.
  statement.convention.attention_walk = heads::AttentionWalk::successor_normalised;
  statement.convention.reading = heads::Reading::as_stored;
  statement.printed = std::move(formula.printed);
  statement.given = std::move(exact.system);

  const claim::Formula parsed = claim::parse_formula(statement.formula, context_of(statement.printed));
  claim::EvaluationInput input;
  input.convention = statement.convention;
  input.printed = &statement.printed;
  input.given = &*statement.given;
  claim::EvaluationOptions limits;
  limits.fidelity_limits = options.fidelity_limits;
  limits.mixing_limits = options.mixing_limits;
  const claim::Evaluation evaluation = claim::evaluate(parsed, input, limits);
  if (evaluation.truth != diffusion::Truth::yes) {
    throw std::logic_error("the formula of the analysis does not hold: " + evaluation.note);
  }
  certificate::ReadingOrReason reading = certificate::certify(statement, evaluation);
  if (!reading.reading) throw exact::InputError(file.string(), "", "no certificate: " + reading.reason);

  certificate::Certificate result;
  const std::string title = "analysis of " + system.name;
  result.claim = {title, "", "crosshead analyze", title};
  result.readings.push_back(std::move(*reading.reading));
  const certificate::TextOrReason text = certificate::write(result);
  if (!text.text) throw exact::InputError(file.string(), "", "no certificate: " + text.reason);
  exact::replace_file(file, *text.text);
  if (quiet) return;
  for (const std::string& line : formula.left_out) {
    complain("not in the certificate: " + line);
  }
}

}  // namespace crosshead::cli
