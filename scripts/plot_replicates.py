#!/usr/bin/env python3
"""Draws the pictures of a file of replicates: plot_replicates.py FILE.h5 [-o DIR]

Writes PNGs into DIR (default: FILE without .h5) and prints their paths. Quantiles and chances are those of the file;
nothing is computed anew.
"""
import json
import pathlib
import sys
from typing import NamedTuple

import plot_style
from plot_style import (CAUSE_COLOURS, LIVE_CAUSES, NO_TERM, TERM_COLOURS, Patch, Result, WrongFile, canvas, draw_causes, draw_terms, dress, mdates, np,
                        percent, plt, scale_of, thousands, time_axis)
from matplotlib.colors import LogNorm
from matplotlib.patheffects import withStroke

GROUPS = ["replicate_live", "replicate_milestones", "replicate_gate", "replicate_term", "replicate_cause", "criticality", "order_by"]
STEPS = {"power": "#4e79a7", "first live": "#59a14f", "complete": "#9c755f"}  # of a campus, in their order
TARGET = "#333333"
PLANNED, LIVE = "#555555", "#2ca02c"
LATE, TIGHT, SAFE = "#d62728", "#f28e2b", "#2ca02c"
TOP_ITEMS, TOP_ORDERS = 12, 25


def chance_colour(chance: float) -> str:
    return SAFE if chance >= 0.8 else TIGHT if chance >= 0.5 else LATE


def days_between(first: np.datetime64, last: np.datetime64) -> int:
    return round(float((last - first) / np.timedelta64(1, "D")))


def widened(result: Result, first: np.datetime64, last: np.datetime64) -> tuple[np.datetime64, np.datetime64]:
    """Dates to draw: a month more on both sides; the whole run where that is too short to have a year on its axis."""
    month = np.timedelta64(30, "D")
    if last - first < np.timedelta64(400, "D"):
        return min(first - month, result.start), max(last + month, result.end)
    return first - month, last + month


def empty(result: Result, title: str, words: str):
    """The picture of nothing, which says why."""
    figure, axes = canvas(result, title, height=4.0)
    axes[0, 0].set_axis_off()
    axes[0, 0].text(0.5, 0.5, words, transform=axes[0, 0].transAxes, ha="center", va="center", fontsize=14, color="#555555")
    return figure


def mark(**style) -> plt.Line2D:
    return plt.Line2D([], [], linestyle="", **style)


# Live power over time.


class Target(NamedTuple):
    name: str
    due: np.datetime64
    it_W: float
    chance: float


def targets(result: Result) -> list[Target]:
    """Targets with a due date; their watts stand in the scenario, their chances among the milestones."""
    it_W = {target["name"]: target["it_W"] for target in json.loads(result.text("provenance/scenario_json")).get("targets", [])}
    rows = zip(result.labels("replicate_milestones/milestone"), result.dates("replicate_milestones/due"),
               result.values("replicate_milestones/probability_in_time"))
    return [Target(name, due, it_W[name], float(chance)) for name, due, chance in rows if not np.isnat(due) and name in it_W]


def bands(result: Result, campus: int | None = None) -> dict[str, np.ndarray]:
    """Watts at the ends of the months: planned, p10, p50, p90; of all campuses or of one."""
    names = ("planned", "p10", "p50", "p90")
    if campus is None:
        return {name: result.values(f"replicate_live/{name}_W").astype(float) for name in names}
    return {name: result.values(f"replicate_live/campus_{name}_W")[:, campus].astype(float) for name in names}


def draw_band(axis, dates: np.ndarray, watts: dict[str, np.ndarray], scale: tuple[float, str]) -> None:
    divisor, unit = scale
    axis.fill_between(dates, watts["p10"] / divisor, watts["p90"] / divisor, color=LIVE, alpha=0.25, linewidth=0, label="live: 8 of 10 replicates (P10 to P90)")
    axis.plot(dates, watts["planned"] / divisor, color=PLANNED, linewidth=1.5, linestyle="--", label="planned")
    axis.plot(dates, watts["p50"] / divisor, color=LIVE, linewidth=2.4, label="live: median (P50)")
    axis.set_ylim(0, 1.12 * max(float(values.max(initial=0.0)) for values in watts.values()) / divisor or 1.0)
    axis.set_ylabel(f"IT power [{unit}]")


