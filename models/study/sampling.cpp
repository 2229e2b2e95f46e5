#include "models/study/sampling.hpp"

#include "models/base/error.hpp"
#include "models/study/draws.hpp"

#include <boost/random/sobol.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace aidc {
namespace {

static_assert(most_sobol_dimensions == boost::random::default_sobol_table::max_dimension);

/// (stratum + share)/strata; rounding must not push it into the next stratum.
double in_stratum(std::size_t stratum, double share, double strata)
{
    auto const first = static_cast<double>(stratum);
    return std::min((first + share) / strata, std::nextafter((first + 1.0) / strata, 0.0));
}

/// Writes one trajectory. \param levels, order  Working memory, one a parameter
void append_trajectory(UnitPoints& design, std::span<std::size_t> levels, std::span<std::size_t> order, Draws& draws)
{
    constexpr std::array<double, morris_levels> values{0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0};
    auto const append = [&] { std::ranges::transform(levels, std::back_inserter(design.row_major), [&](auto l) { return values[l]; }); };
    std::ranges::generate(levels, [&] { return draws.below(morris_levels); });
    std::iota(order.begin(), order.end(), std::size_t{0});
    draws.shuffle(order);
    append();
    for (std::size_t const moved : order) {
        levels[moved] = (levels[moved] + morris_levels / 2) % morris_levels;
        append();
    }
}

} // namespace

UnitPoints random_points(std::size_t points, std::size_t parameters, std::uint64_t seed)
{
    AIDC_EXPECT(parameters >= 1);
    Draws draws(seed);
    UnitPoints design{.parameters = parameters, .row_major = std::vector<double>(points * parameters)};
    std::ranges::generate(design.row_major, [&] { return draws.unit(); });
    return design;
}

UnitPoints latin_hypercube(std::size_t points, std::size_t parameters, std::uint64_t seed)
{
    AIDC_EXPECT(parameters >= 1);
    Draws draws(seed);
    UnitPoints design{.parameters = parameters, .row_major = std::vector<double>(points * parameters)};
    std::vector<std::size_t> strata(points);
    for (std::size_t j = 0; j < parameters; ++j) {
        std::iota(strata.begin(), strata.end(), std::size_t{0});
        draws.shuffle(std::span(strata));
        for (std::size_t i = 0; i < points; ++i) {
            design.row_major[i * parameters + j] = in_stratum(strata[i], draws.unit(), static_cast<double>(points));
        }
    }
    return design;
}

UnitPoints sobol_points(std::size_t points, std::size_t parameters, std::uint64_t seed)
{
    AIDC_EXPECT(parameters >= 1 && parameters <= most_sobol_dimensions);
    Draws draws(seed);
    std::vector<std::uint64_t> shift(parameters);
    std::ranges::generate(shift, [&] { return draws.bits_52(); });
    UnitPoints design{.parameters = parameters, .row_major = {}};
    design.row_major.reserve(points * parameters);
    boost::random::sobol sequence(parameters);
    for (std::size_t i = 0; i < points; ++i) {
        for (std::size_t j = 0; j < parameters; ++j) {
            // Boost begins with the second point of the sequence; without the first, the origin, nothing is balanced.
            std::uint64_t const digits = i == 0 ? 0 : sequence() >> 12;
            design.row_major.push_back(cell_middle(digits ^ shift[j]));
        }
    }
    return design;
}

UnitPoints morris_trajectories(std::size_t trajectories, std::size_t parameters, std::uint64_t seed)
{
    AIDC_EXPECT(parameters >= 1);
    Draws draws(seed);
    UnitPoints design{.parameters = parameters, .row_major = {}};
    design.row_major.reserve(trajectories * (parameters + 1) * parameters);
    std::vector<std::size_t> levels(parameters), order(parameters);
    for (std::size_t i = 0; i < trajectories; ++i) {
        append_trajectory(design, levels, order, draws);
    }
    return design;
}

UnitPoints saltelli_points(std::size_t base, std::size_t parameters, std::uint64_t seed)
{
    AIDC_EXPECT(parameters >= 1 && parameters <= most_sobol_dimensions / 2);
    UnitPoints const both = sobol_points(base, 2 * parameters, seed);
    UnitPoints design{.parameters = parameters, .row_major = {}};
    design.row_major.reserve(base * (parameters + 2) * parameters);
    for (std::size_t i = 0; i < base; ++i) {
        auto const a = both.point(i).first(parameters), b = both.point(i).last(parameters);
        design.row_major.insert(design.row_major.end(), a.begin(), a.end());
        for (std::size_t j = 0; j < parameters; ++j) {
            design.row_major.insert(design.row_major.end(), a.begin(), a.end());
            *(design.row_major.end() - static_cast<std::ptrdiff_t>(parameters - j)) = b[j];
        }
        design.row_major.insert(design.row_major.end(), b.begin(), b.end());
    }
    return design;
}

} // namespace aidc
