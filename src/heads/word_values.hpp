#pragma once

#include <functional>
#include <vector>

#include "crosshead/exact/integer_matrix_list.hpp"
#include "crosshead/heads/words.hpp"

namespace crosshead::heads {

/// Exact contributions of words of one length, in the order given; common prefixes are multiplied out once.
/// Nothing is returned beyond the point where `keep_going` says stop; it is never asked twice at a time.
std::vector<WordValue> word_values(const exact::IntegerMatrixList& matrices,
                                   const std::vector<exact::Rational>& weights, int sink, int node,
                                   const std::vector<HeadWord>& words, int threads,
                                   const std::function<bool()>& keep_going);

}  // namespace crosshead::heads
