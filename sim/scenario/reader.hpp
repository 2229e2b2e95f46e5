#pragma once
/// \file
/// The visitor that reads: strict keys, units in keys, all problems collected with file, line and pointer.

#include "sim/scenario/document.hpp"
#include "sim/scenario/field.hpp"

#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace aidc {

/// Reads one JSON object into one described struct. Problems go to a common list; reading goes on.
class Reader {
  public:
    /// \param pointer  JSON pointer of `node` in the document
    Reader(Document const& document, Json const& node, std::string pointer, std::vector<Problem>& problems);

    void text(Field const& field, std::string& value);
    void number(Field const& field, double& value, Range range);
    void count(Field const& field, std::uint32_t& value, std::uint32_t low);
    /// A count, or the word "auto" (aidc::automatic).
    void count_or_auto(Field const& field, std::uint32_t& value, std::uint32_t low);
    void flag(Field const& field, bool& value);
    void quantity(Field const& field, std::string_view si, double& value, Range range);
    void duration(Field const& field, DurationText& value);
    void date(Field const& field, Date& value);
    void maybe_duration(Field const& field, std::optional<DurationText>& value);
    void maybe_date(Field const& field, std::optional<Date>& value);
    void texts(Field const& field, std::vector<std::string>& values);
    /// Monthly values and the like: exactly as many as `values`, in the unit of the key.
    void numbers(Field const& field, std::string_view si, std::span<double> values, Range range);

    /// As many numbers as are given, in the unit of the key.
    void series(Field const& field, std::string_view si, std::vector<double>& values, Range range);
    /// As many numbers as are given, without a unit.
    void series(Field const& field, std::vector<double>& values, Range range);
    /// Numbers without a unit: exactly as many as `values`.
    void coefficients(Field const& field, std::span<double> values);

    template <class Enum, std::size_t n>
    void choice(Field const& field, Enum& value, std::array<std::pair<std::string_view, Enum>, n> const& names)
    {
        std::string word;
        bool found = false;
        text(field, word);
        std::vector<std::string_view> known;
        for (auto const& [name, meaning] : names) {
            known.push_back(name);
            if (name == word) {
                value = meaning;
                found = true;
            }
        }
        if (!found && !word.empty()) {
            unknown_word(field.name, word, known);
        }
    }

    template <class T> void object(Field const& field, T& value)
    {
        if (auto const* const node = find(field)) {
            read_object(*node, pointer_ + "/" + std::string(field.name), value);
        }
    }

    template <class T> void maybe(Field const& field, std::optional<T>& value)
    {
        if (auto const* const node = find(field)) {
            read_object(*node, pointer_ + "/" + std::string(field.name), value.emplace());
        }
    }

    template <class T> void list(Field const& field, std::vector<T>& values)
    {
        auto const* const node = find_array(field);
        for (std::size_t i = 0; node != nullptr && i < node->size(); ++i) {
            read_object((*node)[i], pointer_ + "/" + std::string(field.name) + "/" + std::to_string(i), values.emplace_back());
        }
    }

    /// Complains about every key that no field asked for, and about every required one that is missing. One that is there
    /// but misspelt is one problem.
    void done();

    std::string const& pointer() const { return pointer_; }

  private:
    struct Missing {
        std::string_view name;
        std::string message;
    };

    template <class T> void read_object(Json const& node, std::string pointer, T& value)
    {
        Reader reader(document_, node, std::move(pointer), problems_);
        if (reader.is_object_) {
            describe(reader, value);
            reader.done();
        }
    }

    Json const* find(Field const& field);
    Json const* find_array(Field const& field);
    /// The numbers of a list under `key`, times `factor`.
    void read_series(Field const& field, Json const& node, std::string const& key, std::vector<double>& values, Range range, double factor);
    /// The key `<name>_<unit>` for a unit whose SI suffix is `si`, with its factor.
    std::pair<Json const*, double> find_quantity(Field const& field, std::string_view si, std::string& key);
    /// \param step  Pointer step(s) of the value below this object
    bool get_number(Json const& node, std::string const& step, double& value);
    void missing(Field const& field, std::string message);
    void unknown_key(std::string const& key);
    /// Complains about a value. \param step  Pointer step(s) below this object; "" for the object itself
    void problem(std::string_view step, std::string message);
    void unknown_word(std::string_view key, std::string const& word, std::span<std::string_view const> known);

    Document const& document_;
    Json const& node_;
    std::string pointer_;
    std::vector<Problem>& problems_;
    std::vector<std::string> asked_; ///< Keys that fields asked for, with every unit
    std::vector<Missing> missing_;   ///< Required fields that are not there
    bool is_object_;
};

/// Days since 1970-01-01 of "YYYY-MM-DD"; nothing when it is no such date.
std::optional<std::int64_t> parse_day(std::string const& text);

/// "YYYY-MM-DD" of a day since 1970-01-01.
std::string day_text(std::int64_t day);

} // namespace aidc
