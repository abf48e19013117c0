// The largest words: passes of growing room, each with the exact K-th largest contribution found so far as
// its cut, until what lacked room is proven to be no larger.
#include "crosshead/heads/word_search.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "word_bounds.hpp"
#include "word_frontier.hpp"
#include "word_values.hpp"

#include "crosshead/heads/head_system.hpp"

namespace crosshead::heads {
namespace {

using exact::Rational;
using exact::RationalMatrix;

/// Growth of the room from pass to pass.
constexpr std::size_t kGrowth = 8;
/// Words of a window, at most; more when the first passes have proven nothing.
constexpr double kWindowColumns = 256, kDeeperColumns = 4096;
constexpr int kDeeperAfter = 2;

/// Nodes on some path from the wanted node, which they hear, to the sink, which hears them; ascending.
std::vector<int> nodes_between(const std::vector<RationalMatrix>& matrices, int sink, int node) {
  std::vector<graph::Digraph> graphs;
  for (const RationalMatrix& matrix : matrices) graphs.push_back(support(matrix));
  const graph::Digraph all = graph::union_of(graphs);
  const std::vector<bool> heard = graph::reaching(all, sink), hears = graph::reachable_from(all, node);
  std::vector<int> nodes;
  for (std::size_t k = 0; k < heard.size(); ++k) {
    if (heard[k] && hears[k]) nodes.push_back(static_cast<int>(k));
  }
  return nodes;
}

/// Heads of positive weight; heads with equal matrices and weights are one letter, for words that differ in
/// them alone tie exactly.
struct Letters {
  std::vector<RationalMatrix> matrices;
  std::vector<Rational> weights;
  std::vector<std::vector<int>> heads;  ///< of each letter, ascending
};

Letters letters_of(const std::vector<RationalMatrix>& matrices, const std::vector<Rational>& weights) {
  Letters letters;
  for (std::size_t h = 0; h < matrices.size(); ++h) {
    if (weights[h] == 0) continue;
    std::size_t k = 0;
    while (k < letters.heads.size() &&
           !(letters.weights[k] == weights[h] && letters.matrices[k] == matrices[h])) {
      ++k;
    }
    if (k == letters.heads.size()) {
      letters.matrices.push_back(matrices[h]);
      letters.weights.push_back(weights[h]);
      letters.heads.emplace_back();
    }
    letters.heads[k].push_back(static_cast<int>(h));
  }
  return letters;
}

/// The words of heads that a word of letters stands for, at most `most`, in lexicographic order.
std::vector<HeadWord> words_of_heads(const HeadWord& word, const Letters& letters, std::size_t most) {
  std::vector<std::size_t> choice(word.size(), 0);
  std::vector<HeadWord> result;
  while (result.size() < most) {
    HeadWord heads;
    for (std::size_t s = 0; s < word.size(); ++s) {
      heads.push_back(letters.heads[static_cast<std::size_t>(word[s])][choice[s]]);
    }
    result.push_back(std::move(heads));
    std::size_t s = word.size();
    while (s-- > 0) {
      if (++choice[s] < letters.heads[static_cast<std::size_t>(word[s])].size()) break;
      choice[s] = 0;
    }
    if (s == static_cast<std::size_t>(-1)) break;
  }
  return result;
}

class Search {
 public:
  Search(const Letters& letters, int sink, int node, int steps, std::size_t wanted,
         const WordSearchLimits& limits, const WordSearchProgress& progress)
      : letters_(letters),
        sink_(sink),
        node_(node),
        steps_(steps),
        wanted_(wanted),
        limits_(limits),
        progress_(progress),
        matrices_(letters.matrices) {}

