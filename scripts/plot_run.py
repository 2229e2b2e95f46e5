#!/usr/bin/env python3
"""Draws the pictures of a result file: plot_run.py FILE.h5 [-o DIR]

Writes PNGs into DIR (default: FILE without .h5) and prints their paths. A file of replicates gets the pictures of
plot_replicates.py.
"""
import pathlib
import sys

import plot_replicates
import plot_style
from plot_style import (CAUSE_COLOURS, LIVE_CAUSES, NO_TERM, SPELLINGS, TERM_COLOURS, Result, canvas, draw_causes, draw_terms, known, legend_right,
                        mdates, np, plt, ratio, scale_of, thousands, time_axis)
from matplotlib.collections import PatchCollection
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator, PercentFormatter

COMPLETE = "#e8f1e4"
DAY = np.timedelta64(1, "D")


class Days:
    """The rows of /campus gathered by day."""

    def __init__(self, result: Result):
        ends = result.dates("campus/time")
        self.seconds = np.diff(ends, prepend=np.datetime64(ends[0], "D") if len(ends) else ends).astype(float)
        days = (ends - np.timedelta64(1, "s")).astype("datetime64[D]")
        self.dates, self.first = np.unique(days, return_index=True)

    def integral(self, values: np.ndarray) -> np.ndarray:
        """Sum of value times seconds, day by day; missing rows count as nothing."""
        return np.add.reduceat(np.nan_to_num(values) * self.seconds, self.first)

    def mean(self, values: np.ndarray) -> np.ndarray:
        weights = np.add.reduceat(np.where(np.isnan(values), 0.0, self.seconds), self.first)
        return ratio(self.integral(values), weights)

    def lowest(self, values: np.ndarray) -> np.ndarray:
        return np.fmin.reduceat(values, self.first)

    def highest(self, values: np.ndarray) -> np.ndarray:
        return np.fmax.reduceat(values, self.first)


