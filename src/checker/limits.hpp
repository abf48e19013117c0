// What ends a replay early: a certificate that proves nothing, or one that asks for more than the checker
// gives.
#pragma once

#include <cstdint>
#include <string>

namespace crosshead::checker {

class Json;

// Thrown by every part of the checker: the value at fault (null: the place is named by whoever knows it) and
// why.
struct Rejected {
  const Json* where;
  std::string reason;
};

constexpr std::size_t max_file_bytes = 64u << 20;     // of one certificate
constexpr std::size_t max_values = 8u << 20;          // JSON values in it
constexpr int max_json_depth = 64;                    // arrays and objects inside each other
constexpr int max_formula_depth = 200;                // expressions inside each other
constexpr long max_nodes = 1000;                      // of one system
constexpr std::size_t max_digits = 1000000;           // of one printed number
constexpr std::uint64_t max_bits = 1u << 24;          // of a power or a binomial coefficient
constexpr std::size_t max_family_heads = 1u << 20;    // of an enumerated family, for one number of nodes
constexpr std::uint64_t max_work = 4000000000;        // limb operations, about ten seconds
constexpr std::uint64_t max_stored_limbs = 1u << 25;  // numbers kept at one time, 256 MiB

// The budget of the certificate that this thread replays.
inline thread_local std::uint64_t work_left = max_work;
inline thread_local std::uint64_t storage_left = max_stored_limbs;

[[noreturn]] inline void refuse(const std::string& limit) {
  throw Rejected{nullptr, "beyond a limit: " + limit};
}

// Counts work before it is done.
inline void spend(std::uint64_t limb_operations) {
  if (limb_operations > work_left) refuse("too many limb operations");
  work_left -= limb_operations;
}

}  // namespace crosshead::checker
