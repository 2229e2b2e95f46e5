#!/usr/bin/env python3
"""Pictures of what the accelerators of a run do: the ladder of utilization over the whole run, or one week of load.

usage: plot_use.py RUN.h5 --ladder [-o PICTURE.png]
       plot_use.py RUN.h5 --week [--from DATE] [-o PICTURE.png]

The ladder is an area for each kind of accelerator, from what makes progress at the bottom up to what is planned and not ready. The
week has tokens, accelerators at work, queues of jobs, power and temperatures on one axis of time; what a run does not have is left out.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from plot_style import (RUNG_COLOURS, Patch, Result, WrongFile, canvas, mdates, np, plt, save, scale_of, thousands,  # noqa: E402
                        time_axis)  # (finds h5py and matplotlib, or says what to do)

import argparse  # noqa: E402
from matplotlib.patches import Rectangle  # noqa: E402

RUNGS = list(RUNG_COLOURS)
STOPS = {  # what reaches a rung and not the next one: short, and in words
    "design": ("not ready", "planned, and no position is ready"),
    "ready": ("not live", "position ready, and not live"),
    "live": ("not working", "live, and failed, dark, shed or throttled"),
    "working": ("unsold", "working, and under no contract"),
    "sold": ("unallocated", "sold, and no job, service or customer's rack has it"),
    "allocated": ("idle", "given out, and waiting for work or a restart"),
    "busy": ("overhead", "busy without progress: checkpoints, network"),
    "productive": ("productive", "productive: makes progress"),
}
DAY = np.timedelta64(1, "D")
CONTRACT_COLOURS = ["#4e79a7", "#f28e2b", "#76b7b2", "#b07aa1", "#edc948", "#9c755f", "#ff9da7", "#bab0ac"]
LONGEST_DETAIL_D = 21  # shorter runs are drawn row by row
SHADE = {"facecolor": "#b07aa1", "alpha": 0.18, "linewidth": 0}


class Rows:
    """Rows of a group between two dates: their edges, and variables as steps."""

    def __init__(self, result: Result, group: str, first=None, last=None):
        self.result, self.group = result, group
        ends = result.dates(f"{group}/time")
        if not len(ends):
            raise WrongFile("the run ended before its first row")
        starts = np.append(result.start, ends[:-1])
        self.inside = (ends > (first or ends[0])) & (starts < (last or ends[-1])) if first or last else np.ones(len(ends), bool)
        self.starts, self.ends = starts[self.inside], ends[self.inside]
        self.seconds = (self.ends - self.starts).astype(float)

    def labels(self) -> list[str]:
        return self.result.labels(f"{self.group}/{self.group}")

    def values(self, name: str) -> np.ndarray:
        return self.result.values(f"{self.group}/{name}")[self.inside].astype(float)

    def total(self, name: str) -> np.ndarray:
        return np.nansum(self.values(name), axis=1)

    def edges(self) -> np.ndarray:
        return np.append(self.starts, self.ends[-1:])

    @staticmethod
    def over(values: np.ndarray) -> np.ndarray:
        """Of an interval (a mean, a maximum), for steps of kind "post" on the edges."""
        return np.append(values, values[-1:])

    @staticmethod
    def at_end(values: np.ndarray) -> np.ndarray:
        """Of the end of an interval: it holds from there on; none is known before the first."""
        return np.append([np.nan], values)


def gathered(rows: Rows, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, str]:
    """Edges and means [interval, pool]: as they stand in a short run, else of days, or of weeks."""
    days = (rows.ends[-1] - rows.starts[0]) / DAY
    if days <= LONGEST_DETAIL_D:
        return rows.edges(), values, "as recorded"
    length = 1 if days <= 400 else 7
    number = ((rows.starts - rows.starts[0].astype("datetime64[D]")) // (length * DAY)).astype(int)
    _, first = np.unique(number, return_index=True)
    weights = np.add.reduceat(rows.seconds, first)
    means = np.add.reduceat(values * rows.seconds[:, None], first) / weights[:, None]
    return np.append(rows.starts[first], rows.ends[-1:]), means, "daily means" if length == 1 else "weekly means"


def pieces(ladder: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What stops on each rung, the lowest rung first."""
    reached = [ladder[rung] for rung in RUNGS] + [np.zeros_like(ladder["design"])]
    return {rung: np.maximum(reached[k] - reached[k + 1], 0.0) for k, rung in reversed(list(enumerate(RUNGS)))}


