#include "sim/scenario/fault_log.hpp"

#include "sim/scenario/document.hpp"
#include "sim/scenario/reader.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace aidc {
namespace {

enum class FaultEdge : std::uint8_t { start, end };

constexpr std::array<std::pair<std::string_view, FaultEdge>, 2> fault_edges{
    {{"fault_start", FaultEdge::start}, {"fault_end", FaultEdge::end}}};

struct FaultType {
    std::string level, fault_class, description;
};

struct FaultEvent {
    std::string node;
    double time_days{};
    FaultEdge edge{};
    FaultType type;
};

template <class V> void describe(V& v, FaultType& x)
{
    v.text({"Level", Need::required, "Hardware, software or other"}, x.level);
    v.text({"Class", Need::required, "What failed"}, x.fault_class);
    v.text({"Desc", Need::required, "How"}, x.description);
}

template <class V> void describe(V& v, FaultEvent& x)
{
    v.text({"node_id", Need::required, "Node"}, x.node);
    v.number({"event_time", Need::required, "Days since the beginning of the log"}, x.time_days, not_negative);
    v.choice({"event_type", Need::required, "Start or end of a fault"}, x.edge, fault_edges);
    v.object({"fault_type", Need::required, "Fault"}, x.type);
}

/// Follows the events and keeps what is wrong with them.
class FaultReader {
  public:
    FaultReader(std::filesystem::path const& path, std::uint32_t nodes, double span_s)
        : document_(parse_document(read_text(path), path.string())), log_{.nodes = nodes, .span_s = span_s, .spells = {}}
    {
    }

    FaultLog read()
    {
        if (!document_.root.is_array()) {
            complain("", "needs a list [ ... ] of events");
        }
        for (std::size_t i = 0; problems_.size() < most_problems && document_.root.is_array() && i < document_.root.size(); ++i) {
            auto const before = problems_.size();
            FaultEvent event;
            auto const pointer = fmt::format("/{}", i);
            Reader reader(document_, document_.root[i], pointer, problems_);
            if (problems_.size() == before) {
                describe(reader, event);
                reader.done();
            }
            if (problems_.size() == before) {
                take(event, pointer);
            }
        }
        if (!problems_.empty()) {
            throw InputErrors(problems_);
        }
        return std::move(log_);
    }

  private:
    static constexpr std::size_t most_problems = 20;
    static constexpr double day_s = 86400.0;

    struct Node {
        std::uint32_t number{};
        std::size_t open = none; ///< Row of its open fault
    };
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    void complain(std::string const& pointer, std::string message)
    {
        problems_.push_back({document_.where(pointer), pointer, std::move(message)});
    }

    void take(FaultEvent const& event, std::string const& pointer)
    {
        double const time_s = event.time_days * day_s;
        if (time_s < last_s_) {
            complain(pointer + "/event_time",
                     fmt::format("is {:g} days, before the event above; put the events in order of time", event.time_days));
            return;
        }
        if (time_s > log_.span_s) {
            complain(pointer + "/event_time",
                     fmt::format("is {:g} days and the log is said to end at {:g} days", event.time_days, log_.span_s / day_s));
            return;
        }
        last_s_ = time_s;
        auto const [at, fresh] = nodes_.try_emplace(event.node, Node{.number = static_cast<std::uint32_t>(nodes_.size())});
        if (fresh && nodes_.size() > log_.nodes) {
            complain(pointer + "/node_id",
                     fmt::format("is the node number {} and the cluster is said to have {}", nodes_.size(), log_.nodes));
        }
        if (event.edge == FaultEdge::start) {
            start(event, at->second, pointer);
        }
        else {
            end(time_s, at->second, pointer);
        }
    }

    void start(FaultEvent const& event, Node& node, std::string const& pointer)
    {
        if (node.open != none) {
            complain(pointer,
                     fmt::format("starts a fault of a node whose fault of day {:g} is still open", log_.spells[node.open].start_s / day_s));
            return;
        }
        node.open = log_.spells.size();
        log_.spells.push_back({node.number, last_s_, log_.span_s, false, event.type.fault_class});
    }

    void end(double time_s, Node& node, std::string const& pointer)
    {
        if (node.open == none) {
            complain(pointer, "ends a fault that never started");
            return;
        }
        log_.spells[node.open].end_s = time_s;
        log_.spells[node.open].ended = true;
        node.open = none;
    }

    Document document_;
    FaultLog log_;
    double last_s_ = 0.0;
    std::map<std::string, Node> nodes_;
    std::vector<Problem> problems_;
};

} // namespace

FaultLog read_fault_log(std::filesystem::path const& path, std::uint32_t nodes, double span_s)
{
    return FaultReader(path, nodes, span_s).read();
}

} // namespace aidc
