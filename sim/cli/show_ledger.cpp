#include "sim/cli/show_build.hpp"

#include "models/ledger/cause.hpp"

#include <cmath>
#include <functional>
#include <limits>
#include <map>

namespace aidc::report {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Sum over halls of a [hall, name] matrix.
std::vector<double> over_halls(std::vector<double> const& matrix, std::size_t names)
{
    std::vector<double> sum(names);
    for (std::size_t i = 0; i < matrix.size(); ++i) {
        sum[i % names] += matrix[i];
    }
    return sum;
}

void largest_first(std::vector<Hours>& hours)
{
    std::erase_if(hours, [](Hours const& row) { return row.share_h <= 0.0; });
    std::ranges::stable_sort(hours, std::greater{}, &Hours::share_h);
}

/// The hall and the activity that together waited longest for a term.
void set_most_waited(h5::Reader const& file, Help& help)
{
    auto const halls = file.labels("/ledger_waited/hall");
    auto const waited_terms = file.labels("/ledger_waited/term");
    auto const activities = file.labels("/ledger_waited/activity");
    auto const hours = file.column("/ledger_waited/share_accelerator_h");
    for (std::size_t i = 0; i < halls.size(); ++i) {
        if (waited_terms[i] == help.term && hours[i] > help.waited_h) {
            help.hall = halls[i];
            help.activity = activities[i];
            help.waited_h = hours[i];
        }
    }
}

/// Columns of /chain.
struct Chains {
    std::vector<std::string> milestones, who, causes;
    std::vector<double> slip_s;

    explicit Chains(h5::Reader const& file)
        : milestones(file.labels("/chain/milestone")), who(file.labels("/chain/who")), causes(file.labels("/chain/cause")),
          slip_s(file.column("/chain/slip_s"))
    {
    }
};

/// Rows of the chain to a milestone, from an activity on down to the start; from its end where the activity is not on it.
struct Stretch {
    std::size_t from{}, to{};
};

Stretch stretch_of(Chains const& chains, std::string const& milestone, std::string const& activity)
{
    auto const first = std::ranges::find(chains.milestones, milestone);
    auto const last = std::find_if(first, chains.milestones.end(), [&](std::string const& name) { return name != milestone; });
    Stretch all{static_cast<std::size_t>(first - chains.milestones.begin()), static_cast<std::size_t>(last - chains.milestones.begin())};
    for (std::size_t i = all.from; i < all.to; ++i) {
        if (chains.who[i] == activity) {
            return {i, all.to};
        }
    }
    return all;
}

/// The chain that tells most: one that runs through the activity, of the hall's dates first; else that of the hall's completion.
Stretch best_stretch(Chains const& chains, Help const& help)
{
    auto const has = [&](Stretch s) { return s.from < s.to && chains.who[s.from] == help.activity; };
    for (char const* what : {" complete", " first live", " handover"}) {
        if (auto const one = stretch_of(chains, help.hall + what, help.activity); has(one)) {
            return one;
        }
    }
    if (auto const any = std::ranges::find(chains.who, help.activity); any != chains.who.end()) {
        return stretch_of(chains, chains.milestones[static_cast<std::size_t>(any - chains.who.begin())], help.activity);
    }
    return stretch_of(chains, help.hall + " complete", help.activity);
}

/// Slips of the items of a stretch, each item once, by net days; the float of the plan is nobody's slip.
std::vector<Slip> slips_of(Chains const& chains, Stretch stretch)
{
    std::vector<Slip> slips;
    std::map<std::string, double> worst_s;
    for (std::size_t i = stretch.from; i < stretch.to; ++i) {
        if (chains.causes[i] == info(Cause::plan).name) {
            continue;
        }
        auto const lot = chains.who[i].rfind('#');
        auto const name = chains.who[i].substr(0, lot);
        auto slip = std::ranges::find(slips, name, &Slip::item);
        if (slip == slips.end()) {
            slip = slips.insert(slip, {.item = name, .is_order = lot != std::string::npos, .cause = chains.causes[i], .days = 0.0});
            worst_s[name] = chains.slip_s[i];
        }
        slip->days += chains.slip_s[i] / day_s;
        if (chains.slip_s[i] > worst_s[name]) {
            worst_s[name] = chains.slip_s[i];
            slip->cause = chains.causes[i];
        }
    }
    return slips;
}

/// What slipped on the way to the activity: as the chain through it tells, else as that of its hall does, else as dates tell.
std::vector<Slip> slips_on_the_way(h5::Reader const& file, Chains const& chains, Help const& help, ScenarioWords const& words,
                                   double until_s)
{
    auto const chain = best_stretch(chains, help);
    if (chain.from < chain.to) {
        auto slips = slips_of(chains, chain);
        bool const through = chains.who[chain.from] == help.activity;
        std::erase_if(slips, [&](Slip const& slip) { return slip.days < 0.5 || (!through && !can_hold(help.term, slip, words)); });
        if (through || !slips.empty()) {
            return slips;
        }
    }
    return walked(file, help.activity, until_s);
}

void set_slip(Help& help, std::vector<Slip> slips, ScenarioWords const& words, Dates const& dates)
{
    std::erase_if(slips, [&](Slip const& slip) { return slip.days < 0.5; });
    auto const most = std::ranges::max_element(slips, {}, &Slip::days);
    if (most == slips.end()) {
        return;
    }
    (most->is_order ? help.slip_order : help.slip_activity) = most->item;
    help.cause = most->cause;
    help.slip_d = most->days;
    help.advice = advice_on(*most, words);
    help.command = command_for(*most, words, dates);
}

} // namespace

