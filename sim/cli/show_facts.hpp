#pragma once
/// \file
/// What `aidcsim show` says about a result file, read once; page and JSON print the same facts.

#include "models/demand/ladder.hpp"

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

/// Ends of the half-years inside a run, and its end.
std::vector<double> half_year_ends(Dates const& dates, double until_s);

/// What a date that planners ask for is the date of.
enum class DateKind : std::uint8_t { target, campus, hall };

/// A date that planners ask for.
struct DateFacts {
    double planned_s{}, actual_s{};
};

/// A live power that was promised for a date.
struct TargetFacts {
    std::string name;
    double it_W{}; ///< NaN: not known
    double due_s{};
    DateFacts date;
};

/// Dates of one campus.
struct CampusFacts {
    std::string name;
    DateFacts power, first_live, complete;
};

/// Live capacity at one date, all campuses.
struct Capacity {
    double at_s{};
    double live_W{}, planned_W{}, accelerators{}, accelerators_planned{};
};

/// One hall: when it was ready, when live, and what holds it.
struct HallFacts {
    std::string name;
    double complete_W{}; ///< Live once it is complete; of a retrofit, with the new racks
    double live_W{};
    DateFacts handover, first_live, complete;
    std::vector<std::string> gate; ///< Terms that hold it at the end, or that held it last
};

/// Accelerator-hours planned and not live that one term or cause explains.
struct Hours {
    std::string name;
    double share_h{}, solo_h{}; ///< solo_h: terms only
};

/// A term whose cure gains most, what it waited on, and what can be done about it.
struct Help {
    std::string term, hall, activity; ///< Empty where there is none
    double solo_h{};
    double waited_h{};                     ///< Share of the term in this hall, waiting for this activity
    double planned_s{}, actual_s{};        ///< Of the activity
    std::string slip_activity, slip_order; ///< What slipped most by itself on the way: one of the two, or none
    std::string cause;                     ///< Of that slip
    double slip_d{};
    std::string advice, command; ///< Empty where there is none
};

/// An order with late lots.
struct LateOrder {
    std::string order, item, maker, part_of;
    int lots{}, late_lots{};
    double planned_s{}, actual_s{}; ///< On the dock, of the latest lot
    double late_d{};                ///< So far, where it is not on the dock
};

/// Units that never came, and that is no lateness.
struct NotComing {
    std::string order, part_of;
    std::string why; ///< "not placed (option)", "not placed", "cancelled"
    double units{};
};

/// Money for goods of one item or from one maker.
struct Money {
    std::string name;
    double paid{}, tariff{};
};

/// Racks of one kind on the dock or later and not live.
struct Stranded {
    std::string item;
    double peak_racks{}, peak_s{}, peak_age_s{}; ///< Mean age on the day of the peak
    double racks_at_end{};
};

/// Sums of an operated run.
struct Operation {
    double it_J{}, facility_J{}, water_kg{}, throttled_J{}, pue{}, wue_kg_per_kWh{}, case_max_C{};
    double chiller_h{}, reused_J{};
    std::vector<std::pair<std::string, double>> consumers; ///< Name and energy [J], largest first
    std::vector<std::pair<std::string, double>> outside;   ///< What was outside of its curve, and hours
};

/// Cooling of one building, as sized.
struct PlantFacts {
    std::string name, outdoor_kind;
    double liquid_W{}, air_W{}, dry_bulb_C{}, wet_bulb_C{}, tcs_C{}, fws_C{}, fws_flow_m3_per_s{};
    double outdoor_units{}, outdoor_spare{}, outdoor_needed{}, chillers{}, chiller_spare{}, air_outdoor_units{}, air_chillers{};
    double cdus_per_pod{}, cdu_spare{}, pumps{}, pump_spare{}, pump_unit_m3_per_s{}, carried{};
};

/// Accelerator-hours of a pool by rung, and what is left in H200.
struct LadderFacts {
    std::string pool;
    PerRung<double> hours{};
    double productive_h200_h{};
};

/// A contract over the whole run.
struct ContractFacts {
    std::string name;
    double due_J{}, sold_J{}, revenue{}, damages{};
};

/// Jobs of one stream over the whole run.
struct StreamFacts {
    std::string name;
    std::int64_t jobs{}, started{}, ended{}, interruptions{}, evictions{};
    double wait_s{}; ///< Sum over those that started
    double held_h{}, lost_h{};
};

/// What the capacity was used for.
struct UseFacts {
    std::vector<LadderFacts> ladders;
    std::vector<ContractFacts> contracts;
    std::vector<StreamFacts> streams;
};

/// All that is said about a result file.
struct Facts {
    std::string file, name, status, program, detail, currency;
    std::int64_t seed{};
    Dates dates;
    double until_s{};
    double planned_or_live_h{}, live_h{}, useful_h{}, not_live_h{}, ahead_h{};
    std::vector<Capacity> half_years;
    std::vector<TargetFacts> targets;
    std::vector<CampusFacts> campuses;
    std::vector<HallFacts> halls;
    std::vector<Hours> terms, causes;     ///< Largest share first, none that is zero
    std::vector<Help> helps;              ///< Three at most
    std::vector<LateOrder> late_orders;   ///< Largest lateness first; parts as well
    std::vector<NotComing> not_coming;    ///< By order
    std::vector<Money> by_item, by_maker; ///< Largest first; empty without prices
    std::vector<Stranded> stranded;       ///< Largest peak first
    std::optional<Operation> operation;   ///< Absent with --detail build
    std::vector<PlantFacts> plants;       ///< By building
    UseFacts use;
};

/// \throws InputErrors  when there is no such file or it is no result of aidcsim
Facts read_facts(std::filesystem::path const& file);

} // namespace aidc::report
