// crosshead-check: replays certificates and prints one line for each.
#include <algorithm>
#include <fstream>
#include <iostream>

#include "src/checker/certificate.hpp"

int main(int count, char** words) {
  const std::string first = count > 1 ? words[1] : "-";
  if (first[0] == '-') {
    (first == "--help" ? std::cout : std::cerr)
        << "usage: crosshead-check FILE...\nReplays certificates and prints one line for each.\n"
           "Exit code: 0 all accepted, 1 some rejected, 2 bad usage, 3 some cannot be read.\n";
    return first == "--help" ? 0 : 2;
  }
  int code = 0;
  for (int k = 1; k < count; ++k) {
    std::ifstream file(words[k], std::ios::binary);
    file.peek();  // which fails for a folder
    const bool read = file.is_open() && !file.bad();
    const std::string bytes(std::istreambuf_iterator<char>(read ? file.rdbuf() : nullptr), {});
    const auto outcome = crosshead::checker::replay(bytes);
    code = std::max(code, !read ? 3 : outcome.accepted ? 0 : 1);
    (read ? std::cout : std::cerr) << (count > 2 || !read ? std::string(words[k]) + ": " : "")
                                   << (read ? outcome.line : "cannot be read") << std::endl;
  }
  return code;
}
