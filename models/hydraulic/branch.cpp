#include "models/hydraulic/branch.hpp"

#include "models/base/error.hpp"
#include "models/base/root.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace aidc {
namespace {

bool equal_exponents(std::span<HydraulicElement const> elements)
{
    return std::all_of(elements.begin(), elements.end(), [&](auto const& e) { return e.exponent == elements.front().exponent; });
}

bool is_open(HydraulicElement const& branch) { return std::isfinite(branch.k); }

double total_flow_m3_per_s(std::span<HydraulicElement const> branches, double drop_Pa)
{
    double sum = 0.0;
    for (HydraulicElement const& branch : branches) {
        sum += flow_at_drop_m3_per_s(branch, drop_Pa);
    }
    return sum;
}

/// Drop at which branches of one exponent carry the total.
double closed_form_drop_Pa(std::span<HydraulicElement const> branches, double total_m3_per_s)
{
    double const exponent = branches.front().exponent;
    return std::pow(total_m3_per_s / total_flow_m3_per_s(branches, 1.0), exponent);
}

/// The same for any exponents: between the least and the greatest drop that equal shares would make.
double root_drop_Pa(std::span<HydraulicElement const> branches, double total_m3_per_s)
{
    double const share_m3_per_s = total_m3_per_s / static_cast<double>(std::count_if(branches.begin(), branches.end(), is_open));
    double low_Pa = std::numeric_limits<double>::infinity();
    double high_Pa = 0.0;
    for (HydraulicElement const& branch : branches) {
        if (is_open(branch)) {
            double const drop_Pa = pressure_drop_Pa(branch, share_m3_per_s);
            low_Pa = std::min(low_Pa, drop_Pa);
            high_Pa = std::max(high_Pa, drop_Pa);
        }
    }
    // Both ends are widened: where all shares make the same drop, rounding could hide the change of sign.
    auto const surplus = [&](double drop_Pa) { return total_flow_m3_per_s(branches, drop_Pa) - total_m3_per_s; };
    return bracketed_root(surplus, low_Pa * (1.0 - 1e-9), high_Pa * (1.0 + 1e-9), 1e-14 * high_Pa, "parallel branches");
}

} // namespace

double series_drop_Pa(std::span<HydraulicElement const> elements, double flow_m3_per_s)
{
    double sum_Pa = 0.0;
    for (HydraulicElement const& element : elements) {
        sum_Pa += pressure_drop_Pa(element, flow_m3_per_s);
    }
    return sum_Pa;
}

HydraulicElement in_series(std::span<HydraulicElement const> elements, double low_m3_per_s, double high_m3_per_s)
{
    AIDC_EXPECT(!elements.empty() && 0.0 < low_m3_per_s && low_m3_per_s < high_m3_per_s);
    if (equal_exponents(elements)) {
        return {.k = series_drop_Pa(elements, 1.0), .exponent = elements.front().exponent};
    }
    auto const at = [&](double flow_m3_per_s) { return FlowPoint{flow_m3_per_s, series_drop_Pa(elements, flow_m3_per_s)}; };
    return element_through(at(low_m3_per_s), at(high_m3_per_s));
}

HydraulicElement in_parallel(HydraulicElement const& branch, int branches)
{
    AIDC_EXPECT(branches >= 1);
    return {.k = branch.k / std::pow(branches, branch.exponent), .exponent = branch.exponent};
}

double flows_at_common_drop(std::span<HydraulicElement const> branches, double total_m3_per_s, std::span<double> out)
{
    AIDC_EXPECT(out.size() == branches.size() && total_m3_per_s >= 0.0);
    std::fill(out.begin(), out.end(), 0.0);
    if (total_m3_per_s == 0.0) {
        return 0.0;
    }
    if (std::none_of(branches.begin(), branches.end(), is_open)) {
        throw SolverError("parallel branches", "all are shut, nothing can carry " + std::to_string(total_m3_per_s) + " m3/s");
    }
    bool const closed_form = equal_exponents(branches);
    double const drop_Pa = closed_form ? closed_form_drop_Pa(branches, total_m3_per_s) : root_drop_Pa(branches, total_m3_per_s);
    double sum = 0.0;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        sum += out[i] = flow_at_drop_m3_per_s(branches[i], drop_Pa);
    }
    for (double& flow : out) {
        flow *= total_m3_per_s / sum;
    }
    return drop_Pa;
}

} // namespace aidc
