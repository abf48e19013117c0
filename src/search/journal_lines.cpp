#include "journal_lines.hpp"

#include <zlib.h>

namespace crosshead::search {
namespace {

constexpr std::string_view kChecksumKey = ",\"crc32\":\"";
constexpr std::size_t kChecksumLength = 8;

std::string hexadecimal(std::uint32_t value) {
  std::string text(kChecksumLength, '0');
  for (std::size_t place = text.size(); place-- > 0; value >>= 4U)
    text[place] = "0123456789abcdef"[value & 15U];
  return text;
}

}  // namespace

std::uint32_t journal_checksum(std::uint32_t start, std::string_view text) {
  return static_cast<std::uint32_t>(
      ::crc32_z(start, reinterpret_cast<const Bytef*>(text.data()), text.size()));
}

std::string journal_line(const nlohmann::ordered_json& object, std::uint32_t start) {
  std::string text = object.dump();
  text.pop_back();
  const std::uint32_t sum = journal_checksum(start, text);
  text.append(kChecksumKey);
  return text + hexadecimal(sum) + "\"}\n";
}

std::optional<std::string> checked_body(std::string_view line, std::uint32_t start) {
  if (line.size() <= kJournalTail) return std::nullopt;
  const std::string_view body = line.substr(0, line.size() - kJournalTail);
  std::string tail(kChecksumKey);
  tail += hexadecimal(journal_checksum(start, body)) + "\"}";
  if (line.substr(body.size()) != tail) return std::nullopt;
  return std::string(body) + "}";
}

std::uint64_t natural(const nlohmann::ordered_json& json) {
  if (!json.is_number_unsigned()) throw exact::UsageError(json.dump() + " is no natural number");
  return json.get<std::uint64_t>();
}

nlohmann::ordered_json json_of(const RankRange& range) {
  return {range.first, range.count};
}

RankRange range_of(const nlohmann::ordered_json& json) {
  return {natural(json.at(0)), natural(json.at(1))};
}

void refuse_line(const std::string& file, std::uint64_t offset, const std::string& message) {
  throw exact::InputError(file, "byte " + std::to_string(offset), message);
}

}  // namespace crosshead::search
