#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "crosshead/heads/json_reader.hpp"

namespace crosshead::heads {

/// Reads a name of a system, head or node: nonempty, short, one line, because names appear in tables and
/// messages.
std::string read_name(const JsonView& view);

/// The member "nodes" of a system file, a count or a list of distinct names, and how the document refers to
/// them: by name, or by 1..n when a count was given (the names are then "1".."n").
class NodeNames {
 public:
  explicit NodeNames(const JsonView& view);

  const std::vector<std::string>& names() const { return names_; }
  int size() const { return static_cast<int>(names_.size()); }
  /// Index of the node that the value names, or a complaint listing the nodes.
  int resolve(const JsonView& view) const;

 private:
  std::string listed() const;

  bool counted_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, int> index_;
};

}  // namespace crosshead::heads
