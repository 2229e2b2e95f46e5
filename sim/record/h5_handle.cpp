#include "sim/record/h5_handle.hpp"

#include <fmt/format.h>

#include <string_view>

namespace aidc::h5 {
namespace {

/// Text of an HDF5 function with the signature of H5Iget_name; empty when it has none.
template <class Function> std::string name_from(Function function, hid_t object)
{
    auto const size = function(object, nullptr, 0);
    if (size <= 0) {
        return {};
    }
    std::string name(static_cast<std::size_t>(size), '\0');
    function(object, name.data(), name.size() + 1);
    return name;
}

/// The deepest reason; the operating system's own words where HDF5 quotes them among addresses and dates.
std::string reason(std::vector<std::string> const& stack)
{
    if (stack.empty()) {
        return "no reason given";
    }
    auto const& text = stack.front();
    std::string_view constexpr quote = "error message = '";
    auto const start = text.find(quote);
    if (start == std::string::npos) {
        return text;
    }
    auto const words = text.substr(start + quote.size());
    return words.substr(0, words.find('\''));
}

} // namespace

Error::Error(std::filesystem::path file, std::string const& doing, std::vector<std::string> stack)
    : std::runtime_error(fmt::format("{}: cannot {} ({})", file.string(), doing, reason(stack))), file_(std::move(file)),
      stack_(std::move(stack))
{
}

void prepare_library()
{
    H5dont_atexit(); // refuses the second time, which is as good
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

std::vector<std::string> error_stack()
{
    auto const collect = [](unsigned, H5E_error2_t const* entry, void* into) -> herr_t {
        if (entry->desc != nullptr) {
            static_cast<std::vector<std::string>*>(into)->emplace_back(entry->desc);
        }
        return 0;
    };
    std::vector<std::string> reasons;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect, &reasons);
    return reasons;
}

void refuse(hid_t object, char const* verb, std::string const& name)
{
    auto stack = error_stack(); // first: the next call clears it
    auto const where = name_from(H5Iget_name, object);
    auto const doing = name.empty() ? fmt::format("{} {}", verb, where) : fmt::format("{} {} in {}", verb, name, where);
    throw Error(name_from(H5Fget_name, object), doing, std::move(stack));
}

} // namespace aidc::h5
