#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace crosshead::attention {

/// Element types that tensor files may hold. Every float type here embeds exactly in double.
enum class DType { f16, bf16, f32, f64, i8, i16, i32, i64, u8, u16, boolean };

/// "float32", "bfloat16", ...: the names used in messages and in `--json`.
std::string name_of(DType dtype);
/// Bytes per element.
int size_of(DType dtype);

/// A dense tensor in row-major order. `values` has one double per element and is exact for every float type;
/// 64-bit integers beyond 2^53 are refused by the readers. Owner of its data; shape [] is a scalar.
struct Tensor {
  DType dtype = DType::f32;
  std::vector<std::int64_t> shape;
  std::vector<double> values;
};

/// What a tensor file holds, without the data: name -> dtype and shape.
struct TensorInfo {
  DType dtype = DType::f32;
  std::vector<std::int64_t> shape;
};

/// One opened tensor file: .safetensors, .npy, .npz or .pt (a zipped PyTorch state dict), told apart by its
/// content (magic bytes), with the extension used only in messages. Opening reads the directory of tensors
/// and checks it against the file's real size; `read` loads one tensor. Throws exact::InputError (file, byte
/// offset or tensor name, what was expected) for everything it does not accept: trailing bytes, holes,
/// overlaps and repeated names included. Nothing in a file is executed: the pickle of a state dict may name
/// storages, tensors and dicts, nothing else. Memory stays within a small multiple of the file's size; what a
/// zip archive inflates to counts as its size and is limited to 100 times the compressed bytes plus 16 MiB.
class TensorFile {
 public:
  explicit TensorFile(const std::filesystem::path& path);
  ~TensorFile();
  TensorFile(TensorFile&&) noexcept;
  TensorFile& operator=(TensorFile&&) noexcept;

  /// Names in file order with dtype and shape (an .npy file has one tensor, named "").
  const std::vector<std::pair<std::string, TensorInfo>>& tensors() const;
  /// The "__metadata__" strings of a safetensors file; empty for the other formats.
  const std::map<std::string, std::string>& metadata() const;
  /// All values of one tensor, 8 bytes of memory each. Infinities and NaN are passed on.
  /// Throws InputError naming the tensors present if `name` is absent.
  Tensor read(const std::string& name) const;
  /// Elements [begin, begin + count) of one tensor in row-major order, 8 bytes of memory each. Only they are
  /// read, except from .pt files, column-major arrays (all of the tensor) and compressed entries (all before
  /// them); a zip entry's CRC is not checked. Throws InputError as `read` does, UsageError beyond the end.
  std::vector<double> read_part(const std::string& name, std::uint64_t begin, std::uint64_t count) const;

 private:
  std::size_t index_of(const std::string& name) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Writers. Values are stored as `tensor.dtype`, tensors in the order given, under distinct names in UTF-8.
/// Throws exact::InputError for a value that the type cannot hold exactly, for values that are not as many as
/// the shape says, for bfloat16 in .npy and .npz (which cannot spell it), and when the system refuses the
/// file. Bytes are deterministic (no timestamps). The file appears atomically: written beside, then renamed.
void write_safetensors(const std::filesystem::path& path,
                       const std::vector<std::pair<std::string, Tensor>>& tensors,
                       const std::map<std::string, std::string>& metadata = {});
void write_npy(const std::filesystem::path& path, const Tensor& tensor);
void write_npz(const std::filesystem::path& path, const std::vector<std::pair<std::string, Tensor>>& tensors);

}  // namespace crosshead::attention
