// The families of section 3: which systems they hold, and in which order.
#pragma once

#include <functional>

#include "src/checker/formula.hpp"
#include "src/checker/system.hpp"

namespace crosshead::checker {

bool is_family(std::string_view name);
// Throws Rejected unless the family takes these arguments.
void check_family_arguments(const std::string& name, const std::vector<Node>& arguments);

// A family with the values of its arguments; `file` is not among these.
struct Family {
  // Visits every system in the declared order until `visit` returns false; returns whether it never did.
  bool enumerate(const std::function<bool(SystemPointer)>& visit) const;
  // The member with the heads of this system; null if there is none.
  SystemPointer member(const System& system) const;

  std::string name;
  long least_n = 1, most_n = 1, least_heads = 1, most_heads = 1;
  long parameter = 1;                         // d of the matrices, or w of `local`
  std::vector<mpq_class> probabilities = {};  // of `lazy_line`
};

}  // namespace crosshead::checker
