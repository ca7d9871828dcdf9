# A room is an OBJECT library; its DEPENDS are the arrows of the house, and PARTS the libraries that it
# alone knows. A program names the rooms it is made of.

# verbatim_room(NAME SOURCES file... [DEPENDS room...] [PARTS target...])
function(verbatim_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;DEPENDS;PARTS" ${ARGN})
  add_library(${name} OBJECT ${ROOM_SOURCES})
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR PARENT_PATH wing)
  target_include_directories(${name} PUBLIC ${wing})
  target_link_libraries(${name} PUBLIC verbatim_flags ${ROOM_DEPENDS} ${ROOM_PARTS} PRIVATE verbatim_warnings)
endfunction()

# verbatim_program(NAME SOURCES file... ROOMS room...): OBJECT libraries do not carry their objects on,
# so a program lists every room, not only the nearest.
function(verbatim_program name)
  cmake_parse_arguments(PROGRAM "" "" "SOURCES;ROOMS" ${ARGN})
  add_executable(${name} ${PROGRAM_SOURCES})
  target_link_libraries(${name} PRIVATE ${PROGRAM_ROOMS} verbatim_warnings)
  target_link_options(${name} PRIVATE ${VERBATIM_PROGRAM_LINK})
endfunction()

set(SHARED_ROOMS base text codec store)
set(INDEXER_ROOMS ${SHARED_ROOMS} input build)
set(SERVER_ROOMS ${SHARED_ROOMS} query match rank search)
