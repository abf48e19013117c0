#include "token_rows.hpp"

#include "crosshead/attention/tensor_file.hpp"
#include "crosshead/exact/error.hpp"

namespace crosshead::cli {
namespace {

bool is_integer(attention::DType dtype) {
  using attention::DType;
  return dtype == DType::i8 || dtype == DType::i16 || dtype == DType::i32 || dtype == DType::i64 ||
         dtype == DType::u8 || dtype == DType::u16;
}

}  // namespace

std::vector<std::vector<std::int64_t>> read_token_rows(const std::string& path) {
  const attention::TensorFile file(path);
  const std::string name = file.tensors().size() == 1 ? file.tensors().front().first : "tokens";
  const attention::Tensor tensor = file.read(name);
  const std::size_t rank = tensor.shape.size();
  if (!is_integer(tensor.dtype) || rank < 1 || rank > 2 || tensor.values.empty()) {
    throw exact::InputError(path, name,
                            "tokens are an integer array [length] or [samples, length], not empty");
  }
  std::vector<std::vector<std::int64_t>> rows;
  for (auto begin = tensor.values.begin(); begin != tensor.values.end(); begin += tensor.shape.back()) {
    rows.emplace_back(begin, begin + tensor.shape.back());
  }
  return rows;
}

}  // namespace crosshead::cli
