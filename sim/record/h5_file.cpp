#include "sim/record/h5_state.hpp"

#include "models/base/error.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace aidc::h5 {
namespace fs = std::filesystem;
namespace {

/// Creates an empty file of the layout's version.
Handle create_file(fs::path const& path, Oldest reader)
{
    prepare_library();
    Handle const creation(H5Pcreate(H5P_FILE_CREATE));
    Handle const access(H5Pcreate(H5P_FILE_ACCESS));
    auto const version = reader == Oldest::hdf5_1_8 ? H5F_LIBVER_V18 : H5F_LIBVER_V110;
    unsigned constexpr ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    bool const prepared = H5Pset_link_creation_order(creation.get(), ordered) >= 0
                          && H5Pset_attr_creation_order(creation.get(), ordered) >= 0 && H5Pset_obj_track_times(creation.get(), false) >= 0
                          && H5Pset_libver_bounds(access.get(), version, version) >= 0
                          && H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG) >= 0;
    Handle file(prepared ? H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()) : H5I_INVALID_HID);
    if (!file) {
        throw Error(path, "create the file", error_stack());
    }
    return file;
}

/// Waits until a file or folder is on the disk.
void sync(fs::path const& path)
{
    int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    bool const done = descriptor >= 0 && ::fsync(descriptor) == 0;
    int const reason = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    if (!done) {
        throw Error(path, "write it to the disk", {std::strerror(reason)});
    }
}

} // namespace

/// The open file, its groups and its two names.
class File::State {
  public:
    State(fs::path final_name, Oldest reader)
        : final_name_(std::move(final_name)), part_(final_name_), file_(create_file(part_ += ".part", reader))
    {
    }

    ~State()
    {
        if (!committed_) {
            groups_.clear();
            file_.reset();
            std::error_code ignored;
            fs::remove(part_, ignored);
        }
    }

    State(State const&) = delete;
    State& operator=(State const&) = delete;

    /// Identifier. \pre not committed
    hid_t file() const
    {
        AIDC_EXPECT(bool(file_));
        return file_.get();
    }

    std::shared_ptr<Group::State> group(std::string const& name, std::string const& title)
    {
        return groups_.emplace_back(std::make_shared<Group::State>(file(), name, title, first_plotted_));
    }

    void commit(fs::path const& name)
    {
        if (!first_plotted_.empty()) {
            write_attribute(file(), "default", first_plotted_);
        }
        for (auto const& group : groups_) {
            group->finish();
        }
        close();
        sync(part_);
        std::error_code failure;
        fs::rename(part_, name, failure);
        if (failure) {
            throw Error(part_, "rename it to " + name.string(), {failure.message()});
        }
        committed_ = true;
        sync(fs::absolute(name).parent_path());
    }

    fs::path const& final_name() const { return final_name_; }

  private:
    void close()
    {
        AIDC_EXPECT(bool(file_));
        if (H5Fclose(file_.release()) < 0) { // closing it once more could crash HDF5
            throw Error(part_, "close the file", error_stack());
        }
    }

    fs::path final_name_;
    fs::path part_;
    Handle file_;
    std::string first_plotted_;
    std::vector<std::shared_ptr<Group::State>> groups_;
    bool committed_ = false;
};

File::File(fs::path final_name, Oldest reader) : state_(std::make_unique<State>(std::move(final_name), reader))
{
    write_attribute(state_->file(), "Conventions", "CF-1.10");
    write_attribute(state_->file(), "NX_class", "NXroot");
}

File::~File() = default;
File::File(File&&) noexcept = default;
File& File::operator=(File&&) noexcept = default;

Group File::group(std::string const& name, std::string const& title) { return Group(state_->group(name, title)); }

void File::attribute(std::string const& name, std::string const& value) { write_attribute(state_->file(), name, value); }

void File::attribute(std::string const& name, double value) { write_attribute(state_->file(), name, value); }

void File::attribute(std::string const& name, std::int64_t value) { write_attribute(state_->file(), name, value); }

void File::commit() { state_->commit(state_->final_name()); }

void File::commit_as(fs::path const& other) { state_->commit(other); }

} // namespace aidc::h5
