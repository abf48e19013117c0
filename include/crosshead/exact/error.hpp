#pragma once

#include <stdexcept>
#include <string>

namespace crosshead::exact {

/// Input from outside (a file, a number in it, a tensor) that cannot be accepted.
/// `file` is the path as the user gave it, `place` the line, key or byte offset ("heads[1].edges[0]", "byte
/// 812"), `message` what is wrong and what was expected. Thrown by every reader; programs answer it with exit
/// code 3.
class InputError : public std::runtime_error {
 public:
  InputError(std::string file, std::string place, std::string message)
      : std::runtime_error(file + ": " + (place.empty() ? std::string() : place + ": ") + message),
        file_(std::move(file)),
        place_(std::move(place)),
        message_(std::move(message)) {}

  const std::string& file() const { return file_; }
  const std::string& place() const { return place_; }
  const std::string& message() const { return message_; }

 private:
  std::string file_;
  std::string place_;
  std::string message_;
};

/// A request that the caller may not make of valid input (wrong option value, missing choice): exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A component or device that this build or machine lacks (LibTorch module, CUDA device): exit code 5.
class MissingComponent : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace crosshead::exact
