#include "sim/scenario/document.hpp"
#include "sim/scenario/job_log_rows.hpp"
#include "sim/scenario/weather_rows.hpp"

#include <fmt/format.h>

#include <limits>

namespace aidc {
namespace {

/// Reads one workload. Keys that Batsim does not know are its users' own, and are passed over.
class BatsimReader {
  public:
    BatsimReader(std::filesystem::path const& path, std::string const& text, JobLogOptions const& options)
        : document_(parse_document(text, path.string())), rows_(path, options, JobLogFormat::batsim, RowOrder::any)
    {
    }

    JobLog read()
    {
        auto const& jobs = list("jobs", true);
        profiles_ = &list("profiles", false);
        if (auto const machine = document_.root.find("nb_res"); machine != document_.root.end() && machine->is_number_unsigned()) {
            auto const processors = machine->get<std::uint64_t>();
            rows_.set_machine(processors <= std::numeric_limits<std::uint32_t>::max() ? static_cast<std::uint32_t>(processors) : 0);
        }
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            pointer_ = fmt::format("/jobs/{}", i);
            rows_.problems().begin_row(document_.where(pointer_), pointer_);
            rows_.take(row(jobs[i]));
        }
        return rows_.finish();
    }

  private:
    Json const& list(char const* key, bool is_list) const
    {
        auto const what = is_list ? "a list [ ... ]" : "an object { ... }";
        if (!document_.root.is_object() || !document_.root.contains(key)) {
            throw InputErrors(
                {{document_.where(""), "", fmt::format("has no \"{}\", {} of a Batsim workload; take a whole one", key, what)}});
        }
        auto const& value = document_.root[key];
        if (is_list ? !value.is_array() : !value.is_object()) {
            auto const pointer = fmt::format("/{}", key);
            throw InputErrors({{document_.where(pointer), pointer, fmt::format("must be {}", what)}});
        }
        return value;
    }

    void complain(std::string const& pointer, std::string message)
    {
        rows_.problems().add({document_.where(pointer), pointer, std::move(message)});
    }

    /// A number of an object. \param if_missing  Taken when there is none; nothing: it must be there
    std::optional<double> number(Json const& object, std::string const& pointer, char const* key, std::optional<double> if_missing = {})
    {
        auto const at = object.find(key);
        if (at == object.end()) {
            if (!if_missing) {
                complain(pointer, fmt::format("has no \"{}\"; add it or leave the job out", key));
            }
            return if_missing;
        }
        auto const value = at->is_number()   ? std::optional(at->get<double>())
                           : at->is_string() ? number_in(at->get_ref<std::string const&>()) // ids may be texts
                                             : std::nullopt;
        if (!value) {
            complain(fmt::format("{}/{}", pointer, key), fmt::format("{} is not a number; mend it or leave the job out", at->dump()));
        }
        return value;
    }

    std::optional<JobRow> row(Json const& job)
    {
        if (!job.is_object()) {
            rows_.problems().add("needs an object { ... }; mend it or leave the job out");
            return {};
        }
        auto const id = number(job, pointer_, "id");
        auto const submit_s = number(job, pointer_, "subtime");
        auto const processors = number(job, pointer_, "res");
        auto const walltime_s = number(job, pointer_, "walltime", -1.0);
        auto const run_s = run_time_s(job);
        if (!id || !submit_s || !processors || !walltime_s || !run_s) {
            return {};
        }
        return JobRow{.id = id,
                      .submit_s = *submit_s,
                      .run_s = *run_s,
                      .estimate_s = *walltime_s == -1.0 ? 0.0 : *walltime_s, // -1: none is asked for
                      .processors = *processors,
                      .priority = 0.0};
    }

    /// From the job's profile.
    std::optional<double> run_time_s(Json const& job)
    {
        auto const at = job.find("profile");
        if (at == job.end() || !at->is_string()) {
            complain(pointer_, "has no \"profile\", the name of one; add it or leave the job out");
            return {};
        }
        auto const& name = at->get_ref<std::string const&>();
        auto const profile = profiles_->find(name);
        if (profile == profiles_->end() || !profile->is_object()) {
            complain(pointer_ + "/profile", fmt::format("\"{}\" is none of the \"profiles\"; add it there or leave the job out", name));
            return {};
        }
        if (auto const type = profile->find("type"); type == profile->end() || *type != "delay") {
            complain(pointer_ + "/profile",
                     fmt::format("\"{}\" is not of the type \"delay\" (only a delay is a run time by itself); give it "
                                 "one or leave the job out",
                                 name));
            return {};
        }
        return number(*profile, "/profiles/" + pointer_step(name), "delay");
    }

    Document document_;
    JobRows rows_;
    Json const* profiles_{};
    std::string pointer_{}; ///< Of the job at hand
};

} // namespace

JobLog read_batsim(std::filesystem::path const& path, std::string const& text, JobLogOptions const& options)
{
    return BatsimReader(path, text, options).read();
}

} // namespace aidc
