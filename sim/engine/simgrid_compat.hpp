#pragma once
/// \file
/// The one place where SimGrid's version shows: 3.32 to 4.x. Private to sim/engine, included by .cpp files only: it takes
/// seconds to compile.

#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u.hpp>
#include <simgrid/version.h>

#include <string>
#include <vector>

#if SIMGRID_VERSION < 33200
#    error "SimGrid 3.32 or later is needed"
#endif

namespace aidc::engine::compat {

namespace s4u = simgrid::s4u;
using Timer = simgrid::kernel::timer::Timer;

/// An empty zone has no routing table; the one of a full zone grows with the square of its hosts.
/// From 4.0 on a root zone exists already, and it is a full one: the empty zone is its child.
inline s4u::NetZone* add_empty_zone([[maybe_unused]] s4u::Engine& engine, std::string const& name)
{
#if SIMGRID_VERSION >= 40000
    return engine.get_netzone_root()->add_netzone_empty(name);
#else
    return s4u::create_empty_zone(name);
#endif
}

inline s4u::Host* add_host(s4u::NetZone& zone, std::string const& name, std::vector<double> const& speeds)
{
#if SIMGRID_VERSION >= 40000
    return zone.add_host(name, speeds);
#else
    return zone.create_host(name, speeds);
#endif
}

/// Calls `f(Exec const&)` whenever an Exec ends, for whatever reason. 3.32 has one signal for all kinds of activity.
template <class F> void on_exec_end(F f)
{
#if SIMGRID_VERSION >= 33400
    s4u::Exec::on_completion_cb([f](s4u::Exec const& exec) { f(exec); });
#else
    s4u::Activity::on_completion_cb([f](s4u::Activity const& activity) {
        if (auto const* exec = dynamic_cast<s4u::Exec const*>(&activity)) {
            f(*exec);
        }
    });
#endif
}

/// \param timing_s  Dates closer than this are one date [s]
/// \param work      Amounts and rates of work below this are zero [-]
inline void set_precision(double timing_s, double work)
{
#if SIMGRID_VERSION >= 33400
    s4u::Engine::set_config("precision/timing", timing_s);
    s4u::Engine::set_config("precision/work-amount", work);
#else
    s4u::Engine::set_config("surf/precision", timing_s);
    s4u::Engine::set_config("maxmin/precision", work);
#endif
}

} // namespace aidc::engine::compat
