#include "expand_text.hpp"

#include <algorithm>

#include "line_width.hpp"
#include "text_table.hpp"
#include <fmt/format.h>

#include "crosshead/crosscheck/float_format.hpp"

namespace crosshead::cli {
namespace {

using exact::Rational;

/// Characters of a polynomial and words of a node shown here; --json has all.
constexpr std::size_t kPolynomialText = 400;
constexpr std::size_t kWordsShown = 200;

std::string brief_or_undefined(const std::optional<Rational>& value) {
  return value ? brief(*value) : "undefined";
}

/// "2 1^98": letters next to the sink first, repeated ones as powers.
std::string word_text(const heads::HeadWord& word) {
  std::string text;
  for (std::size_t k = 0; k < word.size();) {
    std::size_t end = k;
    while (end < word.size() && word[end] == word[k]) ++end;
    text += fmt::format("{}{}", text.empty() ? "" : " ", word[k] + 1);
    if (end - k > 1) text += fmt::format("^{}", end - k);
    k = end;
  }
  return text.empty() ? "(empty)" : text;
}

/// "tau <- v x3 <- u": the node and how often in a row.
std::string path_text(const heads::NodePath& path, const heads::HeadSystem& system) {
  std::string text;
  for (std::size_t k = 0; k < path.nodes.size();) {
    std::size_t end = k;
    while (end < path.nodes.size() && path.nodes[end] == path.nodes[k]) ++end;
    text += (text.empty() ? "" : " <- ") + system.nodes[static_cast<std::size_t>(path.nodes[k])];
    if (end - k > 1) text += fmt::format(" x{}", end - k);
    k = end;
  }
  return text;
}

class Text {
 public:
  Text(const Expansion& expansion, const heads::HeadSystem& system, const ExpandRequest& request)
      : expansion_(expansion), system_(system), request_(request) {}

  std::string text() const {
    const std::size_t n = system_.nodes.size(), count = system_.heads.size();
    std::string result = wrapped(
        "system      ",
        fmt::format("{}: {} node{}, sink {}, {} head{}{}", system_.name, n, n == 1 ? "" : "s",
                    system_.nodes[static_cast<std::size_t>(system_.sink)], count, count == 1 ? "" : "s",
                    request_.reading == heads::Reading::normalised ? "; attention normalised" : ""));
    std::string weights;
    for (const Rational& weight : system_.weights) weights += (weights.empty() ? "" : " ") + brief(weight);
    result += wrapped("weights     ", request_.symbolic ? "b1 ... , symbolic" : weights);
    result +=
        wrapped("words       ",
                fmt::format("{} of {} letter{}; the leftmost is the step next to the sink",
                            expansion_.all_words.str(), request_.steps, request_.steps == 1 ? "" : "s"));
    for (const NodeExpansion& node : expansion_.nodes) result += "\n" + node_text(node);
    return result;
  }

 private:
  std::string node_text(const NodeExpansion& node) const {
    std::string result = wrapped("from        ", system_.nodes[static_cast<std::size_t>(node.node)]);
    if (node.split) {
      result += wrapped("signal      ", brief(node.split->total));
      result += wrapped("shares      ", fmt::format("pure words {}, cross-head words {}",
                                                    brief_or_undefined(node.split->pure_share),
                                                    brief_or_undefined(node.split->cross_share)));
    }
    result += wrapped("polynomial  ", polynomial_text(node.polynomial));
    if (request_.eliminate) result += wrapped("on simplex  ", polynomial_text(node.on_simplex));
    result +=
        wrapped("nonzero     ", node.nonzero ? node.nonzero->str() + (*node.nonzero == 1 ? " word" : " words")
                                             : "not counted");
    if (!node.listed) return result;
    if (node.bound) result += top_text(node);
    return result + words_text(node);
  }

  /// What the listed words cover and what is known of the others.
  std::string top_text(const NodeExpansion& node) const {
    Rational covered = 0;
    for (const heads::WordValue& word : node.words) covered += word.weighted;
    std::string result;
    if (node.split && node.split->total != 0) {
      result += wrapped("covered     ",
                        fmt::format("{} of the signal by the {} listed",
                                    brief(Rational(covered / node.split->total)), node.words.size()));
    }
    if (*node.bound == 0) return result + wrapped("proven      ", "these are all words that contribute");
    if (node.proven) {
      return result + wrapped("proven      ",
                              fmt::format("no other word contributes more than {}", brief(*node.bound)));
    }
    std::string bound = fmt::format("these are the largest found; no other word contributes more than {}",
                                    brief(*node.bound));
    if (!node.words.empty()) {
      const Rational more = *node.bound / node.words.back().weighted - 1;
      bound += fmt::format(", {} % more than the last one listed", brief(Rational(100 * more)));
    }
    return result + wrapped("not proven  ", bound);
  }

  std::string polynomial_text(const std::optional<exact::WeightPolynomial>& polynomial) const {
    if (!polynomial) {
      return fmt::format("left out: up to {} terms", expansion_.polynomial_terms.str());
    }
    if (polynomial->terms() <= kPolynomialText / 4) {
      std::string text = polynomial->text();
      if (text.size() <= kPolynomialText) return text;
    }
    return fmt::format("{} terms: see --json", polynomial->terms());
  }

  std::vector<std::string> cells(const NodeExpansion& node, const heads::WordValue& word) const {
    if (request_.symbolic) return {brief(word.value)};
    return {brief(word.value), brief(word.weighted), brief(Rational(word.weighted / node.split->total))};
  }

  std::string words_text(const NodeExpansion& node) const {
    if (node.words.empty()) return "";
    const std::size_t shown = std::min(node.words.size(), kWordsShown);
    std::vector<std::string> heading{"value"};
    if (!request_.symbolic) heading.insert(heading.end(), {"weighted", "share"});
    heading.emplace_back("word");
    constexpr std::size_t kWordColumn = 28;
    bool fits = node.paths.empty();
    for (std::size_t k = 0; k < shown; ++k)
      fits = fits && word_text(node.words[k].word).size() <= kWordColumn;
    std::string result = "\n";
    if (fits) {
      TextTable table(heading);
      for (std::size_t k = 0; k < shown; ++k) {
        std::vector<std::string> row = cells(node, node.words[k]);
        row.push_back(word_text(node.words[k].word));
        table.add(std::move(row));
      }
      result += table.text();
    } else {
      for (std::size_t k = 0; k < shown; ++k) {
        const std::vector<std::string> row = cells(node, node.words[k]);
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c)
          line += fmt::format("{}{} {}", c == 0 ? "" : ", ", heading[c], row[c]);
        result += wrapped("", line) + wrapped("  word ", word_text(node.words[k].word));
        if (!node.paths.empty()) result += paths_text(node.paths[k]);
      }
    }
    if (shown < node.words.size()) {
      result += fmt::format("{} more words: see --json\n", node.words.size() - shown);
    }
    return result;
  }

  std::string paths_text(const heads::WordPaths& paths) const {
    std::string result;
    for (const heads::NodePath& path : paths.largest) {
      result += wrapped("  path ", path_text(path, system_) + ": " + brief(path.value));
    }
    if (paths.count > paths.largest.size()) {
      result +=
          wrapped("  ", fmt::format("the largest {} of {} paths", paths.largest.size(), paths.count.str()));
    }
    return result;
  }

  const Expansion& expansion_;
  const heads::HeadSystem& system_;
  const ExpandRequest& request_;
};

}  // namespace

std::string expansion_text(const Expansion& expansion, const heads::HeadSystem& system,
                           const ExpandRequest& request) {
  return Text(expansion, system, request).text();
}

}  // namespace crosshead::cli
