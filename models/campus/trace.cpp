#include "models/campus/trace.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// Samples of one quantity: row i at i steps.
struct Samples {
    std::vector<double> const& values;
    std::size_t stride{};
    std::size_t offset{};

    std::size_t rows() const { return values.size() / stride; }
    double at(std::size_t row) const { return values[std::min(row, rows() - 1) * stride + offset]; }

    /// Integral over the first share of the step after a row.
    double part(std::size_t row, double share) const { return share * (at(row) + 0.5 * share * (at(row + 1) - at(row))); }

    /// Mean over [from, to) in steps.
    double mean(double from, double to) const
    {
        auto const first = static_cast<std::size_t>(from);
        double const begins = from - static_cast<double>(first);
        double sum = -part(first, begins);
        std::size_t row = first;
        for (; static_cast<double>(row) + 1.0 <= to; ++row) {
            sum += 0.5 * (at(row) + at(row + 1));
        }
        return (sum + part(row, to - static_cast<double>(row))) / (to - from);
    }
};

} // namespace

double mean_heat_W(Trace const& trace, std::uint32_t column, double from_s, double to_s)
{
    AIDC_EXPECT(from_s >= 0.0 && to_s > from_s && column < trace.columns);
    return Samples{trace.heat_W, trace.columns, column}.mean(from_s / trace.step_s, to_s / trace.step_s);
}

double mean_wet_bulb_C(Trace const& trace, double from_s, double to_s)
{
    AIDC_EXPECT(from_s >= 0.0 && to_s > from_s && !trace.wet_bulb_C.empty());
    return Samples{trace.wet_bulb_C, 1, 0}.mean(from_s / trace.step_s, to_s / trace.step_s);
}

} // namespace aidc
