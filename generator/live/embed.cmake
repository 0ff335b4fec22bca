# Turns builtin/extension_objects.sql into a C file, for `tenon catalog dump`.
# Run as: cmake -DSCRIPT=… -DOUTPUT=… -P embed.cmake
include(${CMAKE_CURRENT_LIST_DIR}/../catalog/embed_bytes.cmake)
embed_bytes(${SCRIPT} bytes)
file(WRITE ${OUTPUT} "/* Made by generator/live/embed.cmake from generator/catalog/builtin. */
#include \"live/extension.h\"

const char extension_objects_sql[] = {
${bytes}};
")
