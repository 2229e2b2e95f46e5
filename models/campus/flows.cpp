#include "models/campus/flows.hpp"

#include <algorithm>

namespace aidc {
namespace {

/// Fields that are integrals, but for those by consumer and by curve.
constexpr std::array sums{&Flows::seconds,       &Flows::it_J,          &Flows::ups_loss_J,  &Flows::transformer_loss_J,
                          &Flows::house_J,       &Flows::import_J,      &Flows::heat_in_J,   &Flows::heat_rejected_J,
                          &Flows::heat_reused_J, &Flows::heat_stored_J, &Flows::chilled_J,   &Flows::chillers_s,
                          &Flows::evaporated_kg, &Flows::drift_kg,      &Flows::blowdown_kg, &Flows::make_up_kg,
                          &Flows::throttled_J,   &Flows::not_carried_J, &Flows::supply_C_s,  &Flows::running_s,
                          &Flows::dry_bulb_C_s,  &Flows::wet_bulb_C_s,  &Flows::genset_J,    &Flows::battery_J,
                          &Flows::charging_J,    &Flows::fuel_m3};

} // namespace

Flows& Flows::operator+=(Flows const& other)
{
    for (auto const field : sums) {
        this->*field += other.*field;
    }
    for (std::size_t c = 0; c < consumer_count; ++c) {
        consumer_J[c] += other.consumer_J[c];
    }
    for (std::size_t c = 0; c < curve_count; ++c) {
        outside_s[c] += other.outside_s[c];
    }
    air_supply_max_C = std::max(air_supply_max_C, other.air_supply_max_C);
    tcs_supply_max_C = std::max(tcs_supply_max_C, other.tcs_supply_max_C);
    case_max_C = std::max(case_max_C, other.case_max_C);
    return *this;
}

Flows scaled(Flows flows, double factor)
{
    for (auto const field : sums) {
        flows.*field *= factor;
    }
    for (auto& joules : flows.consumer_J) {
        joules *= factor;
    }
    for (auto& time_s : flows.outside_s) {
        time_s *= factor;
    }
    return flows;
}

void add_outside(CurveSet outside, double dt_s, Flows& flows)
{
    if (outside.empty()) {
        return;
    }
    for (auto const& row : curves) {
        flows.outside_s[static_cast<std::size_t>(row.curve)] += outside.contains(row.curve) ? dt_s : 0.0;
    }
}

} // namespace aidc
