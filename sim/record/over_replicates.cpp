#include "sim/record/over_replicates.hpp"

#include "models/base/error.hpp"
#include "models/base/quantile.hpp"
#include "models/base/sum.hpp"

#include <algorithm>
#include <limits>

namespace aidc {

void OverReplicates::add(std::span<double const> row)
{
    AIDC_EXPECT(row.size() == columns_);
    row_major_.insert(row_major_.end(), row.begin(), row.end());
    for (std::size_t c = 0; c < columns_; ++c) {
        sorted_[c].push_back(row[c]);
    }
}

void OverReplicates::sort()
{
    for (auto& column : sorted_) {
        std::ranges::sort(column);
    }
}

std::vector<double> OverReplicates::means() const
{
    std::vector<double> means;
    for (auto const& column : sorted_) {
        Sum sum;
        for (double const value : column) {
            sum += value;
        }
        means.push_back(column.empty() ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(column.size()));
    }
    return means;
}

std::vector<double> OverReplicates::quantiles(double p) const
{
    std::vector<double> quantiles;
    for (auto const& column : sorted_) {
        quantiles.push_back(quantile_of(column, p));
    }
    return quantiles;
}

void write_band(h5::Group& group, h5::Quantity const& what, std::string const& axis, OverReplicates const& numbers)
{
    group.matrix(what, "replicate", axis, numbers.row_major());
    auto const of = [&what](std::string const& name, std::string const& words) {
        return h5::Quantity{.name = name + "_" + what.name, .units = what.units, .long_name = what.long_name + ", " + words};
    };
    group.column(of("mean", "mean"), axis, numbers.means());
    group.column(of("p10", "10 % quantile"), axis, numbers.quantiles(0.1));
    group.column(of("p50", "median"), axis, numbers.quantiles(0.5));
    group.column(of("p90", "90 % quantile"), axis, numbers.quantiles(0.9));
}

} // namespace aidc
