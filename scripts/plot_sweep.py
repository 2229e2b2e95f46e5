#!/usr/bin/env python3
"""Draws the pictures of an analysed sweep: plot_sweep.py DIR [-o FOLDER] [--of NAME]

Reads DIR/analysis.h5, which `aidcsim sweep analyze DIR` writes, puts PNGs into FOLDER (default: DIR/pictures) and prints their
paths. Numbers are those of the file; nothing is computed anew.
"""
import argparse
import pathlib
import re
import sys
import textwrap
from typing import NamedTuple

import plot_style
from plot_style import SPELLINGS, WrongFile, dress, h5py, mdates, np, plt, scale_of
from matplotlib.ticker import MaxNLocator, PercentFormatter

MEAN, BAND, NEVER = "#1f4e79", "#4e79a7", "#d62728"
BEST, MEETS, MISSES = "#d62728", "#2ca02c", "#9a9a9a"
QUANTILES = {"p10": "P10", "p50": "P50", "p80": "P80", "p90": "P90"}
MOST_CURVES, MOST_PANELS, LABEL = 6, 9, 26
ENERGY = [(3.6e15, "TWh"), (3.6e12, "GWh"), (3.6e9, "MWh"), (3.6e6, "kWh")]


class Scale(NamedTuple):
    """How numbers of an output are drawn: dates as days of matplotlib, others by a divisor."""

    since: np.datetime64 | None
    divisor: float = 1.0
    unit: str = ""

    def of(self, values) -> np.ndarray:
        values = np.asarray(values, float)
        if self.since is None:
            return values / self.divisor
        return mdates.date2num(self.since) + values / 86400.0

    def axis(self, one, title: str) -> None:
        """Dresses an axis of matplotlib; `one` is axes.xaxis or axes.yaxis."""
        words = textwrap.fill(title, 44)
        one.set_label_text(f"{words} [{self.unit}]" if words and self.unit else words or self.unit)
        if self.since is not None:
            locator = mdates.AutoDateLocator(minticks=3, maxticks=6)
            one.set_major_locator(locator)
            between = "\n" if one.axis_name == "x" else " "
            month, day = f"%b{between}%Y", f"%d %b{between}%Y"
            one.set_major_formatter(mdates.ConciseDateFormatter(locator, show_offset=False, formats=["%Y", month, day, "%H:%M", "%H:%M", "%S"],
                                                                zero_formats=["", month, day, day, "%H:%M", "%H:%M"]))

    def word(self, value: float) -> str:
        if np.isinf(value) or (np.isnan(value) and self.since is not None):
            return "never"
        if self.since is not None:
            return str((self.since + np.timedelta64(int(np.floor(value / 86400.0)), "D")).astype("datetime64[D]"))
        return "-" if np.isnan(value) else f"{value / self.divisor:,.4g}"

    def cell(self, value: float) -> str:
        """The same in a narrow cell of a table."""
        return f"{np.datetime64(self.word(value)).astype(object):%d %b\n%Y}" if self.since is not None and np.isfinite(value) else self.word(value)

    def span(self, value: float) -> str:
        """A difference."""
        if self.since is not None:
            return f"{value / 86400.0:,.3g} d"
        return f"{value / self.divisor:,.3g}" + (f" {self.unit}" if self.unit else "")


class Output(NamedTuple):
    row: int
    name: str
    measure: str
    title: str
    over: str
    scale: Scale
    values: np.ndarray  # runs or points that were reached
    never: int
    by_point: np.ndarray


class Levels(NamedTuple):
    labels: list[str]
    x: np.ndarray  # days since 1970-01-01 of dates, places of words
    rows: np.ndarray  # of /response


