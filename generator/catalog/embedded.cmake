# SQL files as source files of tenongen (catalog/embedded.h).
function(embed_sql table folder)
  set(directory ${CMAKE_CURRENT_SOURCE_DIR}/catalog)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/catalog/${table}_texts.c)
  file(GLOB sources CONFIGURE_DEPENDS ${directory}/${folder}/*.sql)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/catalog
    COMMAND ${CMAKE_COMMAND} -DDIRECTORY=${directory}/${folder} -DTABLE=${table} -DOUTPUT=${output}
      -P ${directory}/embed.cmake
    DEPENDS ${sources} ${directory}/embed.cmake ${directory}/embed_bytes.cmake
    COMMENT "Embedding catalog/${folder}"
    VERBATIM)
  target_sources(tenongen PRIVATE ${output})
endfunction()

embed_sql(extension extensions)
embed_sql(view views)
