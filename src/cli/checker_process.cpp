#include "checker_process.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crosshead/exact/error.hpp"

extern char** environ;

namespace crosshead::cli {
namespace {

/// A pipe whose reading end stays with us.
class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe could be opened");
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int writing_end() const { return ends_[1]; }
  /// Everything up to the end of the other side's output.
  std::string drain() {
    close_end(1);
    std::string text;
    std::array<char, 65536> buffer{};
    while (true) {
      const ssize_t count = read(ends_[0], buffer.data(), buffer.size());
      if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
      if (count == 0 || (count < 0 && errno != EINTR)) return text;
    }
  }

 private:
  void close_end(int end) {
    int& descriptor = ends_[static_cast<std::size_t>(end)];
    if (descriptor >= 0) close(descriptor);
    descriptor = -1;
  }
  std::array<int, 2> ends_{-1, -1};
};

}  // namespace

std::filesystem::path checker_program() {
  if (const char* named = std::getenv("CROSSHEAD_CHECK")) {
    if (access(named, X_OK) == 0) return named;
    throw exact::MissingComponent("CROSSHEAD_CHECK names '" + std::string(named) + "', which cannot be run");
  }
  std::error_code error;
  const auto beside =
      std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "crosshead-check";
  if (error || access(beside.c_str(), X_OK) != 0)
    throw exact::MissingComponent("crosshead-check is not beside crosshead; set CROSSHEAD_CHECK to its path");
  return beside;
}

Replay replay(const std::filesystem::path& checker, const std::vector<std::filesystem::path>& certificates) {
  std::vector<std::string> words{checker.string()};
  for (const auto& certificate : certificates) words.push_back(certificate.string());
  std::vector<char*> raw;
  for (std::string& word : words) raw.push_back(word.data());
  raw.push_back(nullptr);

  Replay result;
  Pipe output;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output.writing_end(), STDOUT_FILENO);
  pid_t child = 0;
  const int failure = posix_spawn(&child, checker.c_str(), &actions, nullptr, raw.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0)
    throw exact::MissingComponent(checker.string() + " cannot be started: " + std::strerror(failure));
  std::istringstream text(output.drain());
  for (std::string line; std::getline(text, line);) result.lines.push_back(line);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace crosshead::cli
