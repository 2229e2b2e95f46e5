#pragma once
/// \file
/// What a log of requests says of a service: how much, how bursty, and how many slots keep waits rare.

#include "sim/scenario/request_log.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace aidc {

/// Tokens of one kind.
struct TokenFacts {
    double mean{}, median{}, p99{}; ///< Quantiles: the least value that so many do not exceed [-]
};

/// Burstiness in windows of one length.
struct Dispersion {
    double window_s{}; ///< [s]
    double index{};    ///< Variance over mean of the arrivals in a window [-]
};

/// Slots for one service time.
struct Staffing {
    double service_s{};             ///< Mean [s]
    double offered{};               ///< Slots busy in the mean [-]
    double peakedness{};            ///< Measured at this service time [-]; NaN: nothing could be measured
    std::uint64_t poisson_slots{};  ///< If requests came one by one, at random
    std::uint64_t measured_slots{}; ///< With the peakedness measured; 0 where there is none
};

/// What requests say.
struct RequestFacts {
    std::uint64_t requests{};
    double span_s{};       ///< From the first to the last arrival [s]
    double per_s{};        ///< Requests over span [1/s]
    TokenFacts prompt{};   ///< Read
    TokenFacts output{};   ///< Written
    double tokens_per_s{}; ///< Both together
    double tokens_each{};  ///< Both together
    bool own_times{};      ///< Service in proportion to a request's tokens; else exponential
    std::vector<Dispersion> dispersion{};
    std::vector<Staffing> staffing{};
};

/// How long a request holds its slot.
struct ServiceTimes {
    std::vector<double> means_s{}; ///< Exponential, of these means [s]; none: 0.1, 1, 10 and 60 s, as far as the log is long enough
    std::optional<double> tokens_per_slot_s{}; ///< Or in proportion to prompt and output [tokens/s]
};

/// Facts of a log.
/// \param wait_probability  Largest share of requests that wait for a slot [-], 0 < p < 1
/// \throws InputErrors  when the log is too short for what is asked. \param name  Of the log, for the message
RequestFacts request_facts(RequestLog const& log, ServiceTimes const& times, double wait_probability, std::string const& name);

} // namespace aidc
