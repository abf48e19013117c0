// A claim of one's own, decided and certified: the certificate goes to the file that is named.
#include <fstream>
#include <iostream>

#include "crosshead/certificate/decided_claim.hpp"
#include "crosshead/claim/decision.hpp"

using namespace crosshead;

constexpr char kClaim[] = R"(
id = "never-above"
section = "own"
source = "an example"
statement = "Merging two heads never raises the minimax fidelity above the best head's."
expected = "refuted"

[[reading]]
name = "graphs on up to four nodes"
formula = 'forall system in unique_sink(2..4, 2): phi_min(mean) <= max h in heads: phi_min(head h)'
expected = false
)";

int main(int, char** arguments) {
  const claim::LedgerEntry entry = claim::parse_claim(kClaim, "never-above.toml", {});
  const claim::Decision decision = claim::decide(entry, {});
  std::cout << claim::name_of(decision.verdict) << '\n';
  std::cout << decision.readings.front().evaluation.systems_visited << " systems\n";
  std::cout << decision.readings.front().evaluation.explanation << '\n';
  std::ofstream(arguments[1]) << *certificate::certificate_of(decision).text;
}
