#include "sim/record/h5_state.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace aidc::h5 {
namespace {

hsize_t constexpr most_rows_of_time = 8192;
std::size_t constexpr small_bytes = 1U << 14U; // below this, gzip saves less than a chunk's index costs

/// CF's marks of a coordinate of time.
void write_time(hid_t dataset, std::string const& start_iso, std::string const& long_name)
{
    write_description(dataset, {.units = "seconds since " + start_iso + "T00:00:00Z", .long_name = long_name});
    write_attribute(dataset, "standard_name", "time");
    write_attribute(dataset, "calendar", "standard");
    write_attribute(dataset, "axis", "T");
}

} // namespace

Group::State::State(hid_t file, std::string group_name, std::string const& title, std::string& plotted)
    : name(std::move(group_name)), first_plotted(&plotted), group_(create_group(file, name))
{
    if (!title.empty()) {
        write_attribute(group_.get(), "title", title);
    }
}

void Group::State::finish()
{
    for (auto const& one : series) {
        one->finish();
    }
    for (auto const& one : tables) {
        one->finish();
    }
    if (clock) {
        clock->times.finish(clock->times.rows());
        clock->times.close();
    }
    axes_.clear();
    group_.reset();
}

hid_t Group::State::group() const
{
    AIDC_EXPECT(bool(group_));
    return group_.get();
}

Group::State::Axis const& Group::State::axis(std::string const& axis_name) const
{
    auto const found = axes_.find(axis_name);
    AIDC_EXPECT(found != axes_.end());
    return found->second;
}

void Group::State::add_axis(std::string const& axis_name, Handle dataset, std::size_t size, std::string const& long_name)
{
    checked(H5DSset_scale(dataset.get(), axis_name.c_str()), dataset.get(), "make an axis of");
    write_description(dataset.get(), {.long_name = long_name});
    axes_.emplace(axis_name, Axis{.dataset = std::move(dataset), .size = size});
}

Shape Group::State::shape_on(std::vector<std::string> const& axes) const
{
    Shape shape;
    for (auto const& axis_name : axes) {
        shape.size.push_back(axis(axis_name).size);
    }
    return shape;
}

Handle Group::State::on_axes(Quantity const& what, Type type, std::vector<std::string> const& axes)
{
    auto shape = shape_on(axes);
    if (!axes.empty() && type != Type::text && bytes_of(shape.size, type) > small_bytes) {
        shape.chunk = chunk_of(shape.size, type);
    }
    return on_axes(what, type, axes, shape);
}

Handle Group::State::on_axes(Quantity const& what, Type type, std::vector<std::string> const& axes, Shape const& shape)
{
    auto dataset = create_dataset(group(), what.name, type, shape);
    write_description(dataset.get(), what);
    write_missing(dataset.get(), type);
    write_calendar(dataset.get(), axes.empty() ? Quantity{} : what);
    for (unsigned i = 0; i < axes.size(); ++i) {
        checked(H5DSattach_scale(dataset.get(), axis(axes[i]).dataset.get(), i), dataset.get(), "attach the axis of");
    }
    return dataset;
}

template <class T> void Group::State::column(Quantity const& what, std::string const& axis_name, std::vector<T> const& values)
{
    AIDC_EXPECT(values.size() == axis(axis_name).size);
    auto const dataset = on_axes(what, type_of<T>(), {axis_name});
    if (!values.empty()) {
        write_all(dataset.get(), type_of<T>(), values.data());
    }
}

template <class T> void Group::State::scalar(Quantity const& what, T value)
{
    auto const dataset = on_axes(what, type_of<T>(), {});
    write_all(dataset.get(), type_of<T>(), &value);
}

Handle Group::State::text(std::string const& text_name, std::string const& value)
{
    auto dataset = create_dataset(group(), text_name, Type::text, {});
    write_all(dataset.get(), {value});
    return dataset;
}

void Group::time_axis(std::string const& start_iso)
{
    AIDC_EXPECT(!state_->clock);
    Growing times(state_->group(), "time", Type::float64, std::nullopt, most_rows_of_time);
    auto const dataset = times.dataset();
    write_time(dataset, start_iso, "end of the interval");
    checked(H5DSset_scale(dataset, "time"), dataset, "make an axis of");
    state_->clock = std::make_unique<Clock>(Clock{.times = std::move(times)});
}

void Group::date_axis(std::string const& name, std::string const& start_iso, std::vector<double> const& time_s,
                      std::string const& long_name)
{
    auto const grows = [](double a, double b) { return a < b; }; // false of NaN, too
    AIDC_EXPECT(std::ranges::adjacent_find(time_s, std::not_fn(grows)) == time_s.end());
    AIDC_EXPECT(std::ranges::all_of(time_s, [](double time) { return std::isfinite(time); }));
    auto dataset = create_dataset(state_->group(), name, Type::float64, {.size = {time_s.size()}});
    write_time(dataset.get(), start_iso, long_name);
    if (!time_s.empty()) {
        write_all(dataset.get(), Type::float64, time_s.data());
    }
    state_->add_axis(name, std::move(dataset), time_s.size(), {});
}

