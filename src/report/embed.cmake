# cmake -DASSETS=DIR -DVEGA=DIR -DVERSION=TEXT -DOUTPUT=FILE -P embed.cmake
# Writes a C++ source that holds the page's style and scripts, and Vega: Debian packages it as modules that require each
# other, which become one script here. VEGA may be empty.
set(modules util time format loader dataflow scale canvas scenegraph statistics expression event-selector selection
            functions runtime parser transforms view-transforms encode view interpreter)

function(text_constant name text)
  file(APPEND ${OUTPUT} "const std::string_view ${name} = R\"embedded-text(" "${text}" ")embedded-text\";\n")
endfunction()

file(WRITE ${OUTPUT} "#include \"embedded.hpp\"\n\nnamespace crosshead::report {\n\n")
foreach(asset IN ITEMS kStyle=page.css kPageScript=page.js kPlotScript=plots.js)
  string(REPLACE "=" ";" pair ${asset})
  list(GET pair 0 name)
  list(GET pair 1 file)
  file(READ ${ASSETS}/${file} text)
  text_constant(${name} "\n${text}")
endforeach()

set(bundle "")
if(VEGA)
  file(READ ${ASSETS}/vega_licence.txt licence)
  set(bundle "\n/*\n${licence}*/\nconst crossheadVega = (() => {\nconst modules = {}, need = name => modules[name];\n")
  string(APPEND bundle "const add = (name, body) => {\n  const module = {exports: {}};\n  body(module.exports, need, module);\n")
  string(APPEND bundle "  modules[name] = module.exports;\n};\n")
  foreach(module IN LISTS modules)
    file(READ ${VEGA}/vega-${module}.min.js text)
    string(REGEX REPLACE "//# sourceMappingURL=[^\n]*" "" text "${text}")
    set(name vega-${module})
    if(module STREQUAL "selection")
      set(name vega-selections)  # as its users call it
    endif()
    string(APPEND bundle "add(\"${name}\", function (exports, require, module) {" "${text}" "});\n")
  endforeach()
  string(APPEND bundle "Object.assign(need(\"vega-dataflow\").transforms, need(\"vega-transforms\"), need(\"vega-view-transforms\"),\n")
  string(APPEND bundle "              need(\"vega-encode\"));\nreturn {View: need(\"vega-view\").View, parse: need(\"vega-parser\").parse,\n")
  string(APPEND bundle "        expressionInterpreter: need(\"vega-interpreter\").expressionInterpreter};\n})();\n")
endif()
text_constant(kVegaScript "${bundle}")
text_constant(kVegaVersion "${VERSION}")
file(APPEND ${OUTPUT} "\n}  // namespace crosshead::report\n")
