# One INTERFACE target carries the warnings of the whole project; warnings are errors.
add_library(anomaloscope_warnings INTERFACE)
target_compile_options(anomaloscope_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wcast-qual -Wformat=2 -Werror)