class Analysis:
    """DIR/analysis.h5, as plot_style.canvas and the pictures want it."""

    seed, status, replicated = 0, "complete", True

    def __init__(self, folder: pathlib.Path):
        if not (folder / "analysis.h5").is_file():
            raise WrongFile("there is no analysis.h5")
        self.file = h5py.File(folder / "analysis.h5", "r")
        self.name = self.text("/", "title").removeprefix("Analysis of a sweep of ").removesuffix(".json")
        self.sampling, self.replicates = self.text("/", "sampling"), int(self.node("/").attrs["replicates"])
        self.points = len(self.node("point/point"))
        self.left_out = int(self.node("/").attrs["runs_missing"]) + int(self.node("/").attrs["runs_failed"])
        self.parameters, self.kinds = self.labels("parameter/parameter"), self.labels("parameter/kind")
        self.all_outputs = [self.output(k) for k in range(len(self.node("output/output")))]
        self.outputs = [output for output in self.all_outputs if self.node("output/varies")[output.row]]

    def node(self, path: str):
        if path not in self.file:
            raise WrongFile(f"its analysis.h5 has no /{path}")
        return self.file[path]

    def text(self, path: str, name: str) -> str:
        value = self.node(path).attrs.get(name, "")
        return value.decode() if isinstance(value, bytes) else str(value)

    def labels(self, path: str) -> list[str]:
        return list(self.node(path).asstr()[...])

    def output(self, row: int) -> Output:
        name, measure, over = (self.labels(f"output/{key}")[row] for key in ("output", "measure", "over"))
        values = self.node(f"{'point' if over == 'points' else 'run'}_value/{name}")[...]
        words = self.labels("output/words")[row]
        title = f"{measure}: {words}" if words else measure
        return Output(row, name, measure, title, over, scale(self.labels("output/units")[row], values), values[np.isfinite(values)],
                      int(self.node("output/never")[row]), self.node(f"point_value/{name}")[...])

    def levels(self, parameter: int) -> Levels:
        rows = np.flatnonzero(self.node("response/parameter")[...] == parameter)
        x = 0.5 * (self.node("response/from")[...] + self.node("response/to")[...])[rows]
        return Levels([self.labels("response/label")[row] for row in rows], x, rows)

    def number(self, group: str, name: str, output: Output) -> np.ndarray:
        return self.node(f"{group}/{name}")[output.row]


def scale(units: str, values: np.ndarray) -> Scale:
    if units.startswith("seconds since "):
        return Scale(np.datetime64(units.removeprefix("seconds since ").removesuffix("Z"), "s"))
    sizes = np.abs(values[np.isfinite(values)])
    if units == "J":
        return next((Scale(None, *row) for row in ENERGY if sizes.max(initial=0.0) >= row[0]), Scale(None, 3.6e6, "kWh"))
    if units == "s":
        return Scale(None, 86400.0, "d")
    divisor, unit = scale_of(units, sizes)
    return Scale(None, divisor, "" if unit == "1" else SPELLINGS.get(unit, unit))


def canvas(sweep: Analysis, title: str, rows: int = 1, columns: int = 1, height: float = 9.0, **options):
    figure, axes = plot_style.canvas(sweep, title, rows, columns, height, **options)
    words = f"scenario {sweep.name}, {sweep.points:,} points ({sweep.sampling}) x {sweep.replicates:,} replicates"
    words += "; parameters of a list move together" if sweep.sampling == "list" and len(sweep.parameters) > 1 else ""
    figure.texts[-1].set_text(words + (f"; {sweep.left_out:,} runs are missing or failed and left out" if sweep.left_out else ""))
    return figure, axes


def short(text: str, most: int = LABEL) -> str:
    return text if len(text) <= most else ".." + text[-(most - 2):]


def fitted(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 2] + ".."


def heading(output: Output, count: int, *lines: str) -> str:
    """Title of one of `count` panels side by side, with what fits."""
    most = {1: 120, 2: 68, 3: 42}[grid_of(count)[1]]
    unit = f" [{output.scale.unit}]" if output.scale.unit else ""
    title = output.title if len(output.title + unit) <= most else fitted(output.measure, most - len(unit))
    return "\n".join([title + unit, *(textwrap.fill(line, most, break_on_hyphens=False) for line in lines if line)])


# What moves an output.


def by_swing(sweep: Analysis, output: Output) -> list[int]:
    """The largest swing first; before them parameters with a level at which nothing was reached."""
    swing = np.nan_to_num(sweep.number("tornado", "swing", output), nan=-1.0)
    return sorted(range(len(swing)), key=lambda j: (not lost_levels(sweep, output, j), -swing[j]))


