// Claim files on disk: where they and the systems that they name are looked for, and the ledger's order.
#include "crosshead/claim/ledger.hpp"

#include <algorithm>
#include <stdexcept>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/input_file.hpp"

namespace crosshead::claim {
namespace {

using exact::InputError;

/// Best-known values, kept beside the claims; no claim itself.
constexpr const char* kRecordsFile = "records.toml";

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

}  // namespace

EvaluationInput evaluation_input(const LedgerEntry& entry, const ClaimReading& reading) {
  EvaluationInput input;
  input.convention = reading.convention;
  input.printed = &entry.printed;
  input.given = reading.given ? &*reading.given : nullptr;
  input.files = &reading.files;
  return input;
}

heads::AttentionMatrix no_attention(const heads::AttentionReference& reference) {
  throw InputError(reference.file.string(), "", "a claim's system must be given by edges or matrices");
}

LedgerEntry read_claim(const std::filesystem::path& file, const std::filesystem::path& root,
                       const heads::AttentionLoader& loader) {
  const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
  std::error_code error;
  const bool in_ledger = !root.empty() && std::filesystem::equivalent(folder, root / "ledger", error);
  std::vector<std::filesystem::path> shelves;
  if (!in_ledger) shelves.push_back(folder);
  if (!root.empty()) shelves.push_back(root / "systems");
  const auto systems = [&](const std::string& name) {
    std::string looked;
    for (const auto& shelf : shelves) {
      if (std::filesystem::is_regular_file(shelf / name)) return heads::read_system(shelf / name, loader);
      looked += (looked.empty() ? "" : " and ") + shelf.string();
    }
    throw std::invalid_argument("there is no system file '" + name + "' in " + looked);
  };
  const std::string text = exact::read_file(file, "a claim file", kMostClaimBytes);
  LedgerEntry entry = parse_claim(text, file, systems, in_ledger ? file.stem().string() : "");
  if (!entry.model.empty()) {
    const auto beside = folder / entry.model;
    entry.model = in_ledger || (!root.empty() && !std::filesystem::exists(beside))
                      ? root / "models" / entry.model
                      : beside;
  }
  return entry;
}

std::vector<LedgerEntry> read_ledger(const std::filesystem::path& root) {
  const std::filesystem::path folder = root / "ledger";
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& item : std::filesystem::directory_iterator(folder, error)) {
    if (item.path().extension() == ".toml" && item.path().filename() != kRecordsFile)
      files.push_back(item.path());
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
