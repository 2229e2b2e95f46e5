# The compiler settings of the whole project, and the one way to declare a layer.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

option(AIDC_WERROR "Turn warnings into errors" OFF)
option(AIDC_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)

add_library(aidc_settings INTERFACE)
target_include_directories(aidc_settings INTERFACE ${CMAKE_SOURCE_DIR})
target_link_libraries(aidc_settings INTERFACE Boost::headers)
target_compile_options(aidc_settings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow
    -Wno-missing-field-initializers # designated initialisers name what differs from the defaults
    -Wno-restrict # g++ 12 sees ghosts in std::string (GCC bug 105651)
    -ffp-contract=off # the same bits on machines with and without fused multiply-add
    $<$<BOOL:${AIDC_WERROR}>:-Werror>)
if(AIDC_SANITIZE)
    target_compile_options(aidc_settings INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
        -Wno-maybe-uninitialized) # g++ 12 sees ghosts in sanitized code of libraries
    target_link_options(aidc_settings INTERFACE -fsanitize=address,undefined)
endif()

find_program(AIDC_CCACHE ccache)
if(AIDC_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${AIDC_CCACHE})
endif()

# aidc_layer(DEPENDS <layers> [LIBRARIES <imported targets>])
# Declares the folder it stands in as one target, aidc_<parent>_<folder>, from all its sources.
function(aidc_layer)
    cmake_parse_arguments(LAYER "" "" "DEPENDS;LIBRARIES" ${ARGN})
    file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    string(REPLACE "/" "_" name "aidc_${folder}")
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    set(below)
    foreach(layer IN LISTS LAYER_DEPENDS)
        string(REPLACE "/" "_" target "aidc_${layer}")
        list(APPEND below ${target})
    endforeach()
    if(sources)
        add_library(${name} STATIC ${sources})
        target_link_libraries(${name} PUBLIC aidc_settings ${below} PRIVATE ${LAYER_LIBRARIES})
    else()
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE aidc_settings ${below} ${LAYER_LIBRARIES})
    endif()
endfunction()

# aidc_program(<name> DEPENDS <layers> [LIBRARIES <imported targets>]): the folder it stands in as one program.
function(aidc_program name)
    cmake_parse_arguments(PROGRAM "" "" "DEPENDS;LIBRARIES" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    add_executable(${name} ${sources})
    foreach(layer IN LISTS PROGRAM_DEPENDS)
        string(REPLACE "/" "_" target "aidc_${layer}")
        target_link_libraries(${name} PRIVATE ${target})
    endforeach()
    target_link_libraries(${name} PRIVATE aidc_settings ${PROGRAM_LIBRARIES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()
