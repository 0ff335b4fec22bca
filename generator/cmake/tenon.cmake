# tenon_generate: SQL in, a static library target out.
#
#   tenon_generate(TARGET PACKAGE prefix
#                  SCHEMA file-or-directory... QUERIES file-or-directory...
#                  [REPOSITORIES] [FAKES] [MIGRATIONS directory]
#                  [RENAMES from=to...] [OVERRIDES match=type,c_type=t,...])
#
# Makes the library TARGET from the schema and the annotated queries. Its headers are included as
# <prefix/models.h>, <prefix/prepare.h>, <prefix/NAME.h> for each NAME.sql, and with REPOSITORIES and FAKES
# <prefix/NAME_repository.h> and <prefix/NAME_fake.h>; FAKES implies REPOSITORIES. RENAMES and
# OVERRIDES are written as for the program's --rename and --override. MIGRATIONS puts the folder into
# the library: <prefix/migrations.h> has prefix_migrate() and prefix_require_schema(). It links
# tenon::runtime.
#
# The generator writes a file only when its text changes, so that the build recompiles only what
# an edit really changed; the stamp is what the build system sees. A cross build sets
# TENON_EXECUTABLE to a program of the host.

cmake_policy(PUSH)
cmake_policy(VERSION 3.20) # CMP0116: the depfile is read relative to the build directory

# A mistake in a call is said in one sentence before anything is built.
function(_tenon_refuse target reason)
  message(FATAL_ERROR "tenon_generate(${target}): ${reason}")
endfunction()

# A file that does not exist may be one that a command of the build makes.
function(_tenon_check_entry target key entry path)
  get_source_file_property(is_generated "${path}" GENERATED)
  if(EXISTS "${path}" OR is_generated)
    return()
  elseif(entry MATCHES "[*?]")
    _tenon_refuse(${target} "${key} takes files and directories, not a pattern as ${entry}; \
name the directory, or list the files by file(GLOB ... CONFIGURE_DEPENDS ...)")
  endif()
  _tenon_refuse(${target} "${path} of ${key} does not exist")
endfunction()

