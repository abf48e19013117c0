// The safetensors format: 8 bytes with the length N of a JSON header (little-endian), the header, then the
// bytes of all tensors one after another without holes. The header gives each tensor's dtype, shape and byte
// range.

#include <algorithm>
#include <cstring>

#include "layout.hpp"
#include "quoted_text.hpp"
#include "safetensors_header.hpp"
#include "tensor_source.hpp"
#include <nlohmann/json.hpp>

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/replacement_file.hpp"

namespace crosshead::attention {
namespace {

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeader = 100'000'000;  // the format's own limit

class SafetensorsSource final : public TensorSource {
 public:
  explicit SafetensorsSource(std::shared_ptr<const ByteFile> file) : file_(std::move(file)) {
    std::uint64_t length = 0;
    file_->read(0, reinterpret_cast<char*>(&length), kLengthBytes);
    if (length > kMaxHeader || length > file_->size() - kLengthBytes) {
      file_->fail(0, "the header is said to have " + std::to_string(length) + " bytes; expected at most " +
                         std::to_string(std::min(kMaxHeader, file_->size() - kLengthBytes)));
    }
    const std::string header = file_->bytes(kLengthBytes, length);
    if (header.empty() || header[0] != '{')
      file_->fail(kLengthBytes, "expected '{', the start of a JSON header");
    SafetensorsHeader parsed = parse_safetensors_header(header, file_->name());
    data_ = kLengthBytes + length;
    metadata = std::move(parsed.metadata);
    check_spans(parsed.entries);
    for (SafetensorsEntry& entry : parsed.entries) {
      begins_.push_back(data_ + entry.begin);
      tensors.emplace_back(std::move(entry.name), std::move(entry.info));
    }
  }

  Tensor read(std::size_t index) const override {
    const auto& [name, info] = tensors[index];
    const std::uint64_t length =
        count_elements(info.shape).value_or(0) * static_cast<std::uint64_t>(size_of(info.dtype));
    const auto stream = stream_of(file_, begins_[index], length, "tensor " + in_quotes(name));
    return read_row_major(*stream, info);
  }

  std::vector<double> read_part(std::size_t index, std::uint64_t begin, std::uint64_t count) const override {
    const auto& [name, info] = tensors[index];
    const auto item = static_cast<std::uint64_t>(size_of(info.dtype));
    const auto stream =
        stream_of(file_, begins_[index] + begin * item, count * item, "tensor " + in_quotes(name));
    return read_elements(*stream, info.dtype, count);
  }

 private:
  /// Every span must be as long as its shape says, and together they must cover the data once.
  void check_spans(const std::vector<SafetensorsEntry>& entries) const {
    const std::uint64_t available = file_->size() - data_;
    std::vector<const SafetensorsEntry*> ordered;
    for (const SafetensorsEntry& entry : entries) {
      const std::string span = std::to_string(entry.begin) + " to " + std::to_string(entry.end);
      if (entry.begin > entry.end || entry.end > available) {
        fail(entry,
             "data_offsets " + span + " do not lie in the " + std::to_string(available) + " bytes of data");
      }
      const auto count = count_elements(entry.info.shape);
      if (!count) fail(entry, "shape " + describe(entry.info.shape) + " is too large");
      const std::uint64_t bytes = *count * static_cast<std::uint64_t>(size_of(entry.info.dtype));
      if (bytes != entry.end - entry.begin) {
        fail(entry, "data_offsets " + span + " hold " + std::to_string(entry.end - entry.begin) +
                        " bytes; shape " + describe(entry.info.shape) + " of " + name_of(entry.info.dtype) +
                        " needs " + std::to_string(bytes));
      }
      ordered.push_back(&entry);
    }
    std::sort(ordered.begin(), ordered.end(), [](const SafetensorsEntry* a, const SafetensorsEntry* b) {
      return std::pair(a->begin, a->end) < std::pair(b->begin, b->end);
    });
    std::uint64_t covered = 0;
    for (const SafetensorsEntry* entry : ordered) {
      if (entry->begin != covered) {
        fail(*entry, std::string("data ") +
                         (entry->begin > covered ? "leaves a hole" : "overlaps another tensor") +
                         ": starts at offset " + std::to_string(entry->begin) + "; expected " +
                         std::to_string(covered));
      }
      covered = entry->end;
    }
    if (covered != available) {
      file_->fail(data_ + covered, std::to_string(available - covered) + " bytes belong to no tensor");
    }
  }

  [[noreturn]] void fail(const SafetensorsEntry& entry, const std::string& message) const {
    throw exact::InputError(file_->name(), "tensor " + in_quotes(entry.name), message);
  }

  std::shared_ptr<const ByteFile> file_;
  std::uint64_t data_ = 0;
  std::vector<std::uint64_t> begins_;  // of each tensor, from the start of the file
};

void require_utf8(const std::string& text, const std::string& file, const char* what) {
  if (!is_utf8(text))
    throw exact::InputError(file, "", std::string(what) + " " + in_quotes(text) + " is not UTF-8");
}

}  // namespace

std::unique_ptr<TensorSource> open_safetensors(std::shared_ptr<const ByteFile> file) {
  return std::make_unique<SafetensorsSource>(std::move(file));
}

void write_safetensors(const std::filesystem::path& path,
                       const std::vector<std::pair<std::string, Tensor>>& tensors,
                       const std::map<std::string, std::string>& metadata) {
  const std::string file = path.string();
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  for (const auto& [key, value] : metadata) {
    require_utf8(key, file, "metadata key");
    require_utf8(value, file, "metadata value");
    header["__metadata__"][key] = value;
  }
  std::map<std::string_view, std::uint64_t> begins;
  std::uint64_t end = 0;
  for (const auto& [name, tensor] : tensors) {
    require_utf8(name, file, "tensor name");
    const auto count = count_elements(tensor.shape);
    const std::uint64_t begin = end;
    end += count.value_or(0) * static_cast<std::uint64_t>(size_of(tensor.dtype));
    if (name == "__metadata__" || !begins.emplace(name, begin).second) {
      throw exact::InputError(file, "tensor " + in_quotes(name),
                              "the name is taken; expected distinct names");
    }
    header.push_back({name,
                      {{"dtype", safetensors_name_of(tensor.dtype)},
                       {"shape", tensor.shape},
                       {"data_offsets", {begin, end}}}});
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');  // so that the data is aligned, as the format recommends
  if (text.size() > kMaxHeader)
    throw exact::InputError(file, "", "the names are too long for a safetensors header");
  const std::uint64_t length = text.size();
  char prefix[kLengthBytes];
  std::memcpy(prefix, &length, kLengthBytes);

  exact::ReplacementFile output(path);
  output.write({prefix, kLengthBytes});
  output.write(text);
  for (const auto& [name, tensor] : tensors) output.write(encode_tensor(tensor, file, name));
  output.commit();
}

}  // namespace crosshead::attention
