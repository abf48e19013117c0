#include "report_file.hpp"

#include "crosshead/exact/replacement_file.hpp"

namespace crosshead::cli {

void add_report_option(CLI::App& command, std::string& file) {
  command
      .add_option("--report", file,
                  "Write one HTML page with the answer and its pictures; it needs no network")
      ->option_text("FILE.html");
}

report::Page page_of(const std::string& title, const std::string& subject,
                     std::vector<report::Section> sections) {
  return {title, subject, "", std::move(sections), "crosshead " CROSSHEAD_VERSION};
}

void write_report(const report::Page& page, const std::filesystem::path& file) {
  exact::replace_file(file, report::page_html(page));
}

}  // namespace crosshead::cli
