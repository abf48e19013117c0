#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crosshead/search/claims.hpp"
#include "crosshead/search/result.hpp"
#include "crosshead/search/shard_plan.hpp"

namespace crosshead::search {

/// What a journal belongs to: everything that the answer depends on, and the part of it that is journalled.
/// The version of the program and the machine are not in it.
struct JournalHeader {
  Question question;
  bool symmetry = false;
  Space space;
  std::string weights_name;  ///< what reports call the space's weights; not compared
  RankRange slice;
  std::uint64_t shard_size = 1;
  ShardPart part;

  ShardPlan plan() const { return {slice, shard_size, part}; }
};

/// A finished shard.
struct ShardResult {
  RankRange shard;
  Result result;
};

// A journal is a text of lines. The first describes the search, every other one is the record of a finished
// shard, in whatever order they were finished:
//
//   {"journal":"crosshead.search/1","claim":"amplifies","first_step":1,"sink_counts":true,"epsilon":"1/4",
//    "distance":"tv","start":"worst","family":"unique-sink","nodes":5,"heads":2,"ordered":false,"weights":["1/2,1/2"],
//    "weights_name":"1/2,1/2","symmetry":false,
//    "slice":[0,49455],"shard_size":4096,"part":"1/1","crc32":"0123abcd"}
//   {"shard":[0,4096],"counts":{"candidates":4096,...},"first":17,"extreme":[21,"1/12"],"crc32":"..."}
//
// (the header on one line). "first" and "extreme" name systems by their ranks, the latter with its exact
// gain; without a witness both are null. "crc32" is the CRC-32 of the line up to the comma before it, for a
// record continued from the header's, so that no record passes in another journal.
//
// A line that ends in a newline was written whole: it must be right to the last character. What follows the
// last newline is a record that was being written when the program was killed; it is dropped.

/// With the newline.
std::string header_line(const JournalHeader& header);
/// Reads the first line, without its newline. Throws exact::InputError(file, "byte 0", ...) for any that is
/// not exactly what header_line writes.
JournalHeader parse_header_line(std::string_view line, const std::string& file);

/// The records of one journal as text.
class RecordText {
 public:
  explicit RecordText(const JournalHeader& header);

  /// With the newline.
  std::string line(const SystemSpace& space, const ShardResult& record) const;
  /// Reads one, without its newline. Throws exact::InputError(file, "byte OFFSET", ...) for any that is not
  /// exactly what `line` writes, and for a result that no shard of the space can have.
  ShardResult parse(const SystemSpace& space, std::string_view line, const std::string& file,
                    std::uint64_t offset) const;

 private:
  std::uint32_t header_checksum_;
};

/// Throws exact::InputError that names the first difference, unless both are of the same search; the parts
/// may differ.
void expect_same_search(const JournalHeader& expected, const JournalHeader& found, const std::string& file);

/// Reads a journal from its beginning.
class JournalReader {
 public:
  /// Reads the header. Throws exact::InputError for a file that cannot be read, is no regular file, or does
  /// not begin with a whole header.
  explicit JournalReader(const std::filesystem::path& path);

  const JournalHeader& header() const { return header_; }
  /// The next record; nothing at the end. The space is the header's. Throws exact::InputError with the byte
  /// offset for a damaged record, and for a shard that was there before or is none of the journal's part.
  std::optional<ShardResult> next(const SystemSpace& space);

  /// Bytes of the lines read so far.
  std::uint64_t intact_bytes() const { return offset_; }
  /// At the end: bytes of a torn record behind the last whole one.
  std::uint64_t torn_bytes() const { return torn_; }

 private:
  std::string file_;
  std::ifstream stream_;
  JournalHeader header_;
  std::optional<RecordText> text_;
  std::optional<ShardPlan> plan_;
  std::optional<ShardSet> seen_;
  std::uint64_t offset_ = 0, torn_ = 0;
};

/// Appends records to a journal. The file is locked while it is open: another process that wants to write to
/// it is refused. Every function throws exact::InputError when the system refuses; what was appended before
/// stays.
class JournalWriter {
 public:
  /// Begins a journal. Throws exact::UsageError if the file exists.
  static JournalWriter begin(const std::filesystem::path& path, const JournalHeader& header);
  /// Continues one: gives its records, drops a torn one. The journal must be of this search and part. One
  /// that was killed before its header was written is begun again.
  static JournalWriter resume(const std::filesystem::path& path, const JournalHeader& header,
                              const SystemSpace& space, std::vector<ShardResult>& records,
                              std::uint64_t& torn_bytes);
  ~JournalWriter();
  JournalWriter(JournalWriter&& other) noexcept;
  JournalWriter& operator=(JournalWriter&&) = delete;

  /// On disk when this returns. If the disk is full, nothing of these records stays in the file.
  void append(const SystemSpace& space, const std::vector<ShardResult>& records);

 private:
  JournalWriter(const std::filesystem::path& path, const JournalHeader& header, int flags);

  [[noreturn]] void fail(const std::string& what, int error) const;
  void write(std::string_view bytes);

  std::string file_;
  RecordText text_;
  int descriptor_ = -1;
  std::uint64_t length_ = 0;  ///< bytes that are known to be whole lines
};

}  // namespace crosshead::search
