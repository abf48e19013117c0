#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "crosshead/attention/float_backend.hpp"

namespace crosshead::attention {

/// The backend of the module under test, loaded once.
inline FloatBackend& backend() {
  static const std::shared_ptr<FloatBackend> loaded = load_float_backend();
  return *loaded;
}

/// An empty folder for the running test.
inline std::filesystem::path fresh_folder() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const auto folder = std::filesystem::path(CROSSHEAD_BINARY_DIR) / "tests" / "attention" / "torch" /
                      "files" / (std::string(test->test_suite_name()) + "." + test->name());
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace crosshead::attention
