#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/space.hpp"

namespace crosshead::search {

// What the first line of a journal and its records have in common: JSON with a checksum. A line is accepted
// only if writing what was read gives the same line again, so that there is exactly one text for each.

/// Characters of a line behind its body: the checksum and the closing brace, without the newline.
inline constexpr std::size_t kJournalTail = std::string_view(",\"crc32\":\"01234567\"}").size();

/// CRC-32 of a text, continued from `start`.
std::uint32_t journal_checksum(std::uint32_t start, std::string_view text);
/// The object as a line with its checksum and a newline.
std::string journal_line(const nlohmann::ordered_json& object, std::uint32_t start);
/// The line without its checksum, which is right; nothing otherwise.
std::optional<std::string> checked_body(std::string_view line, std::uint32_t start);

// Values in JSON. Each throws exact::UsageError for another kind of value.
std::uint64_t natural(const nlohmann::ordered_json& json);
nlohmann::ordered_json json_of(const RankRange& range);
RankRange range_of(const nlohmann::ordered_json& json);

[[noreturn]] void refuse_line(const std::string& file, std::uint64_t offset, const std::string& message);

/// `read(json)`, with what is wrong as an InputError.
template <typename Read>
auto read_guarded(const std::string& body, const std::string& file, std::uint64_t offset, const char* what,
                  const Read& read) {
  try {
    return read(nlohmann::ordered_json::parse(body));
  } catch (const nlohmann::json::exception&) {
    refuse_line(file, offset, std::string("this is no ") + what);
  } catch (const exact::UsageError& error) {
    refuse_line(file, offset, std::string("this ") + what + " is wrong: " + error.what());
  } catch (const exact::NumberError& error) {
    refuse_line(file, offset, std::string("this ") + what + " is wrong: " + error.what());
  }
}

}  // namespace crosshead::search
