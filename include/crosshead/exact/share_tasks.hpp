#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace crosshead::exact {

/// Calls work(task) for the tasks 0, 1, ..., tasks - 1, each once, begun in this order, on up to `threads`
/// threads, this one among them. Begins no more after an exception; rethrows, after all threads have ended,
/// that of the first task in their order that throws one, whatever the number of threads.
template <typename Work>
void share_tasks(int threads, std::size_t tasks, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::size_t failed = tasks;
  std::mutex failing;
  const auto take = [&] {
    for (std::size_t task = next++; task < tasks; task = next++) {
      try {
        work(task);
      } catch (...) {
        const std::lock_guard<std::mutex> lock(failing);
        if (task < failed) {
          failed = task;
          failure = std::current_exception();
        }
        next = tasks;
      }
    }
  };
  std::vector<std::thread> pool;
  const std::size_t helpers = std::min(tasks, static_cast<std::size_t>(std::max(1, threads)));
  for (std::size_t t = 1; t < helpers; ++t) pool.emplace_back(take);
  take();
  for (std::thread& thread : pool) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace crosshead::exact
