#include "tensor_zip_bytes.hpp"

namespace crosshead::attention {
namespace {

using ::testing::HasSubstr;

// Offsets of fields within the records, from APPNOTE.TXT.
constexpr std::size_t kLocalFlags = 6, kLocalMethod = 8, kLocalCrc = 14, kLocalCompressed = 18,
                      kLocalSize = 22, kLocalNameLength = 26, kLocalName = 30;
constexpr std::size_t kFlags = 8, kMethod = 10, kCrc = 16, kCompressed = 20, kSize = 24, kNameLength = 28,
                      kDisk = 34, kHeader = 42;
constexpr std::size_t kEndDisk = 4, kEndEntries = 10, kEndSize = 12, kEndOffset = 16;

/// np.arange(n, dtype='u1'), as .npy.
std::string arange(std::size_t n) {
  std::string dict = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + std::to_string(n) + ",)}";
  std::string bytes = std::string("\x93NUMPY\x01\0", 8) + little_endian(dict.size(), 2) + dict;
  for (std::size_t i = 0; i < n; ++i) bytes += static_cast<char>(i);
  return bytes;
}

const ZipBytes& stored() {
  static const ZipBytes archive({{"a.npy", arange(4)}, {"b.npy", arange(5)}});
  return archive;
}

using Npz = TensorFiles;

TEST_F(Npz, ReadsWhatNumPyWrote) {
  // np.savez and np.savez_compressed(attention=np.arange(8, dtype='f4').reshape(2, 2, 2) / 8,
  // tokens=np.arange(3, dtype='i4'))
  for (const char* name : {"two_arrays.npz", "two_arrays_deflated.npz"}) {
    const NamedTensors tensors = read_all(fixture(name));
    ASSERT_EQ(tensors.size(), 2u);
    EXPECT_EQ(tensors[0].first, "attention");
    EXPECT_EQ(tensors[0].second.shape, (std::vector<std::int64_t>{2, 2, 2}));
    EXPECT_EQ(tensors[0].second.values,
              (std::vector<double>{0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875}));
    EXPECT_EQ(tensors[1].first, "tokens");
    EXPECT_EQ(tensors[1].second.dtype, DType::i32);
    EXPECT_EQ(tensors[1].second.values, (std::vector<double>{0, 1, 2}));
  }
}

TEST_F(Npz, ReadsEveryHonestKindOfEntry) {
  for (bool zip64 : {false, true}) {
    const ZipBytes archive({{"../a.npy", arange(4), false, true, false},
                            {"folder/b.npy", arange(200), true, false, false},
                            {"c.npy", arange(300), true, true, false},
                            {"d.npy", arange(5), false, false, true},
                            {"e.npy", arange(0), true, false, true}},
                           zip64);
    const NamedTensors tensors = read_all(file_of(archive.bytes));
    ASSERT_EQ(tensors.size(), 5u);
    EXPECT_EQ(tensors[0].first, "../a");
    EXPECT_EQ(tensors[0].second.values, (std::vector<double>{0, 1, 2, 3}));
    EXPECT_EQ(tensors[1].first, "folder/b");
    EXPECT_EQ(tensors[1].second.values.size(), 200u);
    EXPECT_EQ(tensors[2].second.values[299], 43);
    EXPECT_EQ(tensors[3].second.values.size(), 5u);
    EXPECT_EQ(tensors[4].second.values.size(), 0u);
  }
  EXPECT_TRUE(read_all(file_of(ZipBytes({}).bytes)).empty());
}

TEST_F(Npz, RefusesZipBombs) {
  // 40 MB of zeros deflate to 40 kB; the limit is 100 times that plus 16 MiB.
  std::string zeros = "{'descr': '|u1', 'fortran_order': False, 'shape': (40000000,)}";
  zeros = std::string("\x93NUMPY\x01\0", 8) + little_endian(zeros.size(), 2) + zeros +
          std::string(40000000, '\0');
  EXPECT_THAT(refusal(ZipBytes({{"a.npy", zeros, true}}).bytes),
              HasSubstr("inflates to more than 100 times"));
  const std::string tenth = zeros.substr(0, zeros.size() / 10);
  std::vector<ZipBytes::Entry> many;
  for (char name = 'a'; name < 'h'; ++name) many.push_back({std::string(1, name) + ".npy", tenth, true});
  EXPECT_THAT(refusal(ZipBytes(many).bytes), HasSubstr("inflates to more than 100 times"));
}

TEST_F(Npz, RefusesEntriesThatShareBytes) {
  // The second directory entry points at the first one's data, which would be inflated twice.
  const ZipBytes archive({{"a.npy", arange(4)}, {"a.npy", arange(4)}});
  EXPECT_THAT(refusal(archive.bytes), HasSubstr("entry 'a.npy': occurs twice"));
  const ZipBytes same({{"a.npy", arange(4)}, {"b.npy", arange(4)}});
  std::string shared = same.with(same.central[1] + kHeader, same.local[0], 4);
  shared[same.local[0] + kLocalName] = 'b';
  EXPECT_THAT(refusal(shared), HasSubstr("disagree about the name"));
  const ZipBytes nested({{"a.npy", "0123" + ZipBytes({{"b.npy", arange(4)}}).bytes}, {"b.npy", arange(4)}});
  EXPECT_THAT(refusal(nested.with(nested.central[1] + kHeader, nested.data[0] + 4, 4)),
              HasSubstr("overlaps entry 'a.npy'"));
}

TEST_F(Npz, RefusesADamagedCrc) {
  const ZipBytes deflated({{"a.npy", arange(100), true}});
  EXPECT_THAT(refusal(stored().with(stored().data[0] + arange(4).size() - 1, 9, 1)),
              HasSubstr("the CRC does not match"));
  std::string both = deflated.with(deflated.central[0] + kCrc, 1, 4);
  both.replace(deflated.local[0] + kLocalCrc, 4, little_endian(1, 4));
  EXPECT_THAT(refusal(both), HasSubstr("the CRC does not match"));
}

TEST_F(Npz, RefusesALocalHeaderThatContradictsTheDirectory) {
  const ZipBytes& archive = stored();
  const std::tuple<std::size_t, std::uint64_t, int, const char*> cases[] = {
      {kLocalFlags, 2, 2, "disagree about the flags"},
      {kLocalMethod, 8, 2, "disagree about the compression method"},
      {kLocalCrc, 5, 4, "disagree about the CRC"},
      {kLocalCompressed, 5, 4, "disagree about the compressed size"},
      {kLocalSize, 5, 4, "disagree about the size"},
      {kLocalName, 'z', 1, "disagree about the name"},
      {kLocalNameLength, 4, 2, "disagree about the name"},
      {kLocalNameLength, 65535, 2, "reaches into the central directory"},
      {kLocalSize, 0xffffffff, 4, "lacks its zip64 field"},
      {0, 0, 4, "no local header at byte"},
  };
  for (const auto& [field, value, count, expected] : cases) {
    EXPECT_THAT(refusal(archive.with(archive.local[1] + field, value, count)), HasSubstr(expected)) << field;
  }
}

TEST_F(Npz, RefusesADamagedDirectory) {
  const ZipBytes& archive = stored();
  const std::tuple<std::size_t, std::uint64_t, int, const char*> cases[] = {
      {0, 0, 4, "expected an entry of the central directory"},
      {kFlags, 1, 2, "is encrypted"},
      {kFlags, 1 << 13, 2, "is encrypted"},
      {kMethod, 12, 2, "compression method 12; expected stored (0) or deflate (8)"},
      {kCrc, 5, 4, "disagree about the CRC"},
      {kCompressed, 5, 4, "disagree about the compressed size"},
      {kSize, 5, 4, "disagree about the size"},
      {kSize, 0xffffffff, 4, "lacks its zip64 field"},
      {kNameLength, 0, 2, "an entry has no name"},
      {kNameLength, 65535, 2, "longer than the directory"},
      {kDisk, 1, 2, "lies on another disk"},
      {kHeader, 1 << 30, 4, "expected one before the central directory"},
      {kHeader, 1, 4, "no local header at byte 1"},
      {46, 0xff, 1, "the name is not UTF-8"},
  };
  for (const auto& [field, value, count, expected] : cases) {
    EXPECT_THAT(refusal(archive.with(archive.central[1] + field, value, count)), HasSubstr(expected))
        << field;
  }
}

TEST_F(Npz, RefusesADamagedEndRecord) {
  const ZipBytes& archive = stored();
  const std::tuple<std::size_t, std::uint64_t, int, const char*> cases[] = {
      {kEndDisk, 1, 2, "spans several disks"},
      {kEndEntries - 2, 1, 2, "spans several disks"},
      {kEndEntries - 2, 0x00010001, 4, "bytes follow the last entry"},
      {kEndEntries - 2, 0x00030003, 4, "3 entries do not fit in a central directory of 102 bytes"},
      {kEndEntries - 2, 0x40004000, 4, "entries do not fit"},
      {kEndSize, 7, 4, "the central directory is said to be bytes"},
      {kEndOffset, 1 << 30, 4, "the central directory is said to be bytes"},
      {kEndOffset, 0xffffffff, 4, "the zip64 end record is missing"},
      {20, 1, 2, "the zip archive's end record is missing"},
  };
  for (const auto& [field, value, count, expected] : cases) {
    EXPECT_THAT(refusal(archive.with(archive.end + field, value, count)), HasSubstr(expected)) << field;
  }
  const ZipBytes long_name({ZipBytes::Entry{std::string(60, 'a') + ".npy", arange(4)}});
  EXPECT_THAT(refusal(long_name.with(long_name.end + kEndEntries - 2, 0x00020002, 4)),
              HasSubstr("the central directory ends within an entry"));
  EXPECT_THAT(refusal(archive.bytes + "x"), HasSubstr("the zip archive's end record is missing"));
}

TEST_F(Npz, RefusesADamagedZip64Record) {
  const ZipBytes archive({{"a.npy", arange(4), false, true}, {"b.npy", arange(5), true, true}}, true);
  EXPECT_EQ(refusal(archive.bytes), "accepted");
  EXPECT_THAT(refusal(archive.with(archive.locator + 4, 1, 4)), HasSubstr("spans several disks"));
  EXPECT_THAT(refusal(archive.with(archive.locator + 8, 1, 8)),
              HasSubstr("expected the zip64 end record here"));
  EXPECT_THAT(refusal(archive.with(archive.locator + 8, ~0ull, 8)), HasSubstr("lie outside the file"));
  EXPECT_THAT(refusal(archive.with(archive.end64 + 4, 45, 8)),
              HasSubstr("expected the zip64 end record here"));
  EXPECT_THAT(refusal(archive.with(archive.end64 + 24, 1, 8)), HasSubstr("spans several disks"));
  EXPECT_THAT(refusal(archive.with(archive.end64 + 40, ~0ull, 8)),
              HasSubstr("the central directory is said to be"));
  EXPECT_THAT(refusal(archive.with(archive.end + kEndSize, 5, 4)),
              HasSubstr("contradicts the zip64 end record"));
  const std::size_t extra = archive.central[0] + 46 + 5;
  EXPECT_THAT(refusal(archive.with(extra, 2, 2)), HasSubstr("lacks its zip64 field"));
  EXPECT_THAT(refusal(archive.with(extra + 2, 15, 2)), HasSubstr("too short"));
  EXPECT_THAT(refusal(archive.with(extra + 2, 17, 2)), HasSubstr("longer than the area"));
  EXPECT_THAT(refusal(archive.with(extra + 4, ~0ull, 8)), HasSubstr("disagree about the size"));
}

TEST_F(Npz, RefusesCompressedDataOfAnotherLength) {
  const std::string content = arange(200), packed = ZipBytes::deflated(content);
  // Declared one byte longer or shorter, in both headers: the .npy header contradicts it before the elements
  // are inflated.
  const ZipBytes archive({{"a.npy", content, true}});
  for (int more : {-1, 1}) {
    std::string lying = archive.with(archive.central[0] + kSize, content.size() + more, 4);
    lying.replace(archive.local[0] + kLocalSize, 4, little_endian(content.size() + more, 4));
    EXPECT_THAT(refusal(lying), HasSubstr("bytes follow the header; shape [200] of uint8 needs 200"));
  }
  // The compressed data itself inflates to more, or to less, than every header says.
  for (const auto& [inflated, expected] :
       {std::pair<std::string, const char*>{content + "x", "inflates to more than the"},
        {content.substr(0, 200), "inflates to fewer than the"}}) {
    ZipBytes other({{"a.npy", inflated, true}});
    other.bytes = other.with(other.central[0] + kSize, content.size(), 4);
    other.bytes = other.with(other.local[0] + kLocalSize, content.size(), 4);
    EXPECT_THAT(refusal(other.bytes), HasSubstr(expected));
  }
  ZipBytes tail({{"a.npy", packed + "tail", false}});
  for (const auto& [at, value, count] :
       {std::tuple<std::size_t, std::uint64_t, int>{tail.central[0] + kMethod, 8, 2},
        {tail.local[0] + kLocalMethod, 8, 2},
        {tail.central[0] + kSize, content.size(), 4},
        {tail.local[0] + kLocalSize, content.size(), 4}}) {
    tail.bytes = tail.with(at, value, count);
  }
  EXPECT_THAT(refusal(tail.bytes), HasSubstr("bytes follow the end of the compressed data"));
}

TEST_F(Npz, RefusesEntriesThatAreNotArrays) {
  EXPECT_THAT(refusal(ZipBytes({ZipBytes::Entry{"readme.txt", "hello"}}).bytes),
              HasSubstr("expected a name that ends in .npy"));
  EXPECT_THAT(refusal(ZipBytes({ZipBytes::Entry{"a.npy", "hello, I am not an array"}}).bytes),
              HasSubstr("not an .npy file"));
  EXPECT_THAT(refusal(ZipBytes({ZipBytes::Entry{"a.npy", ""}}).bytes), HasSubstr("entry 'a.npy', byte 0"));
}

TEST_F(Npz, WritesTheSameBytesEachTime) {
  const NamedTensors tensors{{"a", {DType::f64, {2}, {0.5, 1}}}, {"b", {DType::i32, {}, {7}}}};
  write_npz(path("first.npz"), tensors);
  write_npz(path("second.npz"), tensors);
  EXPECT_EQ(bytes_of(path("first.npz")), bytes_of(path("second.npz")));
  // Midnight of 1 January 1980, whatever the clock says.
  EXPECT_EQ(bytes_of(path("first.npz")).substr(10, 4), std::string("\0\0\x21\0", 4));
  EXPECT_THROW(write_npz(path("third.npz"), {tensors[0], tensors[0]}), exact::InputError);
  EXPECT_THROW(write_npz(path("third.npz"), {{"a", {DType::bf16, {}, {1}}}}), exact::InputError);
  EXPECT_FALSE(std::filesystem::exists(path("third.npz")));
}

}  // namespace
}  // namespace crosshead::attention
