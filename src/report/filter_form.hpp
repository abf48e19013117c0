#pragma once

#include <string>
#include <utility>
#include <vector>

namespace crosshead::report {

// The form above a table that the page's script filters (assets/page.js): a row stays while it has the text,
// what each selection asks of its attribute, and a verdict that is checked.

/// A choice among values of the attribute data-NAME of rows; the first option has the value "".
struct FilterSelect {
  std::string label;
  std::string name;
  std::vector<std::pair<std::string, std::string>> options;  ///< value and text
};

/// A value of the attribute data-verdict, and how many rows have it.
struct FilterBox {
  std::string value;
  std::string text;
  std::size_t count = 0;
};

/// All of it is plain text.
struct FilterForm {
  std::string table;      ///< its id
  std::string row, rows;  ///< what one is called, and several
  std::string search;     ///< what the text is searched in
  std::vector<FilterSelect> selects;
  std::string legend;            ///< of the boxes
  std::vector<FilterBox> boxes;  ///< those without rows are left out
};

std::string filter_form(const FilterForm& form);

}  // namespace crosshead::report
