#pragma once

#include <cstdint>
#include <string>

namespace crosshead::checker {

struct Outcome {
  bool accepted;
  std::string line;  // accepted: claim id: verdict: formulas; or rejected: place: reason
};

// Replays a certificate within a budget of work.
Outcome replay(const std::string& bytes, std::uint64_t work = 10000000000);

}  // namespace crosshead::checker
