#pragma once

#include <ATen/Parallel.h>

namespace crosshead::attention::module {

/// LibTorch's thread count for as long as this lives: it is global to the process, so what was there is put
/// back.
class ThreadCount {
 public:
  explicit ThreadCount(int threads) : before_(at::get_num_threads()) { at::set_num_threads(threads); }
  ~ThreadCount() { at::set_num_threads(before_); }
  ThreadCount(const ThreadCount&) = delete;
  ThreadCount& operator=(const ThreadCount&) = delete;

 private:
  int before_;
};

}  // namespace crosshead::attention::module
