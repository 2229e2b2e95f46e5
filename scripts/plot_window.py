#!/usr/bin/env python3
"""Picture of a fault window: power, batteries, gensets, flows, temperatures and racks on one axis of time; several runs beside each other.

usage: plot_window.py RUN.h5 [OTHER.h5 ...] [-o PICTURE.png] [--window N] [--minutes M]

Two runs of one outage show what a change is worth: one with the CDU pumps behind the UPS, one without.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from plot_style import Result, WrongFile, np, plt  # noqa: E402  (finds h5py and matplotlib, or says what to do)

import argparse  # noqa: E402

SOURCES = [("feed_power_W", "grid", "#4e79a7"), ("genset_power_W", "gensets", "#f28e2b"), ("battery_power_W", "batteries", "#59a14f")]
MARKED = {"power_lost": "#e15759", "tripped": "#e15759", "capped": "#b07aa1", "start_ordered": "#f28e2b", "standing_by": "#4e79a7",
          "booted": "#59a14f"}


LINEAR_MINUTES = 3.0  # longer windows begin in seconds and end in hours: their axis is logarithmic


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


def draw_one(window: Window, axes, until: float) -> None:
    t = window.minutes
    power, charge, flow, heat, racks = axes
    bottom = np.zeros_like(t)
    for name, label, colour in SOURCES:
        values = window.step(name) / 1e6
        power.fill_between(t, bottom, bottom + values, step="pre", color=colour, linewidth=0, label=label, alpha=0.8)
        bottom = bottom + values
    power.plot(t, window.step("it_power_W") / 1e6, color="#222222", linewidth=1.1, drawstyle="steps-pre", label="IT")
    charge.plot(t, 100.0 * window.step("ups_charge"), color="#59a14f", label="UPS charge [%]")
    sets = window.step("gensets_on_bus")
    charge.plot(t, 100.0 * sets / max(1.0, sets.max()), color="#f28e2b", drawstyle="steps-pre", label=f"gensets on the bus (of {sets.max():.0f}) [%]")
    flow.plot(t, 100.0 * window.step("tcs_flow_share"), color="#4e79a7", label="coolant by CDU pumps [%]")
    water = window.step("fws_flow_kg_per_s")
    flow.plot(t, 100.0 * water / max(1e-9, water.max()), color="#76b7b2", label=f"facility water (of {water.max():.0f} kg/s) [%]")
    for name, label, colour in [("chip_C", "chip case", "#e15759"), ("tcs_supply_C", "coolant supply", "#4e79a7"),
                                ("fws_supply_C", "facility water", "#76b7b2")]:
        heat.plot(t, window.step(name), color=colour, label=label)
    racks.plot(t, window.step("racks_live"), color="#222222", drawstyle="steps-pre", label="racks live")
    racks.set_ylim(bottom=0)
    cut = racks.twinx()
    cut.fill_between(t, 0.0, 100.0 * window.step("throttled_share"), step="pre", color="#dbdb8d", alpha=0.7, linewidth=0, label="throttled [%]")
    cut.set_ylim(0.0, 100.0)
    cut.spines[["top"]].set_visible(False)
    handles, labels = racks.get_legend_handles_labels()
    more, more_labels = cut.get_legend_handles_labels()
    racks.legend(handles + more, labels + more_labels, loc="lower right", frameon=False, fontsize=8)
    height, before = 0, -1.0
    for minute, kind, colour, count in window.marks():
        if minute > until:
            continue
        for one in axes:
            one.axvline(minute, color=colour, linewidth=0.7, linestyle=":")
        near = before >= 0.0 and position(minute, until) - position(before, until) < 0.18
        height, before = (height + 1 if near else 0), minute
        words = kind.replace("_", " ") + (f" ({count})" if count > 1 else "")
        power.annotate(words, (minute, 1.02 + 0.07 * height), xycoords=("data", "axes fraction"), fontsize=7.5, color=colour, va="bottom")
    if until > LINEAR_MINUTES:
        racks.set_xscale("symlog", linthresh=1.0, linscale=0.6)
        ticks = [0.0, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0, 120.0, 300.0, 600.0, 1440.0]
        racks.set_xticks([tick for tick in ticks if tick <= until], [f"{tick:g}" for tick in ticks if tick <= until])
    racks.set_xlabel("minutes since the loss" + (" (to 1 min linear, then logarithmic)" if until > LINEAR_MINUTES else ""))
    racks.set_xlim(0.0, until)


def draw(windows: list[Window], minutes: float | None):
    until = minutes or last_minute(windows)
    figure, grid = plt.subplots(5, len(windows), figsize=(1.5 + 6.2 * len(windows), 11.5), sharex="col", sharey="row", squeeze=False,
                                height_ratios=[1.3, 0.8, 0.8, 1.3, 0.9])
    for column, window in enumerate(windows):
        draw_one(window, grid[:, column], until)
        when = np.datetime_as_string(window.result.start + np.timedelta64(int(window.began), "s"), unit="m").replace("T", " ")
        grid[0, column].set_title(f"{window.name}: {when}", loc="left", pad=70)
    for row, label in enumerate(["power [MW]", "backup [%]", "flows [%]", "°C", "racks live"]):
        grid[row, 0].set_ylabel(label)
        for one in grid[row]:
            one.grid(alpha=0.25)
            one.spines[["top"]].set_visible(False)
            if row < 4:
                one.legend(loc="center right", frameon=False, fontsize=8)
    figure.align_ylabels(grid[:, 0])
    figure.tight_layout()
    return figure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=pathlib.Path, nargs="+", help="result files of runs with a fault window")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="picture; default: beside the first run")
    parser.add_argument("--window", type=int, help="number of the window; default: the one that lost the most racks")
    parser.add_argument("--minutes", type=float, help="length of the axis of time; default: until all is over")
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
    draw(windows, words.minutes).savefig(output, dpi=120)
    print(output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
