#pragma once

#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "crosshead/attention/tensor_file.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::attention {

using NamedTensors = std::vector<std::pair<std::string, Tensor>>;

/// Tests that read and write tensor files in a folder of their own, removed afterwards.
class TensorFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    const ::testing::TestInfo* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(::testing::TempDir()) /
              (std::string(info->test_suite_name()) + "." + info->name() + "." + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path path(const std::string& name) const { return folder_ / name; }

  /// A file with these bytes; the same one each time.
  std::filesystem::path file_of(std::string_view bytes) const {
    // Emptying a file that has content makes some file systems wait for the disk; thousands of tests must
    // not.
    std::filesystem::remove(path("bytes"));
    std::ofstream stream(path("bytes"), std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    EXPECT_TRUE(stream.good());
    return path("bytes");
  }

  /// The message with which a file of these bytes is refused when everything in it is read, or "accepted".
  std::string refusal(std::string_view bytes) const {
    try {
      read_all(file_of(bytes));
    } catch (const exact::InputError& error) {
      return error.what();
    }
    return "accepted";
  }

  static NamedTensors read_all(const std::filesystem::path& path) {
    const TensorFile file(path);
    NamedTensors tensors;
    for (const auto& [name, info] : file.tensors()) {
      Tensor tensor = file.read(name);
      EXPECT_EQ(tensor.dtype, info.dtype);
      EXPECT_EQ(tensor.shape, info.shape);
      tensors.emplace_back(name, std::move(tensor));
    }
    return tensors;
  }

  static std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    EXPECT_TRUE(stream.good()) << path;
    return content.str();
  }

  /// A file made by NumPy and checked in; the tests say with which expression.
  static std::filesystem::path fixture(const std::string& name) {
    return std::filesystem::path(CROSSHEAD_SOURCE_DIR) / "tests/attention/data" / name;
  }

 private:
  std::filesystem::path folder_;
};

/// `value` in `count` little-endian bytes; zeros beyond the eighth.
inline std::string little_endian(std::uint64_t value, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i, value >>= 8) bytes += static_cast<char>(value & 0xff);
  return bytes;
}

template <class Element>
std::string elements(std::initializer_list<Element> values) {
  std::string bytes(values.size() * sizeof(Element), '\0');
  std::memcpy(bytes.data(), std::data(values), bytes.size());
  return bytes;
}

}  // namespace crosshead::attention
