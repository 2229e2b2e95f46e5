#include "sim/engine/line.hpp"

#include "models/base/error.hpp"
#include "sim/engine/clock.hpp"
#include "sim/engine/shared.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>
#include <utility>

namespace aidc {
namespace engine {
namespace {

/// Work per second of a line at its largest capacity. SimGrid's solver has absolute tolerances: at one unit a day, unscaled,
/// its shares are wrong.
constexpr double scaled_work_per_s = 1000.0;

} // namespace

/// The line itself; stays where it is when the Line moves.
class LineCore final : public Shared {
  public:
    LineCore(Simulation&, std::string name, std::vector<double> capacities_per_s, std::vector<double> const& weights);
    LineCore(LineCore const&) = delete;
    LineCore& operator=(LineCore const&) = delete;
    ~LineCore();

    void set_capacity(double units_per_s);
    std::uint64_t enqueue(std::size_t customer_class, double units, Callback done, std::uint32_t priority);
    bool withdraw(std::uint64_t job);

    void begin() override;
    bool stalled() const override;
    std::string const& name() const override { return name_; }

  private:
    struct Job {
        std::uint64_t number = 0;
        double units = 0.0;
        std::uint32_t priority = 0;
        Callback done;
    };
    /// A job that is made but not delivered yet: for one tick.
    struct Made {
        Job job;
        EventId delivery;
    };
    struct Customers final : Completion {
        LineCore* line = nullptr;
        double weight = 1.0;
        std::deque<Job> queue; ///< Its front is the one that runs, if any does
        Work work;
        double offered_at_start = 0.0; ///< LineCore::offered_units when the work began

        void finished() override { line->finish(*this); }
    };

    void start_next(Customers&);
    void finish(Customers&);
    void deliver(std::uint64_t number);
    void apply_capacity();
    double now_s() const;
    double offered_units() const;