def write_shares(axis, ladder: dict[str, float]) -> None:
    """A table beside a panel, in the order of its areas: accelerator-hours of each over those planned and those live."""
    axis.set_axis_off()
    axis.set(xlim=(0, 1), ylim=(0, 1))
    wholes = {0.77: ("of\nplanned", ladder["design"]), 1.0: ("of\nlive", ladder["live"])}
    amounts = pieces({rung: np.array(value) for rung, value in ladder.items()})
    for place, (words, _) in wholes.items():
        axis.text(place, 1.0, words, ha="right", va="top", fontsize=10, color="#555555")
    for row, rung in enumerate(RUNGS):
        height, weight = 0.80 - 0.107 * row, "bold" if rung == "productive" else "normal"
        axis.add_patch(Rectangle((0.0, height - 0.035), 0.06, 0.07, color=RUNG_COLOURS[rung]))
        axis.text(0.09, height, STOPS[rung][0], va="center", fontsize=10.5, fontweight=weight)
        for place, (words, whole) in wholes.items():
            if whole > 0 and (row >= RUNGS.index("live") or "planned" in words):
                axis.text(place, height, f"{amounts[rung] / whole:.1%}", ha="right", va="center", fontsize=10.5, fontweight=weight)


def draw_areas(axis, edges: np.ndarray, ladder: dict[str, np.ndarray], title: str, unit: str) -> None:
    bottom = np.zeros(len(edges))
    for rung, values in pieces(ladder).items():
        top = bottom + Rows.over(values)
        axis.fill_between(edges, bottom, top, step="post", color=RUNG_COLOURS[rung], linewidth=0)
        bottom = top
    axis.step(edges, Rows.over(ladder["live"]), where="post", color="#222222", linewidth=1.3)
    axis.set_ylim(0, 1.04 * max(float(np.nanmax(ladder["design"])), 1.0))
    axis.set_ylabel(unit)
    axis.set_title(title, loc="left", fontsize=12)
    thousands(axis)
    time_axis(axis, edges[0], edges[-1])
    locator, short = mdates.AutoDateLocator(minticks=4, maxticks=8), (edges[-1] - edges[0]) / DAY <= LONGEST_DETAIL_D
    axis.xaxis.set_major_locator(locator)
    axis.xaxis.set_major_formatter(mdates.DateFormatter("%d %b") if short else mdates.ConciseDateFormatter(locator, show_offset=False))
    axis.tick_params(labelsize=10.5)


def draw_ladder(result: Result):
    rows = Rows(result, "pool")
    names, weights = rows.labels(), result.values("pool/h200_equivalents")
    means = {}
    for rung in RUNGS:
        edges, means[rung], how = gathered(rows, rows.values(rung))
    hours = {rung: rows.seconds @ rows.values(rung) / 3600.0 for rung in RUNGS}
    panels = [(name, "accelerators", np.eye(len(names))[k]) for k, name in enumerate(names)]
    if len(names) > 1 or weights[0] != 1.0:
        panels.insert(0, ("All together", "H200-equivalents", weights))
    columns = min(2, len(panels))
    lines = -(-len(panels) // columns)
    height = max(6.5, 3.8 * lines + 1.4)
    figure, axes = canvas(result, "What the accelerators did", lines, 2 * columns, height=height, width_ratios=[1.0, 0.56 if columns == 2 else 0.26] * columns)
    figure.get_layout_engine().set(rect=(0.005, 1.2 / height, 0.99, 1.0 - 1.245 / height), wspace=0.02)
    for axis, table, (name, unit, weight) in zip(axes.flat[0::2], axes.flat[1::2], panels):
        draw_areas(axis, edges, {rung: values @ weight for rung, values in means.items()}, name, unit)
        write_shares(table, {rung: float(value @ weight) for rung, value in hours.items()})
    for axis in axes.flat[2 * len(panels):]:
        axis.remove()
    handles = [Patch(color=RUNG_COLOURS[rung], label=STOPS[rung][1]) for rung in RUNGS]
    handles.insert(3, plt.Line2D([], [], color="#222222", linewidth=1.3, label="live: all below this line"))
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 0.27 / height), ncol=3, frameon=False, fontsize=10.5)
    words = f"Areas: {how}. Shares: accelerator-hours of the whole run. Work that was rolled back later counts as productive."
    figure.text(0.99, 0.072 / height, words, fontsize=9, color="#555555", ha="right")
    return figure


