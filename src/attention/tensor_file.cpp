#include "crosshead/attention/tensor_file.hpp"

#include <unordered_map>

#include "layout.hpp"
#include "quoted_text.hpp"
#include "tensor_source.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

constexpr std::size_t kNamesShown = 8;

std::unique_ptr<TensorSource> open_source(const std::filesystem::path& path) {
  auto file = std::make_shared<const ByteFile>(path);
  const std::string start = file->bytes(0, std::min<std::uint64_t>(file->size(), 16));
  if (start.starts_with("\x93NUMPY")) return open_npy(std::move(file));
  if (start.starts_with("PK\x03\x04") || start.starts_with("PK\x05\x06")) return open_zip(std::move(file));
  if (start.size() > 8 && start[8] == '{') return open_safetensors(std::move(file));
  const std::string extension = path.extension().string();
  std::string message = start.empty() ? "is empty" : "begins with " + in_quotes(start);
  if (!extension.empty()) message += " although it is called " + in_quotes(extension);
  if (start.starts_with("\x80\x02"))
    message += " (a pickle, perhaps PyTorch's format before 1.6: save it again)";
  throw exact::InputError(
      file->name(), "byte 0",
      message + "; expected a .safetensors, .npy or .npz file or a zipped PyTorch state dict");
}

}  // namespace

std::string name_of(DType dtype) {
  switch (dtype) {
    case DType::f16:
      return "float16";
    case DType::bf16:
      return "bfloat16";
    case DType::f32:
      return "float32";
    case DType::f64:
      return "float64";
    case DType::i8:
      return "int8";
    case DType::i16:
      return "int16";
    case DType::i32:
      return "int32";
    case DType::i64:
      return "int64";
    case DType::u8:
      return "uint8";
    case DType::u16:
      return "uint16";
    case DType::boolean:
      return "bool";
  }
  return "";
}

int size_of(DType dtype) {
  switch (dtype) {
    case DType::i8:
    case DType::u8:
    case DType::boolean:
      return 1;
    case DType::f16:
    case DType::bf16:
    case DType::i16:
    case DType::u16:
      return 2;
    case DType::f32:
    case DType::i32:
      return 4;
    case DType::f64:
    case DType::i64:
      return 8;
  }
  return 0;
}

struct TensorFile::Impl {
  std::string file;
  std::unique_ptr<TensorSource> source;
  std::unordered_map<std::string, std::size_t> index;
};

TensorFile::TensorFile(const std::filesystem::path& path) : impl_(std::make_unique<Impl>()) {
  impl_->file = path.string();
  impl_->source = open_source(path);
  const auto& tensors = impl_->source->tensors;
  for (std::size_t i = 0; i < tensors.size(); ++i) impl_->index.emplace(tensors[i].first, i);
}

TensorFile::~TensorFile() = default;
TensorFile::TensorFile(TensorFile&&) noexcept = default;
TensorFile& TensorFile::operator=(TensorFile&&) noexcept = default;

const std::vector<std::pair<std::string, TensorInfo>>& TensorFile::tensors() const {
  return impl_->source->tensors;
}

const std::map<std::string, std::string>& TensorFile::metadata() const {
  return impl_->source->metadata;
}

std::size_t TensorFile::index_of(const std::string& name) const {
  const auto found = impl_->index.find(name);
  if (found != impl_->index.end()) return found->second;
  std::string present;
  for (std::size_t i = 0; i < tensors().size() && i <= kNamesShown; ++i) {
    present += (i == 0 ? "" : ", ") + (i == kNamesShown ? "..." : in_quotes(tensors()[i].first));
  }
  throw exact::InputError(impl_->file, "tensor " + in_quotes(name),
                          "is not in the file; it holds " + std::to_string(tensors().size()) + " tensors" +
                              (present.empty() ? "" : ": " + present));
}

Tensor TensorFile::read(const std::string& name) const {
  return impl_->source->read(index_of(name));
}

std::vector<double> TensorFile::read_part(const std::string& name, std::uint64_t begin,
                                          std::uint64_t count) const {
  const std::size_t index = index_of(name);
  const std::uint64_t there = count_elements(tensors()[index].second.shape).value_or(0);
  if (begin > there || count > there - begin) {
    throw exact::UsageError("tensor " + in_quotes(name) + " has " + std::to_string(there) +
                            " elements; there are none up to number " + std::to_string(begin + count));
  }
  return impl_->source->read_part(index, begin, count);
}

}  // namespace crosshead::attention
