#include "sim/search/search.hpp"

#include <cmath>

namespace aidc {
namespace {

constexpr double not_reached_miss = 10.0; ///< More than any number misses that is there

/// A part of a bound, 1 and above drawn together below 10.
double drawn_together(double part) { return part <= 1.0 ? part : not_reached_miss - (not_reached_miss - 1.0) / part; }

} // namespace

double Goal::missed(Evaluation const& e, std::size_t c) const
{
    auto const& estimate = e.constraints[c];
    auto const& b = bounds[c];
    double const by = (b.at_most ? estimate.value - b.bound : b.bound - estimate.value) + (margins.empty() ? 0.0 : margins[c]);
    if (std::isnan(by) || by == std::numeric_limits<double>::infinity()) {
        return not_reached_miss * (1.0 + estimate.not_reached); // so that fewer that never arrive are better
    }
    return drawn_together(by / (b.bound == 0.0 ? 1.0 : std::abs(b.bound)));
}

double Goal::violation(Evaluation const& e) const
{
    double sum = 0.0;
    for (std::size_t c = 0; c < bounds.size(); ++c) {
        sum += std::max(0.0, missed(e, c));
    }
    return sum;
}

bool Goal::is_usable(Evaluation const& e) const { return e.error.empty() && std::isfinite(e.objective.value); }

bool Goal::better(Evaluation const& a, Evaluation const& b) const
{
    if (is_usable(a) != is_usable(b)) {
        return is_usable(a);
    }
    if (!is_usable(a)) {
        return false;
    }
    double const miss_a = violation(a), miss_b = violation(b);
    return miss_a != miss_b ? miss_a < miss_b : cost(a) < cost(b);
}

Search::Search(SearchSpace const& space, Goal goal, SearchCalls calls, Replicates replicates, std::vector<Evaluation> const& known)
    : space_(space), goal_(std::move(goal)), calls_(std::move(calls)), replicates_(replicates)
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
    if (auto const* const known = find(plan)) {
        return stopped_ ? nullptr : known;
    }
    auto const* const evaluation = left() > 0 ? find_or_evaluate(plan, replicates_) : nullptr;
    if (evaluation != nullptr) {
        take(*evaluation);
    }
    return evaluation;
}

Evaluation const* Search::ask(Steps const& plan, Replicates replicates) { return find_or_evaluate(plan, replicates); }

Evaluation const* Search::find(Steps const& plan) const
{
    auto const place = place_.find(plan);
    return place == place_.end() ? nullptr : asked_[place->second];
}

void Search::demand(std::vector<double> margins)
{
    goal_.margins = std::move(margins);
    for (auto const* const evaluation : asked_) {
        best_ = goal_.better(*evaluation, *best_) ? evaluation : best_;
    }
}

void Search::take_up_rest()
{
    for (auto const& key : known_) {
        auto const& evaluation = cache_.at(key);
        if (evaluation.replicates == replicates_ && find(evaluation.plan) == nullptr) {
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