def draw_tokens(rows: Rows, axis) -> None:
    divisor = 1e6 if rows.values("asked_tokens_per_s").max() >= 1e6 else 1e3
    edges = rows.edges()
    for k, name in enumerate(rows.labels()):
        colour = CONTRACT_COLOURS[k % len(CONTRACT_COLOURS)]
        asked, served = (Rows.over(rows.values(f"{what}_tokens_per_s")[:, k]) / divisor for what in ("asked", "served"))
        if (served < (1.0 - 1e-6) * asked).any():
            axis.fill_between(edges, served, asked, step="post", color="#e15759", alpha=0.45, linewidth=0, label=f"{name}: not served")
        axis.step(edges, served, where="post", color=colour, linewidth=2.4, alpha=0.8, label=f"{name}: served")
        axis.step(edges, asked, where="post", color="#222222", linewidth=1.1, linestyle=":", label=f"{name}: asked")
    axis.set_ylabel("tokens a second\n" + ("[million]" if divisor == 1e6 else "[thousand]"))


def draw_contracts(rows: Rows, axis) -> None:
    edges, bottom = rows.edges(), np.zeros(len(rows.ends) + 1)
    busy, allocated = rows.values("busy"), rows.values("allocated")
    for k, name in enumerate(rows.labels()):
        colour = CONTRACT_COLOURS[k % len(CONTRACT_COLOURS)]
        top = bottom + Rows.over(busy[:, k])
        axis.fill_between(edges, bottom, top, step="post", color=colour, alpha=0.85, linewidth=0, label=f"{name}: busy")
        bottom, top = top, bottom + Rows.over(allocated[:, k])
        axis.fill_between(edges, bottom, top, step="post", color=colour, alpha=0.3, linewidth=0, label=f"{name}: given out, idle")
        bottom = top
    if rows.result.has("pool/working"):
        pools = Rows(rows.result, "pool", rows.starts[0], rows.ends[-1])
        axis.step(pools.edges(), Rows.over(pools.total("working")), where="post", color="#222222", linewidth=1.2, linestyle="--",
                  label="working (live, fed, whole)")
    axis.set_ylabel("accelerators")


def draw_queue(rows: Rows, axis) -> None:
    edges = rows.edges()
    used, capacity, asked = (Rows.at_end(rows.total(name)) for name in ("used", "capacity", "asked"))
    axis.fill_between(edges, 0, used, step="post", color="#59a14f", alpha=0.75, linewidth=0, label="held by jobs")
    axis.fill_between(edges, used, used + asked, step="post", facecolor="#edc948", alpha=0.45, linewidth=0, label="asked by jobs that wait")
    axis.step(edges, capacity, where="post", color="#222222", linewidth=1.5, label="open to the queue,\nborrowed ones included")
    axis.set_ylabel("accelerators\nof the queue")


def draw_power(rows: Rows, axis) -> None:
    facility, it = rows.total("facility_power_W"), rows.total("it_power_W")
    divisor, unit = scale_of("W", facility)
    axis.step(rows.edges(), Rows.over(facility) / divisor, where="post", color="#e15759", linewidth=1.6, label="facility")
    axis.step(rows.edges(), Rows.over(it) / divisor, where="post", color="#4e79a7", linewidth=1.6, label="IT")
    axis.set_ylabel(f"power [{unit}]")


def draw_heat(rows: Rows, axis) -> None:
    campuses = rows.labels()
    case, air = rows.values("case_max_C"), rows.values("outdoor_dry_bulb_C")
    axis.step(rows.edges(), Rows.over(np.fmax.reduce(case, axis=1)), where="post", color="#d62728", linewidth=1.6, label="hottest chip case")
    for k, name in enumerate(campuses):
        label = "outdoor dry bulb" + (f", {name}" if len(campuses) > 1 else "")
        axis.step(rows.edges(), Rows.over(air[:, k]), where="post", color=plt.get_cmap("Greys")(0.75 - 0.4 * k / len(campuses)), linewidth=1.6, label=label)
    axis.set_ylabel("temperature\n[°C]")


PANELS = [("service", "Tokens asked and served", draw_tokens, 0.9), ("contract", "Accelerators at work, by contract", draw_contracts, 1.2),
          ("queue", "Queue of jobs", draw_queue, 1.1), ("campus", "Power", draw_power, 0.9), ("campus", "Temperatures", draw_heat, 0.9)]


def faults(result: Result, first, last) -> list[tuple[np.datetime64, np.datetime64, str]]:
    """Faults between two dates: from, to, name."""
    codes = dict(zip(result.text_attribute("events/kind", "flag_meanings").split(), map(int, result.node("events/kind").attrs["flag_values"])))
    dates, kinds, names = result.dates("events/at"), result.values("events/kind"), result.labels("events/who")
    began, found = {}, []
    for date, kind, name in zip(dates, kinds, names):
        if kind == codes["fault_began"]:
            began[name] = date
        elif kind == codes["fault_ended"] and name in began:
            found.append((began.pop(name), date, name))
    found += [(date, result.end, name) for name, date in began.items()]
    return [(max(a, first), min(b, last), name) for a, b, name in found if b > first and a < last]


