# What `cmake --install` puts where: programs and their modules side by side as in the build folder, the rooms as
# libraries with find_package(crosshead), the ledger for `crosshead audit`, manual page and completions.
include(CMakePackageConfigHelpers)

install(TARGETS crosshead crosshead-check RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
foreach(module crosshead_torch crosshead_mpi crosshead_cuda crosshead_chain)
  if(TARGET ${module})
    # Programs look for modules in ../lib.
    install(TARGETS ${module} LIBRARY DESTINATION lib)
  endif()
endforeach()
install(DIRECTORY include/crosshead DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY proofs/ledger proofs/systems proofs/certificates proofs/models proofs/coq
        DESTINATION ${CMAKE_INSTALL_DATADIR}/crosshead/proofs
        FILES_MATCHING PATTERN "*.toml" PATTERN "*.json" PATTERN "*.safetensors" PATTERN "*.csv" PATTERN "*.v")
install(FILES src/certificate/FORMAT.md src/certificate/REGION.md src/claim/LANGUAGE.md src/claim/REFERENCE.md
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/crosshead)

# Made by the program itself, from the same text as --help.
foreach(text "manual man/man1/crosshead.1" "completion bash bash-completion/completions/crosshead"
             "completion zsh zsh/site-functions/_crosshead" "completion fish fish/vendor_completions.d/crosshead.fish")
  separate_arguments(words UNIX_COMMAND "${text}")
  list(POP_BACK words target)
  get_filename_component(folder ${target} DIRECTORY)
  set(made ${CMAKE_BINARY_DIR}/share/${target})
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/share/${folder})
  add_custom_command(OUTPUT ${made} COMMAND crosshead ${words} > ${made} DEPENDS crosshead VERBATIM)
  list(APPEND shell_files ${made})
  install(FILES ${made} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder})
endforeach()
add_custom_target(shell_files ALL DEPENDS ${shell_files})

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/crosshead)
configure_package_config_file(src/crosshead-config.cmake.in crosshead-config.cmake INSTALL_DESTINATION ${package})
write_basic_package_version_file(crosshead-config-version.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT crosshead-targets NAMESPACE crosshead:: DESTINATION ${package})
install(FILES ${CMAKE_BINARY_DIR}/crosshead-config.cmake ${CMAKE_BINARY_DIR}/crosshead-config-version.cmake
        DESTINATION ${package})
