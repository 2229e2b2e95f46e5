#include "models/demand/job_pool.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace aidc {
namespace {

constexpr double never_s = std::numeric_limits<double>::infinity();
constexpr std::size_t not_followed = std::numeric_limits<std::size_t>::max();

} // namespace

JobPool::JobPool(JobPoolSpec spec, JobSource source, std::function<void(JobRecord const&)> done)
    : spec_(std::move(spec)), source_(std::move(source)), done_(std::move(done)), scheduler_(spec_.policy, spec_.placement, spec_.cells)
{
    AIDC_EXPECT(source_ != nullptr);
    if (spec_.rules.empty()) {
        spec_.rules.emplace_back();
    }
    fetch();
}

void JobPool::fetch()
{
    Job job;
    bool const more = source_(job);
    AIDC_EXPECT(!more || (job.run_s > 0.0 && job.processors > 0 && job.rules < spec_.rules.size()));
    AIDC_EXPECT(!more || !more_jobs_ || std::tie(next_job_.submit_s, next_job_.id) <= std::tie(job.submit_s, job.id));
    next_job_ = job;
    more_jobs_ = more;
}

double JobPool::next_s() const { return std::min(dates_.first_s(), more_jobs_ ? next_job_.submit_s : never_s); }

void JobPool::advance(double now_s)
{
    book(now_s);
    while (dates_.first_s() <= now_s) {
        happen(dates_.first(), now_s);
    }
    while (more_jobs_ && next_job_.submit_s <= now_s) {
        arrive();
    }
    pass(now_s);
}

void JobPool::resize(double now_s, std::span<std::uint32_t const> cells, bool announced)
{
    AIDC_EXPECT(cells.size() == spec_.cells.size());
    book(now_s);
    evicted_.clear();
    for (std::uint32_t cell = 0; cell < cells.size(); ++cell) {
        if (cells[cell] != spec_.cells[cell]) {
            scheduler_.resize(cell, cells[cell], evicted_);
            spec_.cells[cell] = cells[cell];
        }
    }
    for (std::uint32_t const key : evicted_) {
        evict(key, now_s, announced && rules_of(live_[key]).saves_when_evicted);
        submit(key);
    }
    pass(now_s);
}

void JobPool::set_speed(double now_s, double speed)
{
    AIDC_EXPECT(speed >= 0.0 && speed <= 1.0);
    book(now_s);
    if (speed != std::exchange(speed_, speed)) {
        for (std::uint32_t key = 0; key < live_.size(); ++key) {
            turn(key, now_s);
        }
    }
}

void JobPool::book(double now_s)
{
    AIDC_EXPECT(now_s >= now_s_);
    if (used() > 0) {
        double const passed_s = now_s - now_s_;
        sums_.allocated_s += used() * passed_s;
        sums_.busy_s += static_cast<double>(used() - restarting_) * passed_s;
        sums_.worked_s += static_cast<double>(plain_) * speed_ * passed_s;
    }
    now_s_ = now_s;
}

JobSums JobPool::take_sums()
{
    for (std::uint32_t const key : followed_) {
        Live& live = live_[key];
        if (live.state == State::working) {
            double const worked_s = progress_at(live, clock_at(live, now_s_)).worked_s;
            sums_.worked_s += live.record.job.processors * (worked_s - live.booked_s);
            live.booked_s = worked_s;
        }
    }
    sums_.worked_s = std::clamp(sums_.worked_s, 0.0, sums_.busy_s); // but for rounding it is
    return std::exchange(sums_, {});
}

// --- One job ---

double JobPool::clock_at(Live const& live, double now_s) const
{
    return std::min(live.clock_s + live.rate * (now_s - live.since_s), std::min(live.span_s, live.strike_s));
}

Progress JobPool::progress_at(Live const& live, double clock_s) const
{
    return progress_after(rules_of(live).checkpoint, live.record.job.run_s - live.saved_s, clock_s);
}

void JobPool::arrive()
{
    if (unused_.empty()) {
        unused_.push_back(static_cast<std::uint32_t>(live_.size()));
        live_.emplace_back();
    }
    std::uint32_t const key = unused_.back();
    unused_.pop_back();
    Live& live = live_[key];
    live = {};
    live.record.job = next_job_;
    live.record.start_s = std::numeric_limits<double>::quiet_NaN();
    live.followed = not_followed;
    live.span_s = span_s(rules_of(live).checkpoint, next_job_.run_s);
    draw_strike(live);
    submit(key);
    fetch();
}

