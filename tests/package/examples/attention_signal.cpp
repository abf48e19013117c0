// One head of an attention tensor, exactly: by how much its rows miss 1, and what reaches the last position.
#include <iostream>

#include "crosshead/attention/attention_tensor.hpp"
#include "crosshead/diffusion/fidelity.hpp"

using namespace crosshead;

int main(int, char** arguments) {
  const heads::HeadSystem layer =
      attention::attention_system(arguments[1], {.tensor = "attention", .layer = 0});
  const auto as_stored = *heads::diffusion_of(layer, 0, heads::Reading::as_stored).matrix;
  const auto normalised = *heads::diffusion_of(layer, 0, heads::Reading::normalised).matrix;
  std::cout << layer.heads.size() << " heads, " << layer.size() << " nodes\n";
  std::cout << "defect at most 2^-20: "
            << (heads::row_defect(as_stored).largest < exact::Rational(1, 1 << 20)) << '\n';
  const auto signal = diffusion::signal(normalised, layer.sink, 3);
  exact::Rational mass = 0;
  for (const exact::Rational& value : signal[3]) mass += value;
  std::cout << "mass after 3 steps: " << mass << '\n';
}
