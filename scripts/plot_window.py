#!/usr/bin/env python3
"""Picture of a fault window: power, batteries, gensets, flows, temperatures and racks on one axis of time; several runs beside each other.

usage: plot_window.py RUN.h5 [OTHER.h5 ...] [-o PICTURE.png] [--window N] [--minutes M] [--title TEXT ...]

Two runs of one outage show what a change is worth: one with the CDU pumps behind the UPS, one without. Scales are the same for all.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from plot_style import Result, WrongFile, np, plt  # noqa: E402  (finds h5py and matplotlib, or says what to do)

import argparse  # noqa: E402

SOURCES = [("feed_power_W", "grid", "#4e79a7"), ("genset_power_W", "gensets", "#f28e2b"), ("battery_power_W", "batteries", "#59a14f")]
MARKED = {"power_lost": "#e15759", "tripped": "#e15759", "capped": "#b07aa1", "start_ordered": "#f28e2b", "standing_by": "#4e79a7",
          "booted": "#59a14f"}
LINEAR_MINUTES = 3.0  # shorter axes are in seconds; longer windows begin in seconds and end in hours: their axis is logarithmic
TICKS = [0.0, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0, 120.0, 300.0, 600.0, 1440.0]
WIDTH = 0.0105  # of a letter of the words over the marks, in widths of a picture's column


class Window:
    """One window of a run: minutes since something was lost, and the values of each step."""

    def __init__(self, path: pathlib.Path, number: int | None):
        self.result = Result(path)
        if not self.result.has("windows"):
            raise WrongFile("has no /windows: nothing was lost in that run, or it was run with --detail build")
        least = self.result.values("windows/racks_least")
        lost = self.result.values("windows/racks") - least
        self.number = int(np.argmax(lost)) if number is None else number
        rows = self.result.values("window_rows/window") == self.number
        if not rows.any():
            raise WrongFile(f"has windows 0 to {len(least) - 1}, and no {self.number}")
        self.rows = rows
        self.began = self.result.values("windows/began")[self.number]
        self.minutes = np.concatenate([[0.0], (self.result.values("window_rows/at")[rows] - self.began) / 60.0])
        self.name = path.stem

    def step(self, name: str) -> np.ndarray:
        """Values as steps: each holds from the end of the step before."""
        values = self.result.values(f"window_rows/{name}")[self.rows].astype(float)
        return np.concatenate([values[:1], values])

    def state(self, name: str) -> np.ndarray:
        """Values at the ends of steps; none is known at the moment of the loss."""
        return np.concatenate([[np.nan], self.step(name)[1:]])

    def marks(self) -> list[tuple[float, str, str, int]]:
        """First event of each kind that a picture marks: minute, kind, subject, how many there are."""
        chosen = self.result.values("window_events/window") == self.number
        minutes = (self.result.values("window_events/at")[chosen] - self.began) / 60.0
        codes = self.result.values("window_events/what")[chosen]
        names = self.result.text_attribute("window_events/what", "flag_meanings").split()
        found: dict[str, tuple[float, int]] = {}
        for minute, code in zip(minutes, codes, strict=True):
            kind = names[int(code)]
            if kind in MARKED:
                first, count = found.get(kind, (minute, 0))
                found[kind] = (min(first, minute), count + 1)
        return [(minute, kind, MARKED[kind], count) for kind, (minute, count) in sorted(found.items(), key=lambda item: item[1])]


def last_minute(windows: list[Window]) -> float:
    """Until what matters is over: the last change of racks, sources or throttles, and a tenth more."""
    last = 1.0
    for window in windows:
        for name in ("racks_live", "throttled_share", "genset_power_W", "tcs_flow_share"):
            moved = np.flatnonzero(np.abs(np.diff(window.step(name))) > 1e-3 * max(1.0, np.abs(window.step(name)).max()))
            if moved.size:
                last = max(last, window.minutes[min(moved[-1] + 1, len(window.minutes) - 1)])
    return 1.1 * last


def position(minute: float, until: float) -> float:
    """Where a minute stands on the axis, 0 to 1."""
    if until <= LINEAR_MINUTES:
        return minute / until
    place = [0.6 * m if m <= 1.0 else 0.6 + np.log10(m) for m in (minute, until)]
    return place[0] / place[1]


def rows_of(places: list[float], widths: list[float]) -> list[int]:
    """The lowest row for each word, such that words in one row do not touch; places rise."""
    ends: list[float] = []
    rows = []
    for place, width in zip(places, widths, strict=True):
        row = next((k for k, end in enumerate(ends) if end <= place), len(ends))
        ends[row:row + 1] = [place + width]
        rows.append(row)
    return rows


def draw_marks(window: Window, axes, until: float) -> int:
    """Lines at the first event of each kind, with its word above the picture. Gives the rows of words."""
    marks = [mark for mark in window.marks() if mark[0] <= until]
    words = [kind.replace("_", " ") + (f" ({count})" if count > 1 else "") for _, kind, _, count in marks]
    places = [position(minute, until) for minute, *_ in marks]
    widths = [WIDTH * (len(word) + 2) for word in words]
    rows = rows_of([min(place, 1.0 - width) for place, width in zip(places, widths)], widths)
    for (minute, _, colour, _), word, place, width, row in zip(marks, words, places, widths, rows):
        for one in axes:
            one.axvline(minute, color=colour, linewidth=0.8, linestyle=":")
        right = place + width > 1.0
        axes[0].annotate(word, (minute, 1.02 + 0.085 * row), xycoords=("data", "axes fraction"), fontsize=8, color=colour, va="bottom",
                         ha="right" if right else "left")
    return max(rows, default=0) + 1


def draw_one(window: Window, axes, until: float, sets_most: float, water_most: float):
    """Fills one column. Gives the axis of the throttles, which shares the last picture."""
    t = window.minutes
    power, charge, flow, heat, racks = axes
    bottom = np.zeros_like(t)
    for name, label, colour in SOURCES:
        values = window.step(name) / 1e6
        power.fill_between(t, bottom, bottom + values, step="pre", color=colour, linewidth=0, label=label, alpha=0.8)
        bottom = bottom + values
    power.plot(t, window.step("it_power_W") / 1e6, color="#222222", linewidth=1.1, drawstyle="steps-pre", label="drawn by racks")
    charge.plot(t, 100.0 * window.state("ups_charge"), color="#59a14f", label="charge of UPS")
    charge.plot(t, 100.0 * window.step("gensets_on_bus") / max(1.0, sets_most), color="#f28e2b", drawstyle="steps-pre",
                label=f"gensets on the bus\n(of {sets_most:.0f})")
    flow.plot(t, 100.0 * window.state("tcs_flow_share"), color="#4e79a7", label="coolant, CDU pumps")
    flow.plot(t, 100.0 * window.state("fws_flow_kg_per_s") / max(1e-9, water_most), color="#76b7b2", label=f"facility water\n(of {water_most:.0f} kg/s)")
    charge.set_ylim(-4.0, 105.0)
    flow.set_ylim(-4.0, 105.0)
    for name, label, colour in [("chip_C", "hottest chip case", "#e15759"), ("tcs_supply_C", "coolant to racks", "#4e79a7"),
                                ("fws_supply_C", "facility water", "#76b7b2")]:
        heat.plot(t, window.state(name), color=colour, label=label)
    cut = racks.twinx()
    cut.fill_between(t, 0.0, 100.0 * window.step("throttled_share"), step="pre", color="#d4c85a", alpha=0.7, linewidth=0, label="throttled\n(full height: 100 %)")
    cut.set_ylim(0.0, 105.0)
    cut.spines[["top", "right"]].set_visible(False)
    cut.set_yticks([])
    racks.set_zorder(cut.get_zorder() + 1)
    racks.patch.set_visible(False)
    racks.plot(t, window.step("racks_live"), color="#222222", drawstyle="steps-pre", label="racks live")
    racks.set_ylim(bottom=0)
    if until > LINEAR_MINUTES:
        racks.set_xscale("symlog", linthresh=1.0, linscale=0.6)
        ticks = [tick for k, tick in enumerate(TICKS) if tick <= until and (k == 0 or position(tick, until) - position(TICKS[k - 1], until) > 0.04)]
        racks.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        racks.set_xlabel("minutes since the loss (to 1 min linear, then logarithmic)")
    else:
        step_s = next(s for s in (1, 2, 5, 10, 15, 30) if 60.0 * until / s <= 12)
        seconds = np.arange(0, 60.0 * until + 1e-9, step_s)
        racks.set_xticks(seconds / 60.0, [f"{s:g}" for s in seconds])
        racks.set_xlabel("seconds since the loss")
    racks.minorticks_off()
    racks.set_xlim(0.0, until)
    return cut


def draw(windows: list[Window], minutes: float | None, titles: list[str]):
    until = minutes or last_minute(windows)
    figure, grid = plt.subplots(5, len(windows), figsize=(3.1 + 5.6 * len(windows), 11.0), sharex="col", sharey="row", squeeze=False,
                                height_ratios=[1.3, 0.8, 0.8, 1.3, 0.9], layout="constrained")
    most = {name: max(float(window.step(name).max()) for window in windows) for name in ("gensets_on_bus", "fws_flow_kg_per_s")}
    cuts, rows = [], 1
    for column, window in enumerate(windows):
        cuts.append(draw_one(window, grid[:, column], until, most["gensets_on_bus"], most["fws_flow_kg_per_s"]))
        rows = max(rows, draw_marks(window, grid[:, column], until))
    for column, window in enumerate(windows):
        when = np.datetime_as_string(window.result.start + np.timedelta64(int(window.began), "s"), unit="m").replace("T", " ")
        title = titles[column] if column < len(titles) else window.name
        grid[0, column].set_title(f"{title} ({when})", loc="left", pad=8 + 15 * rows, fontsize=11, fontweight="bold")
    for row, label in enumerate(["power [MW]", "backup [%]", "flow [%]", "temperature [°C]", "racks"]):
        grid[row, 0].set_ylabel(label)
        for one in grid[row]:
            one.grid(alpha=0.25)
            one.spines[["top", "right"]].set_visible(False)
        handles, labels = grid[row, -1].get_legend_handles_labels()
        if row == 4:
            more, more_labels = cuts[-1].get_legend_handles_labels()
            handles, labels = handles + more, labels + more_labels
        grid[row, -1].legend(handles, labels, loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False, fontsize=9)
    figure.align_ylabels(grid[:, 0])
    return figure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=pathlib.Path, nargs="+", help="result files of runs with a fault window")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="picture; default: beside the first run")
    parser.add_argument("--window", type=int, help="number of the window; default: the one that lost the most racks")
    parser.add_argument("--minutes", type=float, help="length of the axis of time; default: until all is over")
    parser.add_argument("--title", nargs="+", default=[], help="one for each run; default: names of the files")
    words = parser.parse_args()
    windows = []
    for path in words.runs:
        try:
            windows.append(Window(path, words.window))
        except (OSError, WrongFile) as error:
            print(f"plot_window: {path}: {error}", file=sys.stderr)
            return 2
    output = words.output or words.runs[0].with_suffix("") / "window.png"
    output.parent.mkdir(parents=True, exist_ok=True)
    draw(windows, words.minutes, words.title).savefig(output, dpi=120)
    print(output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
