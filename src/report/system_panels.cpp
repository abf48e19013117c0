#include "system_panels.hpp"

#include "crosshead/heads/names.hpp"

namespace crosshead::report {
namespace {

template <class OfHead>
std::vector<NamedMatrix> matrices(const heads::HeadSystem& system, OfHead of_head,
                                  const heads::MatrixOrReason& mean) {
  std::vector<NamedMatrix> found;
  for (int h = 0; h < static_cast<int>(system.heads.size()); ++h) {
    auto head = of_head(h);
    if (head.matrix) found.push_back({heads::label_of(system, h), *head.matrix, false});
  }
  if (system.heads.size() > 1 && mean.matrix) found.push_back({"merged", *mean.matrix, true});
  return found;
}

}  // namespace

std::vector<NamedMatrix> diffusion_matrices(const heads::HeadSystem& system, heads::Reading reading) {
  return matrices(
      system, [&](int head) { return heads::diffusion_of(system, head, reading); },
      heads::mean_diffusion(system, reading));
}

std::vector<NamedMatrix> walk_matrices(const heads::HeadSystem& system, heads::Reading reading,
                                       heads::AttentionWalk walk) {
  return matrices(
      system, [&](int head) { return heads::walk_of(system, head, reading, walk); },
      heads::mean_walk(system, reading, walk));
}

}  // namespace crosshead::report