def waiting_by_gate(result: Result) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Watts not yet live by term and day, split equally over the gate of each hall; and what no term holds."""
    gate = result.values("hall/gate").astype(int)
    waiting = np.maximum(result.values("hall/complete_W")[None, :] - result.values("hall/live_W"), 0.0)
    masks = result.flags("hall/gate")
    bits = sum(((gate & mask) > 0).astype(int) for mask in masks.values())
    part = np.where(bits > 0, waiting / np.maximum(bits, 1), 0.0)
    by_term = {term: np.where(gate & mask, part, 0.0).sum(axis=1) for term, mask in masks.items()}
    return by_term, np.where(bits == 0, waiting, 0.0).sum(axis=1)


def draw_capacity(result: Result):
    figure, axes = canvas(result, "Capacity, planned and as built", 2, 1)
    upper, lower = axes[:, 0]
    dates = result.dates("campus/time")
    daily = (dates - dates.astype("datetime64[D]")).astype(int) == 0
    most = float(max(np.nanmax(result.total(f"campus/{name}"), initial=0.0) for name in ("planned_W", "live_W")))
    divisor, unit = scale_of(result.units("campus/live_W"), np.array([most]))
    styles = [("planned_W", "planned live", "#555555", 1.6, "-."), ("energised_W", "energised", "#4e79a7", 1.6, "-"),
              ("ready_W", "ready", "#f28e2b", 1.6, "-"), ("live_W", "live", "#2ca02c", 3.0, "-"), ("sold_W", "sold", "#b07aa1", 1.6, "-")]
    upper.fill_between(dates[daily], result.total("campus/live_W")[daily] / divisor, step="post", color="#2ca02c", alpha=0.12)
    for name, label, colour, width, line in styles:
        upper.step(dates[daily], result.total(f"campus/{name}")[daily] / divisor, where="post", label=label, color=colour, linewidth=width, linestyle=line)
    upper.axhline(most / divisor, color="black", linestyle="--", linewidth=1.3, label=f"most planned\nor live, {most / divisor:,.4g} {unit}")
    upper.set_ylabel(f"IT power [{unit}]")
    upper.set_ylim(bottom=0)
    upper.set_title("All halls together", loc="left", fontsize=12)
    legend_right(upper)
    draw_waiting(result, lower, divisor, unit)
    for axis in (upper, lower):
        time_axis(axis, dates[0].astype("datetime64[D]"), dates[-1])
    return figure


def draw_waiting(result: Result, axis, divisor: float, unit: str) -> None:
    days = result.dates("hall/time") - DAY
    months, first = np.unique(days.astype("datetime64[M]"), return_index=True)
    lengths = np.diff(np.append(first, len(days)))

    def monthly(values):
        return np.add.reduceat(values, first) / lengths / divisor

    by_term, no_term = waiting_by_gate(result)
    left, width = days[first], lengths * DAY
    bottom = np.zeros(len(months))
    stack = [(term, values, TERM_COLOURS.get(term, NO_TERM)) for term, values in by_term.items()]
    for label, values, colour in [*stack, ("no term: whole unit", no_term, NO_TERM)]:
        heights = monthly(values)
        if heights.max(initial=0.0) > 0:
            axis.bar(left, heights, width, bottom, align="edge", color=colour, edgecolor="white", linewidth=0.6, label=label)
            bottom += heights
    planned = np.maximum(result.values("hall/complete_W")[None, :] - result.values("hall/planned_W"), 0.0).sum(axis=1)
    axis.step(days, planned / divisor, where="post", color="black", linewidth=1.3, label="waiting by plan")
    axis.set_ylim(bottom=0)
    axis.set_ylabel(f"{unit} waiting, by gate")
    axis.set_title("IT power not yet live, split equally over the terms that hold the next go-live unit; monthly mean", loc="left", fontsize=12)
    legend_right(axis, title="held by")


def gate_runs(gate: np.ndarray):
    """Stretches of equal gate: (gate, first day, day after the last)."""
    edges = np.flatnonzero(np.diff(gate)) + 1
    starts, ends = np.append(0, edges), np.append(edges, len(gate))
    return [(int(gate[a]), a, b) for a, b in zip(starts, ends)]


def strip(result: Result, hall: int, row: int, days: np.ndarray) -> list[tuple[Rectangle, str]]:
    """Coloured rectangles of one hall; a set of several terms splits the height."""
    masks = result.flags("hall/gate")
    complete = result.values("hall/complete_W")[hall]
    live = result.values("hall/live_W")[:, hall]
    drawn = []
    for gate, a, b in gate_runs(result.values("hall/gate")[:, hall].astype(int)):
        held_by = [TERM_COLOURS.get(term, NO_TERM) for term, mask in masks.items() if gate & mask]
        colours = held_by or [COMPLETE if live[a] >= complete * (1 - 1e-6) else NO_TERM]
        height = 0.74 / len(colours)
        for k, colour in enumerate(colours):
            drawn.append((Rectangle((days[a], row - 0.37 + k * height), days[b] - days[a], height), colour))
    return drawn


def completion(result: Result, hall: int) -> str:
    """When the hall was complete, in words, and how late that was."""
    complete = result.values("hall/complete_W")[hall] * (1 - 1e-6)
    days = (result.dates("hall/time") - DAY).astype("datetime64[D]")
    reached = [days[np.argmax(values >= complete)] if (values >= complete).any() else None
               for values in (result.values("hall/live_W")[:, hall], result.values("hall/planned_W")[:, hall])]
    if reached[0] is None:
        share = result.values("hall/live_W")[-1, hall] / max(complete, 1e-9)
        return f"{share:.0%} at the end"
    if reached[1] is None:
        return str(reached[0])
    late = (reached[0] - reached[1]).astype(int)
    return f"{reached[0]}  {f'{late:+d} d' if late else 'on time'}"


def draw_halls(result: Result):
    names = result.labels("hall/hall")
    figure, axes = canvas(result, "What held each hall", height=max(9.0, 3.0 + 0.36 * len(names)))
    axis = axes[0, 0]
    ends = result.dates("hall/time")
    days = mdates.date2num(np.append(ends - DAY, ends[-1]))
    complete, live = result.values("hall/complete_W"), result.values("hall/live_W")
    divisor, unit = scale_of(result.units("hall/complete_W"), complete)
    step_hall, step_from, step_live = result.labels("baseline/hall"), result.dates("baseline/from"), result.values("baseline/live_W")
    rectangles = []
    for row, name in enumerate(names):
        rectangles += strip(result, row, row, days)
        share = live[:, row] / max(complete[row], 1e-9)
        for width, colour in ((4.0, "white"), (1.8, "black")):
            axis.step(days, row + 0.37 - 0.74 * np.append(share[:1], share), where="post", color=colour, linewidth=width)
        planned = [date for hall, date, watts in zip(step_hall, step_from, step_live) if hall == name and watts > 0]
        axis.vlines(mdates.date2num(planned) if planned else [], row + 0.38, row + 0.5, color="black", linewidth=1.2)
        axis.text(1.008, row, completion(result, row), transform=axis.get_yaxis_transform(), va="center", fontsize=11)
    axis.add_collection(PatchCollection([r for r, _ in rectangles], facecolors=[c for _, c in rectangles], linewidths=0), autolim=False)
    axis.set_yticks(range(len(names)), [f"{name}\n{watts / divisor:,.4g} {unit}" for name, watts in zip(names, complete)])
    axis.set_ylim(max(len(names), 3) - 0.4, -0.6)
    axis.text(1.008, 1.005, "complete (late)", transform=axis.transAxes, fontsize=11, fontweight="bold", va="bottom")
    axis.grid(False, axis="y")
    time_axis(axis, ends[0] - DAY, ends[-1])
    held = [t for t, mask in result.flags("hall/gate").items() if (result.values("hall/gate").astype(int) & mask).any()]
    handles = [Patch(color=TERM_COLOURS.get(t, NO_TERM), label=t) for t in held]
    handles += [Patch(facecolor=COMPLETE, edgecolor="#999999", label="complete"), plt.Line2D([], [], color="black", label="live share of the hall"),
                plt.Line2D([], [], color="black", marker="|", markersize=11, linestyle="", label="planned go-live")]
    axis.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.05), ncol=min(6, len(handles)), frameon=False)
    return figure


def draw_deliveries(result: Result):
    figure, axes = canvas(result, "Deliveries", 2, 1)
    items, per_unit = result.labels("supply/item"), result.values("supply/accelerators_per_unit")
    kinds = [i for i in range(len(items)) if per_unit[i] > 0]
    colours = ["#4e79a7", "#f28e2b", "#59a14f", "#b07aa1", "#e15759"]
    days = result.dates("supply/time")
    dates = result.dates("campus/time")
    separate = kinds if len(kinds) <= len(colours) else []
    stages = (("ordered", "ordered", ":", 1.8), ("on_site", "on site", "--", 1.8), ("live", "live", "-", 2.6))
    for axis, label, weight, live in ((axes[0, 0], "racks", np.ones(len(items)), "racks_live"), (axes[1, 0], "accelerators", per_unit, "accelerators_live")):
        for colour, kind in zip(colours, separate):
            for variable, words, line, width in stages:
                axis.step(days, result.values(f"supply/{variable}")[:, kind] * weight[kind], where="post", color=colour, linestyle=line, linewidth=width,
                          label=f"{items[kind]} {words}")
        if kinds and not separate:
            for variable, words, line, width in stages[:2]:
                total = (result.values(f"supply/{variable}")[:, kinds] * weight[kinds]).sum(axis=1)
                axis.step(days, total, where="post", color="black", linestyle=line, linewidth=width, label=f"all {words}")
        if len(separate) != 1:
            axis.step(dates, result.total(f"campus/{live}"), where="post", color="black", linewidth=1.4, label="all live")
        if label == "accelerators":
            axis.step(dates, result.total("campus/accelerators_planned"), where="post", color="#777777", linewidth=1.4, linestyle="-.", label="all planned live")
        axis.set_ylabel(label)
        axis.set_ylim(bottom=0)
        axis.yaxis.set_major_locator(MaxNLocator(integer=True))
        thousands(axis)
        time_axis(axis, dates[0].astype("datetime64[D]"), dates[-1])
        legend_right(axis)
    axes[0, 0].set_title("Dotted: ordered; dashed: on site; solid: live; dash-dotted: planned live" if kinds else "No racks are ordered in this scenario: they stand at the start", loc="left", fontsize=12)
    return figure


def weekly(values: np.ndarray) -> np.ndarray:
    """Sums of weeks, one value a day; the last week may be short."""
    first = np.arange(0, len(values), 7)
    return np.repeat(np.add.reduceat(values, first), 7)[: len(values)]


def draw_utilization(result: Result):
    figure, axes = canvas(result, "Utilization of accelerators", 2, 1)
    upper, lower = axes[:, 0]
    days = Days(result)
    live, use = result.values("campus/accelerators_live").astype(float), result.values("campus/utilization").astype(float)
    sold_share = ratio(result.values("campus/sold_W").astype(float), result.values("campus/live_W").astype(float))
    sold, busy = np.nansum(live * sold_share, axis=1), np.nansum(live * use, axis=1)
    live = live.sum(axis=1)
    mean = {"planned live": days.mean(result.total("campus/accelerators_planned")), "live": days.mean(live), "sold": days.mean(sold), "busy": days.mean(busy)}
    for (label, values), colour, width, line in zip(mean.items(), ("#555555", "#2ca02c", "#b07aa1", "#4e79a7"), (1.4, 2.6, 2.0, 1.6), ("--", "-", "-", "-")):
        upper.step(days.dates, values, where="post", label=label, color=colour, linewidth=width, linestyle=line)
    upper.set_ylabel("accelerators, daily mean")
    upper.set_ylim(bottom=0)
    thousands(upper)
    shares = (("sold over live", sold, "#b07aa1"), ("busy over live (utilization)", busy, "#4e79a7"))
    hours = days.integral(live)
    for label, values, colour in shares:
        used = days.integral(values)
        lower.plot(days.dates, ratio(used, hours), color=colour, linewidth=0.7, alpha=0.45)
        lower.step(days.dates, ratio(weekly(used), weekly(hours)), where="post", color=colour, linewidth=2.4, label=label)
    lower.set_title("Weekly mean (thick), daily mean (thin)" if hours.sum() > 0 else "Nothing was live", loc="left", fontsize=12)
    lower.set_ylabel("share of live accelerators")
    lower.set_ylim(0, 1.04)
    lower.yaxis.set_major_formatter(PercentFormatter(1.0))
    for axis in (upper, lower):
        time_axis(axis, days.dates[0], days.dates[-1] + 1)
        legend_right(axis)
    return figure


def draw_power(result: Result, days: Days, axis) -> None:
    powers = {label: result.total(f"campus/{name}") for label, name in (("facility", "facility_power_W"), ("IT", "it_power_W"))}
    divisor, unit = scale_of(result.units("campus/it_power_W"), *powers.values())
    for (label, values), colour in zip(powers.items(), ("#e15759", "#4e79a7")):
        axis.fill_between(days.dates, days.lowest(values) / divisor, days.highest(values) / divisor, color=colour, alpha=0.25, linewidth=0)
        axis.plot(days.dates, days.mean(values) / divisor, color=colour, linewidth=1.6, label=label)
    axis.set_title("Power: daily mean, band from lowest to highest", loc="left", fontsize=12)
    axis.set_ylabel(f"power [{unit}]")
    axis.set_ylim(bottom=0)
    axis.legend(loc="upper left", ncol=2, frameon=False)


def draw_ratio(result: Result, days: Days, axis, name: str, joules: np.ndarray, divisor: float) -> None:
    """Daily ratio over IT energy, and that of the whole run; days below 1 % fill are left out, as in the file's PUE."""
    it, ready = days.integral(result.total("campus/it_power_W")), days.integral(result.total("campus/ready_W"))
    values = np.where(it >= 0.01 * ready, ratio(joules, it / divisor), np.nan)
    axis.plot(days.dates, values, color="#2ca02c" if name == "PUE" else "#4e79a7", linewidth=1.5)
    if it.sum() > 0:
        whole = joules.sum() / (it.sum() / divisor)
        axis.axhline(whole, color="black", linestyle="--", linewidth=1.1, label=f"whole run {whole:.3f}")
        axis.legend(loc="upper right", frameon=True, framealpha=0.85, edgecolor="none")
    else:
        axis.text(0.5, 0.5, "no IT energy: nothing was live", transform=axis.transAxes, ha="center", color="#555555")
    usual = values[it >= 0.2 * it.max(initial=0.0)]  # the first days, nearly empty, would flatten all others
    if known(usual):
        low, high = np.nanmin(usual), np.nanmax(usual)
        axis.set_ylim(max(0.0, low - 0.1 * (high - low)) if name == "PUE" else 0.0, high + 0.3 * (high - low) + 1e-3)


