#include "sim/run/stop.hpp"

namespace aidc {
namespace {

volatile std::sig_atomic_t stop_was_asked = 0; // a signal handler reaches nothing but a global

void note_stop(int) { stop_was_asked = 1; }

} // namespace

StopOnSignal::StopOnSignal()
{
    stop_was_asked = 0;
    struct sigaction action {};
    action.sa_handler = note_stop;
    action.sa_flags = static_cast<int>(SA_RESETHAND); // the second signal ends the process
    sigaction(SIGINT, &action, &before_int_);
    sigaction(SIGTERM, &action, &before_term_);
    sigaction(SIGUSR1, &action, &before_usr1_);
}

StopOnSignal::~StopOnSignal()
{
    sigaction(SIGINT, &before_int_, nullptr);
    sigaction(SIGTERM, &before_term_, nullptr);
    sigaction(SIGUSR1, &before_usr1_, nullptr);
}

bool StopOnSignal::asked() const { return stop_was_asked != 0; }

} // namespace aidc
