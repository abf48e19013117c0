// The .npy format: "\x93NUMPY", a version (two bytes), the length of the header (2 bytes in version 1, 4 in
// versions 2 and 3, little-endian), the header as a Python dict literal, then the elements. Versions differ
// in nothing else that matters here (3 allows UTF-8 in field names of structured dtypes).

#include "npy.hpp"

#include <algorithm>

#include "layout.hpp"
#include "npy_header.hpp"
#include "quoted_text.hpp"
#include "tensor_source.hpp"

#include "crosshead/exact/error.hpp"
#include "crosshead/exact/replacement_file.hpp"

namespace crosshead::attention {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kMaxNpyHeader = 65535;  // a shape of 64 dimensions needs less than 2000 bytes
constexpr std::size_t kAlignment = 64;

/// Element strides of a tensor whose first index runs fastest.
std::vector<std::int64_t> column_major_strides(const std::vector<std::int64_t>& shape) {
  std::vector<std::int64_t> strides(shape.size());
  std::int64_t stride = 1;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    strides[d] = stride;
    stride *= std::max<std::int64_t>(shape[d], 1);
  }
  return strides;
}

class NpySource final : public TensorSource {
 public:
  explicit NpySource(std::shared_ptr<const ByteFile> file) : file_(std::move(file)) {
    tensors.emplace_back("", read_npy_header(*open()).info);
  }

  Tensor read(std::size_t) const override {
    const auto stream = open();
    const NpyHeader header = read_npy_header(*stream);
    return read_npy_elements(*stream, header);
  }

  std::vector<double> read_part(std::size_t, std::uint64_t begin, std::uint64_t count) const override {
    const auto stream = open();
    const NpyHeader header = read_npy_header(*stream);
    return read_npy_part(*stream, header, begin, count);
  }

 private:
  std::unique_ptr<ByteStream> open() const { return stream_of(file_, 0, file_->size(), ""); }

  std::shared_ptr<const ByteFile> file_;
};

}  // namespace

NpyHeader read_npy_header(ByteStream& stream) {
  if (stream.bytes(kMagic.size()) != kMagic) stream.fail(0, "not an .npy file; expected \\x93NUMPY");
  const std::string version = stream.bytes(2);
  if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
    stream.fail(kMagic.size(), ".npy version " + std::to_string(static_cast<unsigned char>(version[0])) +
                                   "." + std::to_string(static_cast<unsigned char>(version[1])) +
                                   "; expected 1.0, 2.0 or 3.0");
  }
  const std::string digits = stream.bytes(version[0] == 1 ? 2 : 4);
  std::size_t length = 0;
  for (std::size_t i = digits.size(); i-- > 0;) length = length << 8 | static_cast<unsigned char>(digits[i]);
  if (length > kMaxNpyHeader || length > stream.remaining()) {
    stream.fail(kMagic.size() + 2,
                "the header is said to have " + std::to_string(length) + " bytes; expected at most " +
                    std::to_string(std::min<std::uint64_t>(kMaxNpyHeader, stream.remaining())));
  }
  const std::uint64_t begin = stream.position();
  NpyHeader header = parse_npy_dict(stream.bytes(length), begin, stream);
  const auto count = count_elements(header.info.shape);
  if (!count) stream.fail(begin, "shape " + describe(header.info.shape) + " is too large");
  const std::uint64_t bytes = *count * static_cast<std::uint64_t>(size_of(header.info.dtype));
  if (bytes != stream.remaining()) {
    stream.fail(stream.position(), std::to_string(stream.remaining()) + " bytes follow the header; shape " +
                                       describe(header.info.shape) + " of " + name_of(header.info.dtype) +
                                       " needs " + std::to_string(bytes));
  }
  return header;
}

Tensor read_npy_elements(ByteStream& stream, const NpyHeader& header) {
  Tensor tensor;
  if (!header.column_major) {
    tensor = read_row_major(stream, header.info);
  } else {
    tensor = {header.info.dtype, header.info.shape, {}};
    const std::uint64_t begin = stream.position();
    const auto item = static_cast<std::size_t>(size_of(tensor.dtype));
    const std::string transposed =
        gather(stream.bytes(stream.remaining()), item, 0, tensor.shape, column_major_strides(tensor.shape));
    const std::size_t decoded = append_decoded(tensor.dtype, transposed, tensor.values);
    if (decoded < transposed.size() / item) {
      stream.fail(begin, "element " + std::to_string(decoded) + " (row-major): " + refusal(tensor.dtype));
    }
  }
  stream.finish();
  return tensor;
}

std::vector<double> read_npy_part(ByteStream& stream, const NpyHeader& header, std::uint64_t begin,
                                  std::uint64_t count) {
  if (header.column_major) {
    const Tensor whole = read_npy_elements(stream, header);
    const auto first = whole.values.begin() + static_cast<std::ptrdiff_t>(begin);
    return {first, first + static_cast<std::ptrdiff_t>(count)};
  }
  stream.skip(begin * static_cast<std::uint64_t>(size_of(header.info.dtype)));
  return read_elements(stream, header.info.dtype, count);
}

std::string npy_bytes(const Tensor& tensor, const std::string& file, const std::string& name) {
  const std::string descr = npy_name_of(tensor.dtype);
  if (descr.empty()) {
    throw exact::InputError(
        file, name.empty() ? "" : "tensor " + in_quotes(name),
        name_of(tensor.dtype) + " has no .npy form; expected another dtype or .safetensors");
  }
  const std::string elements = encode_tensor(tensor, file, name);
  std::string dict = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (";
  for (std::size_t d = 0; d < tensor.shape.size(); ++d)
    dict += (d == 0 ? "" : ", ") + std::to_string(tensor.shape[d]);
  dict += tensor.shape.size() == 1 ? ",), }" : "), }";
  // NumPy leaves room for the first dimension to grow to 20 digits in place, then aligns the elements.
  const std::size_t room = tensor.shape.empty() ? 0 : 21 - std::to_string(tensor.shape[0]).size();
  const std::size_t before = kMagic.size() + 4;
  const std::size_t end = (before + dict.size() + room + 1 + kAlignment - 1) / kAlignment * kAlignment;
  dict.resize(end - before - 1, ' ');
  dict += '\n';
  std::string result(kMagic);
  result += {'\x01', '\x00', static_cast<char>(dict.size() & 0xff), static_cast<char>(dict.size() >> 8)};
  return result + dict + elements;
}

std::unique_ptr<TensorSource> open_npy(std::shared_ptr<const ByteFile> file) {
  return std::make_unique<NpySource>(std::move(file));
}

void write_npy(const std::filesystem::path& path, const Tensor& tensor) {
  const std::string bytes = npy_bytes(tensor, path.string(), "");
  exact::ReplacementFile output(path);
  output.write(bytes);
  output.commit();
}

}  // namespace crosshead::attention
