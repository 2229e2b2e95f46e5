#pragma once
/// \file
/// The plans that a search may choose: one value of each lever.

#include "sim/sweep/parameter.hpp"

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace aidc {

/// A plan: of each lever, the place of its value in the lever's list.
using Steps = std::vector<std::uint32_t>;

/// What can be changed, each lever by steps along its list of values. Values stand in the order the user gave them.
class SearchSpace {
  public:
    /// \param texts  As parse_vary() takes them. A range without a number of steps gets 100 of equal width, or whole days.
    /// \throws InputErrors  also for a lever of one value, and for two of one name or place
    explicit SearchSpace(std::vector<std::string> const& texts);

    std::size_t size() const { return levers_.size(); }
    Parameter const& lever(std::size_t j) const { return levers_[j]; }
    std::vector<Parameter> const& levers() const { return levers_; }
    std::uint32_t count(std::size_t j) const { return static_cast<std::uint32_t>(levers_[j].values.size()); }
    std::string const& value(Steps const& plan, std::size_t j) const { return levers_[j].values[plan[j]]; } ///< JSON text
    double number(Steps const& plan, std::size_t j) const { return numbers_[j][plan[j]]; }                  ///< As number_of()
    /// How many plans there are; +infinity when a double cannot hold it.
    double plans() const;

    /// The plan at a place of the unit cube: each value of a lever has an equal part of its edge.
    Steps at(std::span<double const> unit) const;
    /// The middle of the part of a plan.
    std::vector<double> unit(Steps const& plan) const;
    /// A plan by chance, each value as likely as any other of its lever.
    Steps random(std::mt19937_64& bits) const;
    /// The place of a value in a lever's list: the same value, else the nearest number or day, else the middle of the list.
    /// \param value  JSON text; "" when it is not known
    std::uint32_t nearest(std::size_t j, std::string const& value) const;
    /// The next plan in the order in which the last lever runs fastest; false, and the first plan, behind the last one.
    bool next(Steps& plan) const;

  private:
    std::vector<Parameter> levers_; ///< Lists only
    std::vector<std::vector<double>> numbers_;
};

/// "teams=8, lead=20".
std::string words_of(SearchSpace const& space, Steps const& plan);

} // namespace aidc
