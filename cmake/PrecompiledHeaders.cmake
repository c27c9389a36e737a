# Headers that cost more than the code behind them are compiled once for many targets. Every file still includes what it
# uses, and a set holds nothing that the targets which use it may not see: no Widgets for the services.
# usage: precompiled_headers(NAME LIBRARIES whose headers they are ... HEADERS ...)
#        use_precompiled_headers(TARGET NAME)
function(precompiled_headers name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES;HEADERS")
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}_headers.cpp CONTENT "")
  add_library(${name}_headers OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${name}_headers.cpp)
  target_link_libraries(${name}_headers PRIVATE ${arg_LIBRARIES} anomaloscope_warnings)
  list(TRANSFORM arg_HEADERS PREPEND "<")
  list(TRANSFORM arg_HEADERS APPEND ">")
  target_precompile_headers(${name}_headers PRIVATE ${arg_HEADERS})
endfunction()

function(use_precompiled_headers target name)
  target_precompile_headers(${target} REUSE_FROM ${name}_headers)
  # Where headers cost little, eight files compiled as one would only make a change cost more.
  set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
endfunction()
