#include "models/study/bootstrap.hpp"

#include "models/base/error.hpp"
#include "models/study/draws.hpp"

namespace aidc {
namespace {

/// Keeps the draws apart from those of a design made with the same seed (the golden ratio, 2^64/phi).
constexpr std::uint64_t bootstrap_stream = 0x9e37'79b9'7f4a'7c15u;

} // namespace

std::vector<double> bootstrap_means(std::span<double const> row_major, std::size_t columns, std::uint64_t seed)
{
    AIDC_EXPECT(columns >= 1 && !row_major.empty() && row_major.size() % columns == 0);
    std::size_t const rows = row_major.size() / columns;
    AIDC_EXPECT(rows < 0x1'0000'0000u);
    Draws draws(seed ^ bootstrap_stream);
    std::vector<double> means(bootstrap_resamples * columns);
    for (std::size_t resample = 0; resample < bootstrap_resamples; ++resample) {
        double* const sum = means.data() + resample * columns;
        for (std::size_t i = 0; i < rows; ++i) {
            double const* const row = row_major.data() + draws.below(rows) * columns;
            for (std::size_t k = 0; k < columns; ++k) {
                sum[k] += row[k];
            }
        }
    }
    for (double& mean : means) {
        mean /= static_cast<double>(rows);
    }
    return means;
}

} // namespace aidc
