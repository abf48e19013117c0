#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "crosshead/search/certificates.hpp"

namespace crosshead::cli {

struct SearchReport;

/// One certificate of a search: its file, or why there is none.
struct WrittenCertificate {
  std::string of;  ///< "first", "extreme", "family", "best"
  std::filesystem::path file;
  std::string reason;  ///< empty when there is a file
};

/// Writes first.json and extreme.json for the witnesses of a search, and family.json for the whole of it,
/// into the folder, which is made. Throws exact::InputError if it cannot be written to.
std::vector<WrittenCertificate> write_search_certificates(const SearchReport& report,
                                                          const std::filesystem::path& folder);

/// Writes one of them.
WrittenCertificate write_certificate(const std::string& of, const certificate::TextOrReason& certified,
                                     const std::filesystem::path& folder);

}  // namespace crosshead::cli
