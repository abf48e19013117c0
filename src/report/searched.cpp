#include "searched.hpp"

#include <fmt/format.h>

#include "crosshead/report/drawing.hpp"
#include "crosshead/report/html.hpp"
#include "crosshead/report/ledger_section.hpp"
#include "crosshead/report/system_figures.hpp"
#include "crosshead/walk/convention_names.hpp"

namespace crosshead::report {

using nlohmann::ordered_json;

std::uint64_t count_at(const ordered_json& document, const char* key) {
  const auto found = document.find(key);
  return found != document.end() && found->is_number() ? found->get<std::uint64_t>() : 0;
}

std::string grouped(std::uint64_t value) {
  std::string text = std::to_string(value);
  for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

std::string tile(const std::string& count, const std::string& words) {
  return fmt::format("<li><span class=\"count\">{}</span> {}</li>\n", count, words);
}

std::string claim_words(const ordered_json& search) {
  std::string words = text_at(search, "claim");
  const std::string epsilon = search.contains("convention") ? text_at(search["convention"], "epsilon") : "";
  return epsilon.empty() ? words : words + " at " + epsilon;
}

SearchedClaim searched_claim(const ordered_json& search) {
  SearchedClaim claim;
  const ordered_json convention = search.value("convention", ordered_json::object());
  const std::string epsilon = text_at(convention, "epsilon");
  claim.mixing = !epsilon.empty() || text_at(search, "claim").find("t_mix") != std::string::npos;
  if (!epsilon.empty()) claim.epsilon = exact::parse_rational(epsilon);
  claim.convention.fidelity.first_step = convention.value("first_step", 1);
  claim.convention.fidelity.sink_counts = convention.value("sink_counts", true);
  walk::MixingConvention& mixing = claim.convention.mixing;
  mixing.distance = walk::distance_named(text_at(convention, "distance")).value_or(mixing.distance);
  mixing.start = walk::start_named(text_at(convention, "start")).value_or(mixing.start);
  return claim;
}

std::string convention_words(const SearchedClaim& claim) {
  std::string words;
  const auto add = [&](const char* part) { words += (words.empty() ? "" : ", ") + std::string(part); };
  if (claim.convention.fidelity.first_step == 0) add("t from 0");
  if (!claim.convention.fidelity.sink_counts) add("the sink left out");
  if (claim.convention.mixing.distance == walk::Distance::l1) add("L1 distance");
  if (claim.convention.mixing.start == walk::Start::average) add("average start");
  return words;
}

std::string shown_system(const heads::HeadSystem& system, const SearchedClaim& claim, const std::string& id) {
  std::string html = system_drawing(system, claim.mixing ? EdgeWeights::walk : EdgeWeights::diffusion, id);
  html += comparison_table(system, claim.convention, claim.epsilon);
  return html + figure_html(claim.mixing
                                ? distance_figure(system, claim.convention, claim.epsilon, id + "-curves")
                                : signal_figure(system, claim.convention.fidelity, id + "-curves", true));
}

}  // namespace crosshead::report
