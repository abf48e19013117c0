#include "crosshead/claim/ledger.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/heads/system_file.hpp"

namespace crosshead::claim {
namespace {

using exact::InputError;

std::string position(const toml::source_region& where) {
  std::ostringstream text;
  text << "line " << where.begin.line << ", column " << where.begin.column;
  return text.str();
}

/// Reads typed values out of one table and complains with the place.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

  [[noreturn]] void fail(const toml::node& node, const std::string& message) const {
    throw InputError(file_, position(node.source()), message);
  }

  void only(const std::set<std::string>& known) const {
    for (const auto& [key, node] : table_) {
      if (known.count(std::string(key.str())) != 0) continue;
      std::string list;
      for (const std::string& name : known) list += (list.empty() ? "" : ", ") + name;
      fail(node, "unknown key '" + std::string(key.str()) + "' (known keys: " + list + ")");
    }
  }

  std::optional<std::string> text(const std::string& key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    if (!node->is_string()) fail(*node, "'" + key + "' must be a string");
    return **node->as_string();
  }

  std::string required(const std::string& key) const {
    auto value = text(key);
    if (!value || value->empty()) throw InputError(file_, "", "the key '" + key + "' is missing or empty");
    return *value;
  }

  exact::Rational number(const toml::node& node) const {
    if (!node.is_string()) fail(node, "numbers are written as strings, for example \"1/4\"");
    try {
      return exact::parse_rational(**node.as_string());
    } catch (const exact::NumberError& error) {
      fail(node, error.what());
    }
  }

  exact::RationalMatrix matrix(const toml::array& rows) const {
    exact::RationalMatrix result(static_cast<int>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const toml::array* row = rows[i].as_array();
      if (row == nullptr || row->size() != rows.size())
        fail(rows[i], "a matrix needs as many entries as rows in each row");
      for (std::size_t j = 0; j < row->size(); ++j) {
        result.append(static_cast<int>(i), static_cast<int>(j), number((*row)[j]));
      }
    }
    return result;
  }

 private:
  const toml::table& table_;
  std::string file_;
};

/// "E3.8-sum" before "E3.13-sum": runs of digits compare as numbers.
bool in_natural_order(const std::string& a, const std::string& b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (digit(a[i]) && digit(b[j])) {
      const std::size_t from_a = std::min(a.find_first_not_of('0', i), a.size());
      const std::size_t from_b = std::min(b.find_first_not_of('0', j), b.size());
      std::size_t to_a = from_a, to_b = from_b;
      while (to_a < a.size() && digit(a[to_a])) ++to_a;
      while (to_b < b.size() && digit(b[to_b])) ++to_b;
      if (to_a - from_a != to_b - from_b) return to_a - from_a < to_b - from_b;
      const int order = a.compare(from_a, to_a - from_a, b, from_b, to_b - from_b);
      if (order != 0) return order < 0;
      i = to_a;
      j = to_b;
    } else if (a[i] != b[j]) {
      return a[i] < b[j];
    } else {
      ++i;
      ++j;
    }
  }
  return a.size() - i < b.size() - j;
}

heads::AttentionMatrix no_attention(const heads::AttentionReference& reference) {
  throw InputError(reference.file.string(), "", "a ledger system must be given by edges or matrices");
}

}  // namespace

const exact::RationalMatrix& LedgerEntry::matrix(const std::string& key) const {
  const auto found = printed_matrices.find(key);
  if (found == printed_matrices.end())
    throw InputError(file.string(), "printed", "the matrix '" + key + "' is missing");
  return found->second;
}

const exact::Rational& LedgerEntry::value(const std::string& key) const {
  const auto found = printed_values.find(key);
  if (found == printed_values.end())
    throw InputError(file.string(), "printed", "the value '" + key + "' is missing");
  return found->second;
}

const heads::HeadSystem& LedgerEntry::required_system() const {
  if (!system) throw InputError(file.string(), "", "the key 'system' is missing");
  return *system;
}

LedgerEntry read_claim(const std::filesystem::path& file, const std::filesystem::path& root) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw InputError(file.string(), "", "the file cannot be read");
  toml::table table;
  try {
    table = toml::parse(stream, file.string());
  } catch (const toml::parse_error& error) {
    throw InputError(file.string(), position(error.source()), std::string(error.description()));
  }
  const TableReader reader(table, file.string());
  reader.only({"id", "section", "source", "statement", "expected", "system", "model", "printed"});
  LedgerEntry entry;
  entry.file = file;
  entry.id = reader.required("id");
  entry.section = reader.required("section");
  entry.source = reader.required("source");
  entry.statement = reader.required("statement");
  if (file.stem() != entry.id) {
    throw InputError(file.string(), position(table.get("id")->source()), "the id must equal the file's name");
  }
  try {
    entry.expected = verdict_named(reader.required("expected"));
  } catch (const std::invalid_argument& error) {
    throw InputError(file.string(), position(table.get("expected")->source()), error.what());
  }
  if (const auto system = reader.text("system")) {
    entry.system = heads::read_system(root / "systems" / *system, no_attention);
  }
  if (const auto model = reader.text("model")) entry.model = root / "models" / *model;
  if (const toml::node* printed = table.get("printed")) {
    if (!printed->is_table()) reader.fail(*printed, "'printed' must be a table");
    for (const auto& [key, node] : *printed->as_table()) {
      if (const toml::array* rows = node.as_array()) {
        entry.printed_matrices.emplace(std::string(key.str()), reader.matrix(*rows));
      } else {
        entry.printed_values.emplace(std::string(key.str()), reader.number(node));
      }
    }
  }
  return entry;
}

std::vector<LedgerEntry> read_ledger(const std::filesystem::path& root) {
  const std::filesystem::path folder = root / "ledger";
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& item : std::filesystem::directory_iterator(folder, error)) {
    if (item.path().extension() == ".toml") files.push_back(item.path());
  }
  if (error) throw InputError(folder.string(), "", "the ledger folder cannot be read: " + error.message());
  if (files.empty()) throw InputError(folder.string(), "", "no claims (*.toml) are there");
  std::vector<LedgerEntry> entries;
  entries.reserve(files.size());
  for (const auto& file : files) entries.push_back(read_claim(file, root));
  std::sort(entries.begin(), entries.end(), [](const LedgerEntry& a, const LedgerEntry& b) {
    return a.section != b.section ? in_natural_order(a.section, b.section) : in_natural_order(a.id, b.id);
  });
  return entries;
}

}  // namespace crosshead::claim