    Simulation& simulation_;
    Clock& clock_;
    std::string const name_;
    std::vector<double> const capacities_per_s_;
    std::vector<std::size_t> speed_of_; ///< SimGrid's speed of each capacity above 0
    double work_per_unit_ = 1.0;
    simgrid::s4u::Host* host_ = nullptr;
    std::vector<Customers> classes_; ///< Never resized: SimGrid holds their addresses
    double weight_sum_ = 0.0;
    std::vector<Made> made_;
    std::uint64_t jobs_ = 0;
    std::size_t capacity_ = 0;    ///< Index of the current one
    double offered_before_ = 0.0; ///< Integral of the capacity up to `offered_since_s_` [units]
    double offered_since_s_ = 0.0;
};

LineCore::LineCore(Simulation& simulation, std::string name, std::vector<double> capacities_per_s, std::vector<double> const& weights)
    : simulation_(simulation), clock_(*simulation.clock_), name_(std::move(name)), capacities_per_s_(std::move(capacities_per_s)),
      speed_of_(capacities_per_s_.size()), classes_(weights.size())
{
    AIDC_EXPECT(!simulation.sealed_);
    AIDC_EXPECT(!capacities_per_s_.empty() && !weights.empty());
    AIDC_EXPECT(std::ranges::all_of(capacities_per_s_, [](double c) { return c >= 0.0 && std::isfinite(c); }));
    AIDC_EXPECT(std::ranges::all_of(weights, [](double w) { return w > 0.0 && std::isfinite(w); }));
    double const largest_per_s = std::ranges::max(capacities_per_s_);
    work_per_unit_ = largest_per_s > 0.0 ? scaled_work_per_s / largest_per_s : 1.0;
    std::vector<double> speeds;
    for (std::size_t i = 0; i < capacities_per_s_.size(); ++i) {
        speed_of_[i] = speeds.size();
        if (capacities_per_s_[i] > 0.0) {
            speeds.push_back(capacities_per_s_[i] * work_per_unit_);
        }
    }
    if (speeds.empty()) {
        speeds.push_back(scaled_work_per_s); // SimGrid wants one; nothing will ever run at it
    }
    host_ = clock_.add_host(name_, speeds);
    double const largest_weight = std::ranges::max(weights);
    for (std::size_t k = 0; k < weights.size(); ++k) {
        classes_[k].line = this;
        classes_[k].weight = weights[k] / largest_weight;
        weight_sum_ += classes_[k].weight;
    }
    simulation_.shared_.push_back(this);
}

LineCore::~LineCore()
{
    std::erase(simulation_.shared_, this);
    std::erase(simulation_.waiting_, this);
    for (auto& made : made_) {
        simulation_.cancel(made.delivery);
    }
    for (auto& customers : classes_) {
        if (customers.work) {
            clock_.dismiss(std::move(customers.work));
        }
    }
}

void LineCore::set_capacity(double units_per_s)
{
    auto const found = std::ranges::find(capacities_per_s_, units_per_s);
    AIDC_EXPECT(found != capacities_per_s_.end());
    offered_before_ = offered_units();
    offered_since_s_ = now_s();
    double const before_per_s = capacities_per_s_[capacity_];
    capacity_ = static_cast<std::size_t>(found - capacities_per_s_.begin());
    if (!simulation_.sealed_ || units_per_s == before_per_s) {
        return;
    }
    if (units_per_s == 0.0) {
        for (auto& customers : classes_) {
            if (customers.work) {
                customers.work.suspend();
            }
        }
        return;
    }
    apply_capacity();
    for (auto& customers : classes_) {
        if (customers.work && before_per_s == 0.0) {
            customers.work = clock_.resume(std::move(customers.work));
        }
        start_next(customers);
    }
}

void LineCore::apply_capacity() { clock_.set_speed(*host_, speed_of_[capacity_]); }

std::uint64_t LineCore::enqueue(std::size_t customer_class, double units, Callback done, std::uint32_t priority)
{
    AIDC_EXPECT(customer_class < classes_.size());
    AIDC_EXPECT(units > 0.0 && std::isfinite(units));
    AIDC_EXPECT(static_cast<bool>(done));
    // The class can be read off the number: withdraw needs no table.
    std::uint64_t const number = jobs_++ * classes_.size() + customer_class;
    auto& customers = classes_[customer_class];
    auto const waits = customers.queue.begin() + (customers.work ? 1 : 0); // what is being made is not set aside
    auto const behind = std::upper_bound(waits, customers.queue.end(), priority, [](auto p, Job const& job) { return p < job.priority; });
    customers.queue.insert(behind, {number, units, priority, std::move(done)});
    start_next(customers);
    return number;
}

bool LineCore::withdraw(std::uint64_t job)
{
    auto const made = std::ranges::find(made_, job, [](Made const& m) { return m.job.number; });
    if (made != made_.end()) {
        simulation_.cancel(made->delivery);
        made_.erase(made);
        return true;
    }
    auto& customers = classes_[job % classes_.size()];
    auto const queued = std::ranges::find(customers.queue, job, &Job::number);
    if (queued == customers.queue.end()) {
        return false;
    }
    if (queued == customers.queue.begin() && customers.work) {
        clock_.dismiss(std::move(customers.work));
    }
    customers.queue.erase(queued);
    start_next(customers);
    return true;
}

void LineCore::begin()
{
    if (capacities_per_s_[capacity_] > 0.0) {
        apply_capacity();
    }
    for (auto& customers : classes_) {
        start_next(customers);
    }
}

void LineCore::start_next(Customers& customers)
{
    if (!simulation_.sealed_ || capacities_per_s_[capacity_] == 0.0 || customers.work || customers.queue.empty()) {
        return;
    }
    if (simulation_.behind_) {
        if (std::ranges::find(simulation_.waiting_, this) == simulation_.waiting_.end()) {
            simulation_.waiting_.push_back(this);
        }
        return;
    }
    customers.offered_at_start = offered_units();
    customers.work = clock_.start(*host_, customers.queue.front().units * work_per_unit_, customers.weight, customers);
}

void LineCore::finish(Customers& customers)
{
    clock_.dismiss(std::move(customers.work));
    Job job = std::move(customers.queue.front());
    customers.queue.pop_front();
    std::uint64_t const number = job.number;
    EventId const delivery = simulation_.at(ticks(clock_.now_s()) + 1, Phase::completion, [this, number] { deliver(number); }); // law T3
    made_.push_back({std::move(job), delivery});
    start_next(customers);
}

void LineCore::deliver(std::uint64_t number)
{
    auto const made = std::ranges::find(made_, number, [](Made const& m) { return m.job.number; });
    AIDC_EXPECT(made != made_.end());
    Callback done = std::move(made->job.done);
    made_.erase(made);
    done();
}

double LineCore::now_s() const
{
    // SimGrid's clock stands between two ticks when work ends, and lags while no line works.
    return std::max(clock_.now_s(), seconds(simulation_.now()));
}

double LineCore::offered_units() const { return offered_before_ + capacities_per_s_[capacity_] * (now_s() - offered_since_s_); }

bool LineCore::stalled() const
{
    // Independent of SimGrid's books: a class gets at least its share of what was offered while all others had work.
    double const slack_units = 2.0 / ticks_per_second * std::ranges::max(capacities_per_s_);
    return std::ranges::any_of(classes_, [&](Customers const& customers) {
        double const due_units = (offered_units() - customers.offered_at_start) * customers.weight / weight_sum_;
        return customers.work && due_units > customers.queue.front().units * (1.0 + 1e-9) + slack_units;
    });
}

} // namespace engine

Line::Line(Simulation& simulation, std::string const& name, std::vector<double> capacities_per_s, std::vector<double> class_weights)
    : core_(std::make_unique<engine::LineCore>(simulation, name, std::move(capacities_per_s), class_weights))
{
}

Line::~Line() = default;
Line::Line(Line&&) noexcept = default;
Line& Line::operator=(Line&&) noexcept = default;

void Line::set_capacity(double units_per_s) { core_->set_capacity(units_per_s); }

std::uint64_t Line::enqueue(std::size_t customer_class, double units, Callback done, std::uint32_t priority)
{
    return core_->enqueue(customer_class, units, std::move(done), priority);
}

bool Line::withdraw(std::uint64_t job) { return core_->withdraw(job); }

} // namespace aidc
