# Run by ctest: see CMakeLists.txt. Fails at the first step that does not do what it should.
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Writes the first ```LANGUAGE block of the guide to a file.
function(extract_listing language file)
  file(READ ${GUIDE} text)
  string(FIND "${text}" "```${language}\n" start)
  if(start EQUAL -1)
    message(FATAL_ERROR "${GUIDE} has no listing in ${language}")
  endif()
  string(LENGTH "```${language}\n" fence)
  math(EXPR start "${start} + ${fence}")
  string(SUBSTRING "${text}" ${start} -1 text)
  string(FIND "${text}" "\n```" end)
  string(SUBSTRING "${text}" 0 ${end} text)
  file(WRITE ${file} "${text}\n")
endfunction()

function(configure_and_build source build)
  set(options -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix -DCMAKE_CXX_COMPILER=${COMPILER})
  if(LAUNCHER)
    list(APPEND options -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})
  endif()
  if(SANITIZE)
    list(APPEND options -DCMAKE_CXX_FLAGS=-fsanitize=${SANITIZE})
  endif()
  run(${CMAKE_COMMAND} -S ${source} -B ${build} -G ${GENERATOR} ${options})
  run(${CMAKE_COMMAND} --build ${build})
endfunction()

file(REMOVE_RECURSE ${WORK_DIR})
run(${CMAKE_COMMAND} --install ${BUILD_DIR} --component engine --prefix ${WORK_DIR}/prefix)

# Every installed header by itself, and a call into each kind of thing.
configure_and_build(${CONSUMER_DIR} ${WORK_DIR}/consumer)
run(${WORK_DIR}/consumer/consumer)

# The listings of the guide.
extract_listing(cmake ${WORK_DIR}/guide/CMakeLists.txt)
extract_listing(cpp ${WORK_DIR}/guide/inspect.cpp)
configure_and_build(${WORK_DIR}/guide ${WORK_DIR}/guide-build)
execute_process(COMMAND ${WORK_DIR}/guide-build/inspect ${WORK_DIR}/no-such.anomaly
  RESULT_VARIABLE status ERROR_VARIABLE complaint)
if(NOT status EQUAL 1 OR NOT complaint MATCHES "no-such.anomaly")
  message(FATAL_ERROR "the guide's program should end with 1 and name the missing model, not with ${status}: ${complaint}")
endif()
