# The target anomaloscope::libtorch: Debian's LibTorch or, if ANOMALOSCOPE_LIBTORCH names a folder with include/ and lib/
# (<site-packages>/torch of PyPI's wheel, or the unpacked libtorch.zip), that one. Installed with the engine's CMake
# package, which includes it too.
if(NOT TARGET anomaloscope::libtorch)
  add_library(anomaloscope::libtorch INTERFACE IMPORTED)
  if(ANOMALOSCOPE_LIBTORCH)
    # Its own CMake files are left aside: they want a CUDA toolkit, probe the machine's GPUs, and then find the system's
    # libtorch.so. Linking needs no toolkit, because our sources include no CUDA header.
    set(_libtorch_lib ${ANOMALOSCOPE_LIBTORCH}/lib)
    if(NOT EXISTS ${_libtorch_lib}/libtorch.so OR NOT EXISTS ${ANOMALOSCOPE_LIBTORCH}/include/torch)
      message(FATAL_ERROR "ANOMALOSCOPE_LIBTORCH: ${ANOMALOSCOPE_LIBTORCH} has no lib/libtorch.so and include/torch; "
        "fetch the CUDA LibTorch with packaging/fetch_cuda_libtorch.sh or name another folder")
    endif()
    # The CUDA libraries that the wheel loads lie beside it. Its own rpath finds them at run time; the linker is told,
    # or else it takes the system's older NCCL where there is one.
    file(GLOB _libtorch_cuda_folders ${ANOMALOSCOPE_LIBTORCH}/../nvidia/*/lib)
    set(_libtorch_rpath_link ${_libtorch_lib} ${_libtorch_cuda_folders})
    list(TRANSFORM _libtorch_rpath_link PREPEND "LINKER:-rpath-link,")
    set(_libtorch_libraries)
    foreach(_libtorch_name torch torch_cuda torch_cpu c10_cuda c10)
      if(EXISTS ${_libtorch_lib}/lib${_libtorch_name}.so)
        list(APPEND _libtorch_libraries ${_libtorch_lib}/lib${_libtorch_name}.so)
      endif()
    endforeach()
    target_include_directories(anomaloscope::libtorch SYSTEM INTERFACE
      ${ANOMALOSCOPE_LIBTORCH}/include ${ANOMALOSCOPE_LIBTORCH}/include/torch/csrc/api/include)
    # As options and not as libraries, so that CMake leaves the rpath alone: the wheel has a libgomp of its own, and CMake
    # warns of any folder that hides a system library. It is one runtime all the same, loaded once by its name.
    # The CUDA kernels register themselves when libtorch_cuda is loaded and no symbol of ours asks for it, hence
    # --no-as-needed.
    target_link_options(anomaloscope::libtorch INTERFACE
      LINKER:-rpath,${_libtorch_lib} ${_libtorch_rpath_link} LINKER:--no-as-needed ${_libtorch_libraries})
  else()
    find_package(Torch REQUIRED)
    target_link_libraries(anomaloscope::libtorch INTERFACE ${TORCH_LIBRARIES})
  endif()
endif()
set(TORCH_LIBRARIES anomaloscope::libtorch)
