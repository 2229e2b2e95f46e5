#include "sim/engine/story.hpp"

#include "models/base/error.hpp"

namespace aidc {

Story::~Story()
{
    if (handle_) {
        AIDC_EXPECT(!handle_.promise().running);
        handle_.destroy();
    }
}

void start(Simulation& simulation, Story& story, Tick date, Phase phase)
{
    AIDC_EXPECT(story.handle_ && !story.handle_.promise().started);
    story.handle_.promise().started = true;
    story.handle_.promise().post(simulation, date, phase);
}

Story::promise_type::~promise_type()
{
    if (simulation != nullptr) {
        simulation->cancel(event);
    }
    if (signal != nullptr) {
        signal->remove(*this);
    }
}

void Story::promise_type::post(Simulation& where, Tick date, Phase phase)
{
    event = where.at(date, phase, [this] {
        // Cleared on the way out too, when the story throws.
        struct Running {
            bool& flag;
            explicit Running(bool& f) : flag(f) { flag = true; }
            ~Running() { flag = false; }
        } const guard(running);
        simulation = nullptr;
        Handle::from_promise(*this).resume();
    });
    simulation = &where;
}

Signal& Signal::operator=(Signal&& other) noexcept
{
    if (this != &other) {
        forget_all();
        take(other);
    }
    return *this;
}

void Signal::notify(Simulation& simulation, Phase phase)
{
    auto* story = first_;
    forget_all();
    while (story != nullptr) {
        auto* const next = std::exchange(story->behind, nullptr);
        story->post(simulation, simulation.now(), phase);
        story = next;
    }
}

void Signal::add(Story::promise_type& story)
{
    story.signal = this;
    story.ahead = last_;
    story.behind = nullptr;
    (last_ != nullptr ? last_->behind : first_) = &story;
    last_ = &story;
}

void Signal::remove(Story::promise_type& story)
{
    (story.ahead != nullptr ? story.ahead->behind : first_) = story.behind;
    (story.behind != nullptr ? story.behind->ahead : last_) = story.ahead;
    story.signal = nullptr;
}

void Signal::take(Signal& other) noexcept
{
    first_ = std::exchange(other.first_, nullptr);
    last_ = std::exchange(other.last_, nullptr);
    for (auto* story = first_; story != nullptr; story = story->behind) {
        story->signal = this;
    }
}

void Signal::forget_all() noexcept
{
    for (auto* story = first_; story != nullptr; story = story->behind) {
        story->signal = nullptr;
    }
    first_ = last_ = nullptr;
}

} // namespace aidc
