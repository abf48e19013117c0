#include "node_names.hpp"

#include <algorithm>

#include "crosshead/heads/system_file.hpp"

namespace crosshead::heads {
namespace {

constexpr std::size_t kMaxNameBytes = 200;

}  // namespace

std::string read_name(const JsonView& view) {
  const std::string& name = view.expect_string("a name (a string)");
  if (name.empty()) view.fail("a name must not be empty");
  if (name.size() > kMaxNameBytes) {
    view.fail("a name has at most " + std::to_string(kMaxNameBytes) + " bytes, this one has " +
              std::to_string(name.size()));
  }
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(name.begin(), name.end(), is_control)) view.fail("a name must not hold control characters");
  return name;
}

NodeNames::NodeNames(const JsonView& view) : counted_(!view.value().is_array()) {
  const std::string limit = std::to_string(kMaxNodes);
  if (counted_) {
    const auto count =
        view.expect_integer(1, kMaxNodes, "a node count from 1 to " + limit + " or a list of distinct names");
    for (std::int64_t node = 1; node <= count; ++node) names_.push_back(std::to_string(node));
  } else {
    const std::size_t count = view.value().size();
    if (count < 1 || count > static_cast<std::size_t>(kMaxNodes)) {
      view.fail("expected 1 to " + limit + " node names, found " + std::to_string(count));
    }
    for (std::size_t i = 0; i < count; ++i) names_.push_back(read_name(view[i]));
  }
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const auto [place, added] = index_.emplace(names_[i], static_cast<int>(i));
    if (!added) {
      view[i].fail("the name \"" + names_[i] + "\" is already taken by nodes[" +
                   std::to_string(place->second) + "]; node names must be distinct");
    }
  }
}

int NodeNames::resolve(const JsonView& view) const {
  const std::string expected =
      counted_ ? "a node from 1 to " + std::to_string(size()) : "a node name (a string)";
  if (counted_ && view.value().is_number())
    return static_cast<int>(view.expect_integer(1, size(), expected)) - 1;
  const std::string& name = view.expect_string(expected);
  const auto found = index_.find(name);
  if (found == index_.end()) view.fail("no node is named \"" + shown(name) + "\"; the nodes are " + listed());
  return found->second;
}

std::string NodeNames::listed() const {
  if (counted_) return "1 to " + std::to_string(size());
  constexpr std::size_t kListed = 12;
  std::string list;
  for (std::size_t i = 0; i < std::min(names_.size(), kListed); ++i)
    list += (i > 0 ? ", " : "") + shown(names_[i]);
  return names_.size() > kListed ? list + ", ..." : list;
}

}  // namespace crosshead::heads
