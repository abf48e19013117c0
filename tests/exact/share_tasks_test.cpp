#include "crosshead/exact/share_tasks.hpp"

#include <chrono>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace crosshead::exact {
namespace {

TEST(ShareTasks, DoesEachTaskOnce) {
  for (const int threads : {0, 1, 2, 5}) {
    std::vector<std::atomic<int>> done(100);
    share_tasks(threads, done.size(), [&](std::size_t task) { ++done[task]; });
    for (const auto& count : done) EXPECT_EQ(count, 1) << threads << " threads";
  }
}

// The earlier of two tasks that throw throws later.
TEST(ShareTasks, RethrowsWhatTheFirstTaskThrows) {
  for (const int threads : {1, 2, 4}) {
    std::atomic<int> begun = 0;
    std::string message;
    try {
      share_tasks(threads, 50, [&](std::size_t task) {
        ++begun;
        if (task == 2) std::this_thread::sleep_for(std::chrono::milliseconds(100));
        if (task == 2 || task == 3) throw std::runtime_error("task " + std::to_string(task));
      });
    } catch (const std::runtime_error& error) {
      message = error.what();
    }
    EXPECT_EQ(message, "task 2") << threads << " threads";
    if (threads == 1) {
      EXPECT_EQ(begun, 3) << "none after it";
    }
  }
}

}  // namespace
}  // namespace crosshead::exact
