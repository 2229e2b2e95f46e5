#pragma once
/// \file
/// The result file of one run. results/README.md is its format page; a test holds the two together.

#include "sim/record/h5.hpp"
#include "sim/record/provenance.hpp"
#include "sim/world/observer.hpp"

#include <filesystem>
#include <memory>

namespace aidc {

/// Writes rows as they come and tables at the end; the file gets its name when the run ends.
class Recorder final : public Observer {
  public:
    /// \throws h5::Error  when the file cannot be created
    Recorder(std::filesystem::path path, Buildout const& buildout, Plan const& plan, Provenance provenance);
    ~Recorder() override;

    void row(World const& world, Tick from, Tick to) override;
    void event(Event const& event) override;
    void window(WindowRow const& row) override;
    void window_event(WindowEvent const& event) override;
    void job(JobEntry const& entry) override;
    /// NAME.h5 when complete, NAME.incomplete.h5 when stopped, NAME.failed.h5 when failed.
    void finish(World const& world, Tick at, Ending ending) override;

    /// Path the file got. Valid after finish().
    std::filesystem::path const& written() const { return written_; }

  private:
    void write_summary(World const& world, Tick at, Ending ending);

    std::filesystem::path path_;
    std::filesystem::path written_;
    Buildout const& buildout_;
    Plan const& plan_;
    Provenance provenance_;
    h5::File file_;
    std::unique_ptr<class CampusRows> campus_;
    std::unique_ptr<class HallRows> halls_;
    std::unique_ptr<class SupplyRows> supply_;
    std::unique_ptr<class PodRows> pods_;
    std::unique_ptr<h5::Table> events_;
    std::unique_ptr<class WindowTables> windows_;
    std::unique_ptr<class UseRows> use_;
    std::unique_ptr<class JobTable> jobs_; ///< Null without queues of jobs
};

} // namespace aidc
