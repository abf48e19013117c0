// A pass over the lengths of prefixes. All prefixes of one length share one power of two, so they compare
// directly. Rows are computed once for the prefixes that stay: children are first bounded from their parents'
// rows, by one product with a matrix of bound columns.
#include "word_frontier.hpp"

#include <algorithm>
#include <numeric>

#include "word_product.hpp"

#include "crosshead/exact/share_tasks.hpp"

namespace crosshead::heads {
namespace {

/// Children extended beyond the room, for dominance to choose from; columns that children are bounded by one
/// by one; rows gathered for one product.
constexpr std::size_t kSpare = 2, kMostAhead = 256, kBlockRows = 1024, kRowsAtLeast = 32;
/// Bytes of the rows of one length, and of the record of all lengths.
constexpr std::size_t kRowBytes = std::size_t{256} << 20, kPathBytes = std::size_t{512} << 20;
/// Prefixes that another is compared with for dominance.
constexpr std::size_t kRivals = 256;

}  // namespace

Frontier::Frontier(const WordBounds& bounds, std::size_t source, std::size_t target, int steps,
                   std::size_t wanted, int threads)
    : bounds_(bounds), source_(source), target_(target), steps_(steps), wanted_(wanted), threads_(threads) {}

std::size_t Frontier::most_room() const {
  return std::max<std::size_t>(
      1, std::min(kRowBytes / (kSpare * sizeof(double) * bounds_.width()),
                  kPathBytes / (2 * sizeof(std::uint32_t) * static_cast<std::size_t>(steps_))));
}

template <typename Use>
void Frontier::by_letter(const std::vector<Candidate>& candidates, const Use& use) {
  std::vector<std::vector<std::size_t>> places(bounds_.letters());
  for (std::size_t c = 0; c < candidates.size(); ++c) places[candidates[c].letter].push_back(c);
  struct Block {
    std::size_t letter, begin, end;
  };
  std::vector<Block> blocks;
  for (std::size_t h = 0; h < places.size(); ++h) {
    for (std::size_t begin = 0; begin < places[h].size(); begin += kBlockRows)
      blocks.push_back({h, begin, std::min(begin + kBlockRows, places[h].size())});
  }
  const std::size_t width = bounds_.width();
  exact::share_tasks(threads_, blocks.size(), [&](std::size_t task) {
    const auto& [h, begin, end] = blocks[task];
    std::vector<double> gathered((end - begin) * width);
    for (std::size_t p = begin; p < end; ++p) {
      std::copy_n(rows_.begin() + static_cast<std::ptrdiff_t>(candidates[places[h][p]].parent * width), width,
                  gathered.begin() + static_cast<std::ptrdiff_t>((p - begin) * width));
    }
    use(h, places[h].data() + begin, end - begin, gathered.data());
  });
}

void Frontier::find_candidates(int left, double cut, std::vector<Candidate>& candidates) {
  const std::size_t m = bounds_.size(), width = bounds_.width(), letters = bounds_.letters();
  // Candidates are kept in the units of 2^exponent(left - 1), without underflow.
  const std::int64_t step = bounds_.exponent(left) - bounds_.exponent(left - 1);
  // Columns by first letter: those of the window, or, if it holds no letter, one for each.
  const bool split = bounds_.window_columns(left) >= letters && std::abs(step) <= 400;
  const std::vector<double> made = split ? std::vector<double>() : bounds_.extended(left);
  const std::vector<double>& columns = split ? bounds_.window(left) : made;
  const std::size_t stride = columns.size() / m;
  const std::size_t group =
      (split ? bounds_.window_columns(left) : bounds_.window_columns(left - 1) * letters) / letters;
  const std::int64_t shift = split ? step : 0;
  // A few blocks for every thread, also where there are few rows.
  const std::size_t block =
      std::clamp(count_ / static_cast<std::size_t>(4 * std::max(1, threads_)), kRowsAtLeast, kBlockRows);
  std::vector<std::vector<Candidate>> found((count_ + block - 1) / block);
  exact::share_tasks(threads_, found.size(), [&](std::size_t task) {
    const std::size_t begin = task * block, rows = std::min(block, count_ - begin);
    std::vector<double> product(rows * stride);
    multiply(rows_.data() + begin * width, rows, width, m, columns.data(), stride, product.data());
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t h = 0; h < letters; ++h) {
        const double* first = product.data() + i * stride + h * group;
        const double bound = std::ldexp(*std::max_element(first, first + group), static_cast<int>(shift));
        if (bound > 0 && bound * bounds_.margin() > cut) {
          found[task].push_back(
              {bound, static_cast<std::uint32_t>(begin + i), static_cast<std::uint32_t>(h)});
        }
      }
    }
  });
  candidates.clear();
  for (const auto& part : found) candidates.insert(candidates.end(), part.begin(), part.end());
  multiply_adds_ += static_cast<double>(count_ * m * stride);
}

