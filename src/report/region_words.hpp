#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace crosshead::report {

// Numbers and sets of weights as the documents crosshead.weights/1 have them.

/// {"value": "p/q"}, or a root with decimals: its place on an axis.
double place_of(const nlohmann::ordered_json& number);

/// Polynomials of any degree are written out.
inline constexpr int kAnyDegree = 1'000'000;

/// The number as HTML: a fraction with its decimal, or decimals with the polynomial and where its root is; of
/// a degree above the largest one, with the degree alone.
std::string number_html(const nlohmann::ordered_json& number, int largest_degree = kAnyDegree);

/// "0 < b < 3/4 = 0.75", or "b = 1/2 = 0.5".
std::string set_html(const nlohmann::ordered_json& set, int largest_degree = kAnyDegree);
/// Sets one after another, "; " between them.
std::string sets_html(const nlohmann::ordered_json& sets, int largest_degree);

}  // namespace crosshead::report
