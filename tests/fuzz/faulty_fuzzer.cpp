// A target with every fault that the driver has to notice, chosen by the input's first letter.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace {

volatile std::size_t sink = 0;

// NOLINTNEXTLINE(misc-no-recursion): a full stack is what is asked for
std::size_t fill_stack(std::size_t depth) {
  volatile char frame[4096];
  frame[depth % sizeof frame] = static_cast<char>(depth);
  return depth + 1 == sink ? 0
                           : fill_stack(depth + 1) + static_cast<std::size_t>(frame[depth % sizeof frame]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const char fault = size == 0 ? '\0' : static_cast<char>(data[0]);
  if (fault == 'c') std::abort();
  if (fault == 's') sink = fill_stack(0);
  // NOLINTNEXTLINE(bugprone-infinite-loop)
  while (fault == 'h') sink = sink + 1;
  std::vector<std::vector<char>> blocks;
  // NOLINTNEXTLINE(bugprone-infinite-loop)
  while (fault == 'm') blocks.emplace_back(std::size_t{1} << 24U, 'm');
  return 0;
}
