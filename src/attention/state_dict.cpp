// PyTorch state dicts as torch.save has written them since version 1.6: a zip archive with
// "<prefix>/data.pkl", the pickle that names the tensors; "<prefix>/data/<key>", the raw elements of each
// storage; and small notes, of which "<prefix>/byteorder" alone matters here.

#include "layout.hpp"
#include "pickle.hpp"
#include "quoted_text.hpp"
#include "zip_source.hpp"

namespace crosshead::attention {
namespace {

constexpr std::string_view kPickleName = "data.pkl";
constexpr std::string_view kPickleSuffix = "/data.pkl";
constexpr std::string_view kLittle = "little";
constexpr std::uint64_t kMaxPickle = std::uint64_t{16} << 20;  // 100,000 tensors need about as much

class StateDictSource final : public TensorSource {
 public:
  StateDictSource(ZipArchive archive, const ZipEntry& pickle) : archive_(std::move(archive)) {
    if (pickle.uncompressed > kMaxPickle) {
      archive_.fail(pickle, std::to_string(pickle.uncompressed) + " bytes; expected at most 16 MiB");
    }
    const std::string prefix = pickle.name.substr(0, pickle.name.size() - kPickleName.size());
    check_byte_order(prefix);
    for (PickledTensor& tensor : unpickle_state_dict(archive_.read(pickle), archive_.file()->name(),
                                                     "entry " + in_quotes(pickle.name))) {
      const ZipEntry* storage = archive_.find(prefix + "data/" + tensor.storage);
      if (!storage) {
        archive_.fail(pickle, "tensor " + in_quotes(tensor.name) + " needs storage " +
                                  in_quotes(tensor.storage) + ", which the archive lacks");
      }
      const auto item = static_cast<std::uint64_t>(size_of(tensor.dtype));
      if (storage->uncompressed % item != 0 || storage->uncompressed / item != tensor.storage_elements) {
        archive_.fail(*storage, "holds " + std::to_string(storage->uncompressed) + " bytes; expected " +
                                    std::to_string(tensor.storage_elements) + " elements of " +
                                    name_of(tensor.dtype));
      }
      tensors.emplace_back(tensor.name, TensorInfo{tensor.dtype, tensor.shape});
      views_.push_back({storage, tensor.offset, std::move(tensor.stride)});
    }
  }

  Tensor read(std::size_t index) const override {
    const TensorInfo& info = tensors[index].second;
    const View& view = views_[index];
    Tensor tensor{info.dtype, info.shape, {}};
    const auto item = static_cast<std::size_t>(size_of(info.dtype));
    const std::string picked =
        gather(archive_.read(*view.storage), item, view.offset, info.shape, view.stride);
    const std::size_t decoded = append_decoded(info.dtype, picked, tensor.values);
    if (decoded < picked.size() / item) {
      archive_.fail(*view.storage, "tensor " + in_quotes(tensors[index].first) + ", element " +
                                       std::to_string(decoded) + ": " + refusal(info.dtype));
    }
    return tensor;
  }

 private:
  struct View {
    const ZipEntry* storage;
    std::uint64_t offset;
    std::vector<std::int64_t> stride;
  };

  void check_byte_order(const std::string& prefix) const {
    const ZipEntry* note = archive_.find(prefix + "byteorder");
    if (!note) return;
    if (note->uncompressed != kLittle.size() || archive_.read(*note) != kLittle) {
      archive_.fail(*note, "is not 'little'; expected little-endian storages");
    }
  }

  ZipArchive archive_;
  std::vector<View> views_;
};

}  // namespace

std::unique_ptr<TensorSource> open_state_dict(ZipArchive archive, const ZipEntry& pickle) {
  return std::make_unique<StateDictSource>(std::move(archive), pickle);
}

std::unique_ptr<TensorSource> open_zip(std::shared_ptr<const ByteFile> file) {
  ZipArchive archive(std::move(file));
  const ZipEntry* pickle = nullptr;
  for (const ZipEntry& entry : archive.entries()) {
    if (!entry.name.ends_with(kPickleSuffix)) continue;
    if (pickle) archive.fail(entry, "a second data.pkl, after " + in_quotes(pickle->name) + "; expected one");
    pickle = &entry;
  }
  if (pickle) return open_state_dict(std::move(archive), *pickle);
  return open_npz(std::move(archive));
}

}  // namespace crosshead::attention
