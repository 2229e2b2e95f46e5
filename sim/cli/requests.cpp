#include "sim/cli/requests.hpp"

#include "sim/cli/json_text.hpp"
#include "sim/cli/replay.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdio>

namespace aidc {
namespace {

/// Service times in seconds, as the words have them.
ServiceTimes times_of(RequestWords const& words)
{
    if (!words.tokens_per_s) {
        return {.means_s = words.service_s, .tokens_per_slot_s = {}};
    }
    double const per_slot_s = *words.tokens_per_s / words.slots;
    if (words.tokens_each == "auto") {
        return {.means_s = {}, .tokens_per_slot_s = per_slot_s};
    }
    double each{};
    auto const* const end = words.tokens_each.data() + words.tokens_each.size();
    auto const read = std::from_chars(words.tokens_each.data(), end, each);
    if (read.ec != std::errc{} || read.ptr != end || !(each > 0.0) || !std::isfinite(each)) {
        throw InputErrors({{"--tokens-each", "", fmt::format("is \"{}\", neither auto nor a number above 0; mend it", words.tokens_each)}});
    }
    return {.means_s = {each / per_slot_s}, .tokens_per_slot_s = {}};
}

std::string token_line(std::string_view name, TokenFacts const& tokens)
{
    return fmt::format("{:<20}{:>10.1f}{:>10.0f}{:>10.0f}\n", name, tokens.mean, tokens.median, tokens.p99);
}

std::string staffing_table(RequestFacts const& facts, double p)
{
    auto text = fmt::format("\nslots so that no more than {:g} % of the requests wait; service {}\n", 100.0 * p,
                            facts.own_times ? "in proportion to each request's tokens" : "exponential");
    text += fmt::format("{:>14}{:>14}{:>14}{:>14}{:>18}\n", "mean service", "busy slots", "peakedness", "slots, z = 1", "slots, measured");
    for (auto const& row : facts.staffing) {
        text += fmt::format("{:>14}{:>14.4g}{:>14}{:>14}{:>18}\n", fmt::format("{:g} s", row.service_s), row.offered,
                            std::isnan(row.peakedness) ? "-" : fmt::format("{:.4g}", row.peakedness), row.poisson_slots,
                            std::isnan(row.peakedness) ? "-" : fmt::format("{}", row.measured_slots));
    }
    return text;
}

} // namespace

namespace report {

std::string requests_page(std::string const& path, RequestLog const& log, RequestFacts const& facts, double p)
{
    auto page = fmt::format("{}: {} requests in {:.7g} s ({:.1f} min), {:.5g} a second, {:.5g} tokens a second\n", path, facts.requests,
                            facts.span_s, facts.span_s / 60.0, facts.per_s, facts.tokens_per_s);
    page += skipped_lines(log.skipped, log.skipped_why);
    page += fmt::format("\n{:<20}{:>10}{:>10}{:>10}\n", "tokens", "mean", "p50", "p99");
    page += token_line("prompt", facts.prompt) + token_line("output", facts.output);
    page +=
        fmt::format("\nindex of dispersion (1 if requests came at random){}\n", facts.dispersion.empty() ? ": the log is too short" : "");
    for (auto const& row : facts.dispersion) {
        page += fmt::format("{:>14}{:>14.4g}\n", fmt::format("{:g} s", row.window_s), row.index);
    }
    if (facts.staffing.empty()) {
        return page + "\npeakedness: the log is too short, give --service-s below a tenth of it\n";
    }
    page += staffing_table(facts, p);
    auto const& first = facts.staffing.front();
    auto const z = facts.staffing.size() > 1 ? std::string("that of your service time") : fmt::format("{:.3g}", first.peakedness);
    if (!std::isnan(first.peakedness)) {
        page += fmt::format(
            "\nfor a scenario, demand.inference: \"wait_probability\": {:g}, \"peakedness\": {}; served: \"tokens_each\": {:.0f}\n", p, z,
            facts.tokens_each);
    }
    return page
           + "limits: below 10 times the peakedness of busy slots more wait than that; a trend over the log counts as a burst "
             "(docs/theory/inference.md)\n";
}

std::string requests_json(std::string const& path, RequestLog const& log, RequestFacts const& facts, double p)
{
    auto const tokens = [](TokenFacts const& t) {
        return object({{"mean", number(t.mean)}, {"p50", number(t.median)}, {"p99", number(t.p99)}});
    };
    auto const dispersion = list(facts.dispersion, [](Dispersion const& row) {
        return object({{"window_s", number(row.window_s)}, {"index", number(row.index)}});
    });
    auto const staffing = list(facts.staffing, [](Staffing const& row) {
        return object({{"service_s", number(row.service_s)},
                       {"offered", number(row.offered)},
                       {"peakedness", number(row.peakedness)},
                       {"slots_poisson", fmt::format("{}", row.poisson_slots)},
                       {"slots_measured", std::isnan(row.peakedness) ? "null" : fmt::format("{}", row.measured_slots)}});
    });
    return object({{"log", in_quotes(path)},
                   {"rows", fmt::format("{}", log.rows)},
                   {"skipped", fmt::format("{}", log.skipped)},
                   {"skipped_why", skipped_json(log.skipped_why)},
                   {"requests", fmt::format("{}", facts.requests)},
                   {"span_s", number(facts.span_s)},
                   {"requests_per_s", number(facts.per_s)},
                   {"tokens_per_s", number(facts.tokens_per_s)},
                   {"tokens_each", number(facts.tokens_each)},
                   {"prompt_tokens", tokens(facts.prompt)},
                   {"output_tokens", tokens(facts.output)},
                   {"index_of_dispersion", dispersion},
                   {"wait_probability", number(p)},
                   {"service", in_quotes(facts.own_times ? "own tokens" : "exponential")},
                   {"staffing", staffing}});
}

} // namespace report

int requests(RequestWords const& words)
{
    auto const times = times_of(words);
    auto const log = read_request_log(words.log, words.skip_bad_rows);
    auto const facts = request_facts(log, times, words.wait_probability, words.log);
    fmt::print("{}", words.json ? report::requests_json(words.log, log, facts, words.wait_probability) + "\n"
                                : report::requests_page(words.log, log, facts, words.wait_probability));
    return 0;
}

} // namespace aidc
