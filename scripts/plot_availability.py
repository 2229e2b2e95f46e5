#!/usr/bin/env python3
"""Picture of `aidcsim availability`: what outages cost in a mean year, by kind of unit that fails, and how years differ.

usage: plot_availability.py FILE.h5 [-o PICTURE.png]
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from plot_style import WrongFile, dress, h5py, np, plt, scale_of, thousands  # noqa: E402  (finds h5py and matplotlib, or says what to do)

import argparse  # noqa: E402

COMMAND = "aidcsim availability SCENARIO.json -o FILE.h5"
WHYS = [("dark", "without power", "#393b79"), ("tripped", "tripped, or booting after a stop", "#e15759"), ("shed", "shed", "#edc948"),
        ("throttled", "throttled", "#dbdb8d")]
CURVES = ["#4e79a7", "#e15759", "#59a14f", "#f28e2b", "#b07aa1", "#76b7b2", "#9c755f"]
MARKS = [0.5, 0.9, 0.99]


class Years:
    """The file, as arrays."""

    def __init__(self, path: pathlib.Path):
        with h5py.File(path) as file:
            kind = file.attrs.get("aidcsim_format", "")
            kind = kind.decode() if isinstance(kind, bytes) else str(kind)
            if not kind.startswith("availability"):
                raise WrongFile("it holds no years of outages")
            title = file.attrs.get("title", path.stem)
            self.title = title.decode() if isinstance(title, bytes) else str(title)
            self.count = int(file["summary/years"][()])
            self.availability = float(file["summary/availability"][()])
            causes, years = file["causes"], file["years"]
            self.campuses = list(dict.fromkeys(causes["campus"].asstr()[...]))
            self.campus = causes["campus"].asstr()[...]
            self.unit = causes["unit"].asstr()[...]
            self.lost = causes["lost_accelerator_h"][...]
            self.error = causes["standard_error_h"][...]
            self.failures = causes["failures_per_year"][...]
            self.by_why = {name: causes[f"{name}_accelerator_h"][...] for name, _, _ in WHYS}
            where, year, lost = years["campus"].asstr()[...], years["year"][...], years["lost_accelerator_h"][...]
        self.by_year = {}
        for campus in self.campuses:
            chosen = where == campus
            self.by_year[campus] = np.bincount(year[chosen], weights=lost[chosen], minlength=self.count)


def draw_causes(axis, years: Years) -> None:
    order = sorted(range(len(years.lost)), key=lambda i: -years.lost[i])
    largest = max(years.lost.max(initial=0.0), 1e-9)
    shown = [i for i in order if years.lost[i] > 1e-3 * largest]
    small = [years.unit[i] + (f" ({years.campus[i]})" if len(years.campuses) > 1 else "") for i in order if i not in shown]
    divisor, unit = scale_of("h", years.lost)
    rows, left, used = np.arange(len(shown)), np.zeros(len(shown)), []
    for name, words, colour in WHYS:
        part = years.by_why[name][shown] / divisor
        if part.sum() > 1e-3 * years.lost.sum() / divisor:
            used.append(axis.barh(rows, part, left=left, height=0.62, color=colour, label=words))
        left = left + part
    error = np.nan_to_num(years.error[shown]) / divisor
    axis.errorbar(left, rows, xerr=error, fmt="none", ecolor="black", capsize=3, linewidth=1.2)
    for row, i in zip(rows, shown, strict=True):
        axis.text(left[row] + error[row], row, f"   {years.failures[i]:.3g} failures a year", va="center", fontsize=9.5)
    axis.set_yticks(rows, [years.unit[i].replace("_", " ") + (f"\n{years.campus[i]}" if len(years.campuses) > 1 else "") for i in shown])
    axis.set_ylim(len(shown) - 0.4 if shown else 1.0, -0.6)
    axis.set_xlim(0, 1.45 * float((left + error).max(initial=1e-9)))
    thousands(axis, "x")
    dress(axis)
    axis.grid(False, axis="y")
    rest = "\nnext to nothing by: " + ", ".join(small).replace("_", " ") if small else ""
    axis.set_xlabel(f"accelerator-hours lost in a mean year [{unit}]; whiskers: standard error{rest}")
    axis.set_title("By what had failed", loc="left", fontsize=12)
    if used:
        axis.legend(loc="lower right", frameon=False, fontsize=10, title="racks were", alignment="left")


def short(hours: float) -> str:
    divisor, unit = scale_of("h", np.array([hours]))
    return f"{hours / divisor:,.3g} {unit}"


def draw_years(axis, years: Years) -> None:
    share = 100.0 * (1.0 - np.arange(years.count) / max(1, years.count))
    lowest = 100.0 / max(1, years.count)
    for k, (campus, lost) in enumerate(years.by_year.items()):
        lost = np.sort(lost)
        colour = CURVES[k % len(CURVES)]
        axis.plot(np.maximum(lost, 1.0), share, color=colour, drawstyle="steps-pre", linewidth=1.6, label=campus)
        axis.axvline(max(lost.mean(), 1.0), color=colour, linewidth=1.0, linestyle="--")
        if len(years.by_year) == 1:
            axis.annotate(f"mean {short(lost.mean())}", (lost.mean(), lowest), (5, 4), textcoords="offset points", fontsize=10, color=colour)
            for mark in MARKS:
                at = min(years.count - 1, int(np.ceil(mark * years.count)) - 1)
                axis.plot(max(lost[at], 1.0), share[at], "o", color=colour, markersize=5)
                axis.annotate(f"P{100 * mark:.0f}: {short(lost[at])}", (max(lost[at], 1.0), share[at]), (-9, -4), textcoords="offset points",
                              fontsize=10, ha="right", va="top")
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_ylim(0.8 * lowest, 130.0)
    axis.set_yticks([tick for tick in (0.01, 0.1, 1.0, 10.0, 100.0) if tick >= 0.8 * lowest])
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:g} %")
    axis.minorticks_off()
    thousands(axis, "x")
    dress(axis)
    axis.set_xlabel("accelerator-hours lost in a year (logarithmic)")
    axis.set_title("Share of the years that lose more", loc="left", fontsize=12)
    if len(years.by_year) > 1:
        axis.legend(loc="lower left", frameon=False, fontsize=10, title="dashed: means", alignment="left")


def draw(years: Years):
    bars = int((years.lost > 1e-3 * max(years.lost.max(initial=0.0), 1e-9)).sum())
    figure, axes = plt.subplots(1, 2, figsize=(16, max(5.2, 2.6 + 0.5 * bars)), width_ratios=[1.2, 1.0], layout="constrained")
    hours = 8760.0 * (1.0 - years.availability)
    figure.suptitle(f"What outages cost: {years.title}, {years.count:,} years, availability {years.availability:.6f} "
                    f"(as everything off for {hours:.1f} h a year)", x=0.01, ha="left", fontsize=14, fontweight="bold")
    draw_causes(axes[0], years)
    draw_years(axes[1], years)
    return figure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path, metavar="FILE.h5")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="picture; default: FILE with .png")
    asked = parser.parse_args()
    plt.rcParams.update({"font.size": 11})
    try:
        years = Years(asked.file)
        figure = draw(years)
    except (OSError, KeyError, WrongFile) as error:
        print(f"plot_availability: {asked.file}: not what this draws ({error}); make one with: {COMMAND}", file=sys.stderr)
        return 2
    output = asked.output or asked.file.with_suffix(".png")
    output.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(output, dpi=100)
    print(output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
