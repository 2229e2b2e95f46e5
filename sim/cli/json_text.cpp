#include "sim/cli/json_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace aidc::report {

std::string in_quotes(std::string_view text)
{
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        }
        else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        }
        else {
            out += c;
        }
    }
    return out + '"';
}

std::string number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : "null"; }

std::string text_or_null(std::string const& text) { return text.empty() ? "null" : in_quotes(text); }

std::string object(std::vector<std::pair<std::string_view, std::string>> const& members)
{
    std::string out;
    for (auto const& [name, value] : members) {
        out += fmt::format("{}\"{}\": {}", out.empty() ? "" : ", ", name, value);
    }
    return "{" + out + "}";
}

} // namespace aidc::report