def lost_levels(sweep: Analysis, output: Output, parameter: int) -> list[str]:
    """Levels at which nothing was reached."""
    levels = sweep.levels(parameter)
    reached, never = (sweep.number("response", name, output)[levels.rows] for name in ("reached", "never"))
    return [label for label, some, none in zip(levels.labels, reached, never) if some == 0 and none > 0]


def draw_tornado(axis, sweep: Analysis, output: Output, order: list[int]) -> None:
    """A bar from the least to the greatest mean of each parameter, with the levels at its ends."""
    least, greatest, swing = (sweep.number("tornado", name, output) for name in ("least_mean", "greatest_mean", "swing"))
    ends = {key: sweep.number("tornado", f"{key}_level", output).astype(int) for key in ("least", "greatest")}
    mean = output.scale.of(sweep.node("output/mean")[output.row])
    low, high = output.scale.of(least), output.scale.of(greatest)
    room = max(float(np.nanmax(high) - np.nanmin(low)), 1e-9)
    for k, j in enumerate(order):
        if np.isnan(swing[j]):
            continue
        labels = sweep.levels(j).labels
        axis.barh(k, high[j] - low[j], 0.62, low[j], color=BAND, alpha=0.85)
        if swing[j] > 0:
            axis.text(low[j] - 0.015 * room, k, labels[ends["least"][j]], ha="right", va="center", fontsize=10)
            axis.text(high[j] + 0.015 * room, k, labels[ends["greatest"][j]], ha="left", va="center", fontsize=10)
        if lost := lost_levels(sweep, output, j):
            words = f"never at {lost[0]}" + (f" and {len(lost) - 1} more" if len(lost) > 1 else "")
            axis.text(0.99, k, words, transform=axis.get_yaxis_transform(), ha="right", va="center", fontsize=10, color=NEVER)
    axis.axvline(mean, color="black", linewidth=1.2)
    axis.set_yticks(range(len(order)), [f"{short(sweep.parameters[j])}\n{output.scale.span(swing[j]) if swing[j] == swing[j] else 'never reached'}" for j in order])
    axis.set_ylim(max(len(order), 3) - 0.4, -0.6)
    axis.grid(False, axis="y")
    longest = max(len(label) for j in order for label in sweep.levels(j).labels)
    share = min(0.4, (24.0 + 6.6 * longest) / 520.0)  # of the axis, which is some 520 pixels wide
    pad = room * share / (1.0 - 2.0 * share)
    axis.set_xlim(np.nanmin(low) - pad, np.nanmax(high) + pad)
    output.scale.axis(axis.xaxis, "mean of those reached" if output.never else "mean")
    axis.set_title("Mean at the level where it is least and greatest;\nline: mean of all; under the name: the swing", loc="left", fontsize=12)


def x_axis(axis, sweep: Analysis, parameter: int, levels: Levels) -> np.ndarray:
    """Places of the levels, and an axis for them."""
    kind = sweep.kinds[parameter]
    if kind == "text":
        axis.set_xticks(range(len(levels.labels)), [short(label, 14) for label in levels.labels], rotation=0 if len(levels.labels) < 5 else 30)
        axis.set_xlim(-0.4, len(levels.labels) - 0.6)
        return np.arange(len(levels.labels), dtype=float)
    if kind == "day":
        Scale(np.datetime64("1970-01-01", "s")).axis(axis.xaxis, "")
        return levels.x + mdates.date2num(np.datetime64("1970-01-01"))
    axis.xaxis.set_major_locator(MaxNLocator(6, integer=bool(np.all(levels.x == np.round(levels.x)))))
    return levels.x


