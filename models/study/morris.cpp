#include "models/study/morris.hpp"

#include "models/base/error.hpp"
#include "models/base/sum.hpp"
#include "models/study/bootstrap.hpp"
#include "models/study/sampling.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// The parameter that differs between rows i and i + 1, a step apart.
std::size_t moved_parameter(UnitPoints const& design, std::size_t i)
{
    auto const before = design.point(i), after = design.point(i + 1);
    auto const at = static_cast<std::size_t>(std::ranges::mismatch(before, after).in1 - before.begin());
    AIDC_EXPECT(at < design.parameters);
    AIDC_EXPECT(std::abs(std::abs(after[at] - before[at]) - morris_step) < 1e-9);
    return at;
}

/// One row a trajectory without missing outputs, one column a parameter.
std::vector<double> effects_of(UnitPoints const& design, std::span<double const> outputs, std::span<double const> taken)
{
    std::size_t const parameters = design.parameters;
    std::vector<double> effects;
    for (std::size_t start = 0; start < design.size(); start += parameters + 1) {
        auto const own = outputs.subspan(start, parameters + 1);
        if (!std::ranges::all_of(own, [](double y) { return std::isfinite(y); })) {
            continue;
        }
        std::vector<double> row(parameters, missing);
        for (std::size_t step = 0; step < parameters; ++step) {
            std::size_t const j = moved_parameter(design, start + step);
            bool const up = design.point(start + step + 1)[j] > design.point(start + step)[j];
            std::size_t const at = (start + step) * parameters + j;
            double const designed = up ? morris_step : -morris_step;
            row[j] = (own[step + 1] - own[step]) / (taken.empty() ? designed : taken[at + parameters] - taken[at]);
        }
        if (std::ranges::all_of(row, [](double effect) { return std::isfinite(effect); })) {
            effects.insert(effects.end(), row.begin(), row.end());
        }
    }
    return effects;
}

/// Mean of |effects| or effects of column j; the first is taken off, so that equal effects have exactly their mean.
template <class F> double column_mean(std::span<double const> effects, std::size_t j, std::size_t parameters, F const& of)
{
    std::size_t const used = effects.size() / parameters;
    Sum beyond_first;
    for (std::size_t at = j; at < effects.size(); at += parameters) {
        beyond_first += of(effects[at]) - of(effects[j]);
    }
    return of(effects[j]) + beyond_first / static_cast<double>(used);
}

ElementaryEffect effect_of(std::span<double const> effects, std::size_t j, std::size_t parameters)
{
    double const mu = column_mean(effects, j, parameters, [](double e) { return e; });
    Sum squares;
    for (std::size_t at = j; at < effects.size(); at += parameters) {
        squares += (effects[at] - mu) * (effects[at] - mu);
    }
    std::size_t const used = effects.size() / parameters;
    return {.mu = mu,
            .mu_star = column_mean(effects, j, parameters, [](double e) { return std::abs(e); }),
            .sigma = used < 2 ? missing : std::sqrt(squares / static_cast<double>(used - 1)),
            .mu_star_95 = {}};
}

/// Percentile interval of each mu_star.
void add_intervals(std::span<ElementaryEffect> results, std::vector<double> effects, std::uint64_t seed)
{
    std::size_t const parameters = results.size();
    std::ranges::transform(effects, effects.begin(), [](double e) { return std::abs(e); });
    auto const means = bootstrap_means(effects, parameters, seed);
    std::vector<double> column(bootstrap_resamples);
    for (std::size_t j = 0; j < parameters; ++j) {
        for (std::size_t resample = 0; resample < bootstrap_resamples; ++resample) {
            column[resample] = means[resample * parameters + j];
        }
        results[j].mu_star_95 = percentile_interval_95(column);
    }
}

} // namespace

MorrisResult morris_effects(UnitPoints const& design, std::span<double const> outputs, std::uint64_t seed, std::span<double const> taken)
{
    AIDC_EXPECT(design.parameters >= 1 && design.size() == outputs.size());
    AIDC_EXPECT(design.size() % (design.parameters + 1) == 0);
    AIDC_EXPECT(taken.empty() || taken.size() == design.row_major.size());
    auto const effects = effects_of(design, outputs, taken);
    MorrisResult result{.used = effects.size() / design.parameters, .effects = {}};
    if (result.used == 0) {
        result.effects.assign(design.parameters, {.mu = missing, .mu_star = missing, .sigma = missing, .mu_star_95 = {}});
        return result;
    }
    for (std::size_t j = 0; j < design.parameters; ++j) {
        result.effects.push_back(effect_of(effects, j, design.parameters));
    }
    if (result.used >= 2) {
        add_intervals(result.effects, effects, seed);
    }
    return result;
}

} // namespace aidc