def draw_targets(axis, rows: list[Target], divisor: float) -> None:
    """Diamonds, with words below to the right, where a rising curve leaves room."""
    for target in rows:
        colour = chance_colour(target.chance)
        axis.plot(target.due, target.it_W / divisor, marker="D", markersize=10, color=colour, markeredgecolor="white", zorder=5)
        axis.annotate(f"{target.name} due {target.due.astype('datetime64[D]')}\nin time: {target.chance:.0%}", (target.due, target.it_W / divisor), (9, -5),
                      textcoords="offset points", va="top", fontsize=11, fontweight="bold", color=colour, path_effects=[withStroke(linewidth=3, foreground="white")])


def last_shown(result: Result, watts: dict[str, np.ndarray], due: list[np.datetime64]) -> np.datetime64:
    """Where the axis ends: some room after the last change and the last due date, or the end of the run."""
    dates = result.dates("replicate_live/time")
    changes = np.flatnonzero(np.any([np.abs(np.diff(values)) > 1e-4 * values.max() for values in watts.values()], axis=0))
    last = max([dates[changes[-1] + 1] if len(changes) else dates[-1], *due])
    return min(dates[-1], last + (last - result.start) // 3)


def widest_gap(dates: np.ndarray, watts: dict[str, np.ndarray], scale: tuple[float, str]) -> str:
    """The month in which the median is furthest behind the plan, in words."""
    gap = watts["planned"] - watts["p50"]
    if not len(gap) or gap.max() <= 0:
        return "The median is never behind the plan at the end of a month"
    worst, (divisor, unit) = int(gap.argmax()), scale
    low, middle, high, plan = (watts[name][worst] / divisor for name in ("p10", "p50", "p90", "planned"))
    return f"Median is furthest behind the plan at the end of {month_before(dates[worst])}: {middle:,.4g} of {plan:,.4g} {unit} (P10 {low:,.4g}, P90 {high:,.4g})"


def month_before(end: np.datetime64) -> str:
    return (end - np.timedelta64(1, "s")).astype(object).strftime("%b %Y")


def draw_bands(result: Result):
    campuses = result.labels("replicate_live/campus")
    many = len(campuses) > 1
    figure, axes = canvas(result, "How much will be live, and when?", 1, 2 if many else 1, **({"width_ratios": [1.5, 1.0]} if many else {}))
    dates, watts, promised = result.dates("replicate_live/time"), bands(result), targets(result)
    promised, later = [target for target in promised if target.due <= result.end], [target.name for target in promised if target.due > result.end]
    scale = scale_of("W", *watts.values())
    last = last_shown(result, watts, [target.due for target in promised])
    whole = axes[0, 0]
    draw_band(whole, dates, watts, scale)
    whole.set_ylim(0, max([whole.get_ylim()[1], *(1.12 * target.it_W / scale[0] for target in promised)]))
    whole.set_title(widest_gap(dates, watts, scale) + (f"\nDue after the end: {', '.join(later)}" if later else ""), loc="left", fontsize=12)
    time_axis(whole, result.start, last)
    draw_targets(whole, promised, scale[0])
    handles, words = whole.get_legend_handles_labels()
    if promised:
        handles += [mark(marker="D", markersize=9, color=colour) for colour in (SAFE, TIGHT, LATE)]
        words += ["target, chance in time 80% or more", "target, 50 to 80%", "target, below 50%"]
    whole.legend(handles, words, loc="upper center", bbox_to_anchor=(0.5, -0.05), ncol=2, frameon=False)
    if many:
        axes[0, 1].remove()
        columns = 2 if len(campuses) > 4 else 1
        small = axes[0, 1].get_subplotspec().subgridspec(-(-len(campuses) // columns), columns)
        for k in range(len(campuses)):
            draw_campus(figure.add_subplot(small[k // columns, k % columns]), result, k, scale)
            figure.axes[-1].set_xlim(whole.get_xlim())
    return figure


def draw_campus(axis, result: Result, campus: int, usual: tuple[float, str]) -> None:
    watts, name = bands(result, campus), result.labels("replicate_live/campus")[campus]
    dress(axis)
    divisor, unit = scale_of("W", *watts.values()) if max(values.max() for values in watts.values()) > 0 else usual
    draw_band(axis, result.dates("replicate_live/time"), watts, (divisor, unit))
    axis.set_title(f"{name}: {watts['planned'][-1] / divisor:,.3g} {unit}", loc="left", fontsize=10.5)
    axis.set_ylabel(unit, fontsize=9)
    axis.tick_params(labelsize=9)
    axis.xaxis.set_major_locator(mdates.YearLocator())
    axis.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))


# Dates of milestones.


class Milestone(NamedTuple):
    name: str
    colour: str
    dates: dict[str, np.datetime64]  # planned, due, p10, p50, p90, p50_low, p50_high; NaT: not before the end, or none
    reached: float
    chance: float


def milestones(result: Result) -> list[Milestone]:
    """Targets, then power, first live and complete of each campus."""
    names = result.labels("replicate_milestones/milestone")
    dates = {name: result.dates(f"replicate_milestones/{name}") for name in ("planned", "due", "p10", "p50", "p90", "p50_low", "p50_high")}
    reached, chance = (result.values(f"replicate_milestones/{name}") for name in ("reached_share", "probability_in_time"))
    wanted = {name: TARGET for name in names[: names.index(f"{result.labels('replicate_live/campus')[0]} power")]}
    wanted |= {f"{campus} {step}": colour for campus in result.labels("replicate_live/campus") for step, colour in STEPS.items()}
    rows = [(names.index(name), name, colour) for name, colour in wanted.items() if name in names]
    return [Milestone(name, colour, {key: values[k] for key, values in dates.items()}, float(reached[k]), float(chance[k])) for k, name, colour in rows]


def draw_interval(axis, row: int, milestone: Milestone, end: np.datetime64, few: bool) -> None:
    """P10 to P90 as a bar, P50 as a dot with the interval it is known to; what is after the end runs out in an arrow."""
    at = milestone.dates
    missing = {key for key in ("p10", "p50", "p90") if np.isnat(at[key])}
    low, high = (end if key in missing else at[key] for key in ("p10", "p90"))
    axis.plot([low, high], [row, row], color=milestone.colour, alpha=0.35, linewidth=9, solid_capstyle="butt")
    if "p50" not in missing:
        if not few:
            axis.plot([at["p50_low"], end if np.isnat(at["p50_high"]) else at["p50_high"]], [row, row], color="black", linewidth=1.4, marker="|", markersize=8)
        axis.plot(at["p50"], row, marker="o", markersize=7, color=milestone.colour, zorder=4)
    if missing:
        axis.plot(end, row, marker=">", markersize=11, color=milestone.colour, clip_on=False, zorder=5)
    if not np.isnat(at["planned"]):
        axis.vlines(at["planned"], row - 0.38, row + 0.38, color="black", linewidth=2.0, zorder=3)
    if not np.isnat(at["due"]) and at["due"] <= end:
        axis.plot(at["due"], row, marker="D", markersize=13, color="none", markeredgecolor=chance_colour(milestone.chance), markeredgewidth=2.2, zorder=6)


def verdict(milestone: Milestone, end: np.datetime64) -> str:
    """Median date against the plan, share reached, chance in time; that of a due date after the end is not known."""
    at, words = milestone.dates, []
    if np.isnat(at["p50"]):
        words.append("P50 after the end")
    else:
        late = "" if np.isnat(at["planned"]) else f" ({days_between(at['planned'], at['p50']):+d} d)".replace("(+0 d)", "(on plan)")
        words.append(f"P50 {at['p50'].astype('datetime64[D]')}{late}")
    if milestone.reached < 1.0:
        words.append(f"reached by {milestone.reached:.0%}")
    if not np.isnat(at["due"]):
        words.append(f"in time {milestone.chance:.0%}" if at["due"] <= end else "due after it")
    return ", ".join(words)


def span(result: Result, rows: list[Milestone]) -> tuple[np.datetime64, np.datetime64]:
    """First and last date to draw; the end of the run where a replicate did not get there."""
    keys = ("planned", "due", "p10", "p50", "p90", "p50_low")
    drawn = [date for row in rows for key in keys if not np.isnat(date := row.dates[key])]
    first, last = widened(result, min(drawn, default=result.start), max(drawn, default=result.end))
    return max(first, result.start - np.timedelta64(30, "D")), result.end if any(row.reached < 1.0 for row in rows) else min(last, result.end)


def draw_dates(result: Result):
    rows = milestones(result)
    figure, axes = canvas(result, "When is each milestone reached?", height=max(6.0, 2.8 + 0.34 * len(rows)))
    axis = axes[0, 0]
    first, last = span(result, rows)
    few = np.isnan(result.values("replicate_milestones/p50_high")).all() or result.replicates < 6
    for k, milestone in enumerate(rows):
        draw_interval(axis, k, milestone, last, few)
        axis.text(1.012, k, verdict(milestone, result.end), transform=axis.get_yaxis_transform(), va="center", fontsize=10.5,
                  color=chance_colour(milestone.chance) if milestone.dates["due"] <= result.end else TARGET)
        if k and milestone.name.endswith(" power"):
            axis.axhline(k - 0.5, color="#bbbbbb", linewidth=1.0)
    axis.set_yticks(range(len(rows)), [row.name for row in rows])
    axis.set_ylim(max(len(rows), 3) - 0.4, -0.6)
    axis.grid(False, axis="y")
    axis.set_title("Right: median date, and how many days after the plan that is", loc="left", fontsize=12)
    time_axis(axis, first, last)
    handles = [plt.Line2D([], [], color="#999999", linewidth=9, alpha=0.6, label="8 of 10 replicates (P10 to P90)"),
               mark(marker="o", color=TARGET, label="median (P50)"), plt.Line2D([], [], color="black", marker="|", label="95% interval of the median"),
               mark(marker="|", markersize=13, markeredgewidth=2, color="black", label="planned"),
               mark(marker="D", markersize=9, color="none", markeredgecolor=LATE, markeredgewidth=2, label="due (red: below 50%, green: from 80% in time)"),
               mark(marker=">", markersize=10, color=TARGET, label="after the end")]
    axis.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.55 / len(rows) - 0.03), ncol=6, frameon=False, fontsize=10.5, columnspacing=1.4)
    return figure


# Calendar of gates.


def gate_calendar(result: Result) -> tuple[list[str], np.ndarray]:
    """Terms that hold anything, most hours first, and their mean hours by [term, month]."""
    hours = result.values("replicate_gate/share_accelerator_h").astype(float).T
    order = [k for k in np.argsort(-hours.sum(axis=1), kind="stable") if hours[k].sum() > 0]
    labels = result.labels("replicate_gate/term")
    return [labels[k] for k in order], hours[order]


def draw_totals(axis, edges: np.ndarray, terms: list[str], hours: np.ndarray) -> None:
    divisor, unit = scale_of("h", hours.sum(axis=0))
    bottom = np.zeros(hours.shape[1])
    for term, values in zip(terms, hours / divisor):
        axis.bar(edges[:-1], values, np.diff(edges), bottom, align="edge", color=TERM_COLOURS.get(term, NO_TERM), edgecolor="white", linewidth=0.5)
        bottom += values
    axis.set_ylim(0, 1.06 * bottom.max())
    axis.set_ylabel(f"{unit} per month")
    axis.set_title("Above: mean accelerator-hours planned and not live, by month", loc="left", fontsize=12)
    axis.tick_params(labelbottom=False)
    thousands(axis)


def draw_calendar(figure, axis, edges: np.ndarray, terms: list[str], hours: np.ndarray) -> None:
    top = hours.max()
    mesh = axis.pcolormesh(edges, np.arange(len(terms) + 1), np.where(hours > 0, hours, np.nan), cmap="YlOrRd", norm=LogNorm(top / 1e2, top),
                           edgecolor="white", linewidth=0.4)
    share, shown = hours / np.maximum(hours.sum(axis=0), 1e-9), np.count_nonzero(hours.sum(axis=0))
    for row, column in np.argwhere((share >= 0.1) & (hours >= top / 1e2)):
        axis.text((edges[column] + edges[column + 1]) / 2, row + 0.5, f"{100 * share[row, column]:.0f}", ha="center", va="center",
                  fontsize=min(10.0, 420 / shown), color="white" if hours[row, column] > top / 5 else "black")
    whole = hours.sum()
    axis.set_yticks(np.arange(len(terms)) + 0.5, [f"{term}  {percent(values.sum() / whole)}" for term, values in zip(terms, hours)])
    for label, term in zip(axis.get_yticklabels(), terms):
        label.set_bbox({"facecolor": TERM_COLOURS.get(term, NO_TERM), "alpha": 0.7, "edgecolor": "none", "pad": 2.0})
    axis.invert_yaxis()
    axis.grid(False)
    words = "Below: colour is hours (log scale), figures are % of the month's hours where 10% or more; beside the term, its share of all"
    axis.set_title(words, loc="left", fontsize=12)
    bar = figure.colorbar(mesh, ax=axis, orientation="horizontal", aspect=60, shrink=0.6, pad=0.02)
    bar.set_label("accelerator-hours in the month, mean over replicates")
    thousands(bar.ax, "x")


def draw_gates(result: Result):
    title = "Which requirement holds capacity, and in which month?"
    terms, hours = gate_calendar(result)
    if not terms:
        return empty(result, title, "Nothing planned was late in any replicate")
    figure, axes = canvas(result, title, 2, 1, height_ratios=[1.0, 1.5], sharex=True)
    ends = np.append(result.start, result.dates("replicate_gate/time"))
    edges = mdates.date2num(ends)
    draw_totals(axes[0, 0], edges, terms, hours)
    draw_calendar(figure, axes[1, 0], edges, terms, hours)
    drawn = np.flatnonzero(hours.sum(axis=0) > 0)
    first, last = widened(result, ends[drawn[0]], ends[drawn[-1] + 1])
    time_axis(axes[1, 0], max(first, ends[0]), min(last, ends[-1]))
    return figure


# Hours by term and cause.


def term_hours(result: Result, statistic: str) -> dict[str, np.ndarray]:
    """Share and solo hours by term; `statistic` is mean, p10, p50 or p90."""
    return {name: result.values(f"replicate_term/{statistic}_{name}_accelerator_h") for name in ("share", "solo")}


def cause_hours(result: Result, statistic: str) -> dict[str, float]:
    """Hours not live by cause."""
    hours = zip(result.labels("replicate_cause/cause"), result.values(f"replicate_cause/{statistic}_accelerator_h"))
    return {cause: float(value) for cause, value in hours if cause not in LIVE_CAUSES}


def draw_hours(result: Result):
    mean = result.values("replicate_summary/not_live_accelerator_h").mean()
    whole = result.values("replicate_summary/planned_or_live_accelerator_h").mean()
    title = "What keeps planned accelerators from being live?"
    if mean == 0:
        return empty(result, title, "Nothing planned was late in any replicate")
    figure, axes = canvas(result, title, 1, 2)
    share = {key: np.array([term_hours(result, "p10")[key], term_hours(result, "p90")[key]]) for key in ("share", "solo")}
    scale = scale_of("h", share["share"], term_hours(result, "mean")["share"])
    draw_terms(axes[0, 0], result.labels("replicate_term/term"), term_hours(result, "mean"), scale, share)
    low, high = cause_hours(result, "p10"), cause_hours(result, "p90")
    draw_causes(axes[0, 1], cause_hours(result, "mean"), scale, {cause: np.array([low[cause], high[cause]]) for cause in low})
    words = f"By term: {mean / scale[0]:,.4g} {scale[1]} not live on average, {percent(mean / max(whole, 1e-9))} of all planned or live"
    axes[0, 0].set_title(words, loc="left", fontsize=12)
    axes[0, 1].set_title("By leaf cause. Bars: mean; whiskers: P10 to P90; %: of the mean total", loc="left", fontsize=12)
    return figure


# What to chase first.


class Item(NamedTuple):
    item: str
    milestone: str
    cause: str
    cost_d: float
    index: float
    p80_slip_d: float


def chased(result: Result) -> list[str]:
    """Targets and the completion of each campus."""
    return [row.name for row in milestones(result) if row.colour in (TARGET, STEPS["complete"])]


def items(result: Result) -> list[Item]:
    """What cost days on the chain to a chased milestone, but for the plan itself; dearest first."""
    wanted = set(chased(result))
    columns = [result.labels(f"criticality/{name}") for name in ("item", "milestone", "cause")]
    columns += [result.values(f"criticality/{name}") for name in ("mean_days_cost_d", "index", "p80_slip_d")]
    rows = [Item(*row) for row in zip(*columns)]
    return sorted((row for row in rows if row.milestone in wanted and row.cause != "plan" and row.cost_d > 0), key=lambda row: -row.cost_d)


def top_items(result: Result, count: int = TOP_ITEMS) -> list[Item]:
    """The dearest items, each at the milestone to which it costs most."""
    dearest: dict[str, Item] = {}
    for row in items(result):
        dearest.setdefault(row.item, row)
    return list(dearest.values())[:count]


def draw_items(axis, rows: list[Item]) -> None:
    axis.barh(range(len(rows)), [row.cost_d for row in rows], 0.72, color=[CAUSE_COLOURS.get(row.cause, NO_TERM) for row in rows])
    for k, row in enumerate(rows):
        axis.text(row.cost_d, k, f"  on chain {percent(row.index)}, P80 slip {row.p80_slip_d:+.0f} d", va="center", fontsize=10)
    axis.set_yticks(range(len(rows)), [f"{row.item}\nfor {row.milestone}" for row in rows], fontsize=10)
    axis.set_xlim(0, 1.75 * rows[0].cost_d)
    axis.set_ylim(max(len(rows), 4) - 0.4, -0.6)
    axis.grid(False, axis="y")
    axis.set_xlabel("days cost, mean over all replicates")
    axis.set_title("Items that cost most days, each at its dearest milestone (cause plan left out)", loc="left", fontsize=12)


def cost_by_cause(rows: list[Item], names: list[str]) -> dict[str, np.ndarray]:
    """Mean days cost to each milestone, by cause."""
    return {cause: np.array([sum(row.cost_d for row in rows if (row.milestone, row.cause) == (name, cause)) for name in names]) for cause in CAUSE_COLOURS}


def draw_cost(axis, names: list[str], cost: dict[str, np.ndarray]) -> None:
    left = np.zeros(len(names))
    for cause, days in cost.items():
        if days.any():
            axis.barh(range(len(names)), days, 0.72, left, color=CAUSE_COLOURS[cause], edgecolor="white", linewidth=0.5)
        left += days
    for k, days in enumerate(left):
        axis.text(days, k, f"  {days:.0f} d", va="center", fontsize=10)
    axis.set_yticks(range(len(names)), names, fontsize=10)
    axis.set_xlim(0, 1.15 * left.max(initial=0.0) or 1.0)
    axis.set_ylim(max(len(names), 6) - 0.4, -0.6)
    axis.grid(False, axis="y")
    axis.set_xlabel("days cost, mean over all replicates")
    axis.set_title("By cause, all items; days made up elsewhere not deducted", loc="left", fontsize=12)


def draw_critical(result: Result):
    title = "What to chase first?"
    rows, names = items(result), chased(result)
    if not rows:
        return empty(result, title, "Nothing cost days on the way to a target or to the completion of a campus that was reached before the end")
    figure, axes = canvas(result, title, 1, 2, width_ratios=[1.35, 1.0])
    draw_items(axes[0, 0], top_items(result))
    cost = cost_by_cause(rows, names)
    draw_cost(axes[0, 1], names, cost)
    seen = [cause for cause, days in cost.items() if (days > 0.03 * np.sum([*cost.values()], axis=0)).any()]
    handles = [Patch(color=CAUSE_COLOURS[cause], label=cause.replace("_", " ")) for cause in seen]
    figure.get_layout_engine().set(rect=(0.005, 0.1, 0.99, 0.895))
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 0.03), ncol=7, frameon=False, fontsize=11)
    return figure


