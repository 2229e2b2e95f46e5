#include "models/hydraulic/plug_flow.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// Exchange of a parcel, or the part of it, with the cell of the wall along which it lies.
struct Contact {
    double fluid_share{}; ///< Temperature change of the fluid over the difference to the wall before [-]; 0 without contact
    double wall_share{};  ///< The same of the wall
};

/// \param share  Part of the wall's cell that the parcel touches [-]
Contact contact(double share, double fluid_J_per_K, double wall_J_per_K, double film_W_per_K, double dt_s)
{
    if (share <= 0.0) {
        return {};
    }
    double const rate_per_s = share * film_W_per_K * (1.0 / fluid_J_per_K + 1.0 / wall_J_per_K);
    double const levelled = -std::expm1(-rate_per_s * dt_s) / (fluid_J_per_K + wall_J_per_K);
    return {.fluid_share = levelled * wall_J_per_K, .wall_share = levelled * fluid_J_per_K};
}

void exchange(double& fluid_C, double& wall_C, Contact const& contact)
{
    double const difference_K = fluid_C - wall_C;
    fluid_C -= contact.fluid_share * difference_K;
    wall_C += contact.wall_share * difference_K;
}

} // namespace

double transit_s(TransportPipe const& pipe, double flow_m3_per_s)
{
    AIDC_EXPECT(flow_m3_per_s > 0.0);
    return pipe.volume_m3 / flow_m3_per_s;
}

double steady_outlet_C(TransportPipe const& pipe, double inlet_C, double flow_m3_per_s)
{
    AIDC_EXPECT(flow_m3_per_s >= 0.0);
    if (flow_m3_per_s == 0.0) {
        return pipe.surroundings_C;
    }
    bool const through_film = pipe.wall_J_per_K > 0.0 && pipe.loss_W_per_K > 0.0;
    double const loss_W_per_K =
        through_film ? pipe.film_W_per_K * pipe.loss_W_per_K / (pipe.film_W_per_K + pipe.loss_W_per_K) : pipe.loss_W_per_K;
    double const kept = std::exp(-loss_W_per_K / (flow_m3_per_s * pipe.fluid_J_per_m3K));
    return pipe.surroundings_C + (inlet_C - pipe.surroundings_C) * kept;
}

PlugFlow::PlugFlow(TransportPipe const& pipe, std::size_t cells, double start_C)
    : pipe_(pipe), cell_m3_(pipe.volume_m3 / static_cast<double>(cells)), parcel_C_(cells + 1, start_C),
      wall_C_(pipe.wall_J_per_K > 0.0 ? cells : 0, start_C)
{
    AIDC_EXPECT(cells >= 1 && pipe.volume_m3 > 0.0 && pipe.fluid_J_per_m3K > 0.0);
    AIDC_EXPECT(pipe.wall_J_per_K >= 0.0 && pipe.film_W_per_K >= 0.0 && pipe.loss_W_per_K >= 0.0);
}

double PlugFlow::volume_m3(std::size_t parcel) const
{
    if (parcel == 0) {
        return entered_m3_;
    }
    return parcel + 1 == parcel_C_.size() ? cell_m3_ - entered_m3_ : cell_m3_;
}

double PlugFlow::content_J() const
{
    double fluid_J = 0.0;
    for (std::size_t i = 0; i < parcel_C_.size(); ++i) {
        fluid_J += volume_m3(i) * pipe_.fluid_J_per_m3K * parcel_C_[i];
    }
    double wall_J = 0.0;
    for (double const wall_C : wall_C_) {
        wall_J += pipe_.wall_J_per_K / static_cast<double>(wall_C_.size()) * wall_C;
    }
    return fluid_J + wall_J;
}

