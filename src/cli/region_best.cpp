#include "region_best.hpp"

#include "json_parts.hpp"
#include "line_width.hpp"
#include "region_certificate.hpp"
#include "report_file.hpp"
#include "shared_options.hpp"
#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/report/best_weights_section.hpp"
#include "crosshead/report/html.hpp"

namespace crosshead::cli {
namespace {

using nlohmann::ordered_json;

std::string text(const diffusion::SimplexMaximum& best, const heads::HeadSystem& system,
                 std::int64_t budget) {
  std::string weights;
  for (const auto& weight : best.weights) weights += (weights.empty() ? "" : ", ") + exact::to_string(weight);
  return wrapped("", fmt::format("{}: weights of {} heads", system.name, system.heads.size()), kHanging) +
         wrapped("largest minimax fidelity: ",
                 fmt::format("at least {} = {}..., for the weights {}", exact::to_string(best.lower),
                             exact::decimal_down(best.lower, 10), weights),
                 kHanging) +
         wrapped(
             "  ",
             fmt::format(
                 "at most {}; {} parts of the simplex{}", exact::decimal_up(best.upper, 10), best.simplices,
                 best.reached
                     ? ""
                     : fmt::format(", the budget of {} parts was reached before the tolerance", budget)));
}

void write_page(const diffusion::SimplexMaximum& best, const heads::HeadSystem& system,
                const std::vector<exact::RationalMatrix>& matrices, const BestOptions& options,
                const exact::Rational& tolerance) {
  const std::string title = "Best weights of " + (system.name.empty() ? "the heads" : system.name);
  const std::string subject = "The largest minimax fidelity over all weights of all heads, enclosed.";
  if (!best.defined) {
    write_report(page_of(title, subject,
                         {{"best", "Best weights", report::paragraph("Undefined: " + best.reason, "note")}}),
                 options.report);
    return;
  }
  report::BestWeights found{system, matrices, options.convention, tolerance, best};
  for (std::size_t h = 0; h < matrices.size(); ++h) {
    heads::Head& head = found.system.heads[h];
    if (!head.graph) head = {head.name, std::nullopt, matrices[h], std::nullopt, std::nullopt};
  }
  write_report(page_of(title, subject,
                       {report::best_weights_section(found), report::best_signals_section(found),
                        report::simplex_parts_section(found)}),
               options.report);
}

}  // namespace

int region_best(const heads::HeadSystem& system, const std::vector<exact::RationalMatrix>& matrices,
                const BestOptions& options, const GlobalOptions& global) {
  const exact::Rational tolerance = positive_number("--tolerance", options.tolerance);
  const auto best =
      diffusion::simplex_maximum(matrices, system.sink, options.convention, tolerance, options.budget);
  if (!options.certificate.empty()) {
    if (!best.defined) throw exact::UsageError("--certificate: undefined, so there is nothing to certify");
    write_best_certificate(best, matrices, system.sink, options.convention, options.certificate);
  }
  if (!options.report.empty()) write_page(best, system, matrices, options, tolerance);
  if (global.json) {
    ordered_json weights = ordered_json::array();
    for (const auto& weight : best.weights) weights.push_back(exact::to_string(weight));
    print(document_text({{"schema", "crosshead.best-weights/1"},
                         {"system", system.name},
                         {"defined", best.defined},
                         {"reason", best.defined ? ordered_json(nullptr) : ordered_json(best.reason)},
                         {"weights", weights},
                         {"lower", exact::to_string(best.lower)},
                         {"upper", exact::to_string(best.upper)},
                         {"tolerance", exact::to_string(tolerance)},
                         {"reached", best.reached},
                         {"parts", best.simplices}}));
  } else {
    print(best.defined ? text(best, system, options.budget) : wrapped("undefined: ", best.reason));
  }
  return best.defined && best.reached ? kHolds : kUndecided;
}

}  // namespace crosshead::cli
