#include "models/study/sobol_indices.hpp"

#include "models/base/error.hpp"
#include "models/base/sum.hpp"
#include "models/study/bootstrap.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Columns of the table of terms, whose means are all that the estimators need: a + b, a^2 + b^2, then three a parameter:
/// ab - a, b (ab - a), (ab - a)^2.
constexpr std::size_t shared_terms = 2;
constexpr std::size_t terms_per_parameter = 3;

/// Outputs of the base rows without a missing one.
std::vector<double> complete_rows(std::span<double const> outputs, std::size_t width)
{
    std::vector<double> kept;
    for (std::size_t start = 0; start < outputs.size(); start += width) {
        auto const row = outputs.subspan(start, width);
        if (std::ranges::all_of(row, [](double y) { return std::isfinite(y); })) {
            kept.insert(kept.end(), row.begin(), row.end());
        }
    }
    return kept;
}

/// Mean of all a and b; the first is taken off, so that outputs that never change have exactly their mean.
double mean_of(std::span<double const> outputs, std::size_t width)
{
    std::size_t const rows = outputs.size() / width;
    Sum beyond_first;
    for (std::size_t start = 0; start < outputs.size(); start += width) {
        beyond_first += outputs[start] - outputs[0];
        beyond_first += outputs[start + width - 1] - outputs[0];
    }
    return outputs[0] + beyond_first / (2.0 * static_cast<double>(rows));
}

/// One row a base row. Outputs are centred, or the squares would lose what the outputs differ by.
std::vector<double> terms_of(std::span<double const> outputs, std::size_t width, double centre)
{
    std::vector<double> terms;
    terms.reserve(outputs.size() / width * (shared_terms + terms_per_parameter * (width - 2)));
    for (std::size_t start = 0; start < outputs.size(); start += width) {
        double const a = outputs[start] - centre, b = outputs[start + width - 1] - centre;
        terms.insert(terms.end(), {a + b, a * a + b * b});
        for (double const ab : outputs.subspan(start + 1, width - 2)) {
            double const change = ab - outputs[start];
            terms.insert(terms.end(), {change, b * change, change * change});
        }
    }
    return terms;
}

std::vector<double> column_means(std::span<double const> terms, std::size_t columns)
{
    std::size_t const rows = terms.size() / columns;
    std::vector<double> means;
    for (std::size_t k = 0; k < columns; ++k) {
        Sum sum;
        for (std::size_t at = k; at < terms.size(); at += columns) {
            sum += terms[at];
        }
        means.push_back(sum / static_cast<double>(rows));
    }
    return means;
}

/// First and total index; not a number without variance.
struct Estimate {
    double first = missing;
    double total = missing;
};

double variance_of(std::span<double const> means) { return 0.5 * means[1] - 0.25 * means[0] * means[0]; }

Estimate estimate(std::span<double const> means, std::size_t parameter)
{
    double const variance = variance_of(means), mean = 0.5 * means[0];
    if (!(variance > 0.0)) {
        return {};
    }
    auto const own = means.subspan(shared_terms + terms_per_parameter * parameter, terms_per_parameter);
    return {.first = (own[1] - mean * own[0]) / variance, .total = 0.5 * own[2] / variance};
}

/// Percentile intervals of the indices.
void add_intervals(std::span<SobolIndex> indices, std::span<double const> terms, std::uint64_t seed)
{
    std::size_t const columns = shared_terms + terms_per_parameter * indices.size();
    auto const means = bootstrap_means(terms, columns, seed);
    std::vector<double> first(bootstrap_resamples), total(bootstrap_resamples);
    for (std::size_t j = 0; j < indices.size(); ++j) {
        for (std::size_t resample = 0; resample < bootstrap_resamples; ++resample) {
            auto const one = estimate(std::span(means).subspan(resample * columns, columns), j);
            first[resample] = one.first;
            total[resample] = one.total;
        }
        indices[j].first_95 = percentile_interval_95(first);
        indices[j].total_95 = percentile_interval_95(total);
    }
}

} // namespace

SobolResult sobol_indices(std::size_t parameters, std::span<double const> outputs, std::uint64_t seed)
{
    std::size_t const width = parameters + 2;
    AIDC_EXPECT(parameters >= 1 && outputs.size() % width == 0);
    auto const complete = complete_rows(outputs, width);
    SobolResult result{.used = complete.size() / width, .mean = missing, .variance = missing, .indices = {}};
    result.indices.assign(parameters, {.first = missing, .total = missing, .first_95 = {}, .total_95 = {}});
    if (result.used == 0) {
        return result;
    }
    result.mean = mean_of(complete, width);
    auto const terms = terms_of(complete, width, result.mean);
    auto const means = column_means(terms, shared_terms + terms_per_parameter * parameters);
    result.variance = variance_of(means);
    if (result.used < 2) {
        return result;
    }
    for (std::size_t j = 0; j < parameters; ++j) {
        auto const one = estimate(means, j);
        result.indices[j].first = one.first;
        result.indices[j].total = one.total;
    }
    add_intervals(result.indices, terms, seed);
    return result;
}

} // namespace aidc
