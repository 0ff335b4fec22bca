# Turns SQL scripts into a C file with one string, which HEADER declares as NAME.
# Run as: cmake "-DSCRIPTS=…;…" -DHEADER=… -DNAME=… -DOUTPUT=… -P embed.cmake
include(${CMAKE_CURRENT_LIST_DIR}/../catalog/embed_bytes.cmake)
set(all "")
foreach(script IN LISTS SCRIPTS)
  file(READ ${script} text)
  string(APPEND all "${text}")
endforeach()
file(WRITE ${OUTPUT}.sql "${all}")
embed_bytes(${OUTPUT}.sql bytes)
file(WRITE ${OUTPUT} "/* Made by generator/live/embed.cmake from SQL scripts. */
#include \"${HEADER}\"

const char ${NAME}[] = {
${bytes}};
")
