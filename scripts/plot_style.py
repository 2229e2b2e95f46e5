"""What the pictures of one run and of many have in common: reading a file, colours, axes, bars of hours, saving.

Imported, not run. Needs h5py and matplotlib; where this interpreter lacks them, the script that asked is handed to the
system's own /usr/bin/python3.
"""
import argparse
import os
import pathlib
import sys
from collections.abc import Callable

SYSTEM_PYTHON = "/usr/bin/python3"
try:
    import h5py
    import matplotlib
    import numpy as np
except ImportError as missing:
    if sys.executable != SYSTEM_PYTHON and os.access(SYSTEM_PYTHON, os.X_OK):
        os.execv(SYSTEM_PYTHON, [SYSTEM_PYTHON, os.path.abspath(sys.argv[0]), *sys.argv[1:]])
    sys.exit(f"{pathlib.Path(sys.argv[0]).stem}: {missing} (pictures need h5py and matplotlib); run scripts/setup.sh, or pip install h5py matplotlib")

matplotlib.use("Agg")
import matplotlib.dates as mdates  # noqa: E402
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.patches import Patch  # noqa: E402
from matplotlib.ticker import FuncFormatter  # noqa: E402

# The colours of models/ledger/term.hpp and cause.hpp; a test compares them.
TERM_COLOURS = {
    "utility": "#4e79a7", "substation": "#76b7b2", "distribution": "#59a14f", "backup": "#edc948", "cooling": "#f28e2b",
    "handover": "#e15759", "space": "#9c755f", "network": "#b07aa1", "racks": "#ff9da7",
}
CAUSE_COLOURS = {
    "plan": "#7f7f7f", "order_late": "#1f77b4", "maker": "#4e79a7", "upstream_part": "#76b7b2", "transit": "#a0cbe8", "customs_or_ban": "#d62728",
    "permit": "#8c564b", "utility_works": "#c49c94", "energy_quota": "#e377c2", "site_works": "#ff7f0e", "crew": "#ffbb78",
    "commissioning": "#2ca02c", "retest": "#98df8a", "install": "#9467bd", "burn_in": "#c5b0d5", "fabric": "#b07aa1",
    "failed": "#bcbd22", "grid_outage": "#17becf", "plant_outage": "#9edae5", "tripped": "#393b79", "shed": "#6b6ecf", "throttled": "#dbdb8d", "rolled_back": "#9c9ede", "unsold": "#c7c7c7",
    "unallocated": "#fde0ec", "idle": "#f7b6d2", "overhead": "#b5cf6b", "useful": "#59a14f",
}
# The colours of models/demand/ladder.hpp, from the uppermost rung down; a test compares them.
RUNG_COLOURS = {
    "design": "#d9d9d9", "ready": "#bab0ac", "live": "#9d7660", "working": "#e15759", "sold": "#f28e2b", "allocated": "#edc948", "busy": "#76b7b2",
    "productive": "#59a14f",
}
LIVE_CAUSES = ["useful", "overhead", "idle", "unallocated", "unsold", "rolled_back", "throttled", "shed", "tripped", "plant_outage", "grid_outage", "failed"]
NO_TERM = "#bab0ac"  # waits, and no term holds it: for a whole go-live unit
SCALES = {"W": [(1e9, "GW"), (1e6, "MW"), (1e3, "kW"), (1, "W")], "h": [(1e6, "million h"), (1e3, "thousand h"), (1, "h")]}
SPELLINGS = {"degC": "°C", "kg kW-1 h-1": "kg/kWh"}


class WrongFile(Exception):
    """The file has not what the pictures need; the text says what."""


