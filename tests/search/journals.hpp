#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "spaces.hpp"
#include <gtest/gtest.h>
#include <unistd.h>

#include "crosshead/exact/error.hpp"
#include "crosshead/search/exhaustive.hpp"
#include "crosshead/search/journal.hpp"

namespace crosshead::search {

/// A folder of one test.
class JournalFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    const std::filesystem::path memory = "/dev/shm";  // where fsync costs nothing
    folder_ = (std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path()) /
              (std::string("crosshead-") + test->name() + "-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path path(const std::string& name) const { return folder_ / name; }

 private:
  std::filesystem::path folder_;
};

inline std::string content_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

inline void write_file(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

/// amplifies over the 210 pairs of the 21 heads on four nodes, in six shards of 40 ranks.
inline JournalHeader small_header(const ShardPart& part = {}) {
  JournalHeader header;
  header.space = space_of(Family::unique_sink, 4, 2);
  header.weights_name = "1/2,1/2";
  header.slice = {0, candidate_count(header.space).convert_to<std::uint64_t>()};
  header.shard_size = 40;
  header.part = part;
  return header;
}

/// The message of the InputError that `act` throws; empty if it throws none.
template <typename Act>
std::string complaint_of(const Act& act) {
  try {
    act();
  } catch (const exact::InputError& error) {
    return error.what();
  }
  return "";
}

/// A journal of small_header and its six records.
class Journal : public JournalFolder {
 protected:
  Journal() : space_(header_.space), search_(space_, header_.question, 1) {
    const ShardPlan plan = header_.plan();
    for (std::uint64_t number = 0; number < plan.shards(); ++number) {
      records_.push_back({plan.shard(number), search_.run(plan.shard(number))});
    }
  }

  /// A journal of all shards.
  std::filesystem::path whole(const std::string& name = "whole") {
    JournalWriter writer = JournalWriter::begin(path(name), header_);
    for (const ShardResult& record : records_) writer.append(space_, {record});
    return path(name);
  }

  std::vector<ShardResult> read(const std::filesystem::path& file, std::uint64_t* torn = nullptr) const {
    JournalReader reader(file);
    std::vector<ShardResult> records;
    while (auto record = reader.next(space_)) records.push_back(std::move(*record));
    if (torn != nullptr) *torn = reader.torn_bytes();
    return records;
  }

  std::string complaint(const std::string& content) const {
    write_file(path("damaged"), content);
    return complaint_of([&] { read(path("damaged")); });
  }

  /// Starts of the lines, and the end.
  static std::vector<std::size_t> line_starts(const std::string& content) {
    std::vector<std::size_t> starts{0};
    for (std::size_t k = 0; k < content.size(); ++k) {
      if (content[k] == '\n') starts.push_back(k + 1);
    }
    return starts;
  }

  void expect_prefix(const std::vector<ShardResult>& found, std::size_t count) const {
    ASSERT_EQ(found.size(), count);
    for (std::size_t k = 0; k < count; ++k) {
      EXPECT_EQ(found[k].shard.first, records_[k].shard.first);
      EXPECT_EQ(found[k].shard.count, records_[k].shard.count);
      EXPECT_EQ(found[k].result, records_[k].result);
    }
  }

  JournalHeader header_ = small_header();
  SystemSpace space_;
  ExhaustiveSearch search_;
  std::vector<ShardResult> records_;
};

}  // namespace crosshead::search
