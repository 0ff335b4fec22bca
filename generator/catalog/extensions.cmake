# The SQL of the contrib extensions as a source file of tenongen.
file(GLOB extension_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/extensions/*.sql)
set(extension_texts ${CMAKE_CURRENT_BINARY_DIR}/catalog/extension_texts.c)
add_custom_command(OUTPUT ${extension_texts}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/catalog
  COMMAND ${CMAKE_COMMAND} -DDIRECTORY=${CMAKE_CURRENT_LIST_DIR}/extensions
    -DOUTPUT=${extension_texts} -P ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
  DEPENDS ${extension_sources} ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
    ${CMAKE_CURRENT_LIST_DIR}/embed_bytes.cmake
  COMMENT "Embedding the catalogs of extensions"
  VERBATIM)
target_sources(tenongen PRIVATE ${extension_texts})
