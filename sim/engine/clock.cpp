#include "sim/engine/clock.hpp"

#include "models/base/error.hpp"
#include "sim/engine/simgrid_compat.hpp"

#include <array>
#include <csignal>
#include <set>
#include <string>
#include <utility>

namespace aidc::engine {
namespace {

namespace s4u = compat::s4u;

/// Absolute and far above 1 ulp of any date: with SimGrid's default of 1e-9 s an activity whose end is overshot by 1 ulp
/// never ends, and blocks all later ones (possible beyond 97 days).
constexpr double timing_precision_s = 1e-6;
/// Lines are scaled to 1000 work/s (line.cpp), so this is 1e-12 of a line.
constexpr double work_precision = 1e-9;

/// Puts the process' signal handlers back: SimGrid's engine takes these signals for itself.
class KeptHandlers {
  public:
    KeptHandlers()
    {
        for (std::size_t i = 0; i < signals.size(); ++i) {
            sigaction(signals[i], nullptr, &actions_[i]);
        }
    }
    KeptHandlers(KeptHandlers const&) = delete;
    KeptHandlers& operator=(KeptHandlers const&) = delete;
    ~KeptHandlers()
    {
        for (std::size_t i = 0; i < signals.size(); ++i) {
            sigaction(signals[i], &actions_[i], nullptr);
        }
    }

  private:
    static constexpr std::array<int, 3> signals{SIGINT, SIGSEGV, SIGBUS};
    std::array<struct sigaction, 3> actions_{};
};

s4u::Engine* only_engine()
{
    AIDC_EXPECT(!s4u::Engine::has_instance()); // SimGrid keeps its clock in statics: one simulation, one process
    KeptHandlers const kept;
    // No clean-up at exit: SimGrid 3.32 would free its models before the activities that are still running on them.
    std::string name = "aidcsim", quiet = "--log=root.thres:critical", keep = "--cfg=debug/clean-atexit:no";
    std::array<char*, 4> arguments{name.data(), quiet.data(), keep.data(), nullptr};
    int count = 3;
    return new s4u::Engine(&count, arguments.data()); // lives as long as the process
}

} // namespace

struct Work::Activity {
    s4u::ExecPtr exec;
    s4u::Host* host = nullptr;
    double weight = 1.0;
    Completion* completion = nullptr;
};

Work::Work() noexcept = default;
Work::Work(Work&&) noexcept = default;
Work& Work::operator=(Work&&) noexcept = default;
Work::~Work() = default;
void Work::suspend() { activity_->exec->suspend(); }

struct Clock::Engine {
    s4u::Engine* simgrid = only_engine();
    s4u::NetZone* zone = compat::add_empty_zone(*simgrid, "aidcsim");
    compat::Timer* timer = nullptr;
    Tick timer_date = never;
    std::set<s4u::Activity*> vetoed; ///< SimGrid's loop returns when this is not empty
    std::vector<Work> dismissed, dismissed_before;
    std::size_t works = 0;
};

Clock::Clock() : engine_(std::make_unique<Engine>())
{
    compat::set_precision(timing_precision_s, work_precision);
    compat::on_exec_end([](s4u::Exec const& exec) {
        auto* completion = exec.get_data<Completion>();
        if (completion != nullptr && exec.get_state() == s4u::Activity::State::FINISHED) {
            completion->finished();
        }
    });
    engine_->simgrid->track_vetoed_activities(&engine_->vetoed);
}

Clock::~Clock()
{
    if (engine_->timer != nullptr) {
        engine_->timer->remove();
    }
    engine_->simgrid->track_vetoed_activities(nullptr);
}

double Clock::now_s() const { return s4u::Engine::get_clock(); }

s4u::Host* Clock::add_host(std::string const& name, std::vector<double> const& speeds)
{
    return compat::add_host(*engine_->zone, name, speeds);
}

void Clock::seal() { engine_->simgrid->seal_platform(); }

void Clock::set_speed(s4u::Host& host, std::size_t index) { host.set_pstate(index); }

Work Clock::start(s4u::Host& host, double amount, double weight, Completion& completion)
{
    auto exec = s4u::Exec::init();
    exec->set_flops_amount(amount)->set_host(&host)->set_priority(weight);
    exec->set_data(&completion);
    exec->start();
    ++engine_->works;
    Work work;
    work.activity_ = std::make_unique<Work::Activity>(Work::Activity{std::move(exec), &host, weight, &completion});
    return work;
}

Work Clock::resume(Work work)
{
    // A new activity with what is left: SimGrid up to 3.35 ignores the second suspend of one activity (its issue 394).
    auto& old = *work.activity_;
    Work rest = start(*old.host, old.exec->get_remaining(), old.weight, *old.completion);
    dismiss(std::move(work));
    return rest;
}

bool Clock::idle() const { return engine_->works == 0; }

void Clock::dismiss(Work work)
{
    auto& exec = *work.activity_->exec;
    exec.set_data(nullptr);
    if (exec.get_state() == s4u::Activity::State::STARTED) {
        exec.cancel();
    }
    --engine_->works;
    engine_->dismissed.push_back(std::move(work));
}

void Clock::set_timer(Tick date, std::function<void(Tick)> const& fire)
{
    auto& engine = *engine_;
    if (engine.timer != nullptr) {
        if (engine.timer_date <= date) {
            return;
        }
        engine.timer->remove();
    }
    engine.timer_date = date;
    engine.timer = compat::Timer::set(seconds(date), [&engine, &fire] {
        engine.timer = nullptr; // SimGrid deletes it after this call
        engine.dismissed_before.clear();
        std::swap(engine.dismissed_before, engine.dismissed);
        fire(engine.timer_date);
    });
}

bool Clock::run()
{
    engine_->vetoed.clear();
    engine_->simgrid->run();
    return !engine_->vetoed.empty();
}

void Clock::leave()
{
    // SimGrid's public way to end its loop from inside without an exception through its frames: it returns as soon as an
    // activity was vetoed. The set is only tested for emptiness. Legal only while there are no actors.
    engine_->vetoed.insert(nullptr);
}

} // namespace aidc::engine