def draw_temperatures(result: Result, days: Days, axis) -> None:
    def hottest(name):
        values = result.values(f"campus/{name}").astype(float)
        return np.fmax.reduce(values, axis=1)

    styles = (("case_max_C", "hottest case", "#d62728", days.highest), ("tcs_supply_max_C", "warmest TCS supply", "#f28e2b", days.highest),
              ("fws_supply_C", "FWS supply", "#59a14f", days.mean), ("outdoor_dry_bulb_C", "outdoor dry bulb", "#c7c7c7", days.mean),
              ("outdoor_wet_bulb_C", "outdoor wet bulb", "#4e79a7", days.mean))
    for name, label, colour, gather in styles:
        axis.plot(days.dates, gather(hottest(name)), color=colour, linewidth=1.4, label=label)
    unit = SPELLINGS.get(result.units("campus/case_max_C"), "")
    axis.set_title("Temperatures: daily highest of case and TCS, daily mean of the others", loc="left", fontsize=12)
    axis.set_ylabel(f"temperature [{unit}]")
    axis.legend(loc="upper center", bbox_to_anchor=(0.5, -0.07), ncol=5, frameon=False, fontsize=10, columnspacing=1.0, handlelength=1.4)


def draw_operation(result: Result):
    figure, axes = canvas(result, "Operation", 2, 2)
    days = Days(result)
    draw_power(result, days, axes[0, 0])
    draw_ratio(result, days, axes[0, 1], "PUE", days.integral(result.total("campus/facility_power_W")), 1.0)
    axes[0, 1].set_title("PUE: facility energy over IT energy, by day", loc="left", fontsize=12)
    axes[0, 1].set_ylabel("PUE [1]")
    draw_ratio(result, days, axes[1, 0], "WUE", days.integral(result.total("campus/water_use_kg_per_s")), 3.6e6)
    axes[1, 0].set_title("WUE: make-up water over IT energy, by day", loc="left", fontsize=12)
    axes[1, 0].set_ylabel("WUE [kg/kWh]")
    draw_temperatures(result, days, axes[1, 1])
    for axis in axes.flat:
        time_axis(axis, days.dates[0], days.dates[-1] + 1)
    return figure


