# SQL scripts as source files of tenonlive: what dumps an extension, and what asks for the DDL of a
# database.
function(tenon_embed_scripts name header)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/live/${name}.c)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/live
    COMMAND ${CMAKE_COMMAND} "-DSCRIPTS=${ARGN}" -DHEADER=${header} -DNAME=${name} -DOUTPUT=${output}
      -P ${CMAKE_CURRENT_SOURCE_DIR}/live/embed.cmake
    DEPENDS ${ARGN} ${CMAKE_CURRENT_SOURCE_DIR}/live/embed.cmake
      ${CMAKE_CURRENT_SOURCE_DIR}/catalog/embed_bytes.cmake
    COMMENT "Embedding ${name}"
    VERBATIM)
  target_sources(tenonlive PRIVATE ${output})
endfunction()

tenon_embed_scripts(extension_objects_sql live/extension.h
  ${CMAKE_CURRENT_SOURCE_DIR}/catalog/builtin/extension_objects.sql)
set(ddl_scripts common schemas types functions relations others notes dependencies)
list(TRANSFORM ddl_scripts PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/live/ddl/)
list(TRANSFORM ddl_scripts APPEND .sql)
tenon_embed_scripts(ddl_sql live/ddl.h ${ddl_scripts})
