#pragma once
/// \file
/// Accelerator, server and rack: what a position carries, draws and needs.

#include "models/base/id.hpp"
#include "models/cooling/chip.hpp"
#include "models/cooling/throttle.hpp"
#include "models/hydraulic/flow_rule.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace aidc {

/// One accelerator package on its cold plate.
struct Accelerator {
    double tdp_W{};                  ///< Thermal design power of the package [W]
    double h200_equivalents = 1.0;   ///< Dense BF16 work relative to an H200 [-]
    double throttle_case_C = 85.0;   ///< Case temperature at which power is cut [C]
    double trip_case_C = 105.0;      ///< Case temperature at which it switches off [C]
    double capacity_J_per_K = 240.0; ///< Package with its plate [J/K]; 150...300 [J]
    Leakage leakage;                 ///< Power that grows with temperature; off by default
};

/// One server or tray: accelerators and everything that serves them.
struct Server {
    std::uint32_t accelerators{};
    double power_W{}; ///< At its input, all accelerators busy [W]
};

/// One kind of rack, as ordered.
struct RackKind {
    std::string name;
    Accelerator accelerator;
    Server server;
    std::uint32_t servers{}; ///< Per rack; for a supernode its mean over all cabinets
    double overhead_W{};     ///< Switches, fans and conversion of the rack [W]
    double liquid_share{};   ///< Heat that leaves by the cold plates [-], 0..1
    ChipCooling chip;        ///< Of one accelerator
    FlowRule::Law flow_law = FlowRule::Law::constant_flow;
    double return_C = 55.5;                              ///< Coolant return to keep by the law constant_return [C]; Lenovo LP2357
    double tcs_flow_m3_per_J{};                          ///< Coolant per joule of liquid heat at full power (1.5 L/min/kW = 2.5e-8)
    double tcs_flow_min_m3_per_J = 1.25e-3 / 60.0 / 1e3; ///< Least that it may get: 1.25 L/min/kW (OCP OAI guidelines: 1.25 to 2)
    double draw_share = 1.0;                             ///< Mean power of a busy rack / budget [-]; for energy, never for capacity
    double idle_share{};                                 ///< Power of an idle rack / budget [-]
    std::uint32_t go_live_unit_racks = 1;                ///< Racks that go live together (a supernode)
    double supply_max_C = 45.0;                          ///< Warmest coolant supply it takes [C]
    double bus_V = 54.0;                                 ///< Voltage of its bus bar [V DC]
    double mass_kg{};                                    ///< With coolant [kg]; 0: not told
    std::vector<std::string> barred_regions;             ///< Export rules keep it out of these
    double accelerator_afr_per_s{};                      ///< Failures per accelerator [1/s]
    double accelerator_repair_s{};                       ///< Mean time to repair [s]
};

/// Share of live accelerators at work [-], 0..1: one for all, or by kind of rack.
class Busy {
  public:
    Busy(double all = 0.0) : all_(all) {} // a plain number is meant for all
    explicit Busy(std::span<double const> by_kind) : by_kind_(by_kind) {}

    double of(Id<RackKind> kind) const { return by_kind_.empty() ? all_ : by_kind_[kind.row]; }

  private:
    double all_{};
    std::span<double const> by_kind_{};
};

/// Power a rack may draw: what capacity is counted in [W at rack input].
double budget_W(RackKind const& kind);

/// Coolant of one rack at full power [m3/s]: flow per liquid heat times liquid heat.
double design_flow_m3_per_s(RackKind const& kind);

/// Coolant of one rack [m3/s] by its flow law, never below a fifth nor above three times the design flow [J].
/// \param rack_W     Power now [W]      \param supply_C  Coolant supply [C]
double rack_flow_m3_per_s(RackKind const& kind, FluidProperties const& coolant, double rack_W, double supply_C);

/// Accelerators of one rack.
std::uint32_t accelerators(RackKind const& kind);

/// Mean power [W] of one live rack of which the share `busy` of the accelerators works; linear between idle and busy draw.
/// \param busy [-], 0..1
double mean_power_W(RackKind const& kind, double busy);

/// Long-run share of accelerators under repair: a t / (1 + a t) of an alternating renewal process (failures pooled by hall).
double repair_share(RackKind const& kind);

} // namespace aidc
