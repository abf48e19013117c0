// Words share their prefixes: a depth-first visit with one row vector for each letter on the stack.
#include "crosshead/heads/words.hpp"

#include <algorithm>

#include "crosshead/exact/error.hpp"

namespace crosshead::heads {
namespace {

using exact::Integer;
using exact::IntegerMatrixList;
using exact::Rational;

/// reach[r][k]: some word of r letters carries a wanted node to k.
std::vector<std::vector<char>> completions(const IntegerMatrixList& matrices, const std::vector<int>& letters,
                                           const std::vector<int>& nodes, int steps) {
  const int n = matrices.size();
  std::vector<std::vector<char>> reach(static_cast<std::size_t>(steps) + 1,
                                       std::vector<char>(static_cast<std::size_t>(n), 0));
  for (const int node : nodes) reach[0][static_cast<std::size_t>(node)] = 1;
  for (std::size_t r = 1; r < reach.size(); ++r) {
    for (int k = 0; k < n; ++k) {
      for (const int h : letters) {
        for (const auto& entry : matrices.row(h, k)) {
          if (reach[r - 1][static_cast<std::size_t>(entry.column)] != 0) {
            reach[r][static_cast<std::size_t>(k)] = 1;
          }
        }
      }
    }
  }
  return reach;
}

class Visit {
 public:
  Visit(const IntegerMatrixList& matrices, const std::vector<int>& letters, int sink, int steps,
        const std::vector<int>& nodes, const WordVisitor& visitor)
      : matrices_(matrices),
        letters_(letters),
        steps_(static_cast<std::size_t>(steps)),
        nodes_(nodes),
        visitor_(visitor),
        reach_(completions(matrices, letters, nodes, steps)),
        rows_(steps_ + 1, std::vector<Integer>(static_cast<std::size_t>(matrices.size()))) {
    rows_[0][static_cast<std::size_t>(sink)] = 1;
  }

  /// Completes the word on the stack in every way; its row vector is rows_[word_.size()].
  bool run() {
    std::vector<Integer>& row = rows_[word_.size()];
    if (word_.size() == steps_) {
      for (const int node : nodes_) {
        const Integer& numerator = row[static_cast<std::size_t>(node)];
        if (numerator != 0 && !visitor_(word_, node, numerator)) return false;
      }
      return true;
    }
    const std::vector<char>& reach = reach_[steps_ - word_.size()];
    bool alive = false;
    for (std::size_t k = 0; k < row.size(); ++k) alive = alive || (reach[k] != 0 && row[k] != 0);
    if (!alive) return true;
    matrices_.scale(row);
    for (const int h : letters_) {
      matrices_.multiply(row, h, rows_[word_.size() + 1]);
      word_.push_back(h);
      const bool going = run();
      word_.pop_back();
      if (!going) return false;
    }
    return true;
  }

 private:
  const IntegerMatrixList& matrices_;
  const std::vector<int>& letters_;
  std::size_t steps_;
  const std::vector<int>& nodes_;
  const WordVisitor& visitor_;
  std::vector<std::vector<char>> reach_;
  std::vector<std::vector<Integer>> rows_;
  HeadWord word_;
};

}  // namespace

bool comes_before(const WordValue& a, const WordValue& b) {
  if (a.weighted != b.weighted) return a.weighted > b.weighted;
  if (a.value != b.value) return a.value > b.value;
  return a.word < b.word;
}

std::vector<exact::RationalMatrix> diffusion_matrices(const HeadSystem& system, Reading reading,
                                                      const std::string& file) {
  std::vector<exact::RationalMatrix> matrices;
  for (std::size_t h = 0; h < system.heads.size(); ++h) {
    MatrixOrReason diffusion = diffusion_of(system, static_cast<int>(h), reading);
    if (!diffusion.matrix) {
      throw exact::InputError(file, "heads[" + std::to_string(h) + "]",
                              diffusion.reason + "; words need the diffusion matrix of every head");
    }
    matrices.push_back(std::move(*diffusion.matrix));
  }
  return matrices;
}

bool visit_words(const IntegerMatrixList& matrices, const std::vector<int>& letters, int sink, int steps,
                 const std::vector<int>& nodes, const WordVisitor& visit) {
  return Visit(matrices, letters, sink, steps, nodes, visit).run();
}

std::vector<Integer> word_row(const IntegerMatrixList& matrices, int sink, const HeadWord& word) {
  std::vector<Integer> row(static_cast<std::size_t>(matrices.size())), next;
  row[static_cast<std::size_t>(sink)] = 1;
  for (const int h : word) {
    matrices.scale(row);
    matrices.multiply(row, h, next);
    row.swap(next);
  }
  return row;
}

Rational word_weight(const std::vector<Rational>& weights, const HeadWord& word) {
  // Equal letters together: one power each.
  std::vector<unsigned> counts(weights.size(), 0);
  for (const int h : word) ++counts[static_cast<std::size_t>(h)];
  Integer top = 1, bottom = 1;
  for (std::size_t h = 0; h < weights.size(); ++h) {
    top *= boost::multiprecision::pow(boost::multiprecision::numerator(weights[h]), counts[h]);
    bottom *= boost::multiprecision::pow(boost::multiprecision::denominator(weights[h]), counts[h]);
  }
  return Rational(top, bottom);
}

}  // namespace crosshead::heads
