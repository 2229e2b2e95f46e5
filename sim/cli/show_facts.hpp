#pragma once
/// \file
/// What `aidcsim show` says about a result file, read once; page and JSON print the same facts.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace aidc::report {

/// A date of a result file: seconds since its start; NaN where it was not reached.
struct Dates {
    std::int64_t start_day{}; ///< Since 1970-01-01

    std::string text(double date_s) const; ///< "2026-05-31"; empty where it was not reached
};

/// Reads units of dates: "seconds since 2026-01-01T00:00:00Z".
Dates dates_since(std::string const& units);

/// Days between two dates, both taken as whole days; none unless both were reached.
std::optional<double> days_late(double actual_s, double planned_s);

/// Live capacity at one date, all campuses.
struct Capacity {
    double at_s{};
    double live_W{}, planned_W{}, accelerators{}, accelerators_planned{};
};

/// One hall: when it was ready, when live, and what holds it.
struct HallFacts {
    std::string name;
    double complete_W{}, live_W{};
    bool has_handover = false; ///< Else it stood at the start
    double handover_s{}, handover_planned_s{};
    double first_live_s{}, complete_s{}, complete_planned_s{};
    std::vector<std::string> gate; ///< Terms that hold it at the end, or that held it last
};

/// Accelerator-hours planned and not live that one term or cause explains.
struct Hours {
    std::string name;
    double share_h{}, solo_h{}; ///< solo_h: terms only
};

/// A term whose cure gains most, and what it waited on.
struct Help {
    std::string term, hall, activity; ///< Empty where there is none
    double solo_h{};
    double planned_s{}, actual_s{};        ///< Of the activity
    std::string slip_activity, slip_order; ///< The link of its chain that slipped most by itself: one of the two, or none
    double slip_d{};                       ///< Own slip of that link
};

/// An order with late lots.
struct LateOrder {
    std::string order, item, maker;
    int lots{}, late_lots{};
    double planned_s{}, actual_s{}; ///< On the dock, of the latest lot
    double late_d{};                ///< So far, where it is not on the dock
};

/// Sums of an operated run.
struct Operation {
    double it_J{}, facility_J{}, water_kg{}, throttled_J{}, pue{}, wue_kg_per_kWh{}, case_max_C{};
};

/// All that is said about a result file.
struct Facts {
    std::string file, name, status, program, detail;
    std::int64_t seed{};
    Dates dates;
    double until_s{};
    double planned_or_live_h{}, live_h{}, useful_h{}, not_live_h{}, ahead_h{};
    std::vector<Capacity> half_years;
    std::vector<HallFacts> halls;
    std::vector<Hours> terms, causes;   ///< Largest share first, none that is zero
    std::vector<Help> helps;            ///< Three at most
    std::vector<LateOrder> late_orders; ///< Five at most
    int orders_late{};
    std::optional<Operation> operation; ///< Absent with --detail build
};

/// \throws InputErrors  when there is no such file or it is no result of aidcsim
Facts read_facts(std::filesystem::path const& file);

} // namespace aidc::report