void PlugFlow::exchange_with_wall(double dt_s)
{
    if (wall_C_.empty()) {
        return;
    }
    auto const cells = static_cast<double>(wall_C_.size());
    double const wall_J_per_K = pipe_.wall_J_per_K / cells;
    double const film_W_per_K = pipe_.film_W_per_K / cells;
    double const fluid_J_per_K = cell_m3_ * pipe_.fluid_J_per_m3K;
    // Cell i of the wall holds the end of parcel i and, beyond the part that has entered, the start of parcel i + 1.
    double const behind = entered_m3_ / cell_m3_;
    double const ahead = 1.0 - behind;
    auto const touching = [&](double share, double heat_capacity) {
        return contact(share, heat_capacity, wall_J_per_K, film_W_per_K, dt_s);
    };
    Contact const first = touching(behind, behind * fluid_J_per_K);
    Contact const upstream = touching(behind, fluid_J_per_K);
    Contact const downstream = touching(ahead, fluid_J_per_K);
    Contact const last = touching(ahead, ahead * fluid_J_per_K);
    for (std::size_t i = 0; i < wall_C_.size(); ++i) {
        exchange(parcel_C_[i], wall_C_[i], i == 0 ? first : upstream);
        exchange(parcel_C_[i + 1], wall_C_[i], i + 1 == wall_C_.size() ? last : downstream);
    }
}

double PlugFlow::lose_to_surroundings(double dt_s)
{
    if (pipe_.loss_W_per_K == 0.0) {
        return 0.0;
    }
    bool const from_wall = !wall_C_.empty();
    double const pipe_J_per_K = from_wall ? pipe_.wall_J_per_K : pipe_.volume_m3 * pipe_.fluid_J_per_m3K;
    double const lost_share = -std::expm1(-pipe_.loss_W_per_K * dt_s / pipe_J_per_K);
    double loss_J = 0.0;
    auto const lose = [&](double& body_C, double body_J_per_K) {
        double const drop_K = (body_C - pipe_.surroundings_C) * lost_share;
        body_C -= drop_K;
        loss_J += body_J_per_K * drop_K;
    };
    if (from_wall) {
        for (double& wall_C : wall_C_) {
            lose(wall_C, pipe_J_per_K / static_cast<double>(wall_C_.size()));
        }
    }
    else {
        for (std::size_t i = 0; i < parcel_C_.size(); ++i) {
            lose(parcel_C_[i], volume_m3(i) * pipe_.fluid_J_per_m3K);
        }
    }
    return loss_J;
}

void PlugFlow::shift(double inlet_C)
{
    std::copy_backward(parcel_C_.begin(), parcel_C_.end() - 1, parcel_C_.end());
    parcel_C_.front() = inlet_C;
    entered_m3_ = 0.0;
}

Transported PlugFlow::step(double inlet_C, double flow_m3_per_s, double dt_s)
{
    AIDC_EXPECT(flow_m3_per_s >= 0.0 && dt_s > 0.0);
    double left_m3 = 0.0;
    double left_m3K = 0.0;
    double loss_J = 0.0;
    for (double remaining_s = dt_s; remaining_s > 0.0;) {
        double const room_m3 = cell_m3_ - entered_m3_;
        bool const fills = flow_m3_per_s > 0.0 && flow_m3_per_s * remaining_s >= room_m3;
        double const moved_m3 = fills ? room_m3 : flow_m3_per_s * remaining_s;
        double const moved_s = fills ? room_m3 / flow_m3_per_s : remaining_s;
        left_m3 += moved_m3;
        left_m3K += moved_m3 * outlet_C();
        if (moved_m3 > 0.0) {
            parcel_C_.front() += (inlet_C - parcel_C_.front()) * moved_m3 / (entered_m3_ + moved_m3);
        }
        entered_m3_ = fills ? cell_m3_ : entered_m3_ + moved_m3;
        exchange_with_wall(moved_s);
        loss_J += lose_to_surroundings(moved_s);
        if (fills) {
            shift(inlet_C);
        }
        remaining_s -= moved_s;
    }
    return {.mean_outlet_C = left_m3 > 0.0 ? left_m3K / left_m3 : outlet_C(), .loss_J = loss_J};
}

} // namespace aidc