# Orders.


class Order(NamedTuple):
    order: str
    activity: str
    placed: np.datetime64
    need: np.datetime64
    order_by: np.datetime64
    float_d: float


def orders(result: Result) -> list[Order]:
    """Orders with an order-by date, least float first."""
    columns = [result.labels(f"order_by/{name}") for name in ("order", "activity")]
    columns += [result.dates(f"order_by/{name}") for name in ("placed", "need", "order_by")]
    rows = [Order(*row) for row in zip(*columns, result.values("order_by/float_d"))]
    return sorted((row for row in rows if not np.isnan(row.float_d)), key=lambda row: row.float_d)


def draw_order(axis, k: int, row: Order) -> None:
    colour = LATE if row.float_d < 0 else SAFE
    axis.plot([row.order_by, row.need], [k, k], color="#bbbbbb", linewidth=2.0, zorder=1)
    axis.plot([row.placed, row.order_by], [k, k], color=colour, linewidth=3.5, alpha=0.5, zorder=2, solid_capstyle="butt")
    axis.vlines(row.order_by, k - 0.36, k + 0.36, color="black", linewidth=2.0, zorder=3)
    axis.plot(row.placed, k, marker="o", markersize=8, color=colour, zorder=4)
    axis.plot(row.need, k, marker="s", markersize=8, color="#4e79a7", zorder=4)
    words = f"{-row.float_d:.0f} d too late" if row.float_d < 0 else f"{row.float_d:.0f} d left"
    axis.text(1.01, k, words, transform=axis.get_yaxis_transform(), va="center", fontsize=10.5, color=colour, fontweight="bold" if row.float_d < 0 else "normal")


