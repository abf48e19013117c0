#include "json_parts.hpp"

#include "crosshead/walk/convention_names.hpp"

namespace crosshead::cli {

using nlohmann::ordered_json;

std::string document_text(const ordered_json& document) {
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

ordered_json json_of(const exact::Rational& value) {
  return exact::to_string(value);
}

ordered_json json_of(const std::optional<exact::Rational>& value) {
  return value ? json_of(*value) : ordered_json(nullptr);
}

ordered_json text_or_null(const std::string& text) {
  return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json fidelity_json(const diffusion::FidelityConvention& convention) {
  return {{"first_step", convention.first_step}, {"sink_counts", convention.sink_counts}};
}

ordered_json mixing_json(const walk::MixingConvention& convention) {
  return {{"distance", walk::name_of(convention.distance)}, {"start", walk::name_of(convention.start)}};
}

ordered_json convention_json(const claim::Convention& convention) {
  ordered_json document = fidelity_json(convention.fidelity);
  document.update(mixing_json(convention.mixing));
  return document;
}

}  // namespace crosshead::cli
