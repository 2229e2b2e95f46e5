#pragma once
/// \file
/// What a planner can do about each cause, and which work and goods can hold which term.

#include "models/build/activity.hpp"
#include "models/ledger/cause.hpp"
#include "models/ledger/term.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace aidc::report {

/// What helps against a cause; "it" is what slipped, {} the crew or the part.
struct Advice {
    Cause cause;
    std::string_view text;
};

inline constexpr std::array<Advice, cause_count> advices{{
    {Cause::plan, "nothing slipped: the plan asks for it before it can come"},
    {Cause::order_late, "place it earlier"},
    {Cause::maker, "order it earlier, from a second maker as well, or with a larger quota"},
    {Cause::upstream_part, "secure {}: own stock, prepaid capacity or a second source"},
    {Cause::transit, "air freight, or smaller lots more often"},
    {Cause::customs_or_ban, "licences before it ships; else another region or another kind of rack"},
    {Cause::permit, "file it earlier, or take a site that has it"},
    {Cause::utility_works, "bridging power until it is done, or start it earlier"},
    {Cause::energy_quota, "file it earlier; bridging power or a leased hall meanwhile"},
    {Cause::site_works, "start it earlier, more prefabrication, or lease a shell that stands"},
    {Cause::crew, "one more team of {}"},
    {Cause::commissioning, "more blocks in parallel, more tests in the factory"},
    {Cause::retest, "fewer retests: witnessed factory tests, L1 and L2 before it"},
    {Cause::install, "racks filled and cabled in the factory, or more teams"},
    {Cause::burn_in, "burn in at the maker, or in smaller groups"},
    {Cause::fabric, "pre-terminated cables, or a second team"},
    {Cause::failed, "more spares and quicker repair"},
    {Cause::grid_outage, "batteries, own generation or more firm import"},
    {Cause::plant_outage, "one more unit of plant in reserve"},
    {Cause::tripped, "pumps behind the UPS, more coolant, quicker gensets: aidcsim contingency tells which"},
    {Cause::shed, "more gensets or import, or batteries that last until they are there"},
    {Cause::throttled, "colder facility water or more heat rejection on hot days"},
    {Cause::rolled_back, "checkpoints more often, or fewer racks that stop"},
    {Cause::unsold, "more contracts before it is live"},
    {Cause::unallocated, "customers' racks sooner, or more jobs for what is sold"},
    {Cause::idle, "more work for what is given out, or restarts that are quicker"},
    {Cause::overhead, "checkpoints that are quicker, jobs that stay in one hall"},
    {Cause::useful, "nothing: it works"},
}};

consteval bool every_cause_has_advice()
{
    for (std::size_t c = 0; c < cause_count; ++c) {
        if (advices[c].cause != causes[c].cause || advices[c].text.empty()) {
            return false;
        }
    }
    return true;
}
static_assert(every_cause_has_advice(), "a cause without advice: add a row to `advices`, in the order of `causes`");

/// Advice against a cause. \param subject  The crew or the part
std::string advice_on(Cause cause, std::string const& subject);

/// Cause of a name in a file; `plan` for an unknown one.
Cause cause_of(std::string_view name);

/// Can lateness of work of this stage hold a term?
bool can_hold(std::string_view term, Stage stage);

} // namespace aidc::report
