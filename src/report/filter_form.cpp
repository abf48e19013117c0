#include "filter_form.hpp"

#include <fmt/format.h>

#include "crosshead/report/html.hpp"

namespace crosshead::report {

std::string filter_form(const FilterForm& form) {
  std::string html = fmt::format(
      "<form class=\"filters\" data-table=\"{0}\" data-noun=\"{1}\" role=\"search\" aria-label=\"Filter the "
      "{1}\" hidden>\n<label class=\"field\">Search in {2} <input type=\"search\" name=\"text\" "
      "autocomplete=\"off\" spellcheck=\"false\"></label>\n",
      form.table, escaped(form.rows), escaped(form.search));
  for (const FilterSelect& select : form.selects) {
    html += fmt::format("<label class=\"field\">{} <select name=\"{}\">", escaped(select.label), select.name);
    for (const auto& [value, text] : select.options)
      html += fmt::format("<option value=\"{}\">{}</option>", escaped(value), escaped(text));
    html += "</select></label>\n";
  }
  html += fmt::format("<fieldset><legend>{}</legend>\n", escaped(form.legend));
  for (const FilterBox& box : form.boxes) {
    if (box.count == 0) continue;
    html += fmt::format(
        "<label class=\"box\"><input type=\"checkbox\" name=\"verdict\" value=\"{}\" checked>{} "
        "({})</label>\n",
        escaped(box.value), escaped(box.text), box.count);
  }
  return html +
         fmt::format(
             "<button type=\"button\" data-verdicts=\"none\">Uncheck all</button>\n</fieldset>\n<button "
             "type=\"reset\">Show every {}</button>\n<output aria-live=\"polite\"></output>\n</form>\n",
             escaped(form.row));
}

}  // namespace crosshead::report