void Group::label_axis(std::string const& name, std::vector<std::string> const& labels, std::string const& long_name)
{
    auto dataset = create_dataset(state_->group(), name, Type::text, {.size = {labels.size()}});
    write_all(dataset.get(), labels);
    state_->add_axis(name, std::move(dataset), labels.size(), long_name);
}

void Group::index_axis(std::string const& name, std::size_t size, std::string const& long_name)
{
    std::vector<std::int32_t> indices(size);
    std::iota(indices.begin(), indices.end(), 0);
    auto dataset = create_dataset(state_->group(), name, Type::int32, {.size = {size}});
    if (size > 0) {
        write_all(dataset.get(), Type::int32, indices.data());
    }
    state_->add_axis(name, std::move(dataset), size, long_name);
}

void Group::column(Quantity const& what, std::string const& axis, std::vector<double> const& values) { state_->column(what, axis, values); }

void Group::column(Quantity const& what, std::string const& axis, std::vector<std::int64_t> const& values)
{
    state_->column(what, axis, values);
}

void Group::column(Quantity const& what, std::string const& axis, std::vector<std::int32_t> const& values)
{
    state_->column(what, axis, values);
}

void Group::column(Quantity const& what, std::string const& axis, std::vector<std::int8_t> const& values)
{
    state_->column(what, axis, values);
}

void Group::column(Quantity const& what, std::string const& axis, std::vector<std::string> const& values)
{
    AIDC_EXPECT(values.size() == state_->axis(axis).size);
    auto const dataset = state_->on_axes(what, Type::text, {axis});
    write_all(dataset.get(), values);
}

void Group::matrix(Quantity const& what, std::string const& axis0, std::string const& axis1, std::vector<double> const& row_major)
{
    AIDC_EXPECT(row_major.size() == state_->axis(axis0).size * state_->axis(axis1).size);
    auto const dataset = state_->on_axes(what, Type::float64, {axis0, axis1});
    if (!row_major.empty()) {
        write_all(dataset.get(), Type::float64, row_major.data());
    }
}

void Group::scalar(Quantity const& what, double value) { state_->scalar(what, value); }

void Group::scalar(Quantity const& what, std::int64_t value) { state_->scalar(what, value); }

void Group::scalar(Quantity const& what, std::string const& value) { write_description(state_->text(what.name, value).get(), what); }

void Group::text(std::string const& name, std::string const& value) { state_->text(name, value); }

void Group::flags(std::string const& variable, bool masks, std::vector<std::pair<int, std::string>> const& meanings)
{
    AIDC_EXPECT(!meanings.empty());
    std::vector<int> codes;
    std::string words;
    for (auto const& [code, word] : meanings) {
        AIDC_EXPECT(!word.empty() && word.find_first_of(" \t\n") == std::string::npos);
        codes.push_back(code);
        words += (words.empty() ? "" : " ") + word;
    }
    Handle const dataset(checked(H5Dopen2(state_->group(), variable.c_str(), H5P_DEFAULT), state_->group(), "open", variable));
    Handle const type(checked(H5Dget_type(dataset.get()), dataset.get(), "read the type of"));
    AIDC_EXPECT(H5Tget_class(type.get()) == H5T_INTEGER);
    write_attribute(dataset.get(), masks ? "flag_masks" : "flag_values", codes, type.get()); // CF: in the variable's type
    write_attribute(dataset.get(), "flag_meanings", words);
}

void Group::default_plot(std::string const& signal, std::vector<std::string> const& axes, std::vector<std::string> const& auxiliary)
{
    auto const group = state_->group();
    write_attribute(group, "NX_class", "NXdata");
    write_attribute(group, "signal", signal);
    write_attribute(group, "axes", axes);
    if (!auxiliary.empty()) {
        write_attribute(group, "auxiliary_signals", auxiliary);
    }
    if (state_->first_plotted->empty()) {
        *state_->first_plotted = state_->name;
    }
}

Series Group::series(std::vector<SeriesSpec> const& variables, std::string const& component_axis)
{
    AIDC_EXPECT(state_->clock != nullptr);
    auto& clock = *state_->clock;
    auto const* components = component_axis.empty() ? nullptr : &state_->axis(component_axis);
    auto const count = components != nullptr ? std::optional(components->size) : std::nullopt;
    auto const made = std::make_shared<Series::State>(clock, state_->group(), variables, count);
    for (auto const& variable : made->variables()) {
        auto const dataset = variable.dataset();
        checked(H5DSattach_scale(dataset, clock.times.dataset(), 0), dataset, "attach the axis of");
        if (components != nullptr) {
            checked(H5DSattach_scale(dataset, components->dataset.get(), 1), dataset, "attach the axis of");
        }
    }
    state_->series.push_back(made);
    return Series(made);
}

Series Group::series(std::vector<Quantity> const& variables, std::string const& component_axis)
{
    return series(std::vector<SeriesSpec>(variables.begin(), variables.end()), component_axis);
}

Table Group::table(std::string const& dimension, std::vector<ColumnSpec> const& columns)
{
    auto const made = std::make_shared<Table::State>(state_->group(), dimension, columns);
    state_->tables.push_back(made);
    return Table(made);
}

} // namespace aidc::h5