class Result:
    """A result file: values by path, and the dates of its groups."""

    def __init__(self, path: pathlib.Path):
        self.file = h5py.File(path, "r")
        self.name = self.text_attribute("/", "title") or path.stem
        self.seed = int(self.node("provenance/seed")[()])
        self.replicated = "replicate_summary" in self.file
        self.status = self.node("replicate_summary/status" if self.replicated else "summary/status").asstr()[()]
        self.replicates = len(self.node("replicate_summary/replicate")) if self.replicated else 1
        self.end = self.date("provenance/end")
        self.start = np.datetime64(self.units("provenance/end").removeprefix("seconds since ").removesuffix("Z"), "s")

    def has(self, path: str) -> bool:
        return path in self.file

    def node(self, path: str):
        if path not in self.file:
            raise WrongFile(f"it has no /{path}")
        return self.file[path]

    def values(self, path: str) -> np.ndarray:
        return self.node(path)[...]

    def labels(self, path: str) -> list[str]:
        return list(self.node(path).asstr()[...])

    def text(self, path: str) -> str:
        return self.node(path).asstr()[()]

    def text_attribute(self, path: str, name: str) -> str:
        value = self.node(path).attrs.get(name, "")
        return value.decode() if isinstance(value, bytes) else str(value)

    def units(self, path: str) -> str:
        return self.text_attribute(path, "units")

    def total(self, path: str) -> np.ndarray:
        """Sum of a [time, component] variable over its components; missing where all are."""
        values = self.values(path).astype(float)
        return np.where(np.isnan(values).all(axis=1), np.nan, np.nansum(values, axis=1))

    def date(self, path: str) -> np.datetime64:
        return self.dates(path)[()]

    def dates(self, path: str) -> np.ndarray:
        """A variable of dates as datetime64; NaT where it is missing."""
        since = self.units(path).removeprefix("seconds since ").removesuffix("Z")
        seconds = self.values(path)
        known = np.nan_to_num(seconds).astype("timedelta64[s]")
        return np.where(np.isnan(seconds), np.datetime64("NaT", "s"), np.datetime64(since, "s") + known)

    def flags(self, path: str) -> dict[str, int]:
        """Bit mask of each flag of a bit set."""
        return dict(zip(self.text_attribute(path, "flag_meanings").split(), map(int, self.node(path).attrs["flag_masks"])))


def ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=np.asarray(below) > 0)


def scale_of(units: str, *series: np.ndarray) -> tuple[float, str]:
    """Divisor and unit that give the largest value a short number."""
    top = max((float(np.nanmax(s)) for s in map(np.asarray, series) if s.size and not np.isnan(s).all()), default=0.0)
    for divisor, name in SCALES.get(units, []):
        if top >= divisor * 0.999:
            return divisor, name
    return 1.0, SPELLINGS.get(units, units)


def known(values: np.ndarray) -> bool:
    return bool(np.size(values)) and not np.isnan(values).all()


def canvas(result: Result, title: str, rows: int = 1, columns: int = 1, height: float = 9.0, **options):
    figure, axes = plt.subplots(rows, columns, figsize=(16, height), layout="constrained", squeeze=False, **options)
    figure.get_layout_engine().set(rect=(0.005, 0.27 / height, 0.99, 1.0 - 0.315 / height), h_pad=0.08, hspace=0.03, wspace=0.04)
    figure.suptitle(f"{title}{' ' if title.endswith('?') else ': '}{result.name}", fontsize=17, fontweight="bold", x=0.01, ha="left")
    words = f"scenario {result.name}, seed {result.seed}"
    words += f", {result.replicates} replicates" if result.replicated else ""
    words += "" if result.status == "complete" else f"; {result.status} run"
    figure.text(0.01, 0.072 / height, words, fontsize=9, color="#555555")
    for axis in axes.flat:
        dress(axis)
    return figure, axes


def dress(axis) -> None:
    axis.grid(True, color="#dddddd", linewidth=0.7)
    axis.set_axisbelow(True)
    axis.spines[["top", "right"]].set_visible(False)


def time_axis(axis, first, last) -> None:
    first, last = mdates.date2num([first, last])
    axis.set_xlim(first, last)
    locator = mdates.AutoDateLocator(minticks=5, maxticks=14)
    axis.xaxis.set_major_locator(locator)
    axis.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator, show_offset=False))


def thousands(axis, which: str = "y") -> None:
    one = axis.yaxis if which == "y" else axis.xaxis
    one.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))


def legend_right(axis, **options) -> None:
    axis.legend(loc="upper left", bbox_to_anchor=(1.005, 1.02), frameon=False, **options)


def percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.005 else "< 1%"


