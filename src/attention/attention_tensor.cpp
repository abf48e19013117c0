#include "crosshead/attention/attention_tensor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <string_view>

#include "layout.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

using exact::InputError;
using exact::UsageError;

bool is_float(DType dtype) {
  return dtype == DType::f16 || dtype == DType::bf16 || dtype == DType::f32 || dtype == DType::f64;
}

std::string described(const std::string& name, const TensorInfo& info) {
  return (name.empty() ? "the tensor" : name) + " (" + attention::name_of(info.dtype) + " " +
         describe(info.shape) + ")";
}

std::string place_of(const std::string& name) {
  return name.empty() ? "" : "tensor " + name;
}

/// The tensor meant by `wanted`, with its name.
const std::pair<std::string, TensorInfo>& choose(const TensorFile& file, const std::string& wanted) {
  const auto& tensors = file.tensors();
  if (wanted.empty() && tensors.size() == 1) return tensors.front();
  const std::string name = wanted.empty() ? "attention" : wanted;
  const auto found =
      std::find_if(tensors.begin(), tensors.end(), [&](const auto& t) { return t.first == name; });
  if (found != tensors.end()) return *found;
  constexpr std::size_t kListed = 12;
  std::string list;
  for (std::size_t i = 0; i < std::min(tensors.size(), kListed); ++i) {
    list += (i > 0 ? ", " : "") + described(tensors[i].first, tensors[i].second);
  }
  if (tensors.size() > kListed) list += ", and " + std::to_string(tensors.size() - kListed) + " more";
  throw UsageError((wanted.empty() ? "choose a tensor" : "there is no tensor \"" + wanted + "\"") +
                   (list.empty() ? std::string("; the file holds none") : "; the file holds " + list));
}

/// The shape as [L, H, n, n] with ones in front, after every check that needs no values.
std::array<std::int64_t, 4> full_shape(const std::filesystem::path& path, const std::string& name,
                                       const TensorInfo& info) {
  const auto refuse = [&](const std::string& why) {
    throw InputError(
        path.string(), place_of(name),
        why + "; attention has shape [layer, head, n, n], [head, n, n] or [n, n] and a float type, found " +
            attention::name_of(info.dtype) + " " + describe(info.shape));
  };
  if (!is_float(info.dtype)) refuse("not a float type");
  const std::size_t rank = info.shape.size();
  if (rank < 2 || rank > 4) refuse("the number of dimensions is " + std::to_string(rank));
  std::array<std::int64_t, 4> shape{1, 1, 1, 1};
  std::copy(info.shape.begin(), info.shape.end(), shape.end() - static_cast<std::ptrdiff_t>(rank));
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) refuse("a dimension is 0");
  if (shape[2] != shape[3]) refuse("queries and keys differ in number");
  if (shape[2] > heads::kMaxNodes) refuse("more than " + std::to_string(heads::kMaxNodes) + " positions");
  return shape;
}

/// An index into a dimension of `count`: the given one, or 0 when there is no choice.
std::int64_t checked_index(const std::optional<int>& given, std::int64_t count, bool has_dimension,
                           const std::string& what) {
  const std::string range = "choose " + what + " 0.." + std::to_string(count - 1);
  if (given && !has_dimension) {
    throw UsageError("the tensor has no " + what + " dimension; leave the " + what + " out");
  }
  if (!given && count > 1)
    throw UsageError("the tensor has " + std::to_string(count) + " " + what + "s; " + range);
  if (given && (*given < 0 || *given >= count)) {
    throw UsageError("the tensor has no " + what + " " + std::to_string(*given) + "; " + range);
  }
  return given.value_or(0);
}

}  // namespace

FileKind kind_of(const std::filesystem::path& file) {
  std::error_code code;
  if (std::filesystem::is_directory(file, code)) throw InputError(file.string(), "", "is a directory");
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw InputError(file.string(), "",
                     std::string("cannot be opened: ") + std::strerror(errno != 0 ? errno : ENOENT));
  }
  std::string head(512, '\0');
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  for (const std::string_view magic : {"\x93NUMPY", "PK\x03\x04", "PK\x05\x06"}) {
    if (head.starts_with(magic)) return FileKind::tensors;
  }
  // safetensors: the length of the header in eight bytes, less than 2^32, then a JSON object.
  if (head.size() > 8 && head.compare(4, 4, std::string(4, '\0')) == 0 && head[8] == '{')
    return FileKind::tensors;
  const std::size_t mark = head.starts_with("\xef\xbb\xbf") ? 3 : 0;
  const std::size_t first = head.find_first_not_of(" \t\r\n", mark);
  return first != std::string::npos && head[first] == '{' ? FileKind::document : FileKind::other;
}