void read_ledger(h5::Reader const& file, Facts& f)
{
    auto const term_names = file.labels("/ledger_term/term");
    auto const share_h = over_halls(file.column("/ledger_term/share_accelerator_h"), term_names.size());
    auto const solo_h = over_halls(file.column("/ledger_term/solo_accelerator_h"), term_names.size());
    for (std::size_t j = 0; j < term_names.size(); ++j) {
        f.terms.push_back({.name = term_names[j], .share_h = share_h[j], .solo_h = solo_h[j]});
    }
    auto const cause_names = file.labels("/ledger_cause/cause");
    auto const cause_h = over_halls(file.column("/ledger_cause/accelerator_h"), cause_names.size());
    for (std::size_t c = 0; c < cause_names.size(); ++c) {
        auto const known = std::ranges::find(causes, cause_names[c], &CauseInfo::name);
        bool const once_live = known != causes.end() && (known->family == "operations" || known->family == "use");
        if (!once_live) {
            f.causes.push_back({.name = cause_names[c], .share_h = cause_h[c]});
        }
    }
    largest_first(f.terms);
    largest_first(f.causes);
}

void read_helps(h5::Reader const& file, ScenarioWords const& words, Facts& f)
{
    Chains const chains(file);
    auto const names = file.labels("/milestones/name");
    auto const planned_s = file.column("/milestones/planned");
    auto const actual_s = file.column("/milestones/actual");
    auto by_solo = f.terms;
    std::ranges::stable_sort(by_solo, std::greater{}, &Hours::solo_h);
    for (auto const& term : by_solo) {
        if (f.helps.size() == 3 || term.solo_h <= 0.0) {
            return;
        }
        Help help{.term = term.name, .solo_h = term.solo_h, .planned_s = missing, .actual_s = missing};
        set_most_waited(file, help);
        if (auto const found = std::ranges::find(names, help.activity); found != names.end()) {
            auto const m = static_cast<std::size_t>(found - names.begin());
            help.planned_s = planned_s[m];
            help.actual_s = actual_s[m];
            set_slip(help, slips_on_the_way(file, chains, help, words, f.until_s), words, f.dates);
        }
        f.helps.push_back(std::move(help));
    }
}

} // namespace aidc::report
