#include "sim/cli/sweep_shown.hpp"

#include "models/base/tick.hpp"
#include "sim/cli/show_page.hpp"

#include <array>

namespace aidc::report {
namespace {

constexpr int most_digits = 6;

/// A unit of the files, and how many of it make one that people read.
struct Scale {
    std::string_view units;
    double divisor{};
    std::string_view shown;
};

/// The largest of a unit comes first.
constexpr std::array scales{
    Scale{"W", 1e9, "GW"},     Scale{"W", 1e6, "MW"},        Scale{"W", 1e3, "kW"},
    Scale{"J", 3.6e15, "TWh"}, Scale{"J", 3.6e12, "GWh"},    Scale{"J", 3.6e9, "MWh"},
    Scale{"J", 3.6e6, "kWh"},  Scale{"h", 1e6, "million h"}, Scale{"h", 1e3, "thousand h"},
    Scale{"kg", 1e6, "kt"},    Scale{"kg", 1e3, "t"},        Scale{"s", day_s, "d"},
    Scale{"s", hour_s, "h"},   Scale{"1", 1e9, "billion"},   Scale{"1", 1e6, "million"},
    Scale{"1", 0.0, ""},       Scale{"degC", 0.0, "°C"},     Scale{"kg kW-1 h-1", 0.0, "kg/kWh"},
};

} // namespace

Shown::Shown(AnalyzedOutput const& output, Dates const& dates, Distribution const& values) : dates_(dates), is_date_(output.is_date)
{
    if (is_date_) {
        return;
    }
    double const top = std::max(std::abs(values.least), std::abs(values.greatest));
    auto const units = output.units.empty() ? "1" : output.units;
    unit_ = output.units;
    for (auto const& scale : scales) {
        if (scale.units == units && (top >= 0.999 * scale.divisor || scale.divisor == 0.0)) {
            divisor_ = scale.divisor > 0.0 ? scale.divisor : 1.0;
            unit_ = scale.shown;
            break;
        }
    }
    // Three digits of what is between most values, or four of one that does not vary.
    double const between =
        std::isfinite(values.p90 - values.p10) && values.p90 > values.p10 ? values.p90 - values.p10 : values.greatest - values.least;
    double const fine = between > 0.0 ? 0.1 * between : top;
    if (fine > 0.0) {
        digits_ =
            std::clamp(static_cast<int>(between > 0.0 ? 1 : 3) - static_cast<int>(std::floor(std::log10(fine / divisor_))), 0, most_digits);
    }
}

std::string Shown::value(double value) const
{
    if (std::isnan(value)) {
        return "-";
    }
    if (std::isinf(value)) {
        return "never";
    }
    if (is_date_) {
        return dates_.text(value);
    }
    double const scaled = value / divisor_;
    return digits_ == 0 && std::abs(scaled) < 1e12 ? grouped(scaled)
           : std::abs(scaled) < 1e12               ? fmt::format("{:.{}f}", scaled, digits_)
                                                   : fmt::format("{:.5g}", scaled);
}

std::string Shown::difference(double value) const
{
    if (is_date_) {
        return std::isnan(value) ? "-" : fmt::format("{:.1f}", value / day_s);
    }
    auto const text = this->value(value);
    bool const vanishes = value != 0.0 && text.find_first_of("123456789") == std::string::npos && std::isfinite(value);
    return vanishes && digits_ == most_digits ? fmt::format("{:.1e}", value / divisor_) : text;
}

} // namespace aidc::report
