// A main for fuzz targets where no fuzzing engine is at hand. It replays all seeds and then runs mutations of
// them, chosen by a seeded generator alone, so that every run can be repeated. Without feedback from coverage
// it finds less than an engine does; it is meant for the short run among the tests. An input that crashes,
// that takes longer than --seconds-each, or that needs more memory than --megabytes is written to the working
// folder.
//
//   TARGET [--runs N] [--seed S] [--seconds-each T] [--megabytes M] [--most-bytes B] [--dictionary FILE]
//   PATH...
//
// PATH is an input or a folder of inputs. A dictionary has one token a line, in libFuzzer's notation.
#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
// NOLINTNEXTLINE(bugprone-reserved-identifier): the sanitizers' own name
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

using namespace std::literals;

struct Options {
  std::uint64_t runs = 10000;
  std::uint64_t seed = 1;
  unsigned seconds_each = 10;
  std::uint64_t megabytes = 1024;
  std::size_t most_bytes = std::size_t{64} * 1024;
  std::string dictionary;
  std::vector<std::string> paths;
};

[[noreturn]] void usage(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(2);
}

Options parse_options(int count, char** arguments) {
  Options options;
  const auto number = [](const std::string& text) {
    std::size_t end = 0;
    std::uint64_t value = 0;
    try {
      value = std::stoull(text, &end);
    } catch (const std::exception&) {
      end = 0;
    }
    if (end == 0 || end != text.size()) usage("'" + text + "' is no number");
    return value;
  };
  for (int k = 1; k < count; ++k) {
    const std::string name = arguments[k];
    if (name.rfind("--", 0) != 0) {
      options.paths.push_back(name);
      continue;
    }
    if (++k == count) usage(name + " needs a value");
    const std::string value = arguments[k];
    if (name == "--runs") {
      options.runs = number(value);
    } else if (name == "--seed") {
      options.seed = number(value);
    } else if (name == "--seconds-each") {
      options.seconds_each = static_cast<unsigned>(number(value));
    } else if (name == "--megabytes") {
      options.megabytes = number(value);
    } else if (name == "--most-bytes") {
      options.most_bytes = number(value);
    } else if (name == "--dictionary") {
      options.dictionary = value;
    } else {
      usage("unknown option " + name);
    }
  }
  return options;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) usage(file.string() + " cannot be read");
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// In the order of their names, so that a run does not depend on the file system.
std::vector<std::string> read_seeds(const std::vector<std::string>& paths) {
  std::vector<std::filesystem::path> files;
  for (const std::string& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.emplace_back(path);
      continue;
    }
    for (const auto& item : std::filesystem::recursive_directory_iterator(path)) {
      if (item.is_regular_file()) files.push_back(item.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> seeds;
  seeds.reserve(files.size());
  for (const auto& file : files) seeds.push_back(bytes_of(file));
  return seeds;
}

/// Lines `name="token"` or `"token"` with the escapes \\, \" and \xNN; others are comments.
std::vector<std::string> read_dictionary(const std::string& file) {
  std::vector<std::string> tokens;
  if (file.empty()) return tokens;
  std::ifstream stream(file);
  if (!stream) usage(file + " cannot be read");
  for (std::string line; std::getline(stream, line);) {
    const std::size_t from = line.find('"'), to = line.rfind('"');
    if (line.rfind('#', 0) == 0 || from == std::string::npos || to == from) continue;
    std::string token;
    for (std::size_t k = from + 1; k < to; ++k) {
      if (line[k] == '\\' && line[k + 1] == 'x' && k + 3 < to) {
        token += static_cast<char>(std::stoi(line.substr(k + 2, 2), nullptr, 16));
        k += 3;
      } else {
        token += line[k] == '\\' && k + 1 < to ? line[++k] : line[k];
      }
    }
    tokens.push_back(token);
  }
  return tokens;
}

/// What runs now; the handlers below write it out.
const std::string* current = nullptr;
char artifact[64] = "crash-input";

void save_current() {
  if (current == nullptr) return;
  const int file = open(artifact, O_CREAT | O_WRONLY | O_TRUNC, 0644);
  if (file < 0) return;
  std::size_t done = 0;
  while (done < current->size()) {
    const ssize_t count = write(file, current->data() + done, current->size() - done);
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  close(file);
  constexpr char kSaid[] = "the input that failed is in ";
  bool told = write(STDERR_FILENO, kSaid, sizeof kSaid - 1) > 0;
  told = write(STDERR_FILENO, artifact, std::strlen(artifact)) > 0 && told;
  told = write(STDERR_FILENO, "\n", 1) > 0 && told;
}

void on_signal(int signal) {
  constexpr char kSlow[] = "an input took too long\n", kCrash[] = "an input crashed the target\n";
  const bool slow = signal == SIGALRM;
  const bool told =
      write(STDERR_FILENO, slow ? kSlow : kCrash, slow ? sizeof kSlow - 1 : sizeof kCrash - 1) > 0;
  save_current();
  _exit(told ? 1 : 2);
}

/// Crashes of every kind, a full stack among them, end in on_signal.
void watch(const Options& options) {
  static std::array<char, 1 << 16> stack;
  stack_t other{};
  other.ss_sp = stack.data();
  other.ss_size = stack.size();
  sigaltstack(&other, nullptr);
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGALRM, &action, nullptr);
  if (__sanitizer_set_death_callback != nullptr) {
    __sanitizer_set_death_callback(save_current);  // the sanitizer reports crashes itself
    return;
  }
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL}) sigaction(signal, &action, nullptr);
  const rlim_t bytes = options.megabytes << 20U;
  const rlimit limit{bytes, bytes};
  if (setrlimit(RLIMIT_AS, &limit) != 0) usage("the memory cannot be limited");
}

