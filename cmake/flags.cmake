# What every target is compiled with, as INTERFACE targets that rooms and programs link.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported(LANGUAGES C)

set(VERBATIM_SANITIZE "" CACHE STRING "sanitizers, as -fsanitize= spells them")

add_library(verbatim_flags INTERFACE)
target_compile_definitions(verbatim_flags INTERFACE
  _GNU_SOURCE VERBATIM_VERSION="${PROJECT_VERSION}"
  $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=3>)
target_compile_options(verbatim_flags INTERFACE
  -fno-omit-frame-pointer -fstack-protector-strong -fstack-clash-protection -fcf-protection)
target_link_options(verbatim_flags INTERFACE -Wl,-z,relro,-z,now)

add_library(verbatim_warnings INTERFACE)
target_compile_options(verbatim_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wpointer-arith -Wwrite-strings -Wvla -Wundef
  -Werror=implicit-function-declaration -Werror=int-conversion
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wformat=2)

if(VERBATIM_SANITIZE)
  target_compile_options(verbatim_flags INTERFACE
    -fsanitize=${VERBATIM_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(verbatim_flags INTERFACE -fsanitize=${VERBATIM_SANITIZE})
endif()

# Released programs are optimised across rooms, which makes queries a twelfth faster. Objects hold
# plain code beside: the many tests link that, in a fraction of the time.
set(VERBATIM_PROGRAM_LINK "")
set(VERBATIM_TEST_LINK "")
if(CMAKE_C_COMPILER_ID STREQUAL "GNU" AND NOT VERBATIM_SANITIZE)
  target_compile_options(verbatim_flags INTERFACE
    $<$<CONFIG:Release,RelWithDebInfo>:-flto=auto> $<$<CONFIG:Release,RelWithDebInfo>:-ffat-lto-objects>)
  set(VERBATIM_PROGRAM_LINK $<$<CONFIG:Release,RelWithDebInfo>:-flto=auto>)
  set(VERBATIM_TEST_LINK $<$<CONFIG:Release,RelWithDebInfo>:-fno-lto>)
endif()