/// Sets the next interruption, counted from where the job's clock starts anew.
void JobPool::draw_strike(Live& live) const
{
    double const rate_per_s = live.record.job.processors * rules_of(live).interruptions_per_s;
    live.strike_s = never_s;
    if (rate_per_s > 0.0) {
        AIDC_EXPECT(spec_.uniform != nullptr);
        live.strike_s = -std::log(spec_.uniform(live.record.job.id, live.record.interruptions)) / rate_per_s;
    }
}

void JobPool::submit(std::uint32_t key)
{
    Live& live = live_[key];
    JobRules const& rules = rules_of(live);
    Job const& job = live.record.job;
    live.state = State::queued;
    double const hold_s = std::max(job.estimate_s - live.saved_s, live.span_s) + (live.evicted ? rules.checkpoint.restart_s : 0.0);
    scheduler_.submit({.key = key,
                       .submit_s = job.submit_s,
                       .id = job.id,
                       .estimate_s = hold_s,
                       .processors = job.processors,
                       .priority = job.priority,
                       .one_cell = rules.one_cell});
}

void JobPool::pass(double now_s)
{
    do { // who was sent away may go where there is still room
        started_.clear();
        evicted_.clear();
        scheduler_.pass(now_s, started_, evicted_);
        for (std::uint32_t const key : evicted_) {
            evict(key, now_s, rules_of(live_[key]).saves_when_evicted);
        }
        for (std::uint32_t const key : started_) {
            start(key, now_s);
        }
        for (std::uint32_t const key : evicted_) {
            submit(key);
        }
    } while (!evicted_.empty());
    if (gangs_changed_) {
        ask_pace(now_s);
    }
}

void JobPool::start(std::uint32_t key, double now_s)
{
    Live& live = live_[key];
    JobRules const& rules = rules_of(live);
    JobRecord& record = live.record;
    record.start_s = std::isnan(record.start_s) ? now_s : record.start_s;
    record.first_processor = scheduler_.first_processor(key);
    record.spans = scheduler_.placed(key).size() > 1;
    live.placed_s = now_s;
    live.pace = 1.0;
    bool const paced = record.spans && spec_.pace;
    gangs_changed_ |= paced;
    if (paced || (rules.checkpoint.every_s > 0.0 && rules.checkpoint.write_s > 0.0)) {
        live.followed = followed_.size();
        followed_.push_back(key);
    }
    ++sums_.started;
    if (live.evicted && rules.checkpoint.restart_s > 0.0) {
        live.state = State::restarting;
        restarting_ += record.job.processors;
        dates_.set(key, now_s + rules.checkpoint.restart_s);
    }
    else {
        begin_work(key, now_s);
    }
}

void JobPool::begin_work(std::uint32_t key, double now_s)
{
    Live& live = live_[key];
    live.state = State::working;
    live.clock_s = live.booked_s = 0.0;
    live.since_s = now_s;
    live.rate = speed_ * live.pace;
    plain_ += live.followed == not_followed ? live.record.job.processors : 0;
    set_date(key);
}

/// The next event of a working job: its end or its interruption.
void JobPool::set_date(std::uint32_t key)
{
    Live const& live = live_[key];
    double const left_s = std::min(live.span_s, live.strike_s) - live.clock_s;
    double const wait_s = left_s <= 0.0 ? 0.0 : live.rate > 0.0 ? left_s / live.rate : never_s;
    dates_.set(key, live.since_s + wait_s);
}

/// The pool's speed or a gang's pace has changed.
void JobPool::turn(std::uint32_t key, double now_s)
{
    Live& live = live_[key];
    double const rate = speed_ * live.pace;
    if (live.state == State::working && live.rate != rate) {
        live.clock_s = clock_at(live, now_s);
        live.since_s = now_s;
        live.rate = rate;
        set_date(key);
    }
}

void JobPool::ask_pace(double now_s)
{
    gangs_changed_ = false;
    gangs_.clear();
    for (std::uint32_t const key : followed_) {
        if (JobRecord const& record = live_[key].record; record.spans) {
            gangs_.push_back({record.job.rules, record.job.processors, scheduler_.placed(key)});
        }
    }
    if (gangs_.empty()) {
        return;
    }
    paces_.assign(gangs_.size(), 1.0);
    spec_.pace(gangs_, paces_);
    std::size_t gang = 0;
    for (std::uint32_t const key : followed_) {
        if (live_[key].record.spans) {
            AIDC_EXPECT(paces_[gang] > 0.0 && paces_[gang] <= 1.0);
            live_[key].pace = paces_[gang++];
            turn(key, now_s);
        }
    }
}

// --- What happens to it ---

