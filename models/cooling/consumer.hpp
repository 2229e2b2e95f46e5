#pragma once
/// \file
/// What of a plant draws power: one row a consumer, so that every watt of cooling can be told apart.

#include <array>
#include <cstdint>
#include <numeric>
#include <string_view>

namespace aidc {

/// Electric consumers of a plant.
enum class Consumer : std::uint8_t {
    cdu_pumps,
    fws_pumps,
    tower_pumps,
    outdoor_fans,
    chillers,
    hall_fans,
    air_pumps,
    air_outdoor_fans,
    air_chillers,
};

/// One row of the table of consumers.
struct ConsumerRow {
    Consumer consumer{};
    std::string_view name; ///< As in result files
    std::string_view what; ///< For people
    bool warms_outdoors{}; ///< Its heat leaves with the outdoor air behind the coils, and is in no heat balance of the water
};

/// Every consumer, in order; consumers iterate.
inline constexpr std::array consumers{
    ConsumerRow{Consumer::cdu_pumps, "cdu_pumps", "pumps of the secondary loops", false},
    ConsumerRow{Consumer::fws_pumps, "fws_pumps", "pumps of the facility water", false},
    ConsumerRow{Consumer::tower_pumps, "tower_pumps", "pumps of the tower water, both loops", false},
    ConsumerRow{Consumer::outdoor_fans, "outdoor_fans", "fans of dry coolers or towers of the facility water", true},
    ConsumerRow{Consumer::chillers, "chillers", "chillers of the facility water", false},
    ConsumerRow{Consumer::hall_fans, "hall_fans", "fan walls and other fans of the halls", false},
    ConsumerRow{Consumer::air_pumps, "air_pumps", "chilled-water pumps of the residual air", false},
    ConsumerRow{Consumer::air_outdoor_fans, "air_outdoor_fans", "fans of dry coolers or towers of the residual air", true},
    ConsumerRow{Consumer::air_chillers, "air_chillers", "chillers of the residual air", false},
};
inline constexpr std::size_t consumer_count = consumers.size();

/// One value a consumer.
template <class T> using PerConsumer = std::array<T, consumer_count>;

/// Row of a consumer.
constexpr std::size_t index(Consumer consumer) { return static_cast<std::size_t>(consumer); }

/// Sum over all consumers.
inline double sum(PerConsumer<double> const& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Sum over those whose heat leaves behind the coils.
inline double outdoors_only(PerConsumer<double> const& values)
{
    double total = 0.0;
    for (auto const& row : consumers) {
        total += row.warms_outdoors ? values[index(row.consumer)] : 0.0;
    }
    return total;
}

} // namespace aidc
