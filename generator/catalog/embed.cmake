# Turns extensions/NAME.sql into one C file of byte arrays (string literals have a length limit) and
# a table of them, sorted by name. Run as: cmake -DDIRECTORY=… -DOUTPUT=… -P embed.cmake
file(GLOB names RELATIVE ${DIRECTORY} ${DIRECTORY}/*.sql)
list(SORT names COMPARE STRING)

set(arrays "")
set(rows "")
foreach(file IN LISTS names)
  string(REGEX REPLACE "\\.sql$" "" name ${file})
  string(MAKE_C_IDENTIFIER "sql_${name}" array)
  file(READ ${DIRECTORY}/${file} hex HEX)
  string(REGEX REPLACE "(................................................................)" "\\1\n"
    hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "static const char ${array}[] = {\n${bytes}0};\n")
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