void Frontier::look_ahead(int left, double cut, std::vector<Candidate>& candidates) {
  const std::size_t count = bounds_.window_columns(left - 1);
  if (count == 1 || count > kMostAhead || candidates.size() <= wanted_) return;
  const std::size_t m = bounds_.size(), width = bounds_.width();
  const std::vector<double> all = bounds_.extended(left);
  const std::size_t whole = all.size() / m, stride = padded(count);
  by_letter(candidates,
            [&](std::size_t h, const std::size_t* places, std::size_t rows, const double* gathered) {
              std::vector<double> columns(m * stride, 0.0), product(rows * stride);
              for (std::size_t k = 0; k < m; ++k) {
                std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(k * whole + h * count), count,
                            columns.begin() + static_cast<std::ptrdiff_t>(k * stride));
              }
              multiply(gathered, rows, width, m, columns.data(), stride, product.data());
              for (std::size_t i = 0; i < rows; ++i) {
                const double* row = product.data() + i * stride;
                candidates[places[i]].bound =
                    std::min(candidates[places[i]].bound, *std::max_element(row, row + count));
              }
            });
  multiply_adds_ += static_cast<double>(candidates.size() * m * stride);
  std::erase_if(candidates,
                [&](const Candidate& c) { return c.bound == 0 || c.bound * bounds_.margin() <= cut; });
}

double Frontier::make_room(std::size_t room, std::vector<Candidate>& candidates) {
  if (candidates.size() <= room) return 0;
  const auto end = candidates.begin() + static_cast<std::ptrdiff_t>(room);
  std::nth_element(candidates.begin(), end, candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.bound > b.bound; });
  const double lost = end->bound;
  candidates.erase(end, candidates.end());
  return lost;
}

void Frontier::extend(const std::vector<Candidate>& candidates, Step& step) {
  const std::size_t m = bounds_.size(), width = bounds_.width();
  next_.assign(candidates.size() * width, 0.0);
  by_letter(candidates,
            [&](std::size_t h, const std::size_t* places, std::size_t rows, const double* gathered) {
              std::vector<double> product(rows * width);
              multiply(gathered, rows, width, m, bounds_.matrix(h).data(), width, product.data());
              for (std::size_t i = 0; i < rows; ++i) {
                std::copy_n(product.data() + i * width, width,
                            next_.begin() + static_cast<std::ptrdiff_t>(places[i] * width));
              }
            });
  multiply_adds_ += static_cast<double>(candidates.size() * m * width);
  const double largest = next_.empty() ? 0 : *std::max_element(next_.begin(), next_.end());
  int shift = 0;
  (void)std::frexp(largest, &shift);
  for (double& value : next_) {
    if (value > 0) value = std::max(std::ldexp(value, -shift), kRowFloor);
  }
  // Rows were too large by raised_ in every entry, and so is each product by raised_ times a column's sum.
  const double carried = raised_ * bounds_.largest_column_sum() + bounds_.raised();
  raised_ = std::ldexp(carried * bounds_.margin(), -shift) + 2 * kRowFloor;
  exponent_ += shift;
  rows_.swap(next_);
  count_ = candidates.size();
  step.parents.resize(count_);
  step.letters.resize(count_);
  for (std::size_t c = 0; c < count_; ++c) {
    step.parents[c] = candidates[c].parent;
    step.letters[c] = candidates[c].letter;
  }
}

