#pragma once
/// \file
/// The visitor that writes: a described struct as a JSON object in SI, ready to be read again.

#include "sim/scenario/document.hpp"
#include "sim/scenario/duration_text.hpp"
#include "sim/scenario/field.hpp"
#include "sim/scenario/reader.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aidc {

/// Key of a value in SI.
inline std::string with_unit(Field const& field, std::string_view si) { return std::string(field.name) + "_" + std::string(si); }

/// Writes each described field under its SI key. Texts that are empty and absent optionals are left out.
class Writer {
  public:
    /// \param node  An object
    explicit Writer(Json& node) : node_(node) {}

    void text(Field const& field, std::string& value)
    {
        if (!value.empty()) {
            node_[std::string(field.name)] = value;
        }
    }
    void number(Field const& field, double& value, Range) { node_[std::string(field.name)] = value; }
    void count(Field const& field, std::uint32_t& value, std::uint32_t) { node_[std::string(field.name)] = value; }
    void count_or_auto(Field const& field, std::uint32_t& value, std::uint32_t)
    {
        auto& node = node_[std::string(field.name)];
        if (value == automatic) {
            node = "auto";
        }
        else {
            node = value;
        }
    }
    void series(Field const& field, std::string_view si, std::vector<double>& values, Range) { node_[with_unit(field, si)] = values; }
    void series(Field const& field, std::vector<double>& values, Range) { node_[std::string(field.name)] = values; }
    void coefficients(Field const& field, std::span<double> values)
    {
        node_[std::string(field.name)] = std::vector<double>(values.begin(), values.end());
    }
    void flag(Field const& field, bool& value) { node_[std::string(field.name)] = value; }
    void quantity(Field const& field, std::string_view si, double& value, Range) { node_[with_unit(field, si)] = value; }
    void duration(Field const& field, DurationText& value)
    {
        auto& node = node_[with_unit(field, "s")];
        auto const& d = value.duration;
        if (d.shape == Duration::Shape::constant && value.factor.empty()) {
            node = d.parameter_s[0];
            return;
        }
        auto const row = static_cast<std::size_t>(d.shape);
        node["shape"] = duration_shapes[row].first;
        for (std::size_t i = 0; i < 3 && !duration_parameters[row][i].empty(); ++i) {
            node[std::string(duration_parameters[row][i])] = d.parameter_s[i];
        }
        if (!duration_numbers[row].empty()) {
            node[std::string(duration_numbers[row])] = d.number;
        }
        if (!d.sample_s.empty()) {
            node["values"] = d.sample_s;
        }
        if (!value.factor.empty()) {
            node["factor"] = value.factor;
        }
    }
    void date(Field const& field, Date& value) { node_[std::string(field.name)] = day_text(value.day); }
    void maybe_duration(Field const& field, std::optional<DurationText>& value)
    {
        if (value) {
            duration(field, *value);
        }
    }
    void maybe_date(Field const& field, std::optional<Date>& value)
    {
        if (value) {
            date(field, *value);
        }
    }
    void texts(Field const& field, std::vector<std::string>& values) { node_[std::string(field.name)] = values; }
    void numbers(Field const& field, std::string_view si, std::span<double> values, Range)
    {
        node_[with_unit(field, si)] = std::vector<double>(values.begin(), values.end());
    }
    template <class Enum, std::size_t n>
    void choice(Field const& field, Enum& value, std::array<std::pair<std::string_view, Enum>, n> const& names)
    {
        for (auto const& [name, meaning] : names) {
            if (meaning == value) {
                node_[std::string(field.name)] = name;
            }
        }
    }
    template <class T> void object(Field const& field, T& value) { write(node_[std::string(field.name)], value); }
    template <class T> void maybe(Field const& field, std::optional<T>& value)
    {
        if (value) {
            object(field, *value);
        }
    }
    template <class T> void list(Field const& field, std::vector<T>& values)
    {
        auto& list = node_[std::string(field.name)] = Json::array();
        for (auto& value : values) {
            list.emplace_back();
            write(list.back(), value);
        }
    }

  private:
    template <class T> static void write(Json& node, T& value)
    {
        node = Json::object();
        Writer writer(node);
        describe(writer, value);
    }

    Json& node_;
};

} // namespace aidc
