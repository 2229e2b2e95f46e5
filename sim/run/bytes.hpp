#pragma once
/// \file
/// Tables of plain structs as bytes for a pipe. Both ends are the same binary, so the layout in memory is the format.

#include "models/base/error.hpp"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace aidc {

/// Appends one plain value.
template <class Value> void put_value(std::string& bytes, Value const& value)
{
    static_assert(std::is_trivially_copyable_v<Value>);
    bytes.append(reinterpret_cast<char const*>(&value), sizeof value);
}

/// Takes one plain value off the front. \pre put_value wrote it there
template <class Value> Value take_value(std::string_view& bytes)
{
    static_assert(std::is_trivially_copyable_v<Value>);
    AIDC_EXPECT(bytes.size() >= sizeof(Value));
    Value value;
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes.remove_prefix(sizeof value);
    return value;
}

/// Appends a table: number of rows, then the rows.
template <class Row> void put(std::string& bytes, std::vector<Row> const& rows)
{
    static_assert(std::is_trivially_copyable_v<Row>);
    put_value(bytes, static_cast<std::uint64_t>(rows.size()));
    if (!rows.empty()) {
        bytes.append(reinterpret_cast<char const*>(rows.data()), rows.size() * sizeof(Row));
    }
}

/// Takes a table off the front. \pre put wrote it there
template <class Row> std::vector<Row> take(std::string_view& bytes)
{
    static_assert(std::is_trivially_copyable_v<Row>);
    auto const n = take_value<std::uint64_t>(bytes);
    AIDC_EXPECT(bytes.size() / sizeof(Row) >= n);
    std::vector<Row> rows(n);
    if (n > 0) {
        std::memcpy(rows.data(), bytes.data(), n * sizeof(Row));
    }
    bytes.remove_prefix(n * sizeof(Row));
    return rows;
}

/// Appends a table of tables.
template <class Row> void put(std::string& bytes, std::vector<std::vector<Row>> const& tables)
{
    put_value(bytes, static_cast<std::uint64_t>(tables.size()));
    for (auto const& rows : tables) {
        put(bytes, rows);
    }
}

/// Takes a table of tables off the front. \pre put wrote it there
template <class Row> std::vector<std::vector<Row>> take_tables(std::string_view& bytes)
{
    std::vector<std::vector<Row>> tables;
    for (auto n = take_value<std::uint64_t>(bytes); n > 0; --n) {
        tables.push_back(take<Row>(bytes));
    }
    return tables;
}

} // namespace aidc
