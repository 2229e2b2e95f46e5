#include "sim/search/method.hpp"

#include "models/base/error.hpp"

#include <nlopt.hpp>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <random>

namespace aidc {
namespace {

constexpr std::size_t plans_a_lever = 10; ///< Of a round's part for the method
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double first_step = 0.25;  ///< Of a lever's list
constexpr std::size_t most_idle = 5; ///< Rounds on end without a new plan

/// Numbers for a minimizer: below 1 what is feasible, in the order of cost; above what is not, in the order of violation.
class Merit {
  public:
    explicit Merit(Search const& search) : goal_(search.goal())
    {
        double least = infinite, most = -infinite;
        auto const first = std::min(search.asked().size(), search.space().size() + 1); // no more, so that it stays as it is
        for (std::size_t i = 0; i < first; ++i) {
            if (goal_.is_usable(*search.asked()[i])) {
                least = std::min(least, goal_.cost(*search.asked()[i]));
                most = std::max(most, goal_.cost(*search.asked()[i]));
            }
        }
        zero_ = least <= most ? least : 0.0;
        width_ = least < most ? most - least : std::max(std::abs(zero_), 1e-9);
    }

    /// Cost on -1 ... 1, rising; 1 where there is none.
    double cost(Evaluation const& e) const
    {
        if (!goal_.is_usable(e)) {
            return 1.0;
        }
        double const z = (goal_.cost(e) - zero_) / width_;
        return z / (1.0 + std::abs(z));
    }
    /// Exact penalty after Deb: the least merit is the best plan.
    double penalised(Evaluation const& e) const
    {
        if (!goal_.is_usable(e)) {
            return worst;
        }
        double const violation = goal_.violation(e);
        return violation > 0.0 ? 1.0 + violation : cost(e);
    }
    double constraint(Evaluation const& e, std::size_t c) const { return goal_.is_usable(e) ? goal_.missed(e, c) : worst; }

  private:
    static constexpr double worst = 50.0; ///< Beyond what two constraints can miss

    Goal const& goal_;
    double zero_ = 0.0;  ///< Least cost of the first plans
    double width_ = 1.0; ///< How far these lie apart
};

/// One call of NLopt: what it asks for goes to the search, and the search may end it.
class Calls {
  public:
    Calls(Search& search, bool native) : search_(search), merit_(search), native_(native) {}

    double objective(std::vector<double> const& x)
    {
        auto const& e = ask(x);
        return native_ ? merit_.cost(e) : merit_.penalised(e);
    }
    double constraint(std::vector<double> const& x, std::size_t c) { return merit_.constraint(ask(x), c); }
    /// It was the search that ended it, not the method.
    bool ended() const { return ended_; }
    /// Throws what an evaluation threw; NLopt lets nothing through.
    void rethrow() const
    {
        if (thrown_) {
            std::rethrow_exception(thrown_);
        }
    }

  private:
    Evaluation const& ask(std::vector<double> const& x)
    {
        try {
            if (auto const* const e = search_.ask(search_.space().at(x))) {
                return *e;
            }
        }
        catch (...) {
            thrown_ = std::current_exception();
        }
        ended_ = true;
        throw nlopt::forced_stop();
    }

    Search& search_;
    Merit merit_;
    bool native_;
    bool ended_ = false;
    std::exception_ptr thrown_;
};

/// What NLopt hands back for a constraint.
struct ConstraintCall {
    Calls* calls{};
    std::size_t number{};
};

double call_objective(std::vector<double> const& x, std::vector<double>&, void* data) { return static_cast<Calls*>(data)->objective(x); }
double call_constraint(std::vector<double> const& x, std::vector<double>&, void* data)
{
    auto const& call = *static_cast<ConstraintCall*>(data);
    return call.calls->constraint(x, call.number);
}

/// A method of NLopt, and whether it takes constraints.
struct Algorithm {
    nlopt::algorithm algorithm{};
    bool takes_constraints{};
    bool is_local{};
};

Algorithm algorithm_of(SearchMethod method)
{
    switch (method) {
    case SearchMethod::isres:
        return {.algorithm = nlopt::GN_ISRES, .takes_constraints = true};
    case SearchMethod::cobyla:
        return {.algorithm = nlopt::LN_COBYLA, .takes_constraints = true, .is_local = true};
    case SearchMethod::crs:
        return {.algorithm = nlopt::GN_CRS2_LM};
    case SearchMethod::sbplx:
        return {.algorithm = nlopt::LN_SBPLX, .is_local = true};
    default:
        return {.algorithm = nlopt::GN_DIRECT_L};
    }
}

/// Runs the method from its start. \return whether it ended by itself
bool run_method(Search& search, SearchMethod method, std::uint32_t seed, Steps const& start)
{
    auto const what = algorithm_of(method);
    auto const n = static_cast<unsigned>(search.space().size());
    nlopt::srand(seed);
    nlopt::opt opt(what.algorithm, n);
    opt.set_lower_bounds(0.0);
    opt.set_upper_bounds(1.0);
    opt.set_maxeval(static_cast<int>(100 * (search.asked().size() + search.left()) + 1000)); // known plans cost nothing, but not for ever
    if (method == SearchMethod::isres || method == SearchMethod::crs) {
        opt.set_population(static_cast<unsigned>(plans_a_lever) * (n + 1) / 2); // NLopt's own are for thousands of evaluations
    }
    Calls calls(search, what.takes_constraints);
    std::vector<ConstraintCall> constraints;
    for (std::size_t c = 0; what.takes_constraints && c < search.goal().bounds.size(); ++c) {
        constraints.push_back({.calls = &calls, .number = c});
    }
    for (auto& constraint : constraints) {
        opt.add_inequality_constraint(call_constraint, &constraint, 0.0);
    }
    if (what.is_local) {
        std::vector<double> narrowest;
        for (std::size_t j = 0; j < n; ++j) {
            narrowest.push_back(0.5 / search.space().count(j));
        }
        opt.set_xtol_abs(narrowest);
        opt.set_initial_step(first_step);
    }
    opt.set_min_objective(call_objective, &calls);
    auto x = search.space().unit(start);
    double least = 0.0;
    try {
        opt.optimize(x, least);
    }
    catch (nlopt::forced_stop const&) {
        calls.rethrow();
    }
    catch (std::runtime_error const&) {
        calls.rethrow(); // a method that cannot go on (roundoff) has ended by itself
    }
    return !calls.ended();
}

bool may_go_on(Search const& search) { return search.left() > 0 && !search.stopped(); }

/// A plan that moves to a neighbour when that is better.
class Walker {
  public:
    Walker(Search& search, Evaluation const& from) : search_(search), at_(&from) {}