AttentionReader::AttentionReader(const std::filesystem::path& file, const std::string& tensor)
    : path_(file), file_(file) {
  const auto& [found, info] = choose(file_, tensor);
  name_ = found;
  rank_ = static_cast<int>(info.shape.size());
  const auto shape = full_shape(file, name_, info);
  layers_ = static_cast<int>(shape[0]);
  heads_ = static_cast<int>(shape[1]);
  nodes_ = static_cast<int>(shape[2]);
}

std::string AttentionReader::layer_name(int layer) const {
  const std::string title = name_.empty() ? path_.stem().string() : name_;
  return rank_ == 4 ? title + describe({layer}) : title;
}

std::string AttentionReader::head_name(int layer, int head) const {
  const std::string title = name_.empty() ? path_.stem().string() : name_;
  return rank_ == 2 ? title : title + (rank_ == 3 ? describe({head}) : describe({layer, head}));
}

int AttentionReader::layer_of(const std::optional<int>& given) const {
  return static_cast<int>(checked_index(given, layers_, rank_ == 4, "layer"));
}
int AttentionReader::head_of(const std::optional<int>& given) const {
  return static_cast<int>(checked_index(given, heads_, rank_ >= 3, "head"));
}

heads::AttentionMatrix AttentionReader::matrix(int layer, int head) const {
  const auto n = static_cast<std::uint64_t>(nodes_);
  const std::uint64_t block = static_cast<std::uint64_t>(layer) * static_cast<std::uint64_t>(heads_) +
                              static_cast<std::uint64_t>(head);
  heads::AttentionMatrix result{nodes_, file_.read_part(name_, block * n * n, n * n)};
  const auto bad = std::find_if(result.values.begin(), result.values.end(),
                                [](double value) { return !std::isfinite(value) || value < 0; });
  if (bad == result.values.end()) return result;
  const std::int64_t place = bad - result.values.begin();
  std::vector<std::int64_t> index{layer, head, place / nodes_, place % nodes_};
  index.erase(index.begin(), index.end() - rank_);
  throw InputError(path_.string(), place_of(name_) + (name_.empty() ? "entry " : " entry ") + describe(index),
                   "attention must be finite and not negative, found " + std::to_string(*bad));
}

namespace {

heads::HeadSystem system_of(const AttentionReader& reader, int layer, int first, int last) {
  heads::HeadSystem system;
  system.name = reader.layer_name(layer);
  for (int node = 1; node <= reader.nodes(); ++node) system.nodes.push_back(std::to_string(node));
  system.sink = reader.nodes() - 1;
  for (int h = first; h <= last; ++h) {
    heads::Head head;
    head.name = reader.head_name(layer, h);
    head.attention = reader.matrix(layer, h);
    system.heads.push_back(std::move(head));
  }
  const std::size_t chosen = system.heads.size();
  system.weights.assign(chosen, exact::Rational(1, static_cast<unsigned long>(chosen)));
  return system;
}

}  // namespace

heads::HeadSystem attention_system(const std::filesystem::path& file, const AttentionSelection& selection) {
  const AttentionReader reader(file, selection.tensor);
  const int layer = reader.layer_of(selection.layer);
  if (!selection.head) return attention_layer(reader, layer);
  const int head = reader.head_of(selection.head);
  return system_of(reader, layer, head, head);
}

heads::HeadSystem attention_layer(const AttentionReader& reader, int layer) {
  return system_of(reader, layer, 0, reader.heads() - 1);
}

heads::AttentionLoader attention_loader() {
  // Heads of one system usually come from one tensor, so the last file stays open.
  struct Last {
    std::filesystem::path file;
    std::string tensor;
    std::optional<AttentionReader> reader;
  };
  const auto last = std::make_shared<Last>();
  return [last](const heads::AttentionReference& reference) -> heads::AttentionMatrix {
    try {
      if (!last->reader || last->file != reference.file || last->tensor != reference.tensor) {
        last->reader.reset();
        last->reader.emplace(reference.file, reference.tensor);
        last->file = reference.file;
        last->tensor = reference.tensor;
      }
      const AttentionReader& reader = *last->reader;
      return reader.matrix(reader.layer_of(reference.layer), reader.head_of(reference.head));
    } catch (const UsageError& error) {
      throw InputError(reference.file.string(), "", error.what());
    }
  };
}

}  // namespace crosshead::attention
