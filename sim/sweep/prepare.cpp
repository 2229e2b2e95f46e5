#include "sim/sweep/prepare.hpp"

#include "sim/run/simulate.hpp"

namespace aidc {

PointMaker::PointMaker(std::filesystem::path const& scenario, SweepSpec const& spec, Points const& points)
    : file_(scenario), spec_(spec), points_(points)
{
}

void PointMaker::make_baseline()
{
    if (!as_written_) {
        as_written_ = file_.resolve();
        plan_ = as_written_->baseline ? *as_written_->baseline : make_plan(as_written_->buildout);
    }
}

PlannedScenario PointMaker::planned(std::size_t point)
{
    make_baseline();
    auto variant = scenario(point);
    auto plan = variant.baseline ? *variant.baseline : fit_plan(plan_, as_written_->buildout, variant.buildout);
    return {.scenario = std::move(variant), .plan = std::move(plan)};
}

} // namespace aidc
