#pragma once
/// \file
/// What a result file says about the scenario it was made from: prices, crews, orders, and where they stand in it.

#include "models/build/activity.hpp"
#include "sim/cli/show_facts.hpp"

#include <map>
#include <optional>
#include <string>

namespace aidc::h5 {
class Reader;
}

namespace aidc::report {

/// An order as the scenario has it.
struct OrderWords {
    std::string root;    ///< Order of the goods: itself, or what its parts are for
    std::string item;    ///< Of itself
    std::string pointer; ///< Of the root, "/orders/7"; empty for a second source
    double placed_s{};   ///< Of the root
    bool is_option = false;
    bool of_racks = false; ///< The root is for racks
};

/// An activity as the scenario has it.
struct ActivityWords {
    Stage stage{};
    std::string crew;    ///< Empty: none
    std::string pointer; ///< Of the crew, "/crews/1"; empty where its teams change by date
    double teams{};      ///< Of the crew
};

/// The scenario in a result file.
struct ScenarioWords {
    std::string currency;
    std::map<std::string, double> target_W;
    std::map<std::string, OrderWords> orders;
    std::map<std::string, ActivityWords> activities;
};

/// Empty when this program cannot read it (another version, a weather file that is gone).
ScenarioWords read_scenario(h5::Reader const& file);

/// What slipped on the way to a date, by itself.
struct Slip {
    std::string item; ///< Activity, or order
    bool is_order = false;
    std::string cause;
    double days{};
};

/// Can a slip hold a term, as far as the scenario says?
bool can_hold(std::string const& term, Slip const& slip, ScenarioWords const& words);

/// What a planner can do about a slip.
std::string advice_on(Slip const& slip, ScenarioWords const& words);

/// `--set ...` that tries it; empty where it is not mechanical.
std::string command_for(Slip const& slip, ScenarioWords const& words, Dates const& dates);

} // namespace aidc::report