void JobPool::happen(std::uint32_t key, double now_s)
{
    Live const& live = live_[key];
    if (live.state == State::restarting) {
        restarting_ -= live.record.job.processors;
        begin_work(key, now_s);
    }
    else if (live.strike_s < live.span_s) {
        interrupt(key, now_s);
    }
    else {
        end(key, now_s);
    }
}

/// Closes the account of a job that has worked since its last checkpoint.
void JobPool::stop_work(Live& live, Progress const& progress)
{
    std::uint32_t const processors = live.record.job.processors;
    live.record.writing_s += progress.writing_s;
    if (live.followed == not_followed) {
        plain_ -= processors;
    }
    else {
        sums_.worked_s += processors * (progress.worked_s - live.booked_s);
    }
}

/// The job will work on from `kept_s` more than it had saved.
void JobPool::roll_back(Live& live, double kept_s, double worked_s)
{
    live.record.lost_s += worked_s - kept_s;
    sums_.rolled_back_s += live.record.job.processors * (worked_s - kept_s);
    live.saved_s += kept_s;
    live.span_s = span_s(rules_of(live).checkpoint, live.record.job.run_s - live.saved_s);
}

void JobPool::interrupt(std::uint32_t key, double now_s)
{
    Live& live = live_[key];
    Progress const progress = progress_at(live, live.strike_s);
    stop_work(live, progress);
    roll_back(live, progress.saved_s, progress.worked_s);
    ++live.record.interruptions;
    ++sums_.interrupted;
    draw_strike(live);
    if (double const restart_s = rules_of(live).checkpoint.restart_s; restart_s > 0.0) {
        live.state = State::restarting;
        restarting_ += live.record.job.processors;
        dates_.set(key, now_s + restart_s);
    }
    else {
        begin_work(key, now_s);
    }
}

/// Gives up its accelerators.
void JobPool::leave(std::uint32_t key, double now_s)
{
    Live& live = live_[key];
    live.record.allocated_s += now_s - live.placed_s;
    gangs_changed_ |= live.record.spans && spec_.pace;
    dates_.erase(key);
    if (live.followed != not_followed) {
        std::uint32_t const last = followed_.back();
        followed_[live.followed] = last;
        live_[last].followed = live.followed;
        followed_.pop_back();
        live.followed = not_followed;
    }
}

void JobPool::end(std::uint32_t key, double now_s)
{
    Live& live = live_[key];
    stop_work(live, progress_at(live, live.span_s));
    leave(key, now_s);
    scheduler_.release(key);
    live.record.end_s = now_s;
    live.state = State::unused;
    unused_.push_back(key);
    ++sums_.ended;
    ++ended_;
    if (done_) {
        done_(live.record);
    }
}

/// Back to the queue; the scheduler has taken its accelerators already.
void JobPool::evict(std::uint32_t key, double now_s, bool saves)
{
    Live& live = live_[key];
    if (live.state == State::restarting) {
        restarting_ -= live.record.job.processors;
    }
    else {
        double const clock_s = clock_at(live, now_s);
        Progress const progress = progress_at(live, clock_s);
        stop_work(live, progress);
        live.strike_s -= clock_s; // time to the next failure goes on where it was
        roll_back(live, saves ? progress.worked_s : progress.saved_s, progress.worked_s);
    }
    leave(key, now_s);
    live.evicted = true;
    ++live.record.evictions;
    ++sums_.evicted;
}

std::vector<JobRecord> JobPool::open_records() const
{
    std::vector<JobRecord> records;
    for (Live const& live : live_) {
        if (live.state == State::unused) {
            continue;
        }
        JobRecord& record = records.emplace_back(live.record);
        if (live.state != State::queued) {
            record.allocated_s += now_s_ - live.placed_s;
        }
        if (live.state == State::working) {
            record.writing_s += progress_at(live, clock_at(live, now_s_)).writing_s;
        }
    }
    std::ranges::sort(records, [](JobRecord const& a, JobRecord const& b) {
        return std::tie(a.job.submit_s, a.job.id) < std::tie(b.job.submit_s, b.job.id);
    });
    return records;
}

void run_to_end(JobPool& pool, std::function<void(double now_s, std::uint64_t ended)> const& progress)
{
    constexpr std::uint64_t between_reports = 8192; // [J] events
    std::uint64_t events = 0;
    for (double now_s = pool.next_s(); now_s < never_s; now_s = pool.next_s()) {
        pool.advance(now_s);
        if (++events % between_reports == 0 && progress) {
            progress(now_s, pool.ended());
        }
    }
}

} // namespace aidc