class Mutator {
 public:
  Mutator(const std::vector<std::string>& seeds, const std::vector<std::string>& tokens, std::size_t most)
      : seeds_(seeds), tokens_(tokens), most_(most) {}

  std::string input(std::uint64_t seed, std::uint64_t run) {
    std::seed_seq sequence{seed, seed >> 32U, run, run >> 32U};
    dice_.seed(sequence);
    std::string input = pick(seeds_);
    for (std::size_t count = std::size_t{1} << below(5); count > 0; --count) change(input);
    if (input.size() > most_) input.resize(most_);
    return input;
  }

 private:
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : dice_() % bound; }
  const std::string& pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  /// A part of a text, mostly short.
  std::pair<std::size_t, std::size_t> part(const std::string& text) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t most = std::min<std::size_t>(text.size() - at, below(8) == 0 ? text.size() : 16);
    return {at, most == 0 ? 0 : 1 + below(most)};
  }

  void change(std::string& input) {
    const std::size_t at = below(input.size() + 1);
    switch (below(tokens_.empty() ? 8 : 11)) {
      case 0:
        if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << below(8)));
        break;
      case 1:
        if (at < input.size()) input[at] = static_cast<char>(below(256));
        break;
      case 2:
        if (at < input.size()) input[at] = kBytes[below(kBytes.size())];
        break;
      case 3:
        input.insert(at, 1, kBytes[below(kBytes.size())]);
        break;
      case 4: {
        const auto [from, count] = part(input);
        input.erase(from, count);
        break;
      }
      case 5: {
        const auto [from, count] = part(input);
        const std::string copy = input.substr(from, count);
        for (std::size_t times = std::size_t{1} << below(below(4) == 0 ? 10 : 2); times > 0; --times) {
          if (input.size() + copy.size() > most_) break;
          input.insert(at, copy);
        }
        break;
      }
      case 6: {
        const std::string& other = pick(seeds_);
        const auto [from, count] = part(other);
        input.insert(at, other, from, count);
        break;
      }
      case 7: {
        const std::string& other = pick(seeds_);
        input.erase(at);
        input.append(other, below(other.size() + 1), std::string::npos);
        break;
      }
      default:
        input.insert(at, pick(tokens_));
    }
  }

  static constexpr std::string_view kBytes = "\0\n\r\t \"'\\#=.,:;[](){}<>+-*/^019aeEnxX_\x7f\x80\xc3\xff"sv;
  const std::vector<std::string>& seeds_;
  const std::vector<std::string>& tokens_;
  std::size_t most_;
  std::mt19937_64 dice_;
};

void run(const std::string& input, unsigned seconds) {
  current = &input;
  alarm(seconds);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  alarm(0);
  current = nullptr;
}

}  // namespace

int main(int count, char** arguments) {
  const Options options = parse_options(count, arguments);
  const std::vector<std::string> seeds = read_seeds(options.paths);
  if (seeds.empty()) usage("no seeds: name files or folders of inputs");
  const std::vector<std::string> tokens = read_dictionary(options.dictionary);
  watch(options);
  const auto start = std::chrono::steady_clock::now();
  std::snprintf(artifact, sizeof artifact, "crash-seed-%ld", static_cast<long>(getpid()));
  for (const std::string& seed : seeds) run(seed, options.seconds_each);
  Mutator mutator(seeds, tokens, options.most_bytes);
  for (std::uint64_t k = 0; k < options.runs; ++k) {
    std::snprintf(artifact, sizeof artifact, "crash-%llu-%llu", static_cast<unsigned long long>(options.seed),
                  static_cast<unsigned long long>(k));
    run(mutator.input(options.seed, k), options.seconds_each);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::printf("%zu seeds and %llu mutations of them in %.1f s\n", seeds.size(),
              static_cast<unsigned long long>(options.runs), seconds);
  return 0;
}
