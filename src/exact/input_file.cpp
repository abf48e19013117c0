#include "crosshead/exact/input_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "crosshead/exact/error.hpp"

namespace crosshead::exact {

std::string read_file(const std::filesystem::path& file, const std::string& expected, std::size_t most) {
  std::error_code code;
  if (std::filesystem::is_directory(file, code))
    throw InputError(file.string(), "", "is a directory; expected " + expected);
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw InputError(file.string(), "",
                     std::string("cannot be opened: ") + std::strerror(errno != 0 ? errno : ENOENT));
  }
  std::string text;
  std::vector<char> block(1 << 16);
  while (text.size() <= most &&
         (stream.read(block.data(), static_cast<std::streamsize>(block.size())) || stream.gcount() > 0)) {
    text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) throw InputError(file.string(), "byte " + std::to_string(text.size()), "cannot be read");
  return text;
}

}  // namespace crosshead::exact
