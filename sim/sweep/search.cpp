#include "sim/sweep/search.hpp"

#include <cmath>

namespace aidc {
namespace {

constexpr double not_reached_miss = 10.0; ///< Bounds by which a number is missed that is not there

double margin_of(std::vector<double> const& margins, std::size_t c) { return margins.empty() ? 0.0 : margins[c]; }

} // namespace

double Goal::missed(Evaluation const& e, std::size_t c, double margin) const
{
    auto const& estimate = e.constraints[c];
    auto const& b = bounds[c];
    double const by = (b.at_most ? estimate.value - b.bound : b.bound - estimate.value) + margin;
    if (std::isnan(by) || by == std::numeric_limits<double>::infinity()) {
        return not_reached_miss * (1.0 + estimate.not_reached); // so that fewer that never arrive are better
    }
    return std::min(by / (b.bound == 0.0 ? 1.0 : std::abs(b.bound)), not_reached_miss);
}

double Goal::violation(Evaluation const& e, std::vector<double> const& margins) const
{
    double sum = 0.0;
    for (std::size_t c = 0; c < bounds.size(); ++c) {
        sum += std::max(0.0, missed(e, c, margin_of(margins, c)));
    }
    return sum;
}

bool Goal::is_usable(Evaluation const& e) const { return e.error.empty() && std::isfinite(e.objective.value); }

bool Goal::better(Evaluation const& a, Evaluation const& b, std::vector<double> const& margins) const
{
    if (is_usable(a) != is_usable(b)) {
        return is_usable(a);
    }
    if (!is_usable(a)) {
        return false;
    }
    double const miss_a = violation(a, margins), miss_b = violation(b, margins);
    return miss_a != miss_b ? miss_a < miss_b : cost(a) < cost(b);
}

Search::Search(SearchSpace const& space, Goal const& goal, SearchCalls calls, Replicates replicates, std::vector<Evaluation> const& known)
    : space_(space), goal_(goal), calls_(std::move(calls)), replicates_(replicates)
{
    for (auto const& evaluation : known) {
        Key key{evaluation.plan, evaluation.replicates};
        if (cache_.emplace(key, evaluation).second) {
            known_.push_back(std::move(key));
        }
    }
}

Evaluation const* Search::ask(Steps const& plan)
{
    if (auto const place = place_.find(plan); place != place_.end()) {
        return stopped_ ? nullptr : asked_[place->second];
    }
    auto const* const evaluation = left() > 0 ? find_or_evaluate(plan, replicates_) : nullptr;
    if (evaluation != nullptr) {
        take(*evaluation);
    }
    return evaluation;
}

Evaluation const* Search::ask(Steps const& plan, Replicates replicates) { return find_or_evaluate(plan, replicates); }

void Search::take_up_rest()
{
    for (auto const& key : known_) {
        auto const& evaluation = cache_.at(key);
        if (evaluation.replicates == replicates_ && !was_asked(evaluation.plan)) {
            take(evaluation);
        }
    }
}

Evaluation const* Search::find_or_evaluate(Steps const& plan, Replicates replicates)
{
    if (stopped_) {
        return nullptr;
    }
    Key key{plan, replicates};
    if (auto const found = cache_.find(key); found != cache_.end()) {
        return &found->second;
    }
    auto evaluation = calls_.evaluate(plan, replicates);
    if (!evaluation) {
        stopped_ = true;
        return nullptr;
    }
    if (calls_.note) {
        calls_.note(*evaluation);
    }
    return &cache_.emplace(std::move(key), std::move(*evaluation)).first->second;
}

void Search::take(Evaluation const& evaluation)
{
    place_.emplace(evaluation.plan, asked_.size());
    asked_.push_back(&evaluation);
    if (best_ == nullptr || goal_.better(evaluation, *best_)) {
        best_ = &evaluation;
    }
}

} // namespace aidc
