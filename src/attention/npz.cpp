// The .npz format: a zip archive whose entry "<name>.npy" is the tensor called <name>.

#include <unordered_set>

#include "npy.hpp"
#include "quoted_text.hpp"
#include "zip_source.hpp"
#include "zip_writer.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

constexpr std::string_view kSuffix = ".npy";

class NpzSource final : public TensorSource {
 public:
  explicit NpzSource(ZipArchive archive) : archive_(std::move(archive)) {
    for (const ZipEntry& entry : archive_.entries()) {
      if (!entry.name.ends_with(kSuffix))
        archive_.fail(entry, "is not an array; expected a name that ends in .npy");
      tensors.emplace_back(entry.name.substr(0, entry.name.size() - kSuffix.size()),
                           read_npy_header(*archive_.open(entry)).info);
    }
  }

  Tensor read(std::size_t index) const override {
    const auto stream = archive_.open(archive_.entries()[index]);
    const NpyHeader header = read_npy_header(*stream);
    return read_npy_elements(*stream, header);
  }

  std::vector<double> read_part(std::size_t index, std::uint64_t begin, std::uint64_t count) const override {
    const auto stream = archive_.open(archive_.entries()[index]);
    const NpyHeader header = read_npy_header(*stream);
    return read_npy_part(*stream, header, begin, count);
  }

 private:
  ZipArchive archive_;
};

}  // namespace

std::unique_ptr<TensorSource> open_npz(ZipArchive archive) {
  return std::make_unique<NpzSource>(std::move(archive));
}

void write_npz(const std::filesystem::path& path,
               const std::vector<std::pair<std::string, Tensor>>& tensors) {
  std::unordered_set<std::string_view> names;
  ZipWriter archive(path);
  for (const auto& [name, tensor] : tensors) {
    const bool usable = is_utf8(name) && names.insert(name).second;
    if (!usable) {
      throw exact::InputError(path.string(), "tensor " + in_quotes(name), "expected distinct names in UTF-8");
    }
    archive.add(name + std::string(kSuffix), npy_bytes(tensor, path.string(), name));
  }
  archive.commit();
}

}  // namespace crosshead::attention
