#pragma once

#include <string>
#include <vector>

namespace crosshead::report {

/// A part of the page with a heading of its own and a line in the table of contents.
struct Section {
  std::string id;     ///< an anchor
  std::string title;  ///< text
  std::string html;   ///< below its heading
};

struct Page {
  std::string title;    ///< text
  std::string subject;  ///< what it is about: one line of text under the title
  std::string lead;     ///< HTML before the first section
  std::vector<Section> sections;
  std::string made_by;  ///< text: the program with its version
};

/// Whether pictures can be drawn: Vega was found when the program was built. Without it pages say so, and
/// show each figure's numbers instead.
bool has_vega();
/// Version of the Vega that is built in; empty without, or where it is not known.
std::string vega_version();

/// One HTML page that needs nothing else: style, scripts, data and pictures are inside, and its content
/// security policy forbids everything but these, network included.
std::string page_html(const Page& page);

}  // namespace crosshead::report
