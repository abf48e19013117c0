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

}  // namespace crosshead::search
