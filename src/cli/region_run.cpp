#include "region_run.hpp"

#include <chrono>

#include <fmt/format.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/names.hpp"
#include "crosshead/walk/mixing.hpp"

namespace crosshead::cli {
namespace {

/// The minimax fidelity of the head whose matrix came last.
void add_minimax(RegionReport& report) {
  const auto alone = diffusion::minimax_fidelity(report.matrices.back(), report.sink, report.convention);
  if (!alone.defined || !alone.decided) {
    report.region.defined = false;
    report.region.reason = fmt::format("the minimax fidelity of {} is {}", report.heads.back(),
                                       alone.defined ? "undecided" : "undefined");
  }
  report.alone.push_back(alone.value);
}

/// Its mixing time at 1 - threshold. A head that does not mix leaves the answer at its own weight undefined.
void add_mixing_time(RegionReport& report) {
  const auto alone = walk::mixing_times(report.matrices.back(), report.sink, report.nodes,
                                        {1 - report.request.claim.threshold}, {})
                         .front();
  if (!alone.defined || !alone.decided) {
    report.region.defined = false;
    report.region.reason = fmt::format("{} has no mixing time: {}", report.heads.back(),
                                       alone.defined ? "undecided within the limits" : alone.reason);
  }
  report.alone.emplace_back(alone.time);
}

}  // namespace

RegionReport answered_region(const heads::HeadSystem& system, const RegionQuestion& question) {
  const auto start = std::chrono::steady_clock::now();
  RegionReport report;
  report.system = system.name;
  report.nodes = system.nodes;
  report.sink = system.sink;
  report.reading = question.reading;
  report.convention = question.convention;
  report.request = parse_region_claim(question.claim, system.nodes, question.epsilon);
  report.mixing = report.request.claim.subject == diffusion::RegionClaim::Subject::absorbed;
  for (const int h : {question.heads.first, question.heads.second}) {
    report.heads.push_back(heads::label_of(system, h));
    auto matrix = report.mixing ? heads::walk_of(system, h, question.reading)
                                : heads::diffusion_of(system, h, question.reading);
    if (!matrix.matrix) throw exact::InputError(question.file, fmt::format("heads[{}]", h), matrix.reason);
    report.matrices.push_back(std::move(*matrix.matrix));
    (report.mixing ? add_mixing_time : add_minimax)(report);
  }
  if (report.matrices[0] == report.matrices[1]) {
    report.remarks.push_back("both heads have the same matrix, so nothing depends on b");
  }
  report.claim = resolved(report.request, report.alone);
  if (report.region.defined) {
    report.region = diffusion::weight_region(report.matrices[0], report.matrices[1], report.sink,
                                             report.claim, report.convention, question.limits);
  }
  if (question.maximum && report.region.defined && !report.mixing) {
    report.maximum = diffusion::weight_maximum(report.matrices[0], report.matrices[1], report.sink,
                                               report.convention, question.limits);
  }
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return report;
}

}  // namespace crosshead::cli
