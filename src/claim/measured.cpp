#include "crosshead/claim/measured.hpp"

namespace crosshead::claim {

const std::vector<MeasuredName>& measured_names() {
  static const std::vector<MeasuredName> names = [] {
    const std::vector<MeasuredName> each{
        {"mixing", "mean over sequences of the expected steps of Algorithm 1 as programmed (Tables 1, 2)"},
        {"mixing_std", "their standard deviation"},
        {"fidelity", "mean of the minimax fidelity within 100 steps, percent (Tables 3, 4)"},
        {"fidelity_std", "its standard deviation"},
        {"best_head", "mean of the best head's minimax fidelity within 100 steps, percent (Tables 5, 6)"},
        {"beats", "sequences where the combined heads certainly beat the best head"},
        {"falls_below", "sequences where the combined heads are certainly below the best head"},
        {"at_sink", "sequences whose minimax fidelity is certainly attained at the sink"},
        {"elsewhere", "sequences whose minimax fidelity is certainly not attained at the sink"},
        {"least_column", "the least column sum of the mean attention, over all sequences"},
        {"largest_column", "the largest column sum"},
        {"time", "mean of the mixing time of Def. 2.7, worst start, eps = 1/4"},
        {"supremum", "mean of the minimax fidelity of Def. 3.5, percent"},
        {"supremum_std", "its standard deviation"},
        {"supremum_without_sink", "the same with the sink left out of the minimum, percent"},
        {"supremum_best_head", "mean of the best head's minimax fidelity of Def. 3.5, percent"},
        {"supremum_beats", "sequences where the combined heads certainly beat the best head by Def. 3.5"},
        {"supremum_at_sink",
         "sequences whose minimax fidelity of Def. 3.5 is certainly attained at the sink"},
        {"sequences", "the number of sequences (one column)"},
        {"accuracy", "share of positions answered as the task asks, percent (one column)"},
        {"first_right", "sequences whose first position is answered as the task asks (one column)"},
        {"parameters", "the number of parameters (one column)"}};
    std::vector<MeasuredName> all;
    for (const char* task : {"copy_", "cycle_"}) {
      for (const MeasuredName& name : each) all.push_back({task + name.name, name.meaning});
    }
    return all;
  }();
  return names;
}

}  // namespace crosshead::claim