void Frontier::drop_dominated(int left, std::vector<Candidate>& candidates) {
  if (candidates.size() <= 2 * wanted_ || left == 0) return;
  const std::size_t width = bounds_.width();
  const std::vector<double>& most = bounds_.largest(left);
  const std::vector<double>& least = bounds_.least(left);
  const double up = bounds_.margin(), down = 1 - bounds_.slack();
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return candidates[a].bound > candidates[b].bound; });

  // Certain lower ends of the first rows kept, the rivals of all others.
  std::vector<double> rivals;
  std::size_t held = 0;
  const auto dominated = [&](std::size_t place) {
    const double* row = rows_.data() + place * width;
    std::size_t dominators = 0;
    for (std::size_t r = 0; r < held && dominators < wanted_; ++r) {
      const auto [gain, loss] = compare(rivals.data() + r * width, row, up, least.data(), most.data(), width);
      if (gain * down * down >= loss * up * up) ++dominators;
    }
    return dominators >= wanted_;
  };
  std::vector<std::size_t> kept;
  std::size_t next = 0;
  for (; next < order.size() && held < kRivals; ++next) {
    multiply_adds_ += static_cast<double>(2 * held * width);
    if (dominated(order[next])) continue;
    kept.push_back(order[next]);
    ++held;
    const double* row = rows_.data() + order[next] * width;
    for (std::size_t k = 0; k < width; ++k) rivals.push_back(std::max(0.0, row[k] * down - raised_));
  }
  const std::size_t rest = order.size() - next;
  std::vector<char> lost(rest);
  exact::share_tasks(threads_, (rest + kRowsAtLeast - 1) / kRowsAtLeast, [&](std::size_t task) {
    const std::size_t end = std::min(rest, (task + 1) * kRowsAtLeast);
    for (std::size_t i = task * kRowsAtLeast; i < end; ++i) lost[i] = dominated(order[next + i]) ? 1 : 0;
  });
  multiply_adds_ += static_cast<double>(2 * held * width * rest);
  for (std::size_t i = 0; i < rest; ++i) {
    if (lost[i] == 0) kept.push_back(order[next + i]);
  }
  std::sort(kept.begin(), kept.end());
  for (std::size_t c = 0; c < kept.size(); ++c) {
    candidates[c] = candidates[kept[c]];
    std::copy_n(rows_.begin() + static_cast<std::ptrdiff_t>(kept[c] * width), width,
                rows_.begin() + static_cast<std::ptrdiff_t>(c * width));
  }
  candidates.resize(kept.size());
  count_ = kept.size();
}

FrontierResult Frontier::run(std::size_t room, const Scaled& cut, double work, const KeepGoing& keep_going) {
  FrontierResult result;
  multiply_adds_ = 0;
  rows_.assign(bounds_.width(), 0.0);
  rows_[source_] = 1;
  count_ = 1;
  exponent_ = 0;
  raised_ = 0;
  std::vector<Step> path(static_cast<std::size_t>(steps_));
  std::vector<Candidate> candidates;
  std::int64_t bound_unit = 0;  // of the candidates' bounds
  const auto note_lost = [&](double bound, std::int64_t unit) {
    const Scaled lost{bound * bounds_.margin(), unit};
    if (result.dropped < lost) result.dropped = lost;
  };
  for (int s = 0; s < steps_; ++s) {
    if (multiply_adds_ > work || !keep_going(s, count_)) {
      result.finished = false;
      double open = 0;
      for (const Candidate& candidate : candidates) open = std::max(open, candidate.bound);
      note_lost(open, bound_unit);
      break;
    }
    const int left = steps_ - s;
    const std::int64_t unit = bound_unit = exponent_ + bounds_.exponent(left - 1);
    const double limit = cut.in_units(unit);
    find_candidates(left, limit, candidates);
    look_ahead(left, limit, candidates);
    if (const double lost = make_room(kSpare * room, candidates); lost > 0) note_lost(lost, unit);
    extend(candidates, path[static_cast<std::size_t>(s)]);
    drop_dominated(left - 1, candidates);
    if (candidates.size() > room) {
      // The rows of those that stay move up.
      std::vector<Candidate> numbered = candidates;
      for (std::size_t c = 0; c < numbered.size(); ++c) numbered[c].parent = static_cast<std::uint32_t>(c);
      note_lost(make_room(room, numbered), unit);
      std::sort(numbered.begin(), numbered.end(),
                [](const Candidate& a, const Candidate& b) { return a.parent < b.parent; });
      const std::size_t width = bounds_.width();
      for (std::size_t c = 0; c < numbered.size(); ++c) {
        std::copy_n(rows_.begin() + static_cast<std::ptrdiff_t>(numbered[c].parent * width), width,
                    rows_.begin() + static_cast<std::ptrdiff_t>(c * width));
        candidates[c] = candidates[numbered[c].parent];
      }
      candidates.resize(room);
      count_ = room;
    }
    Step& step = path[static_cast<std::size_t>(s)];
    step.parents.resize(count_);
    step.letters.resize(count_);
    for (std::size_t c = 0; c < count_; ++c) {
      step.parents[c] = candidates[c].parent;
      step.letters[c] = candidates[c].letter;
    }
  }
  result.multiply_adds = multiply_adds_;
  if (!result.finished) return result;
  for (std::size_t i = 0; i < count_; ++i) {
    const double value = rows_[i * bounds_.width() + target_];
    if (value == 0) continue;
    Finalist finalist{HeadWord(path.size()), {value * bounds_.margin(), exponent_}};
    std::size_t at = i;
    for (std::size_t s = path.size(); s-- > 0;) {
      finalist.word[s] = static_cast<int>(path[s].letters[at]);
      at = path[s].parents[at];
    }
    result.finalists.push_back(std::move(finalist));
  }
  std::sort(result.finalists.begin(), result.finalists.end(),
            [](const Finalist& a, const Finalist& b) { return b.bound < a.bound; });
  return result;
}

}  // namespace crosshead::heads