def dress_bars(axis, labels: list[str], longest: float, unit: str, title: str) -> None:
    axis.set_yticks(np.arange(len(labels)), labels)
    axis.invert_yaxis()
    axis.grid(False, axis="y")
    axis.set_xlim(0, 1.12 * longest or 1.0)
    axis.set_xlabel(f"accelerator-hours [{unit}]")
    axis.set_title(title, loc="left", fontsize=12)


def bars(axis, rows: np.ndarray, hours: np.ndarray, spread: np.ndarray | None, **style) -> np.ndarray:
    """Horizontal bars, with whiskers from spread[0] to spread[1]; gives the right end of each."""
    axis.barh(rows, hours, **style)
    if spread is None:
        return hours
    axis.hlines(rows, spread[0], spread[1], color="black", linewidth=1.3)
    axis.plot(spread, [rows, rows], color="black", marker="|", markersize=7, linestyle="")
    return np.maximum(hours, spread[1])


def draw_terms(axis, terms: list[str], hours: dict[str, np.ndarray], scale: tuple[float, str], spread: dict[str, np.ndarray] | None = None) -> None:
    """Share (plain) and solo (hatched) hours of each term, with whiskers where a spread is given."""
    divisor, unit = scale
    spread = {name: values / divisor for name, values in (spread or {}).items()}
    rows, colours = np.arange(len(terms)), [TERM_COLOURS.get(term, NO_TERM) for term in terms]
    ends = bars(axis, rows - 0.2, hours["share"] / divisor, spread.get("share"), height=0.38, color=colours)
    solo = bars(axis, rows + 0.2, hours["solo"] / divisor, spread.get("solo"), height=0.38, color=colours, alpha=0.55, hatch="///", edgecolor="white")
    whole = max(float(hours["share"].sum()), 1e-9)
    for row, end, value in zip(rows, ends, hours["share"]):
        if value > 0:
            axis.text(end, row - 0.2, "  " + percent(value / whole), va="center", fontsize=10)
    dress_bars(axis, terms, max(ends.max(initial=0.0), solo.max(initial=0.0)), unit, "Planned and not live, by term")
    handles = [Patch(color="#777777", label="share: equal split over what was unmet"),
               Patch(facecolor="#bbbbbb", hatch="///", edgecolor="white", label="solo: gained if this term alone is cured")]
    axis.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.45, -0.11), ncol=2, frameon=False, fontsize=10)


def draw_causes(axis, hours: dict[str, float], scale: tuple[float, str], spread: dict[str, np.ndarray] | None = None) -> None:
    """Hours of each cause, largest first, with whiskers where a spread is given."""
    divisor, unit = scale
    names = sorted((name for name, value in hours.items() if value > 0), key=lambda name: -hours[name])
    values = np.array([hours[name] for name in names]) / divisor
    ranges = np.array([spread[name] for name in names]).reshape(-1, 2).T / divisor if spread else None
    ends = bars(axis, np.arange(len(names)), values, ranges, height=0.7, color=[CAUSE_COLOURS.get(name, NO_TERM) for name in names])
    for row, (end, value) in enumerate(zip(ends, values)):
        axis.text(end, row, "  " + percent(value / values.sum()), va="center", fontsize=11)
    title = "Planned and not live, by leaf cause" if names else "Nothing planned was late"
    dress_bars(axis, [name.replace("_", " ") for name in names], float(ends.max(initial=0.0)), unit, title)


def save(figure, path: pathlib.Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=100)
    plt.close(figure)
    print(path)


def main(description: str, draw_all: Callable[[Result, pathlib.Path], None], command: str) -> int:
    """The command line of a script of pictures; `command` makes a file for it."""
    program = pathlib.Path(sys.argv[0]).stem
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("file", type=pathlib.Path, metavar="FILE.h5")
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="DIR", help="folder of the PNGs; default: FILE without .h5")
    asked = parser.parse_args()
    plt.rcParams.update({"font.size": 12, "axes.labelsize": 12, "legend.fontsize": 11, "hatch.linewidth": 0.8})
    try:
        draw_all(Result(asked.file), asked.output or asked.file.with_suffix(""))
    except (OSError, WrongFile) as error:
        print(f"{program}: {asked.file}: not a result file for these pictures ({error}); make one with: {command}", file=sys.stderr)
        return 2
    return 0
