#pragma once
/// \file
/// A distribution as written: {"shape": "pert", "low": 9, "mode": 12, "high": 20, "factor": "..."} in the unit of its key.

#include "models/base/duration.hpp"
#include "sim/scenario/field.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace aidc {

inline constexpr std::array<std::pair<std::string_view, Duration::Shape>, 8> duration_shapes{{
    {"constant", Duration::Shape::constant},
    {"uniform", Duration::Shape::uniform},
    {"triangular", Duration::Shape::triangular},
    {"pert", Duration::Shape::pert},
    {"lognormal", Duration::Shape::lognormal},
    {"exponential", Duration::Shape::exponential},
    {"weibull", Duration::Shape::weibull},
    {"empirical", Duration::Shape::empirical},
}};

/// Names of the parameters of each shape, in the order of Duration::parameter_s.
inline constexpr std::array<std::array<std::string_view, 3>, 8> duration_parameters{{
    {"value", "", ""},
    {"low", "high", ""},
    {"low", "mode", "high"},
    {"low", "mode", "high"},
    {"median", "p90", ""},
    {"mean", "", ""},
    {"scale", "", ""},
    {"mean_beyond", "", ""},
}};

/// Name of Duration::number of each shape, or "".
inline constexpr std::array<std::string_view, 8> duration_numbers{"", "", "", "", "", "", "k", "seen"};

/// The object as it stands in the file, numbers still in the unit of the key.
struct DistributionText {
    Duration::Shape shape = Duration::Shape::constant;
    std::optional<double> value, low, mode, high, median, p90, mean, scale, k, seen, mean_beyond;
    std::vector<double> values;
    std::string factor;
};

/// One parameter of a distribution.
template <class V> void describe_parameter(V& v, std::string_view name, std::string_view text, std::optional<double>& value)
{
    double read = value.value_or(-1.0);
    v.number({name, Need::optional, text}, read, not_negative);
    if (read >= 0.0) {
        value = read;
    }
}

template <class V> void describe(V& v, DistributionText& x)
{
    v.choice({"shape", Need::required, "Family of the distribution"}, x.shape, duration_shapes);
    describe_parameter(v, "value", "Of a constant", x.value);
    describe_parameter(v, "low", "Smallest value (uniform, triangular, pert)", x.low);
    describe_parameter(v, "mode", "Most likely value (triangular, pert)", x.mode);
    describe_parameter(v, "high", "Largest value (uniform, triangular, pert)", x.high);
    describe_parameter(v, "median", "Half of the draws are below (lognormal)", x.median);
    describe_parameter(v, "p90", "Nine of ten draws are below (lognormal)", x.p90);
    describe_parameter(v, "mean", "Mean (exponential)", x.mean);
    describe_parameter(v, "scale", "63 % of the draws are below (weibull)", x.scale);
    describe_parameter(v, "k", "Shape: 1 is exponential, above 1 wears out (weibull)", x.k);
    v.series({"values", Need::optional, "Values seen, in any order; each is as likely (empirical)"}, x.values, not_negative);
    describe_parameter(v, "seen", "Share of all spans that the values stand for; 1 if absent (empirical)", x.seen);
    describe_parameter(v, "mean_beyond", "Mean of what the other spans exceed the largest value by (empirical)", x.mean_beyond);
    v.text({"factor", Need::optional, "Common factor that moves this draw with others"}, x.factor);
}

/// Fills `out`; returns what is wrong, or "".
std::string to_duration(DistributionText const& text, double factor, DurationText& out);

} // namespace aidc
