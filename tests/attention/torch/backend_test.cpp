#include <cstdlib>

#include "shared_backend.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

/// Sets CROSSHEAD_TORCH_MODULE and puts the old value back.
class ModuleVariable {
 public:
  explicit ModuleVariable(const std::string& value) {
    const char* before = std::getenv(kName);
    if (before != nullptr) before_ = before;
    setenv(kName, value.c_str(), 1);
  }
  ~ModuleVariable() { setenv(kName, before_.c_str(), 1); }

 private:
  static constexpr char kName[] = "CROSSHEAD_TORCH_MODULE";
  std::string before_;
};

std::string message_of_loading(const std::string& module) {
  const ModuleVariable variable(module);
  try {
    load_float_backend();
  } catch (const exact::MissingComponent& missing) {
    return missing.what();
  }
  return "loaded";
}

TEST(Backend, DescribesItself) {
  EXPECT_THAT(backend().description(), ::testing::StartsWith("LibTorch "));
}

TEST(Backend, IsFoundBesideTheProgram) {
  // An empty variable counts as none; tests lie in bin/ or in their own folder, so both answers are right.
  const auto beside = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "lib" /
                      "libcrosshead_torch.so";
  const std::string answer = message_of_loading("");
  if (std::filesystem::exists(beside)) {
    EXPECT_EQ(answer, "loaded");
  } else {
    EXPECT_THAT(answer, ::testing::HasSubstr(beside.string()));
  }
}

TEST(Backend, SaysThatTheModuleIsAbsent) {
  EXPECT_THAT(message_of_loading("nowhere/libcrosshead_torch.so"),
              ::testing::AllOf(::testing::HasSubstr("nowhere/libcrosshead_torch.so"),
                               ::testing::HasSubstr("does not exist"),
                               ::testing::HasSubstr("CROSSHEAD_TORCH_MODULE")));
}

TEST(Backend, SaysThatTheModuleIsNoLibrary) {
  EXPECT_THAT(message_of_loading(CROSSHEAD_SOURCE_DIR "/CMakeLists.txt"),
              ::testing::HasSubstr("cannot be loaded"));
}

TEST(Backend, RefusesAProgram) {
  EXPECT_THAT(
      message_of_loading("/proc/self/exe"),
      ::testing::AnyOf(::testing::HasSubstr("cannot be loaded"), ::testing::HasSubstr("no LibTorch module")));
}

}  // namespace
}  // namespace crosshead::attention
