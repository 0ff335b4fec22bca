# Turns DIRECTORY/NAME.sql into one C file of byte arrays and a table of them, sorted by name
# (catalog/embedded.h). Run as: cmake -DDIRECTORY=… -DTABLE=extension -DOUTPUT=… -P embed.cmake
include(${CMAKE_CURRENT_LIST_DIR}/embed_bytes.cmake)
file(GLOB names RELATIVE ${DIRECTORY} ${DIRECTORY}/*.sql)
list(TRANSFORM names REPLACE "\\.sql$" "")
list(SORT names COMPARE STRING)

set(arrays "")
set(rows "")
foreach(name IN LISTS names)
  string(MAKE_C_IDENTIFIER "sql_${name}" array)
  embed_bytes(${DIRECTORY}/${name}.sql bytes)
  string(APPEND arrays "static const char ${array}[] = {\n${bytes}};\n")
  string(APPEND rows "    {\"${name}\", ${array}},\n")
endforeach()
list(LENGTH names count)

get_filename_component(folder ${DIRECTORY} NAME)
file(WRITE ${OUTPUT} "/* Made by generator/catalog/embed.cmake from generator/catalog/${folder}. */
#include \"catalog/embedded.h\"

${arrays}
const struct embedded_text ${TABLE}_texts[] = {
${rows}};
const size_t n_${TABLE}_texts = ${count};
")