    /// Each lever up and down by its width, again in a direction that helps. \return whether any helped
    bool step(std::vector<std::int64_t> const& widths)
    {
        bool helped = false;
        for (std::size_t j = 0; j < widths.size(); ++j) {
            for (auto const by : {widths[j], -widths[j]}) {
                while (may_go_on(search_) && try_move({{j, by}})) {
                    helped = true;
                }
            }
        }
        return helped;
    }
    /// One lever up a step and another down. \return whether that helped
    bool exchange()
    {
        auto const n = search_.space().size();
        for (std::size_t up = 0; up < n; ++up) {
            for (std::size_t down = 0; down < n && may_go_on(search_); ++down) {
                if (up != down && try_move({{up, 1}, {down, -1}})) {
                    return true;
                }
            }
        }
        return false;
    }

  private:
    bool try_move(std::vector<std::pair<std::size_t, std::int64_t>> const& moves)
    {
        auto plan = at_->plan;
        for (auto const& [lever, by] : moves) {
            auto const to = static_cast<std::int64_t>(plan[lever]) + by;
            plan[lever] = static_cast<std::uint32_t>(std::clamp<std::int64_t>(to, 0, search_.space().count(lever) - 1));
        }
        auto const* const there = search_.ask(plan);
        bool const helps = there != nullptr && search_.goal().better(*there, *at_);
        at_ = helps ? there : at_;
        return helps;
    }

    Search& search_;
    Evaluation const* at_;
};

/// A plan of which about half the levers are as in the one, the others as in the other.
Steps half_of(Steps plan, Steps const& other, std::mt19937_64& bits)
{
    for (std::size_t j = 0; j < plan.size(); ++j) {
        plan[j] = bits() % 2 == 0 ? plan[j] : other[j];
    }
    return plan;
}

/// The start and, of each lever, one other plan: how much does the objective move? A local method begins with the same plans.
void ask_first(Search& search, Steps const& start)
{
    search.ask(start);
    for (std::size_t j = 0; j < start.size(); ++j) {
        auto unit = search.space().unit(start);
        unit[j] += unit[j] + first_step <= 1.0 ? first_step : -first_step;
        search.ask(search.space().at(unit));
    }
}

void ask_all(Search& search)
{
    Steps plan(search.space().size(), 0);
    while (search.ask(plan) != nullptr && search.space().next(plan)) {}
}

} // namespace

SearchMethod method_for(SearchMethod method, double plans, std::size_t evaluations)
{
    if (method != SearchMethod::chosen) {
        return method;
    }
    return plans <= static_cast<double>(evaluations) ? SearchMethod::all : SearchMethod::cobyla;
}

void polish(Search& search)
{
    if (search.best() == nullptr) {
        return;
    }
    std::vector<std::int64_t> widths;
    for (std::size_t j = 0; j < search.space().size(); ++j) {
        widths.push_back(std::max<std::int64_t>(1, search.space().count(j) / 8));
    }
    Walker walker(search, *search.best());
    while (may_go_on(search)) {
        if (walker.step(widths)) {
            continue;
        }
        bool const single = std::ranges::all_of(widths, [](auto width) { return width == 1; });
        if (single && !walker.exchange()) {
            return;
        }
        for (auto& width : widths) {
            width = std::max<std::int64_t>(1, width / 2);
        }
    }
}

void ask_neighbours(Search& search, Steps const& plan)
{
    for (std::size_t j = 0; j < plan.size(); ++j) {
        for (std::uint32_t const step : {plan[j] - 1, plan[j] + 1}) { // 0 - 1 is beyond the end
            if (step < search.space().count(j)) {
                auto neighbour = plan;
                neighbour[j] = step;
                search.ask(neighbour);
            }
        }
    }
}

void run_search(Search& search, SearchCourse const& course)
{
    AIDC_EXPECT(course.start.size() == search.space().size());
    auto const method = method_for(course.method, search.space().plans(), course.evaluations);
    search.allow(course.evaluations);
    if (method == SearchMethod::all) {
        search.ask(course.start);
        ask_all(search);
        return;
    }
    ask_first(search, course.start);
    std::mt19937_64 bits(course.seed);
    auto start = course.start;
    auto seed = course.seed;
    for (std::size_t idle = 0; idle < most_idle && may_go_on(search);) {
        auto const known = search.asked().size();
        search.allow(std::min(course.evaluations, known + plans_a_lever * search.space().size()));
        bool const ended = run_method(search, method, seed, start);
        search.allow(course.evaluations);
        polish(search);
        idle = search.asked().size() == known ? idle + 1 : 0;
        if (ended) {
            ++seed;
            start = search.space().random(bits);
            if (seed % 2 != course.seed % 2) {
                start = half_of(search.best()->plan, start, bits);
            }
        }
    }
}

} // namespace aidc
