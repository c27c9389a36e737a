# ANOMALOSCOPE_SANITIZE is a list for -fsanitize=, such as "address,undefined"; the presets asan and tsan set it.
set(ANOMALOSCOPE_SANITIZE "" CACHE STRING "Sanitizers to build with")
if(ANOMALOSCOPE_SANITIZE)
  add_compile_options(-fsanitize=${ANOMALOSCOPE_SANITIZE} -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${ANOMALOSCOPE_SANITIZE})
  # GCC documents that its sanitizers make warnings see what is not there; these two do so inside <regex>, CLI11 and
  # QByteArray.
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-Wno-maybe-uninitialized -Wno-array-bounds)
  endif()
endif()
# The code under test is instrumented too, or the fuzzer would see nothing of the way that an input takes.
if(ANOMALOSCOPE_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()
