#include "word_values.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>

#include "crosshead/exact/share_tasks.hpp"

namespace crosshead::heads {

using exact::Integer;

std::vector<WordValue> word_values(const exact::IntegerMatrixList& matrices,
                                   const std::vector<exact::Rational>& weights, int sink, int node,
                                   const std::vector<HeadWord>& words, int threads,
                                   const std::function<bool()>& keep_going) {
  std::vector<WordValue> values(words.size());
  if (words.empty()) return values;
  std::vector<std::size_t> order(words.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return words[a] < words[b]; });

  const std::size_t steps = words.front().size();
  const Integer denominator =
      boost::multiprecision::pow(matrices.denominator(), static_cast<unsigned>(steps));
  // A run of neighbouring words for each thread.
  const std::size_t runs = std::min(words.size(), static_cast<std::size_t>(std::max(1, threads)));
  std::mutex asking;
  std::atomic<bool> stopped = false;
  exact::share_tasks(threads, runs, [&](std::size_t run) {
    // rows[s] belongs to the first s letters of the last word; scaled once it is multiplied.
    std::vector<std::vector<Integer>> rows(steps + 1,
                                           std::vector<Integer>(static_cast<std::size_t>(matrices.size())));
    rows[0][static_cast<std::size_t>(sink)] = 1;
    matrices.scale(rows[0]);
    const HeadWord* last = nullptr;
    for (std::size_t at = run * words.size() / runs; at < (run + 1) * words.size() / runs; ++at) {
      const std::size_t place = order[at];
      const HeadWord& word = words[place];
      std::size_t same = 0;
      if (last != nullptr) {
        same = static_cast<std::size_t>(std::mismatch(word.begin(), word.end(), last->begin()).first -
                                        word.begin());
      }
      for (std::size_t s = same; s < steps; ++s) {
        {
          const std::lock_guard<std::mutex> lock(asking);
          if (!stopped && !keep_going()) stopped = true;
        }
        if (stopped) return;
        matrices.multiply(rows[s], word[s], rows[s + 1]);
        if (s + 1 < steps) matrices.scale(rows[s + 1]);
      }
      last = &word;
      const exact::Rational value(rows[steps][static_cast<std::size_t>(node)], denominator);
      values[place] = {word, value, value * word_weight(weights, word)};
    }
  });
  if (stopped) return {};
  return values;
}

}  // namespace crosshead::heads