def week_axis(axis, first, last) -> None:
    axis.set_xlim(*mdates.date2num([first, last]))
    axis.xaxis.set_major_locator(mdates.DayLocator())
    axis.xaxis.set_minor_locator(mdates.HourLocator(byhour=(6, 12, 18)))
    axis.tick_params(axis="x", which="major", length=7)
    axis.grid(True, which="minor", axis="x", color="#eeeeee", linewidth=0.6)
    axis.set_ylim(bottom=axis.get_ylim()[0] if axis.dataLim.y0 < 0 else 0)
    thousands(axis)


def name_days(axis, first, last) -> None:
    axis.xaxis.set_major_formatter(plt.NullFormatter())
    axis.xaxis.set_minor_formatter(plt.FuncFormatter(lambda x, _: mdates.num2date(x).strftime("%a %d %b") if mdates.num2date(x).hour == 12 else ""))
    axis.tick_params(axis="x", which="minor", labelsize=11, pad=6)
    axis.set_xlabel(f"{np.datetime_as_string(first, 'D')} to {np.datetime_as_string(last - np.timedelta64(1, 's'), 'D')}; "
                    "days begin at midnight on the clock of the scenario, lines every 6 h")


def week_of(result: Result, start: np.datetime64 | None) -> tuple[np.datetime64, np.datetime64]:
    """The week asked for, or the last whole one; of a shorter run all of it."""
    end = result.dates("campus/time")[-1] if len(result.values("campus/time")) else result.start
    first = start if start is not None else max(result.start, (end - 7 * DAY).astype("datetime64[D]").astype("datetime64[s]"))
    if not result.start <= first < end:
        raise WrongFile(f"the run goes from {np.datetime_as_string(result.start, 'D')} to {np.datetime_as_string(end, 'D')}")
    return first, min(end, first + 7 * DAY)


def draw_week(result: Result, start: np.datetime64 | None):
    first, last = week_of(result, start)
    if not result.has("campus/it_power_W"):
        raise WrongFile("it was made with --detail build, and has no hours")
    panels = [panel for panel in PANELS if result.has(panel[0])]
    heights = [panel[3] for panel in panels]
    figure, axes = canvas(result, "A week of load", len(panels), 1, height=2.05 * sum(heights) + 1.6, sharex=True, height_ratios=heights)
    shaded = faults(result, first, last)
    for axis, (group, title, draw, _) in zip(axes[:, 0], panels):
        draw(Rows(result, group, first, last), axis)
        axis.set_title(title, loc="left", fontsize=12)
        week_axis(axis, first, last)
        for begin, end, _ in shaded:
            axis.axvspan(begin, end, **SHADE)
        axis.legend(loc="upper left", bbox_to_anchor=(1.005, 1.03), frameon=False, fontsize=10.5)
    for begin, end, name in shaded:
        axes[0, 0].annotate(name.replace("_", " "), (begin + (end - begin) / 2, 1.015), xycoords=("data", "axes fraction"), ha="center", va="bottom",
                            fontsize=10, color="#7d4f77", fontweight="bold")
    name_days(axes[-1, 0], first, last)
    figure.align_ylabels(axes[:, 0])
    return figure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path, metavar="RUN.h5")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--ladder", action="store_true", help="what the accelerators did, over the whole run")
    which.add_argument("--week", action="store_true", help="seven days, step by step")
    parser.add_argument("--from", dest="start", metavar="DATE", help="first day of the week, as 2028-07-03; default: the last seven days")
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="PICTURE.png", help="default: ladder.png or week.png in RUN without .h5")
    asked = parser.parse_args()
    plt.rcParams.update({"font.size": 12, "axes.labelsize": 11, "legend.fontsize": 11})
    try:
        start = np.datetime64(asked.start, "D").astype("datetime64[s]") if asked.start else None
    except ValueError:
        parser.error(f"--from {asked.start}: no date; write it as 2028-07-03")
    try:
        result = Result(asked.run)
        figure = draw_ladder(result) if asked.ladder else draw_week(result, start)
        save(figure, asked.output or asked.run.with_suffix("") / ("ladder.png" if asked.ladder else "week.png"))
    except (OSError, WrongFile) as error:
        print(f"plot_use: {asked.run}: {error}; make a file for this picture with: aidcsim run SCENARIO.json", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
