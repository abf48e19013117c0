#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "crosshead/report/page.hpp"

namespace crosshead::report {

/// One value of the paper's Figure 4: a layer of a model, over sequences.
struct MeasuredCell {
  std::string task;      ///< "copy", "cycle"
  std::string quantity;  ///< "mixing" (steps), "fidelity" (percent)
  std::string reading;   ///< "published", "definitions"
  int heads = 0, layer = 0;
  double low = 0, high = 0;                          ///< certified enclosure of the mean
  std::optional<double> deviation;                   ///< over the sequences
  std::optional<double> printed, printed_deviation;  ///< what the paper prints
};

/// The cells of the document crosshead.tables/1.
std::vector<MeasuredCell> measured_cells(const nlohmann::ordered_json& tables);

/// Figure 4 with certified means beside the published ones, and all numbers; `where` is a line of text about
/// the models and sequences. Without cells it says how to measure them. `id` is an anchor.
Section figure4_section(const std::vector<MeasuredCell>& cells, const std::string& where,
                        const std::string& id = "figure-4", const std::string& title = "Figure 4");

/// Tables 5 and 6 of the document: best head against the combined heads, and how often which is larger.
Section best_head_section(const nlohmann::ordered_json& tables);

/// The worst signal of one kind on one path: the largest relative error that was observed, and what is proven
/// of it.
struct ErrorRung {
  std::string source;  ///< device or array: "cpu"
  std::string type;    ///< "float32"
  std::string path;    ///< "layer 0, mean"
  double error = 0, bound = 0;
  double ulps = 0;
  bool within = true;
};

/// The rungs of the document crosshead.crosscheck/1.
std::vector<ErrorRung> error_rungs(const nlohmann::ordered_json& crosscheck);

/// Observed errors against proven bounds by device and type. Without rungs it says how to get them.
Section ladder_section(const std::vector<ErrorRung>& rungs, const std::string& where);

/// The rule of the document crosshead.crosscheck/1, how many signals it accepts, and those that it does not.
Section misses_section(const nlohmann::ordered_json& crosscheck);

}  // namespace crosshead::report