def draw_whole(axis, parts: list[tuple[str, float, str]], ahead: float, divisor: float, unit: str) -> None:
    """One stacked bar of all planned or live accelerator-hours."""
    left, total = 0.0, sum(value for _, value, _ in parts)
    for label, value, colour in parts:
        if value <= 0:
            continue
        hatch = "///" if label.startswith("not live") else None
        axis.barh(0, value / divisor, 0.6, left / divisor, color=colour, edgecolor="white", hatch=hatch, label=f"{label} {value / total:.1%}")
        left += value
    axis.set_yticks([])
    axis.grid(False)
    axis.spines["left"].set_visible(False)
    axis.set_xlim(0, total / divisor or 1.0)
    axis.set_xlabel(f"accelerator-hours planned or live [{unit}]")
    words = f"; {ahead / divisor:,.3g} {unit} of them live before planned" if ahead > 0.5 else ""
    axis.set_title(f"Where all planned or live accelerator-hours went{words}", loc="left", fontsize=12)
    if total > 0:
        axis.legend(loc="upper center", bbox_to_anchor=(0.5, -0.42), ncol=6, frameon=False, fontsize=11)


def draw_ledger(result: Result):
    figure, axes = canvas(result, "Ledger of accelerator-hours", 2, 2, gridspec_kw={"height_ratios": [4.6, 1]})
    whole = axes[1, 0]
    span = whole.get_gridspec()[1, :]
    axes[1, 1].remove()
    whole.set_subplotspec(span)
    terms = result.labels("ledger_term/term")
    share, solo = (result.values(f"ledger_term/{name}_accelerator_h").sum(axis=0) for name in ("share", "solo"))
    causes = dict(zip(result.labels("ledger_cause/cause"), result.values("ledger_cause/accelerator_h").sum(axis=0)))
    late = {cause: hours for cause, hours in causes.items() if cause not in LIVE_CAUSES}
    no_term = max(0.0, sum(late.values()) - share.sum())
    units = result.units("ledger_term/share_accelerator_h")
    draw_terms(axes[0, 0], terms, {"share": share, "solo": solo}, scale_of(units, share))
    draw_causes(axes[0, 1], late, scale_of(units, np.array([*late.values()])))
    parts = [(cause.replace("_", " "), causes.get(cause, 0.0), CAUSE_COLOURS[cause]) for cause in LIVE_CAUSES]
    parts += [(f"not live: {term}", hours, TERM_COLOURS.get(term, NO_TERM)) for term, hours in zip(terms, share)]
    parts.append(("not live: no term", no_term if no_term > 1e-6 * sum(causes.values()) else 0.0, NO_TERM))
    draw_whole(whole, parts, float(result.values("summary/ahead_accelerator_h")), *scale_of(units, np.array([sum(value for _, value, _ in parts)])))
    return figure


PICTURES = {"capacity": draw_capacity, "halls": draw_halls, "deliveries": draw_deliveries, "utilization": draw_utilization,
            "operation": draw_operation, "ledger": draw_ledger}


def draw_all(result: Result, folder: pathlib.Path) -> None:
    if result.replicated:
        plot_replicates.draw_all(result, folder)
        return
    if not len(result.values("hall/time")):
        sys.exit("plot_run: the run ended before its first day: there is nothing to draw")
    for name, draw in PICTURES.items():
        if name == "operation" and not result.has("campus/it_power_W"):
            print("plot_run: no operation.png: the file was made with --detail build", file=sys.stderr)
            continue
        plot_style.save(draw(result), folder / f"{name}.png")


if __name__ == "__main__":
    sys.exit(plot_style.main("Draws the pictures of a result file.", draw_all, "aidcsim run SCENARIO.json"))