def draw_response(axis, sweep: Analysis, output: Output, parameter: int, top: float) -> None:
    """Mean and band by level; quantiles that are never reached end at `top`."""
    levels = sweep.levels(parameter)
    x = x_axis(axis, sweep, parameter, levels)
    rows = {name: sweep.number("response", name, output)[levels.rows] for name in ("mean", "p10", "p50", "p90", "reached", "never")}
    drawn = {name: np.where(np.isinf(rows[name]), top, output.scale.of(np.nan_to_num(rows[name], posinf=0.0))) for name in ("p10", "p50", "p90")}
    known = ~np.isnan(rows["p50"])
    if sweep.kinds[parameter] == "text":
        axis.vlines(x[known], drawn["p10"][known], drawn["p90"][known], color=BAND, alpha=0.3, linewidth=14)
        axis.plot(x[known], drawn["p50"][known], marker="_", markersize=18, linestyle="", color=BAND)
        axis.plot(x, output.scale.of(rows["mean"]), marker="o", linestyle="", color=MEAN)
    else:
        axis.fill_between(x[known], drawn["p10"][known], drawn["p90"][known], color=BAND, alpha=0.22, linewidth=0)
        axis.plot(x[known], drawn["p50"][known], color=BAND, linewidth=1.4, linestyle="--")
        axis.plot(x, output.scale.of(rows["mean"]), color=MEAN, linewidth=2.2, marker="o", markersize=5)
    for place, never, reached in zip(x, rows["never"], rows["reached"]):
        if never > 0:
            axis.annotate(f"{100 * never / (never + reached):.0f}", (place, top), (0, 3), textcoords="offset points", ha="center", fontsize=9, color=NEVER)
    if output.never:
        axis.axhline(top, color=NEVER, linewidth=1.0, linestyle=":")
    axis.set_title(sweep.parameters[parameter] + ("" if sweep.kinds[parameter] != "text" else " (a list of words)"), loc="left", fontsize=12)
    output.scale.axis(axis.yaxis, "")


