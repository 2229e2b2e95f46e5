#pragma once
/// \file
/// Work in a child process, its result as bytes through a pipe.

#include <functional>
#include <string>

namespace aidc {

/// Runs `work` in a forked child and returns the bytes it returned.
/// \throws std::runtime_error  with the message of the exception that ended the child, or how it died
std::string in_child(std::function<std::string()> const& work);

} // namespace aidc
