#include "zip_archive.hpp"

#include <algorithm>

#include "quoted_text.hpp"
#include "zip_records.hpp"

#include "crosshead/exact/error.hpp"

namespace crosshead::attention {
namespace {

constexpr std::uint16_t kEncrypted = 1 << 0 | 1 << 6 | 1 << 13;
constexpr std::uint16_t kSizesFollow = 1 << 3;  // the local header was written before the data was known
constexpr std::uint16_t kPatched = 1 << 5;
constexpr std::uint16_t kStored = 0, kDeflated = 8;
constexpr std::uint64_t kMaxRatio = 100;
constexpr std::uint64_t kFreeInflation = std::uint64_t{16} << 20;

}  // namespace

ZipArchive::ZipArchive(std::shared_ptr<const ByteFile> file) : file_(std::move(file)) {
  const ZipDirectory directory = find_zip_directory(*file_);
  const std::string records = file_->bytes(directory.offset, directory.size);
  std::string_view rest = records;
  for (std::uint64_t i = 0; i < directory.entries; ++i) {
    const std::uint64_t at = directory.offset + (records.size() - rest.size());
    if (rest.size() < kCentralHeaderBytes) file_->fail(at, "the central directory ends within an entry");
    ZipFields fields(rest.substr(0, kCentralHeaderBytes));
    if (fields.u32() != kCentralHeaderMark) file_->fail(at, "expected an entry of the central directory");
    fields.u32();  // versions
    const std::uint16_t flags = fields.u16(), method = fields.u16();
    fields.u32();  // time
    ZipEntry entry;
    entry.crc = fields.u32();
    const std::uint32_t compressed = fields.u32(), uncompressed = fields.u32();
    const std::size_t name = fields.u16(), extra = fields.u16(), comment = fields.u16();
    const std::uint16_t disk = fields.u16();
    fields.u16(), fields.u32();  // attributes
    const std::uint32_t header = fields.u32();
    if (name + extra + comment > rest.size() - kCentralHeaderBytes) {
      file_->fail(at, "an entry of the central directory is longer than the directory");
    }
    entry.name = rest.substr(kCentralHeaderBytes, name);
    resolve_zip64(
        *file_, at + kCentralHeaderBytes + name, rest.substr(kCentralHeaderBytes + name, extra),
        {{uncompressed, &entry.uncompressed}, {compressed, &entry.compressed}, {header, &entry.header}});
    rest.remove_prefix(kCentralHeaderBytes + name + extra + comment);

    if (entry.name.empty()) file_->fail(at, "an entry has no name");
    if (!is_utf8(entry.name)) fail(entry, "the name is not UTF-8");
    if (flags & kEncrypted) fail(entry, "is encrypted");
    if (flags & kPatched) fail(entry, "holds patched data; expected plain data");
    if (disk != 0) fail(entry, "lies on another disk; expected a single file");
    if (method != kStored && method != kDeflated) {
      fail(entry, "compression method " + std::to_string(method) + "; expected stored (0) or deflate (8)");
    }
    entry.deflated = method == kDeflated;
    confirm_local_header(entry, directory.offset, flags, method);
    if (!index_.emplace(entry.name, entries_.size()).second) fail(entry, "occurs twice in the archive");
    entries_.push_back(std::move(entry));
  }
  if (!rest.empty()) {
    file_->fail(directory.end - rest.size(), "bytes follow the last entry of the central directory");
  }
  check_overlaps();
  check_sizes();
}

void ZipArchive::confirm_local_header(ZipEntry& entry, std::uint64_t directory, std::uint16_t flags,
                                      std::uint16_t method) const {
  if (entry.header > directory || directory - entry.header < kLocalHeaderBytes) {
    fail(entry, "its local header is said to be at byte " + std::to_string(entry.header) +
                    "; expected one before the central directory at byte " + std::to_string(directory));
  }
  const std::string record = file_->bytes(entry.header, kLocalHeaderBytes);
  ZipFields fields(record);
  if (fields.u32() != kLocalHeaderMark)
    fail(entry, "no local header at byte " + std::to_string(entry.header));
  fields.u16();  // version
  const std::uint16_t local_flags = fields.u16(), local_method = fields.u16();
  fields.u32();  // time
  const std::uint32_t crc = fields.u32(), narrow_compressed = fields.u32(),
                      narrow_uncompressed = fields.u32();
  const std::size_t name = fields.u16(), extra = fields.u16();
  const std::uint64_t after = entry.header + kLocalHeaderBytes;
  if (name + extra > directory - after) fail(entry, "its local header reaches into the central directory");
  entry.data = after + name + extra;
  std::uint64_t compressed = 0, uncompressed = 0;
  resolve_zip64(*file_, after + name, file_->bytes(after + name, extra),
                {{narrow_uncompressed, &uncompressed}, {narrow_compressed, &compressed}});

  const char* contradicted = nullptr;
  if (file_->bytes(after, name) != entry.name) contradicted = "name";
  if (local_flags != flags) contradicted = "flags";
  if (local_method != method) contradicted = "compression method";
  // With sizes to follow, a local header may leave the three fields at zero; anything else must still be
  // true.
  const bool later = flags & kSizesFollow;
  if (crc != entry.crc && !(later && crc == 0)) contradicted = "CRC";
  if (compressed != entry.compressed && !(later && compressed == 0)) contradicted = "compressed size";
  if (uncompressed != entry.uncompressed && !(later && uncompressed == 0)) contradicted = "size";
  if (contradicted)
    fail(entry, std::string("local header and central directory disagree about the ") + contradicted);

  if (entry.compressed > directory - entry.data) {
    fail(entry, std::to_string(entry.compressed) + " bytes of data do not fit before the central directory");
  }
  if (!entry.deflated && entry.compressed != entry.uncompressed) {
    fail(entry, "is stored, but " + std::to_string(entry.compressed) + " bytes are said to hold " +
                    std::to_string(entry.uncompressed));
  }
}

void ZipArchive::check_overlaps() const {
  std::vector<const ZipEntry*> ordered;
  for (const ZipEntry& entry : entries_) ordered.push_back(&entry);
  std::sort(ordered.begin(), ordered.end(),
            [](const ZipEntry* a, const ZipEntry* b) { return a->header < b->header; });
  for (std::size_t i = 1; i < ordered.size(); ++i) {
    const ZipEntry& before = *ordered[i - 1];
    if (ordered[i]->header < before.data + before.compressed) {
      fail(*ordered[i], "overlaps entry " + in_quotes(before.name));
    }
  }
}

void ZipArchive::check_sizes() const {
  // Entries do not overlap, so the compressed bytes sum to less than the file; the declared sizes may be
  // anything.
  std::uint64_t compressed = 0;
  for (const ZipEntry& entry : entries_) compressed += entry.compressed;
  std::uint64_t allowed = kMaxRatio * compressed + kFreeInflation;
  for (const ZipEntry& entry : entries_) {
    if (entry.uncompressed > allowed) {
      fail(entry, "the archive inflates to more than 100 times its " + std::to_string(compressed) +
                      " compressed bytes plus 16 MiB; this entry alone to " +
                      std::to_string(entry.uncompressed));
    }
    allowed -= entry.uncompressed;
  }
}

const ZipEntry* ZipArchive::find(const std::string& name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &entries_[found->second];
}

std::string ZipArchive::read(const ZipEntry& entry) const {
  const auto stream = open(entry);
  std::string content = stream->bytes(stream->length());
  stream->finish();
  return content;
}

void ZipArchive::fail(const ZipEntry& entry, const std::string& message) const {
  throw exact::InputError(file_->name(), "entry " + in_quotes(entry.name), message);
}

}  // namespace crosshead::attention
