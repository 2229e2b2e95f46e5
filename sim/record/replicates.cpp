#include "sim/record/replicates.hpp"

#include "models/base/error.hpp"
#include "sim/record/criticality.hpp"
#include "sim/record/order_by.hpp"
#include "sim/record/tables.hpp"

namespace aidc {

ReplicateRecorder::ReplicateRecorder(std::filesystem::path path, Buildout const& buildout, Plan const& plan, Provenance provenance)
    : path_(std::move(path)), buildout_(buildout), plan_(plan), provenance_(std::move(provenance)), file_(path_)
{
    write_title(file_, buildout, provenance_);
}

std::filesystem::path ReplicateRecorder::write(ReplicateSet const& set)
{
    AIDC_EXPECT(!set.replicates.empty());
    write_replicate_milestones(file_, buildout_, plan_, set);
    write_replicate_live(file_, buildout_, plan_, set);
    write_replicate_hours(file_, buildout_, set);
    write_criticality(file_, buildout_, set);
    write_order_by(file_, buildout_, plan_, set);
    write_baseline(file_, buildout_, plan_);
    write_provenance(file_, buildout_, provenance_);
    if (set.replicates.size() == set.asked) {
        file_.commit();
        return path_;
    }
    auto const other = beside(path_, word_of(Ending::stopped));
    file_.commit_as(other);
    return other;
}

} // namespace aidc
