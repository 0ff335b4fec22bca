# The script that dumps an extension as a source file of tenonlive.
set(extension_script ${CMAKE_CURRENT_SOURCE_DIR}/catalog/builtin/extension_objects.sql)
set(extension_objects ${CMAKE_CURRENT_BINARY_DIR}/live/extension_objects.c)
add_custom_command(OUTPUT ${extension_objects}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/live
  COMMAND ${CMAKE_COMMAND} -DSCRIPT=${extension_script} -DOUTPUT=${extension_objects}
    -P ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
  DEPENDS ${extension_script} ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
    ${CMAKE_CURRENT_SOURCE_DIR}/catalog/embed_bytes.cmake
  COMMENT "Embedding the script that dumps extensions"
  VERBATIM)
target_sources(tenonlive PRIVATE ${extension_objects})
