#include "sim/record/h5_state.hpp"

#include "models/base/error.hpp"

namespace aidc::h5 {
namespace {

hsize_t constexpr most_rows_of_series = 8192;
hsize_t constexpr most_rows_of_table = 1024;

} // namespace

Series::State::State(Clock& clock, hid_t group, std::vector<SeriesSpec> const& variables, std::optional<std::size_t> components)
    : clock_(&clock), width_(components.value_or(1))
{
    for (auto const& variable : variables) {
        AIDC_EXPECT(variable.type != Type::text);
        variables_.emplace_back(group, variable.quantity.name, variable.type, components, most_rows_of_series);
        write_description(variables_.back().dataset(), variable.quantity);
        write_missing(variables_.back().dataset(), variable.type);
    }
}

void Series::State::tick(double time_s)
{
    auto& times = clock_->times;
    if (rows_ == times.rows()) {
        AIDC_EXPECT(rows_ == 0 || time_s > clock_->last_s);
        times.put(std::span<double const>(&time_s, 1));
        clock_->last_s = time_s;
    }
    else if (rows_ + 1 == times.rows()) {
        AIDC_EXPECT(time_s == clock_->last_s);
    }
    ++rows_;
}

template <class Value> void Series::State::append(double time_s, std::span<Value const> values)
{
    AIDC_EXPECT(open_);
    AIDC_EXPECT(values.size() == variables_.size() * width_);
    tick(time_s);
    for (auto& variable : variables_) {
        variable.put(values.first(width_));
        values = values.subspan(width_);
    }
}

void Series::State::finish()
{
    AIDC_EXPECT(open_);
    open_ = false;
    for (auto& variable : variables_) {
        variable.finish(clock_->times.rows());
        variable.close();
    }
}

void Series::append(double time_s, std::span<float const> values) { state_->append(time_s, values); }

void Series::append(double time_s, std::span<double const> values) { state_->append(time_s, values); }

std::size_t Series::rows() const { return state_->rows(); }

Table::State::State(hid_t group, std::string const& dimension, std::vector<ColumnSpec> const& columns)
    : index_(group, dimension, Type::int32, std::nullopt, most_rows_of_table)
{
    checked(H5DSset_scale(index_.dataset(), dimension.c_str()), group, "make an axis of", dimension);
    for (auto const& column : columns) {
        columns_.emplace_back(group, column.quantity.name, column.type, std::nullopt, most_rows_of_table);
        auto const dataset = columns_.back().dataset();
        write_description(dataset, column.quantity);
        write_missing(dataset, column.type);
        write_calendar(dataset, column.quantity);
        checked(H5DSattach_scale(dataset, index_.dataset(), 0), dataset, "attach the axis of");
    }
}

void Table::State::append(std::vector<Cell> const& row)
{
    AIDC_EXPECT(open_);
    AIDC_EXPECT(row.size() == columns_.size());
    index_.put(static_cast<std::int64_t>(index_.rows()));
    for (std::size_t i = 0; i < row.size(); ++i) {
        auto& column = columns_[i];
        if (auto const* number = std::get_if<double>(&row[i])) {
            AIDC_EXPECT(is_float(column.type()));
            column.put(std::span<double const>(number, 1));
        }
        else if (auto const* integer = std::get_if<std::int64_t>(&row[i])) {
            column.put(*integer);
        }
        else {
            column.put(std::get<std::string>(row[i]));
        }
    }
}

void Table::State::finish()
{
    AIDC_EXPECT(open_);
    open_ = false;
    for (auto& column : columns_) {
        column.finish(index_.rows());
        column.close();
    }
    index_.finish(index_.rows());
    index_.close();
}

void Table::append(std::vector<Cell> const& row) { state_->append(row); }

std::size_t Table::rows() const { return state_->rows(); }

} // namespace aidc::h5
