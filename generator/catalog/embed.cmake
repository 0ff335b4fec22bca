# Turns extensions/NAME.sql into one C file of byte arrays and a table of them, sorted by name.
# Run as: cmake -DDIRECTORY=… -DOUTPUT=… -P embed.cmake
include(${CMAKE_CURRENT_LIST_DIR}/embed_bytes.cmake)
file(GLOB names RELATIVE ${DIRECTORY} ${DIRECTORY}/*.sql)
list(SORT names COMPARE STRING)

set(arrays "")
set(rows "")
foreach(file IN LISTS names)
  string(REGEX REPLACE "\\.sql$" "" name ${file})
  string(MAKE_C_IDENTIFIER "sql_${name}" array)
  embed_bytes(${DIRECTORY}/${file} bytes)
  string(APPEND arrays "static const char ${array}[] = {\n${bytes}};\n")
  string(APPEND rows "    {\"${name}\", ${array}},\n")
endforeach()
list(LENGTH names count)

file(WRITE ${OUTPUT} "/* Made by generator/catalog/embed.cmake from generator/catalog/extensions. */
#include \"catalog/extension.h\"

${arrays}
const struct extension_text extension_texts[] = {
${rows}};
const size_t n_extension_texts = ${count};
")
