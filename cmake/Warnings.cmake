# One INTERFACE target carries the warnings of the whole project; warnings are errors.
add_library(anomaloscope_warnings INTERFACE)
target_compile_options(anomaloscope_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wcast-qual -Wformat=2 -Werror
  # GCC 12 warns of overlaps in std::string's operator+ that are not there (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