def draw_moves(sweep: Analysis, output: Output):
    """Tornado and response curves of one output."""
    order = by_swing(sweep, output)
    curves = order[:MOST_CURVES]
    columns = 1 if len(curves) == 1 else 2 if len(curves) <= 4 else 3
    rows = -(-len(curves) // columns)
    height = max(6.0, 3.2 * rows + 1.4, 2.6 + 0.62 * len(order))
    words = output.title.removeprefix(f"{output.measure}: ") if output.title != output.measure else ""
    figure, axes = canvas(sweep, f"What moves {output.measure}{f' ({words})' * bool(words)}?", 1, 2, height, width_ratios=[1.0, 0.65 + 0.35 * columns])
    draw_tornado(axes[0, 0], sweep, output, order)
    axes[0, 1].remove()
    small = axes[0, 1].get_subplotspec().subgridspec(rows, columns)
    panels = []
    finite = np.concatenate([sweep.number("response", name, output) for name in ("mean", "p10", "p90")])
    finite = output.scale.of(finite[np.isfinite(finite)])
    low, high = finite.min(initial=np.inf), finite.max(initial=-np.inf)
    room = max(high - low, 1e-9 * max(abs(high), 1.0))
    top = high + 0.12 * room
    for k, j in enumerate(curves):
        panels.append(figure.add_subplot(small[k // columns, k % columns]))
        dress(panels[-1])
        draw_response(panels[-1], sweep, output, j, top)
        if columns == 3 and sweep.kinds[j] == "number":
            panels[-1].xaxis.get_major_locator().set_params(nbins=4)
        panels[-1].set_ylim(low - 0.06 * room, top + 0.14 * room if output.never else high + 0.06 * room)
    words = f"Right: line: mean; dashed: median; band: P10 to P90{'; red: % never reached' if output.never else ''}"
    figure.text(0.99, 0.072 / height, words, fontsize=11, ha="right")
    return figure


# Effects and indices.


def grid_of(count: int) -> tuple[int, int]:
    columns = 1 if count == 1 else 2 if count <= 4 else 3
    return -(-count // columns), columns


def panels_of(sweep: Analysis, title: str, outputs: list[Output], height: float, **options):
    rows, columns = grid_of(len(outputs))
    figure, axes = canvas(sweep, title, rows, columns, max(5.0, height * rows + 1.0), **options)
    for axis in axes.flat[len(outputs):]:
        axis.remove()
    return figure, list(zip(axes.flat, outputs))


def draw_sobol(sweep: Analysis, outputs: list[Output]):
    figure, panels = panels_of(sweep, "Whose doing is the variance?", outputs, max(3.4, 1.6 + 0.5 * len(sweep.parameters)))
    for axis, output in panels:
        values = {name: sweep.number("sobol", name, output) for name in ("first", "first_low", "first_high", "total", "total_low", "total_high")}
        order = np.argsort(-np.nan_to_num(values["total"], nan=-1.0), kind="stable")
        for name, offset, colour, words in (("first", -0.2, MEAN, "alone (S)"), ("total", 0.2, BAND, "with others (ST)")):
            at = np.arange(len(order)) + offset
            axis.barh(at, values[name][order], 0.38, color=colour, alpha=0.9 if name == "first" else 0.6, label=words)
            axis.hlines(at, values[f"{name}_low"][order], values[f"{name}_high"][order], color="black", linewidth=1.4)
        axis.set_yticks(range(len(order)), [short(sweep.parameters[j]) for j in order])
        axis.set_ylim(max(len(order), 3) - 0.4, -0.6)
        axis.set_xlim(min(0.0, np.nanmin(values["first_low"])), max(1.0, np.nanmax(values["total_high"]), np.nanmax(values["first_high"])) * 1.03)
        axis.xaxis.set_major_formatter(PercentFormatter(1.0))
        axis.grid(False, axis="y")
        alone = float(np.clip(np.nansum(values["first"]), 0.0, 1.0))
        used = int(sweep.node("sobol/used")[output.row])
        axis.set_title(heading(output, len(panels), f"alone {alone:.0%}, several at once {1.0 - alone:.0%}; {used:,} base points"), loc="left", fontsize=12)
    panels[0][0].legend(loc="lower right", fontsize=10, title="share of the variance; line: 95% interval", title_fontsize=10)
    return figure


def draw_morris(sweep: Analysis, outputs: list[Output]):
    figure, panels = panels_of(sweep, "Which parameters matter?", outputs, 5.4)
    for axis, output in panels:
        days = 86400.0 if output.scale.since is not None else output.scale.divisor
        unit = "d" if output.scale.since is not None else output.scale.unit
        mu_star, low, high, mu, sigma = (sweep.number("morris", name, output) / days for name in ("mu_star", "mu_star_low", "mu_star_high", "mu", "sigma"))
        end = max(1e-12, float(np.nanmax(high, initial=0.0)), float(np.nanmax(sigma, initial=0.0)))
        axis.plot([0, end * 1.05], [0, end * 1.05], color="#bbbbbb", linewidth=1.0)
        axis.hlines(sigma, low, high, color="black", linewidth=1.1, alpha=0.6)
        for j in range(len(mu_star)):
            if not np.isnan(mu_star[j]):
                axis.plot(mu_star[j], sigma[j], marker="^" if mu[j] > 0 else "v" if mu[j] < 0 else "o", markersize=11, color=BAND, markeredgecolor="white")
        for place, words in merged(mu_star, sigma, sweep.parameters, 0.03 * end):
            axis.annotate(words, place, (8, 7), textcoords="offset points", fontsize=11)
        axis.set_xlim(-0.03 * end, 1.22 * end)
        highest = max(1.18 * float(np.nanmax(sigma, initial=0.0)), 0.35 * end)
        axis.set_ylim(-0.06 * highest, highest)
        axis.set_xlabel("mu*: mean size of the effect over the whole range" + (f" [{unit}]" if unit else ""))
        axis.set_ylabel("sigma: spread of the effect" + (f" [{unit}]" if unit else ""))
        used = int(sweep.node("morris/used")[output.row])
        words = f"{used:,} trajectories used; up: raises, down: lowers; above the line: interacts or bends more than it acts"
        axis.set_title(heading(output, len(panels), words), loc="left", fontsize=12)
    return figure


def merged(x: np.ndarray, y: np.ndarray, names: list[str], near: float) -> list[tuple[tuple[float, float], str]]:
    """Names at their places; those at nearly the same place share a label."""
    labels: list[tuple[tuple[float, float], str]] = []
    for place, name in zip(zip(x, y), names):
        if np.isnan(place).any():
            continue
        for k, (other, words) in enumerate(labels):
            if abs(other[0] - place[0]) < near and abs(other[1] - place[1]) < near:
                labels[k] = (other, f"{words}, {name}")
                break
        else:
            labels.append((place, name))
    return labels


# Distributions.


def draw_distributions(sweep: Analysis, outputs: list[Output]):
    figure, panels = panels_of(sweep, "How likely is what?", outputs, 4.1)
    for axis, output in panels:
        count = len(output.values) + output.never
        values = output.scale.of(np.sort(output.values))
        axis.step(values, np.arange(1, len(values) + 1) / count, where="post", color=MEAN, linewidth=2.2)
        words = []
        for key, name in QUANTILES.items():
            at = float(sweep.node(f"output/{key}")[output.row])
            words.append(f"{name}\u00a0{output.scale.word(at)}")
            if np.isfinite(at):
                share = int(name[1:]) / 100
                axis.vlines(output.scale.of(at), 0, share, color=BAND, linewidth=1.2, linestyle="--")
                axis.plot(output.scale.of(at), share, marker="o", markersize=6, color=BAND)
                axis.annotate(name, (output.scale.of(at), share), (-6, 4), textcoords="offset points", ha="right", fontsize=10)
        if output.never:
            axis.axhspan(1.0 - output.never / count, 1.0, color=NEVER, alpha=0.12, linewidth=0)
            axis.text(0.01, 1.0 - 0.5 * output.never / count, f"never: {output.never / count:.0%}", transform=axis.get_yaxis_transform(), ha="left", va="center",
                      color=NEVER, fontsize=11)
        axis.set_ylim(0, 1.04)
        axis.margins(x=0.14)
        axis.yaxis.set_major_formatter(PercentFormatter(1.0))
        axis.set_ylabel(f"share of {count:,} {output.over}")
        output.scale.axis(axis.xaxis, "")
        axis.set_title(heading(output, len(panels), ", ".join(words)), loc="left", fontsize=12)
    return figure


# Maps of grids of two parameters.


def draw_maps(sweep: Analysis, outputs: list[Output]):
    x, y = (sweep.levels(j) for j in (1, 0))
    shape = (len(y.labels), len(x.labels))
    places = [np.searchsorted(levels.x, sweep.node(f"point/{sweep.parameters[j]}")[...]) for j, levels in ((0, y), (1, x))]

    def laid(values) -> np.ndarray:
        table = np.empty(shape)
        table[tuple(places)] = values
        return table

    figure, panels = panels_of(sweep, "Which combination gives what?", outputs, max(4.2, 1.8 + 0.45 * shape[0]))
    ranked = "point_value/rank" in sweep.file
    meets = laid(sweep.node("point_value/meets")[...] if ranked else 1.0)
    for axis, output in panels:
        values = laid(output.by_point)
        shown = output.scale.of(np.where(np.isfinite(values), values, np.nan))
        mesh = axis.imshow(shown, cmap="viridis", aspect="auto", origin="lower")
        span = np.nanmin(shown), np.nanmax(shown)
        for row, column in np.ndindex(shape):
            dark = shown[row, column] < 0.5 * (span[0] + span[1])
            axis.text(column, row, output.scale.cell(values[row, column]), ha="center", va="center", fontsize=min(11.0, 150.0 / len(x.labels) / len(panels) ** 0.5), color="white" if dark else "black")
            if not meets[row, column]:
                axis.add_patch(plt.Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, hatch="//", edgecolor="white", linewidth=0, alpha=0.6))
        if ranked:
            row, column = (place[sweep.node("point_value/rank")[...].argmin()] for place in places)
            axis.add_patch(plt.Rectangle((column - 0.48, row - 0.48), 0.96, 0.96, fill=False, edgecolor=BEST, linewidth=3.5))
        axis.grid(False)
        axis.set_xticks(range(shape[1]), [short(label, 12) for label in x.labels])
        axis.set_yticks(range(shape[0]), [short(label, 12) for label in y.labels])
        axis.set_xlabel(sweep.parameters[1])
        axis.set_ylabel(sweep.parameters[0])
        bar = figure.colorbar(mesh, ax=axis, shrink=0.85)
        output.scale.axis(bar.ax.yaxis, "")
        notes = [] if ":" in output.measure or sweep.replicates == 1 else ["mean over replicates"]
        notes += [f"red: {'best' if meets.any() else 'nearest'}"] if ranked else []
        notes += ["hatched: misses a condition"] if "condition" in sweep.file else []
        axis.set_title(heading(output, len(panels), "; ".join(notes)), loc="left", fontsize=12)
    return figure


# Best points.


class Axis(NamedTuple):
    title: str
    scale: Scale
    values: np.ndarray


def objective(sweep: Analysis) -> Axis:
    """What points were sorted by; their numbers if by nothing."""
    for word in ("minimize", "maximize"):
        if name := sweep.text("/", word):
            output = next(output for output in sweep.all_outputs if output.name == name)
            return Axis(f"{word}: {output.measure}", output.scale, output.by_point)
    return Axis("point", Scale(None), np.arange(sweep.points, dtype=float))


def conditions(sweep: Analysis) -> list[tuple[Axis, float, bool]]:
    """Measure, bound, and whether it is the most."""
    if "condition" not in sweep.file:
        return []
    rows = zip(sweep.labels("condition/condition"), sweep.labels("condition/measure"), sweep.labels("condition/units"), sweep.node("condition/bound"),
               sweep.node("condition/at_most"))
    found = []
    for name, measure, units, bound, at_most in rows:
        values = sweep.node(f"point_value/{name}")[...]
        found.append((Axis(measure, scale(units, np.append(values, 0.0 if units.startswith("seconds") else bound)), values), float(bound), bool(at_most)))
    return found


def placed(axis: Axis, bound: float | None) -> tuple[np.ndarray, float]:
    """Values to draw; those never reached stand beyond the others, at the second value."""
    finite = axis.values[np.isfinite(axis.values)]
    known = np.append(finite, [] if bound is None else bound)
    low, high = (known.min(), known.max()) if len(known) else (0.0, 1.0)
    edge = high + 0.1 * max(high - low, 1e-9)
    return axis.scale.of(np.where(np.isfinite(axis.values), axis.values, edge)), float(axis.scale.of(edge))


def draw_best(sweep: Analysis):
    aim, rank, meets = objective(sweep), sweep.node("point_value/rank")[...], sweep.node("point_value/meets")[...] == 1
    asked = conditions(sweep)
    panels = asked or [(Axis("rank (0: best)", Scale(None), rank.astype(float)), None, True)]
    rows, columns = grid_of(len(panels))
    figure, axes = canvas(sweep, "Which points are best?", rows, columns, max(6.0, 5.0 * rows + 1.0))
    y, y_edge = placed(aim, None)
    for axis, (measure, bound, at_most) in zip(axes.flat, panels):
        x, x_edge = placed(measure, bound)
        for wanted, colour, words in ((False, MISSES, "misses a condition"), (True, MEETS, "meets every condition" if asked else "points")):
            chosen = meets == wanted
            if chosen.any():
                axis.scatter(x[chosen], y[chosen], s=42, color=colour, alpha=0.75, edgecolor="white", linewidth=0.6, label=f"{words} ({chosen.sum():,})", zorder=3)
        best = int(rank.argmin())
        axis.scatter(x[best], y[best], s=230, marker="*", color=BEST, edgecolor="white", zorder=5, label=f"{'best' if meets.any() else 'nearest'}: point {best}")
        if bound is not None:
            at = measure.scale.of(bound)
            axis.axvline(at, color="black", linewidth=1.4)
            axis.annotate(f"{'at most' if at_most else 'at least'} {measure.scale.word(bound)}", (at, 1.0), (-5 if at_most else 5, -4), xycoords=("data", "axes fraction"),
                          textcoords="offset points", ha="right" if at_most else "left", va="top", fontsize=10, rotation=90)
        if not np.isfinite(measure.values).all():
            axis.axvline(x_edge, color=NEVER, linewidth=1.0, linestyle=":")
            axis.annotate("never", (x_edge, 0.0), (3, 4), xycoords=("data", "axes fraction"), textcoords="offset points", color=NEVER, fontsize=10)
        if not np.isfinite(aim.values).all():
            axis.axhline(y_edge, color=NEVER, linewidth=1.0, linestyle=":")
            axis.annotate("never", (0.0, y_edge), (4, 3), xycoords=("axes fraction", "data"), textcoords="offset points", color=NEVER, fontsize=10)
        measure.scale.axis(axis.xaxis, measure.title)
        aim.scale.axis(axis.yaxis, aim.title if axis.get_subplotspec().is_first_col() else "")
        axis.margins(0.08)
    for axis in axes.flat[len(panels):]:
        axis.remove()
    texts = [sweep.labels(f"point/{name}_text")[int(rank.argmin())].strip('"') for name in sweep.parameters]
    values = ", ".join(f"{name}={short_number(text)}" for name, text in zip(sweep.parameters, texts))
    axes[0, 0].set_title(f"{'Best' if meets.any() else 'No point meets every condition; nearest'}: {textwrap.fill(values, 150)}", loc="left", fontsize=12)
    axes[0, 0].legend(loc="best", fontsize=10)
    return figure


def short_number(text: str) -> str:
    try:
        return f"{float(text):.5g}"
    except ValueError:
        return text


def pictures(sweep: Analysis, outputs: list[Output]) -> dict[str, object]:
    """What can be drawn, by file name; each is drawn when it is asked for."""
    few = outputs[:MOST_PANELS]
    drawn = {"distributions": lambda: draw_distributions(sweep, few)}
    if sweep.parameters and sweep.sampling != "morris":
        drawn |= {f"moves_{output.name}": (lambda output=output: draw_moves(sweep, output)) for output in outputs}
    if "sobol" in sweep.file:
        drawn["sobol"] = lambda: draw_sobol(sweep, few)
    if "morris" in sweep.file:
        drawn["morris"] = lambda: draw_morris(sweep, few)
    if sweep.sampling == "grid" and len(sweep.parameters) == 2 and max(len(sweep.levels(j).labels) for j in (0, 1)) <= 8:
        whole = sweep.points == len(sweep.levels(0).labels) * len(sweep.levels(1).labels)
        drawn |= {"map": lambda: draw_maps(sweep, few)} if whole else {}
    return drawn


def draw_all(folder: pathlib.Path, into: pathlib.Path, of: str | None) -> None:
    sweep = Analysis(folder)
    outputs = [output for output in sweep.outputs if of in (None, output.name, output.measure)]
    if not outputs:
        names = ", ".join(output.measure for output in sweep.outputs) or "none"
        raise WrongFile(f'no output is called "{of}" (there are: {names})' if of else "every output is the same in all runs")
    drawn = pictures(sweep, outputs)
    if of is None and "point_value/rank" in sweep.file:
        drawn["best"] = lambda: draw_best(sweep)
    for name, draw in drawn.items():
        plot_style.save(draw(), into / f"{re.sub('[^A-Za-z0-9_]', '_', name)}.png")


def main() -> int:
    parser = argparse.ArgumentParser(description="Draws the pictures of an analysed sweep.")
    parser.add_argument("folder", type=pathlib.Path, metavar="DIR", help="folder of the sweep")
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="FOLDER", help="folder of the PNGs; default: DIR/pictures")
    parser.add_argument("--of", metavar="NAME", help="only this output, as it was asked for with --of")
    asked = parser.parse_args()
    plt.rcParams.update({"font.size": 12, "axes.labelsize": 12, "legend.fontsize": 11, "hatch.linewidth": 1.2})
    try:
        draw_all(asked.folder, asked.output or asked.folder / "pictures", asked.of)
    except (OSError, WrongFile) as error:
        print(f"plot_sweep: {asked.folder}: {error}; first: aidcsim sweep analyze {asked.folder}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
