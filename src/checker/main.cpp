// crosshead-check: replays certificates and prints one line for each.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <vector>

#include "src/checker/certificate.hpp"

namespace {

constexpr const char* usage =
    "usage: crosshead-check [--quiet] [--ledger DIR] FILE...\n"
    "Replays certificates; a directory stands for all *.json files in it.\n"
    "  --quiet       print rejected certificates only\n"
    "  --ledger DIR  compare hashes.ledger with DIR/<claim id>.toml\n"
    "Exit code: 0 all accepted, 1 some rejected, 2 bad usage, 3 some file cannot be read.\n";

int misuse(const std::string& what) {
  std::cerr << "crosshead-check: " << what << "\n" << usage;
  return 2;
}

}  // namespace

int main(int count, char** words) {
  using namespace crosshead::checker;
  bool quiet = false, options = true;
  std::optional<std::string> ledger;
  std::vector<std::string> files;
  int code = 0;
  for (int k = 1; k < count; ++k) {
    std::string word = words[k];
    std::error_code error;
    if (options && word == "--help") return std::cout << usage, 0;
    if (options && word == "--") {
      options = false;
    } else if (options && word == "--quiet") {
      quiet = true;
    } else if (options && word == "--ledger") {
      if (++k == count) return misuse("--ledger needs a directory");
      ledger = words[k];
    } else if (options && word.size() > 1 && word[0] == '-') {
      return misuse("unknown option " + word);
    } else if (std::filesystem::is_directory(word, error)) {
      std::vector<std::string> inside;
      for (const auto& entry : std::filesystem::directory_iterator(word, error))
        if (entry.path().extension() == ".json") inside.push_back(entry.path().string());
      std::sort(inside.begin(), inside.end());
      if (error || inside.empty()) std::cerr << word << ": no certificates can be read there\n", code = 3;
      files.insert(files.end(), inside.begin(), inside.end());
    } else {
      files.push_back(word);
    }
  }
  if (files.empty() && code == 0) return misuse("no certificate named");
  for (const std::string& file : files) {
    std::string bytes;
    if (!read_file(file, bytes)) {
      std::cerr << file << ": cannot be read\n";
      code = 3;
      continue;
    }
    Outcome outcome = replay(bytes, ledger ? &*ledger : nullptr);
    if (!outcome.accepted) code = std::max(code, 1);
    if (!quiet || !outcome.accepted)
      std::cout << (files.size() > 1 ? file + ": " : "") << outcome.line << std::endl;
  }
  return code;
}
