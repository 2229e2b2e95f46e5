#pragma once
/// \file
/// HDF5 identifiers that close themselves, and calls that throw. Only for the h5 files of this folder.

#include "sim/record/h5.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace aidc::h5 {

/// Owner of any HDF5 identifier: file, group, dataset, type, space, property list, attribute.
class Handle {
  public:
    Handle() = default;
    explicit Handle(hid_t id) : id_(id) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
    Handle& operator=(Handle&& other) noexcept
    {
        if (this != &other) {
            reset();
            id_ = std::exchange(other.id_, H5I_INVALID_HID);
        }
        return *this;
    }
    ~Handle() { reset(); }

    hid_t get() const { return id_; }
    explicit operator bool() const { return id_ >= 0; }
    void reset() noexcept
    {
        if (id_ >= 0) {
            H5Idec_ref(id_);
        }
        id_ = H5I_INVALID_HID;
    }
    /// Gives the identifier away, to a call that closes it.
    hid_t release() noexcept { return std::exchange(id_, H5I_INVALID_HID); }

  private:
    hid_t id_ = H5I_INVALID_HID;
};

/// To be called before any other HDF5 call: no printing of errors, and nothing at exit.
///
/// Without its exit handler HDF5 neither retries what a full disk refused nor, in a forked child, flushes a file that
/// belongs to the parent; all identifiers have owners here.
void prepare_library();

/// HDF5's error stack of the last failed call, the deepest reason first.
std::vector<std::string> error_stack();

/// Throws the Error of a failed call on an object, which tells the file and its path in it; parameters as in checked().
[[noreturn]] void refuse(hid_t object, char const* verb, std::string const& name);

/// Result of an HDF5 call.
/// \param object  Where it happened, any identifier of the file
/// \param verb    What was tried: "create"
/// \param name    Member of the object that was concerned, or nothing for the object itself
/// \throws Error when the result is negative
template <class Result> Result checked(Result result, hid_t object, char const* verb, std::string const& name = {})
{
    if (result < 0) {
        refuse(object, verb, name);
    }
    return result;
}

} // namespace aidc::h5