# The entries of a keyword as absolute paths, and the files that they are now. The order of a
# directory's files is the program's to know.
function(_tenon_expand_sql target key entries files)
  set(paths)
  set(all)
  foreach(entry IN LISTS ARGN)
    get_filename_component(path ${entry} ABSOLUTE)
    _tenon_check_entry(${target} ${key} "${entry}" "${path}")
    list(APPEND paths ${path})
    if(IS_DIRECTORY ${path})
      file(GLOB found CONFIGURE_DEPENDS ${path}/*.sql)
      list(APPEND all ${found})
    else()
      list(APPEND all ${path})
    endif()
  endforeach()
  set(${entries} ${paths} PARENT_SCOPE)
  set(${files} ${all} PARENT_SCOPE)
endfunction()

function(tenon_generate target)
  set(options REPOSITORIES FAKES)
  set(values PACKAGE MIGRATIONS)
  set(lists SCHEMA QUERIES RENAMES OVERRIDES)
  cmake_parse_arguments(PARSE_ARGV 1 arg "${options}" "${values}" "${lists}")
  if(NOT CMAKE_C_COMPILER_LOADED)
    _tenon_refuse(${target} "the project has no C; write project(${PROJECT_NAME} LANGUAGES C ...)")
  endif()
  # A mistyped keyword behind a list has become an entry of it.
  foreach(word IN LISTS arg_SCHEMA arg_QUERIES arg_RENAMES arg_OVERRIDES)
    if(word MATCHES "^[A-Z_]+$" AND NOT EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${word}")
      list(APPEND arg_UNPARSED_ARGUMENTS ${word})
    endif()
  endforeach()
  foreach(word IN LISTS arg_UNPARSED_ARGUMENTS)
    set(known ${values} ${lists} ${options})
    list(JOIN known ", " known)
    _tenon_refuse(${target} "unknown argument ${word}; the keywords are ${known}")
  endforeach()
  foreach(key IN LISTS arg_KEYWORDS_MISSING_VALUES)
    _tenon_refuse(${target} "${key} is without a value")
  endforeach()
  foreach(key PACKAGE SCHEMA QUERIES)
    if(NOT arg_${key})
      _tenon_refuse(${target} "${key} is missing")
    endif()
  endforeach()

  _tenon_expand_sql(${target} SCHEMA schema schema_files ${arg_SCHEMA})
  _tenon_expand_sql(${target} QUERIES queries query_files ${arg_QUERIES})

  set(out ${CMAKE_CURRENT_BINARY_DIR}/${target}.tenon)
  set(stamp ${out}/stamp)
  set(suffixes "")
  set(flags)
  if(arg_REPOSITORIES OR arg_FAKES)
    list(APPEND suffixes _repository)
    list(APPEND flags --repositories)
  endif()
  if(arg_FAKES)
    list(APPEND suffixes _fake)
    list(APPEND flags --fakes)
  endif()
  if(arg_RENAMES)
    list(APPEND flags --rename ${arg_RENAMES})
  endif()
  if(arg_OVERRIDES)
    list(APPEND flags --override ${arg_OVERRIDES})
  endif()

  set(migration_files)
  set(sources ${out}/${arg_PACKAGE}/models.c ${out}/${arg_PACKAGE}/prepare.c)
  if(arg_MIGRATIONS)
    _tenon_expand_sql(${target} MIGRATIONS migrations migration_files ${arg_MIGRATIONS})
    list(APPEND flags --migrations ${migrations} --embed-migrations)
    list(APPEND sources ${out}/${arg_PACKAGE}/migrations.c)
  endif()
  set(modules)
  foreach(file IN LISTS query_files)
    # The name that tenon gives the C files (docs/config.md): of one file, by its name alone.
    get_filename_component(module ${file} NAME_WE)
    string(REGEX REPLACE "[^A-Za-z0-9_]" "_" module "${module}")
    if(module MATCHES "^(_*|models|models_wire|migrations|prepare)$")
      string(APPEND module _queries)
    endif()
    if(module IN_LIST modules)
      _tenon_refuse(${target} "two query files would make ${module}.c; rename ${file}")
    endif()
    list(APPEND modules ${module})
    list(APPEND sources ${out}/${arg_PACKAGE}/${module}.c)
    foreach(suffix IN LISTS suffixes)
      list(APPEND sources ${out}/${arg_PACKAGE}/${module}${suffix}.c)
    endforeach()
  endforeach()
  string(REGEX REPLACE "\\.c(;|$)" ".h\\1" headers "${sources}")
  list(APPEND headers ${out}/${arg_PACKAGE}/models_wire.h)

  if(TENON_EXECUTABLE)
    set(program ${TENON_EXECUTABLE})
  elseif(NOT TARGET tenon::generator)
    _tenon_refuse(${target} "this tenon is the runtime alone; \
set TENON_EXECUTABLE to a tenon program")
  else()
    set(program tenon::generator)
  endif()
  add_custom_command(
    OUTPUT ${stamp}
    BYPRODUCTS ${sources} ${headers}
    COMMAND ${program} generate --package ${arg_PACKAGE} --out ${out}
      --root ${CMAKE_CURRENT_SOURCE_DIR} --stamp ${stamp} --depfile ${stamp}.d ${flags}
      --schema ${schema} --queries ${queries}
    DEPENDS ${schema_files} ${query_files} ${migration_files} ${program}
    DEPFILE ${stamp}.d
    COMMENT "tenon: ${target}"
    VERBATIM)
  add_custom_target(${target}_sql DEPENDS ${stamp})

  set_source_files_properties(${sources} ${headers} PROPERTIES GENERATED TRUE)
  add_library(${target} STATIC ${sources})
  add_dependencies(${target} ${target}_sql)
  target_include_directories(${target} PUBLIC ${out})
  target_link_libraries(${target} PUBLIC tenon::runtime)
endfunction()

cmake_policy(POP)