def draw_order_by(result: Result):
    rows, count = orders(result), len(result.labels("order_by/order"))
    title, drawn = "Which orders are placed too late?", rows[:TOP_ORDERS]
    if not drawn:
        return empty(result, title, "No order has a date by which it has to be placed" if count else "There are no orders in this scenario")
    figure, axes = canvas(result, title, height=max(5.0, 2.6 + 0.33 * len(drawn)))
    axis = axes[0, 0]
    for k, row in enumerate(drawn):
        draw_order(axis, k, row)
    axis.set_yticks(range(len(drawn)), [f"{row.order}  for {row.activity}" for row in drawn], fontsize=10)
    axis.set_ylim(max(len(drawn), 3) - 0.4, -0.6)
    axis.grid(False, axis="y")
    late = sum(row.float_d < 0 for row in rows)
    words = f"{late} of {len(rows)} orders are placed after their order-by date"
    words += f"; drawn are the {len(drawn)} with least float" if len(rows) > len(drawn) else ""
    words += f"\n{count - len(rows)} more have no such date: nobody needs them, or they come after the end too often" if count > len(rows) else ""
    axis.set_title(words, loc="left", fontsize=12)
    shown = [date for row in drawn for date in (row.placed, row.need, row.order_by)]
    time_axis(axis, *widened(result, min(shown), max(shown)))
    handles = [mark(marker="o", markersize=8, color=LATE, label="placed, after the order-by date"),
               mark(marker="o", markersize=8, color=SAFE, label="placed, in time"),
               mark(marker="|", markersize=13, markeredgewidth=2, color="black", label="order by: four chances in five that the goods are in time"),
               mark(marker="s", markersize=8, color="#4e79a7", label="needed (plan)")]
    axis.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.4, -0.55 / len(drawn) - 0.03), ncol=4, frameon=False, fontsize=10.5)
    return figure


PICTURES = {"bands": draw_bands, "dates": draw_dates, "gates": draw_gates, "hours": draw_hours, "critical": draw_critical, "order_by": draw_order_by}


def draw_all(result: Result, folder: pathlib.Path) -> None:
    if not result.replicated:
        raise WrongFile("it holds one run: use plot_run.py")
    for group in GROUPS:
        result.node(group)
    if not result.replicates or not len(result.values("replicate_live/time")):
        raise WrongFile("it ended before its first replicate or month")
    for name, draw in PICTURES.items():
        plot_style.save(draw(result), folder / f"{name}.png")


if __name__ == "__main__":
    sys.exit(plot_style.main("Draws the pictures of a file of replicates.", draw_all, "aidcsim run SCENARIO.json --replicates 200"))
