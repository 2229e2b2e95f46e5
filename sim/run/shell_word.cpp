#include "sim/run/shell_word.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace aidc {

std::string shell_word(std::string const& word)
{
    constexpr std::string_view harmless = "/._-=:,+";
    auto const is_plain = [&](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || harmless.find(c) != std::string_view::npos;
    };
    if (!word.empty() && std::ranges::all_of(word, is_plain)) {
        return word;
    }
    std::string out = "'";
    for (char const c : word) {
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return out + "'";
}

} // namespace aidc
