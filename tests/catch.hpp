#pragma once
/// \file
/// Catch2, version 2 or 3. Tests include this and nothing of Catch2 itself.

#if __has_include(<catch2/catch_all.hpp>)
#    include <catch2/catch_all.hpp>
using Catch::Approx;
using Catch::Matchers::ContainsSubstring;
#else
#    include <catch2/catch.hpp>
inline auto ContainsSubstring(std::string const& text) { return Catch::Matchers::Contains(text); }
#endif
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
