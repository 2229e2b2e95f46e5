#pragma once
/// \file
/// Histories of many units: failures, repairs, maintenance and common causes, one event after the other.

#include "models/reliability/life.hpp"

#include <cstddef>
#include <deque>
#include <span>
#include <vector>

namespace aidc {

/// An endless history, computed as it is asked for; memory in proportion to the units, whatever the time.
///
/// Renewal processes: each unit works for a drawn time, fails, waits for a crew, is repaired for a drawn time and is as good as new.
/// With spares the place is filled from the stock first, and the repaired unit goes to the place that has waited longest or to stock.
/// Maintenance: the turns of a group are `maintenance_every_s / units` apart, place after place; a turn waits until all of the
/// group is up, and is never dropped.
/// Common cause, the beta-factor model: a unit's failure rate is lambda = (1 - beta) lambda + beta lambda, the second part one
/// Poisson process for the whole group with the rate beta / mean(to_failure); own times to failure are drawn and divided by 1 - beta. The
/// rate of a unit in operation is thus lambda for every beta (exactly if its life is exponential).
/// Source: K. N. Fleming, General Atomic GA-A13284 (1975); A. Mosleh et al., NUREG/CR-4780 vol. 1 (1988).
/// Not modelled: units in repair, exchange or maintenance are hit by no common cause and no external event; a repair neither fails nor
/// leaves the unit half as good; maintenance takes no crew and does not renew.
class History {
  public:
    /// Keeps references to all three.
    /// \pre the mean time to failure is above 0; what LifeGroup says of its fields
    History(std::span<LifeGroup const> groups, std::span<ExternalEvent const> events, LifeUniforms const& uniforms);

    /// The next event in the order of time; of one instant in the order of cause and effect. Time never_s if nothing happens any more.
    LifeEvent next();

  private:
    enum class State : std::uint8_t { working, maintained, queued, in_repair, stocked, exchanged };

    /// A unit wherever it is; each has one timer at most.
    struct Part {
        std::uint32_t group{}, place{}; ///< Place in all groups where it works, or worked last
        std::uint32_t lives{};          ///< Number of its present life
        State state{};
        double left_s{}; ///< Life left while it is maintained
    };
    struct Place {
        std::uint32_t part{};
        DownCause cause{};
    };
    struct Group {
        std::uint32_t first_part{}, first_place{}, free_crews{}, down{};
        std::uint64_t turns{}, turns_due{};           ///< Of maintenance: fallen due so far; not done yet
        std::deque<std::uint32_t> queue, stock, bare; ///< Parts that wait for a crew; in stock; places without a part
    };
    /// A Poisson process that takes groups down.
    struct Shock {
        double rate_per_s{};
        std::uint32_t row{}, number{};
        LifeDraw purpose{};
    };

    void add(LifeGroup const& law, std::uint32_t row);
    void run(std::size_t timer);
    void change(std::uint32_t part);
    void fail(std::uint32_t part, DownCause cause);
    void repair_next(Group& group);
    void fill_places(Group& group);
    void work(std::uint32_t part, double life_s);
    void turn(std::uint32_t row);
    void maintain(std::uint32_t row);
    void strike(Shock& shock);
    void strike(std::uint32_t row, DownCause cause);

    std::size_t turn_timer(std::uint32_t row) const { return parts_.size() + row; }
    std::size_t shock_timer(std::size_t shock) const { return parts_.size() + groups_.size() + shock; }
    double draw(std::uint32_t part, LifeDraw purpose) const;
    double life_s(std::uint32_t part) const;
    double until_shock_s(Shock& shock) const;
    void say(Part const& part, bool up);

    std::span<LifeGroup const> laws_;
    std::span<ExternalEvent const> events_;
    LifeUniforms const* uniforms_;
    std::vector<Part> parts_;
    std::vector<Place> places_;
    std::vector<Group> groups_;
    std::vector<Shock> shocks_;
    Timers timers_{0};
    std::vector<LifeEvent> ready_; ///< Of this instant
    std::size_t given_ = 0;        ///< Of them
    double now_s_ = 0.0;
};

} // namespace aidc
