# The libraries of the house, each an IMPORTED target named part_*. packages.txt names their packages.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

function(verbatim_part name module)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET GLOBAL ${module})
  add_library(part_${name} ALIAS PkgConfig::${name})
endfunction()

verbatim_part(xxhash libxxhash)
verbatim_part(json_c json-c)
verbatim_part(utf8proc libutf8proc)
verbatim_part(uchardet uchardet)
verbatim_part(archive libarchive)
verbatim_part(gumbo gumbo)
verbatim_part(zlib zlib)
verbatim_part(deflate libdeflate)
verbatim_part(microhttpd libmicrohttpd)
verbatim_part(seccomp libseccomp)

# libstemmer tells pkg-config nothing.
find_path(STEMMER_HEADERS libstemmer.h REQUIRED)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
add_library(part_stemmer INTERFACE IMPORTED GLOBAL)
target_include_directories(part_stemmer SYSTEM INTERFACE ${STEMMER_HEADERS})
target_link_libraries(part_stemmer INTERFACE ${STEMMER_LIBRARY})
