#include "models/reliability/history.hpp"

#include "models/base/error.hpp"

#include <cmath>

namespace aidc {

History::History(std::span<LifeGroup const> groups, std::span<ExternalEvent const> events, LifeUniforms const& uniforms)
    : laws_(groups), events_(events), uniforms_(&uniforms)
{
    for (std::uint32_t row = 0; row < laws_.size(); ++row) {
        add(laws_[row], row);
    }
    for (std::uint32_t row = 0; row < events_.size(); ++row) {
        if (events_[row].rate_per_s > 0.0) {
            shocks_.push_back({.rate_per_s = events_[row].rate_per_s, .row = row, .purpose = LifeDraw::external});
        }
    }
    timers_ = Timers(shock_timer(shocks_.size()));
    for (std::uint32_t part = 0; part < parts_.size(); ++part) {
        if (parts_[part].state == State::working) {
            timers_.set(part, life_s(part));
        }
    }
    for (std::uint32_t row = 0; row < laws_.size(); ++row) {
        timers_.set(turn_timer(row), laws_[row].maintenance_every_s / laws_[row].units);
    }
    for (std::size_t i = 0; i < shocks_.size(); ++i) {
        timers_.set(shock_timer(i), until_shock_s(shocks_[i]));
    }
}

void History::add(LifeGroup const& law, std::uint32_t row)
{
    double const mean_life_s = mean_s(law.to_failure);
    AIDC_EXPECT(law.units >= 1 && law.crews >= 1 && mean_life_s > 0.0 && law.common_share >= 0.0 && law.common_share < 1.0);
    AIDC_EXPECT(law.maintenance_s >= 0.0 && law.maintenance_every_s > law.units * law.maintenance_s);
    auto& group = groups_.emplace_back();
    group.first_part = static_cast<std::uint32_t>(parts_.size());
    group.first_place = static_cast<std::uint32_t>(places_.size());
    group.free_crews = law.crews;
    for (std::uint32_t i = 0; i < law.units + law.spares; ++i) {
        auto const index = static_cast<std::uint32_t>(parts_.size());
        if (i < law.units) {
            parts_.push_back({.group = row, .place = group.first_place + i, .state = State::working});
            places_.push_back({.part = index});
        }
        else {
            parts_.push_back({.group = row, .state = State::stocked});
            group.stock.push_back(index);
        }
    }
    if (law.common_share > 0.0) {
        shocks_.push_back({.rate_per_s = law.common_share / mean_life_s, .row = row, .purpose = LifeDraw::common});
    }
}

LifeEvent History::next()
{
    while (given_ == ready_.size()) {
        ready_.clear();
        given_ = 0;
        auto const timer = timers_.first();
        now_s_ = timers_.date_s(timer);
        if (now_s_ == never_s) {
            return {};
        }
        run(timer);
    }
    return ready_[given_++];
}

double History::draw(std::uint32_t index, LifeDraw purpose) const
{
    auto const& part = parts_[index];
    return uniforms_->uniform(part.group, index - groups_[part.group].first_part, purpose, part.lives);
}

double History::life_s(std::uint32_t part) const
{
    auto const& law = laws_[parts_[part].group];
    return quantile_s(law.to_failure, draw(part, LifeDraw::failure)) / (1.0 - law.common_share);
}

double History::until_shock_s(Shock& shock) const
{
    return -std::log(uniforms_->uniform(shock.row, 0, shock.purpose, shock.number++)) / shock.rate_per_s;
}

void History::say(Part const& part, bool up)
{
    auto const& place = places_[part.place];
    ready_.push_back({now_s_, part.group, part.place - groups_[part.group].first_place, up, place.cause});
}

void History::run(std::size_t timer)
{
    if (timer < parts_.size()) {
        change(static_cast<std::uint32_t>(timer));
    }
    else if (timer < shock_timer(0)) {
        turn(static_cast<std::uint32_t>(timer - parts_.size()));
    }
    else {
        auto& shock = shocks_[timer - shock_timer(0)];
        timers_.set(timer, now_s_ + until_shock_s(shock));
        strike(shock);
    }
}

void History::change(std::uint32_t index)
{
    auto& part = parts_[index];
    auto& group = groups_[part.group];
    switch (part.state) {
    case State::working:
        fail(index, DownCause::own);
        break;
    case State::maintained:
        work(index, part.left_s);
        break;
    case State::exchanged:
        work(index, life_s(index));
        break;
    case State::in_repair:
        ++part.lives;
        ++group.free_crews;
        if (laws_[part.group].spares == 0) {
            work(index, life_s(index));
        }
        else {
            part.state = State::stocked;
            timers_.stop(index);
            group.stock.push_back(index);
            fill_places(group);
        }
        repair_next(group);
        break;
    case State::queued:
    case State::stocked:
        contract_broken("invariant", "a unit that waits has no timer", __FILE__, __LINE__);
    }
}

void History::fail(std::uint32_t index, DownCause cause)
{
    auto& part = parts_[index];
    auto& group = groups_[part.group];
    places_[part.place].cause = cause;
    ++group.down;
    say(part, false);
    part.state = State::queued;
    timers_.stop(index);
    group.queue.push_back(index);
    repair_next(group);
    if (laws_[part.group].spares > 0) {
        group.bare.push_back(part.place);
        fill_places(group);
    }
}

void History::repair_next(Group& group)
{
    while (group.free_crews > 0 && !group.queue.empty()) {
        auto const index = group.queue.front();
        auto& part = parts_[index];
        group.queue.pop_front();
        --group.free_crews;
        part.state = State::in_repair;
        timers_.set(index, now_s_ + quantile_s(laws_[part.group].to_repair, draw(index, LifeDraw::repair)));
    }
}

void History::fill_places(Group& group)
{
    while (!group.stock.empty() && !group.bare.empty()) {
        auto const index = group.stock.front();
        auto& part = parts_[index];
        part.place = group.bare.front();
        places_[part.place].part = index;
        group.stock.pop_front();
        group.bare.pop_front();
        part.state = State::exchanged;
        timers_.set(index, now_s_ + quantile_s(laws_[part.group].to_replace, draw(index, LifeDraw::replacement)));
    }
}

void History::work(std::uint32_t index, double life_s)
{
    auto& part = parts_[index];
    part.state = State::working;
    timers_.set(index, now_s_ + life_s);
    --groups_[part.group].down;
    say(part, true);
    maintain(part.group);
}

void History::turn(std::uint32_t row)
{
    auto& group = groups_[row];
    ++group.turns;
    ++group.turns_due;
    timers_.set(turn_timer(row), static_cast<double>(group.turns + 1) * laws_[row].maintenance_every_s / laws_[row].units);
    maintain(row);
}

void History::maintain(std::uint32_t row)
{
    auto& group = groups_[row];
    if (group.turns_due == 0 || group.down > 0) {
        return;
    }
    auto const unit = static_cast<std::uint32_t>((group.turns - group.turns_due) % laws_[row].units);
    auto& place = places_[group.first_place + unit];
    auto& part = parts_[place.part];
    --group.turns_due;
    part.state = State::maintained;
    part.left_s = timers_.date_s(place.part) - now_s_;
    timers_.set(place.part, now_s_ + laws_[row].maintenance_s);
    place.cause = DownCause::maintenance;
    ++group.down;
    say(part, false);
}

void History::strike(Shock& shock)
{
    if (shock.purpose == LifeDraw::common) {
        strike(shock.row, DownCause::common);
        return;
    }
    for (auto const row : events_[shock.row].groups) {
        strike(row, DownCause::external);
    }
}

void History::strike(std::uint32_t row, DownCause cause)
{
    for (std::uint32_t unit = 0; unit < laws_[row].units; ++unit) {
        auto const part = places_[groups_[row].first_place + unit].part;
        if (parts_[part].state == State::working) {
            fail(part, cause);
        }
    }
}

} // namespace aidc
