# The bytes of a file as those of a C array, with a NUL at the end: string literals have a length
# limit.
function(embed_bytes file result)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "(................................................................)" "\\1\n"
    hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  set(${result} "${bytes}0" PARENT_SCOPE)
endfunction()
