#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "command.hpp"

#include "crosshead/report/page.hpp"

namespace crosshead::cli {

/// Adds "--report FILE" to a command.
void add_report_option(CLI::App& command, std::string& file);

/// A page that this program made, with its name and version.
report::Page page_of(const std::string& title, const std::string& subject,
                     std::vector<report::Section> sections);

/// Writes the page into the file, which it replaces. Throws exact::InputError if that fails.
void write_report(const report::Page& page, const std::filesystem::path& file);

}  // namespace crosshead::cli
