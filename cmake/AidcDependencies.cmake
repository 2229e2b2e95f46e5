# Everything the project does not write itself. Installed by scripts/setup.sh.

find_package(PkgConfig REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS iostreams)
find_package(nlohmann_json 3.10 REQUIRED)
find_package(fmt 8 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(OpenSSL REQUIRED)

pkg_check_modules(NLOPT REQUIRED IMPORTED_TARGET nlopt)
pkg_check_modules(MUPARSER REQUIRED IMPORTED_TARGET muparser)
pkg_check_modules(SIMGRID REQUIRED IMPORTED_TARGET simgrid>=3.32)

# Serial HDF5 only: libsimgrid exports MPI symbols, and the MPI build of HDF5 crashes at exit beside it.
set(HDF5_PREFER_PARALLEL OFF)
find_package(HDF5 REQUIRED COMPONENTS C HL)
if(HDF5_IS_PARALLEL)
    message(FATAL_ERROR "found the MPI build of HDF5; install the serial one (libhdf5-dev): it crashes beside SimGrid")
endif()
add_library(aidc_hdf5 INTERFACE)
target_include_directories(aidc_hdf5 SYSTEM INTERFACE ${HDF5_INCLUDE_DIRS})
target_compile_definitions(aidc_hdf5 INTERFACE ${HDF5_DEFINITIONS})
target_link_libraries(aidc_hdf5 INTERFACE ${HDF5_C_HL_LIBRARIES} ${HDF5_C_LIBRARIES})
