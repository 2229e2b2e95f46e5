#pragma once
/// \file
/// Words and numbers as the pages print them.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace aidc::report {

inline constexpr std::size_t page_width = 100;

/// Number with thousands separators.
inline std::string grouped(double value)
{
    auto const digits = fmt::format("{:.0f}", std::abs(value));
    std::string text(value <= -0.5 ? "-" : "");
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) {
            text += ',';
        }
        text += digits[i];
    }
    return text;
}

inline std::string text_or(std::string const& text, char const* otherwise) { return text.empty() ? otherwise : text; }

/// Is this the start of a character of UTF-8?
inline bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

/// The end of a name that is too long for its column.
inline std::string fitted(std::string const& name, std::size_t width)
{
    if (name.size() <= width) {
        return name;
    }
    auto from = name.size() - width + 2;
    while (from < name.size() && !starts_character(name[from])) {
        ++from;
    }
    return ".." + name.substr(from);
}

/// "+5", "-", "0".
inline std::string signed_days(std::optional<double> days) { return !days ? "-" : *days == 0.0 ? "0" : fmt::format("{:+.0f}", *days); }

/// Share in percent, with one place below ten.
inline std::string percent(double share)
{
    return std::isnan(share) ? "-" : share < 0.0995 ? fmt::format("{:.1f}", 100.0 * share) : fmt::format("{:.0f}", 100.0 * share);
}

/// Lines of at most page_width columns.
class Page {
  public:
    template <class... Values> void line(fmt::format_string<Values...> text, Values&&... values)
    {
        auto one = fmt::format(text, std::forward<Values>(values)...);
        one.erase(one.find_last_not_of(' ') + 1);
        auto end = std::min(page_width, one.size());
        while (end < one.size() && !starts_character(one[end])) {
            --end;
        }
        text_.append(one, 0, end);
        text_ += '\n';
    }
    /// A line after an empty one.
    template <class... Values> void heading(fmt::format_string<Values...> text, Values&&... values)
    {
        text_ += text_.empty() ? "" : "\n";
        line(text, std::forward<Values>(values)...);
    }
    /// Words that go on in the next line, indented, where they do not fit.
    void wrapped(std::string const& indent, std::string words)
    {
        while (indent.size() + words.size() > page_width) {
            auto const cut = words.rfind(' ', page_width - indent.size());
            if (cut == std::string::npos || cut == 0) {
                break;
            }
            line("{}{}", indent, words.substr(0, cut));
            words.erase(0, cut + 1);
        }
        line("{}{}", indent, words);
    }
    std::string take()
    {
        text_.pop_back();
        return std::move(text_);
    }

  private:
    std::string text_;
};

} // namespace aidc::report