  /// Words over letters.
  std::optional<LargestWords> run() {
    const std::vector<int> nodes = nodes_between(letters_.matrices, sink_, node_);
    const auto source = std::find(nodes.begin(), nodes.end(), sink_);
    const auto target = std::find(nodes.begin(), nodes.end(), node_);
    if (source == nodes.end() || target == nodes.end()) return LargestWords{{}, true, 0};
    const auto goal = static_cast<std::size_t>(target - nodes.begin());
    const auto bounds_within = [&](double columns) {
      const int window = WordBounds::affordable_window(letters_.heads.size(), nodes.size(), steps_, columns);
      return WordBounds(letters_.matrices, letters_.weights, nodes, goal, steps_, window, limits_.threads);
    };
    const auto start = static_cast<std::size_t>(source - nodes.begin());
    WordBounds bounds = bounds_within(kWindowColumns);
    Frontier frontier(bounds, start, goal, steps_, wanted_, limits_.threads);
    double work = 0;
    std::optional<Rational> missed;  // no unlisted word contributes more
    const std::size_t most_room = std::max(2 * wanted_, frontier.most_room());
    std::size_t room = std::max(limits_.first_room, 2 * wanted_);
    for (pass_ = 1;; ++pass_) {
      const double allowance =
          pass_ == 1 ? std::numeric_limits<double>::infinity() : limits_.multiply_adds - work;
      const FrontierResult found =
          frontier.run(room, scaled_down(cut()), allowance, [&](int letters, std::size_t prefixes) {
            stopped_ = stopped_ || (progress_ && !progress_(pass_, letters, prefixes));
            return !stopped_;
          });
      if (stopped_) return std::nullopt;
      work += found.multiply_adds;
      const Rational open = settle(found.finalists);
      if (stopped_) return std::nullopt;
      const Rational dropped = exact_of(found.dropped), bound = std::max({open, dropped, cut()});
      missed = missed ? std::min(*missed, bound) : bound;
      if (*missed <= cut()) return LargestWords{best_, true, cut()};
      // More room does not settle what exact evaluation left open.
      if (dropped <= cut() || !found.finished || work >= limits_.multiply_adds || room >= most_room) break;
      room = std::min(room * kGrowth, most_room);
      if (pass_ == kDeeperAfter) bounds = bounds_within(kDeeperColumns);
    }
    return LargestWords{best_, false, *missed};
  }

 private:
  /// The K-th largest contribution found, 0 while there are fewer.
  Rational cut() const { return best_.size() < wanted_ ? Rational(0) : best_.back().weighted; }

  /// Evaluates finalists exactly, largest bound first, until the others are bounded by the K-th largest;
  /// returns the largest bound of those left open when there are too many.
  Rational settle(const std::vector<Finalist>& finalists) {
    std::size_t next = 0, allowed = wanted_ + limits_.exact_words;
    while (next < finalists.size() && exact_of(finalists[next].bound) > cut()) {
      const std::size_t end = std::min({finalists.size(), next + wanted_, allowed});
      if (end == next) return exact_of(finalists[next].bound);
      std::vector<HeadWord> fresh;
      for (; next < end; ++next) {
        if (known_.insert(finalists[next].word).second) fresh.push_back(finalists[next].word);
      }
      for (WordValue& value :
           word_values(matrices_, letters_.weights, sink_, node_, fresh, limits_.threads, [&] {
             stopped_ = stopped_ || (progress_ && !progress_(pass_, steps_, finalists.size()));
             return !stopped_;
           })) {
        best_.push_back(std::move(value));
      }
      if (stopped_) return 0;
      std::sort(best_.begin(), best_.end(), comes_before);
      if (best_.size() > wanted_) best_.resize(wanted_);
    }
    return 0;
  }

  const Letters& letters_;
  int sink_, node_, steps_;
  std::size_t wanted_;
  const WordSearchLimits& limits_;
  const WordSearchProgress& progress_;
  exact::IntegerMatrixList matrices_;
  std::vector<WordValue> best_;
  std::set<HeadWord> known_;
  int pass_ = 1;
  bool stopped_ = false;
};

}  // namespace

std::optional<LargestWords> largest_words(const std::vector<RationalMatrix>& matrices,
                                          const std::vector<Rational>& weights, int sink, int node, int steps,
                                          std::size_t wanted, const WordSearchLimits& limits,
                                          const WordSearchProgress& progress) {
  const Letters letters = letters_of(matrices, weights);
  if (letters.heads.empty()) return LargestWords{{}, true, 0};
  auto found = Search(letters, sink, node, steps, wanted, limits, progress).run();
  if (!found) return std::nullopt;
  // Back to heads: words of equal letters tie, so the first K stay the K largest.
  LargestWords result{{}, found->proven, found->bound};
  for (const WordValue& letter_word : found->words) {
    for (HeadWord& word : words_of_heads(letter_word.word, letters, wanted - result.words.size())) {
      result.words.push_back({std::move(word), letter_word.value, letter_word.weighted});
    }
    if (result.words.size() == wanted) break;
  }
  std::sort(result.words.begin(), result.words.end(), comes_before);
  if (result.words.size() == wanted) {
    // Words of the last letters that are left out tie with the last one listed.
    const Rational& last = result.words.back().weighted;
    result.proven = result.proven || found->bound <= last;
    result.bound = result.proven ? last : found->bound;
  }
  return result;
}

}  // namespace crosshead::heads
