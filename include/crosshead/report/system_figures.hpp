#pragma once

#include <string>

#include "crosshead/claim/analysis.hpp"
#include "crosshead/heads/head_system.hpp"
#include "crosshead/report/figure.hpp"

namespace crosshead::report {

/// Signals s_j(t) (22) of each head and of the merged system in the manner of the paper's Figure 3: one panel
/// each, t = 0..T, with each node's supremum marked (filled where it is attained, an outline beyond the edge
/// where it is only approached) and the minimax fidelity as a rule. T is at least 20 and shows every attained
/// supremum up to t = 60. Its table has the suprema as exact numbers; with `all_values` another one has the
/// signals. `id` is an anchor. Matrices that are not defined have no panel. Beyond kMostDrawnNodes nodes six
/// are drawn, of more than five heads two; then the numbers have all suprema, but no signals.
Figure signal_figure(const heads::HeadSystem& system, const diffusion::FidelityConvention& convention,
                     const std::string& id, bool all_values);

/// Worst-start distances to the sink's point mass, t = 0..T, of each head and of the merged system, with
/// their mixing times at `epsilon` marked. A head that does not mix has no curve; of more than five heads the
/// fastest and the slowest have one. A `bound` on mixing times
/// that a claim is about is a vertical rule, if it has a name.
struct TimeBound {
  std::string name;
  exact::Rational value;
};
Figure distance_figure(const heads::HeadSystem& system, const claim::Convention& convention,
                       const exact::Rational& epsilon, const std::string& id, const TimeBound& bound = {});

/// Heads and the merged system side by side: forward probability, mixing time at `epsilon`, minimax fidelity
/// with its node and whether it is attained.
std::string comparison_table(const heads::HeadSystem& system, const claim::Convention& convention,
                             const exact::Rational& epsilon);

}  // namespace crosshead::report
