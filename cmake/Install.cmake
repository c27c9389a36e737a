# `cmake --install` has two components: `engine`, the CMake package AnomaloscopeEngine for programs of one's own, and `app`.
include(CMakePackageConfigHelpers)

set(_engine_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/AnomaloscopeEngine)
install(EXPORT AnomaloscopeEngine NAMESPACE anomaloscope:: FILE AnomaloscopeEngineTargets.cmake
  DESTINATION ${_engine_package_dir} COMPONENT engine)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/AnomaloscopeEngineConfig.cmake.in
  ${CMAKE_BINARY_DIR}/package/AnomaloscopeEngineConfig.cmake
  INSTALL_DESTINATION ${_engine_package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/package/AnomaloscopeEngineConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/package/AnomaloscopeEngineConfig.cmake
  ${CMAKE_BINARY_DIR}/package/AnomaloscopeEngineConfigVersion.cmake ${CMAKE_CURRENT_LIST_DIR}/LibTorch.cmake
  DESTINATION ${_engine_package_dir} COMPONENT engine)
install(FILES ${CMAKE_SOURCE_DIR}/engine/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/anomaloscope-engine
  COMPONENT engine)

install(TARGETS anomaloscope-cli anomaloscope RUNTIME COMPONENT app)
# What packaging/fetch_weights.sh brought.
install(DIRECTORY ${ANOMALOSCOPE_WEIGHTS_DIR}/ DESTINATION ${CMAKE_INSTALL_DATADIR}/anomaloscope/weights
  COMPONENT app OPTIONAL FILES_MATCHING PATTERN "*.pth" PATTERN ".*" EXCLUDE)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/anomaloscope COMPONENT app)
