#!/usr/bin/env python3
"""Draws PUE and WUE by climate and technique: plot_cooling_map.py [FILE.csv] [-o FILE.png]

FILE.csv (default: results/cooling_map.csv) comes from scripts/cooling_map.sh, which also uses this script to gather its runs:
plot_cooling_map.py --collect DIR --climates "A B ..." -o FILE.csv prints the table of all runs in DIR and writes it.
"""
import argparse
import csv
import pathlib
import sys

import plot_style
from plot_style import Result, dress, np, plt

ROOT = pathlib.Path(__file__).resolve().parent.parent
TECHNIQUES = {
    "cold_plate_tower": ("cold plate + tower", "#4e79a7", "o"),
    "cold_plate_dry_adiabatic": ("cold plate + dry cooler with pads", "#f28e2b", "s"),
    "rear_door_tower_chiller": ("cold plate, rear door + tower, chiller", "#76b7b2", "D"),
    "immersion_dry_adiabatic": ("immersion + dry cooler with pads", "#59a14f", "^"),
    "two_phase_dry": ("two-phase + plain dry cooler", "#b07aa1", "v"),
}
# LBNL-2001637, liquid-cooled IT: colour; PUE and WUE at 5, 50 and 95 % of its spread.
LBNL = {
    "dry cooler,\nadiabatic": ("#f28e2b", (1.053, 1.098, 1.143), (0.002, 0.155, 0.315)),
    "chiller,\neconomiser": ("#4e79a7", (1.066, 1.130, 1.222), (1.738, 1.960, 2.321)),
}
COLUMNS = {
    "climate": "climate", "technique": "technique", "pue": "PUE", "pue_air": "of it residual air", "wue_4": "WUE at 4 cycles [L/kWh]",
    "wue_3": "at 3", "chiller_h": "chiller h, liquid loop", "air_chiller_h": "chiller h, air", "tower_outside_h": "tower curves bounded [h]",
    "chiller_outside_h": "chiller curves bounded [h]", "outdoor_units": "outdoor units (spare)", "fws_max_C": "FWS max [°C]", "case_max_C": "case max [°C]",
    "fence_kW_per_accelerator": "fence kW per accelerator",
}
DECIMALS = {"pue": 3, "pue_air": 4, "wue_4": 2, "wue_3": 2, "chiller_h": 0, "air_chiller_h": 0, "tower_outside_h": 0, "chiller_outside_h": 0,
            "fws_max_C": 1, "case_max_C": 1, "fence_kW_per_accelerator": 3}


def row_of(folder: pathlib.Path, climate: str, technique: str) -> dict:
    """What the table says of one climate and technique; checks that heat balances and nothing is throttled."""
    result, thirds = (Result(folder / f"{climate}.{technique}.{cycles}.h5") for cycles in (4, 3))
    it_Wh = float(result.values("campus/it_power_W").sum())
    if abs(float(result.values("summary/heat_residual"))) > 1e-9 or float(result.values("summary/throttled_energy_J")) > 0.0:
        sys.exit(f"cooling_map: {technique} at {climate}: heat does not balance, or chips throttle")
    air = [name for name in result.file["campus"] if name.startswith("cooling_air_")] + ["cooling_hall_fans_W"]
    outside = dict(zip(result.labels("curves/name"), result.values("curves/outside_h")))
    return {
        "climate": climate, "technique": technique,
        "pue": float(result.values("summary/pue")),
        "pue_air": sum(float(result.values(f"campus/{name}").sum()) for name in air) / it_Wh,
        "wue_4": float(result.values("summary/wue_kg_per_kWh")), "wue_3": float(thirds.values("summary/wue_kg_per_kWh")),
        "chiller_h": float(result.values("summary/chiller_hours")),
        "air_chiller_h": int((result.values("campus/cooling_air_chillers_W") > 0).sum()),
        "tower_outside_h": max(outside["tower_air"], outside["tower_water"]),
        "chiller_outside_h": max(outside[name] for name in ("chiller_evaporator", "chiller_condenser", "chiller_load")),
        "outdoor_units": f"{result.values('plant/outdoor_units')[0]} ({result.values('plant/outdoor_spare')[0]})",
        "fws_max_C": float(result.values("campus/fws_supply_C").max()),
        "case_max_C": float(result.values("campus/case_max_C").max()),
        "fence_kW_per_accelerator": float((result.values("campus/facility_power_W") / result.values("campus/accelerators_live")).mean()) / 1e3,
    }


def words(row: dict) -> list[str]:
    return [f"{value:.{DECIMALS[name]}f}" if name in DECIMALS else str(value) for name, value in row.items()]


def collect(folder: pathlib.Path, climates: list[str], output: pathlib.Path) -> None:
    """Prints the table as Markdown and writes it as CSV."""
    rows = [row_of(folder, climate, technique) for climate in climates for technique in TECHNIQUES]
    print("|".join(["", *(f" {title} " for title in COLUMNS.values()), ""]))
    print("|" + "---|" * len(COLUMNS))
    for row in rows:
        print("| " + " | ".join(word.replace("_", " ") for word in words(row)) + " |")
    with output.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(dict(zip(row, words(row))) for row in rows)


def draw_bands(axis, which: int) -> None:
    """The spread of LBNL beside the climates."""
    for place, (colour, *values) in enumerate(LBNL.values()):
        low, middle, high = values[which]
        axis.bar(place, high - low, 0.62, low, color=colour, alpha=0.28, linewidth=0)
        axis.hlines(middle, place - 0.31, place + 0.31, color=colour, linewidth=2.4)
        for value, side in ((low, "top"), (middle, "bottom"), (high, "bottom")):
            axis.annotate(f"{value:.4g}", (place, value), (0, -2 if side == "top" else 2), textcoords="offset points", ha="center", va=side,
                          fontsize=10, fontweight="bold" if value == middle else "normal", color="#444444")
    axis.set_xticks(range(len(LBNL)), LBNL.keys(), fontsize=11)
    axis.set_xlim(-0.6, len(LBNL) - 0.4)
    axis.grid(False, axis="x")
    axis.tick_params(axis="y", labelleft=False, left=False)
    axis.spines["left"].set_visible(False)


def draw_points(axis, rows: list[dict], climates: list[str], key: str, other: str) -> None:
    """One column a climate, one mark a technique, and a line to the second value of it."""
    step = 0.15
    for place, (technique, (label, colour, marker)) in enumerate(TECHNIQUES.items()):
        x = np.arange(len(climates)) + (place - (len(TECHNIQUES) - 1) / 2) * step
        own = {row["climate"]: row for row in rows if row["technique"] == technique}
        y = np.array([float(own[climate][key]) for climate in climates])
        axis.vlines(x, y, [float(own[climate][other]) for climate in climates], color=colour, linewidth=2.2, alpha=0.5)
        axis.plot(x, y, marker, color=colour, markersize=8.5, markeredgecolor="white", markeredgewidth=0.8, label=label)
    for place in range(0, len(climates), 2):
        axis.axvspan(place - 0.5, place + 0.5, color="#f5f5f5", zorder=0, linewidth=0)
    axis.set_xlim(-0.5, len(climates) - 0.5)
    axis.set_xticks(range(len(climates)), [climate.capitalize() for climate in climates])
    axis.grid(False, axis="x")


def draw(rows: list[dict], output: pathlib.Path) -> None:
    for row in rows:
        row["pue_liquid"] = float(row["pue"]) - float(row["pue_air"])
    by_pue = sorted((row for row in rows if row["technique"] == "cold_plate_dry_adiabatic"), key=lambda row: float(row["pue"]))
    climates = [row["climate"] for row in by_pue]
    plt.rcParams.update({"font.size": 12, "axes.labelsize": 12, "legend.fontsize": 12})
    figure, axes = plt.subplots(2, 2, figsize=(16, 10), layout="constrained", sharey="row", width_ratios=(6.3, 1.25))
    figure.get_layout_engine().set(rect=(0.005, 0.005, 0.99, 0.92), h_pad=0.1, w_pad=0.06, hspace=0.03)
    figure.suptitle("What cooling takes: twelve climates, five techniques", fontsize=17, fontweight="bold", x=0.01, y=0.985, va="top", ha="left")
    for axis in axes.flat:
        dress(axis)
    (pue, pue_bands), (wue, wue_bands) = axes
    draw_points(pue, rows, climates, "pue", "pue_liquid")
    draw_points(wue, rows, climates, "wue_4", "wue_3")
    draw_bands(pue_bands, 0)
    draw_bands(wue_bands, 1)
    pue.set_ylim(1.04, 1.238)
    wue.set_ylim(-0.15, 2.55)
    pue.set_ylabel("PUE, the year 2026 at full load")
    wue.set_ylabel("WUE [L per kWh of IT]")
    pue.set_title("Line down from a mark: the part for residual air. UPS, transformers and house take 0.054 of each", loc="left", fontsize=12)
    wue.set_title("Mark: 4 cycles of concentration; end of its line: 3 cycles", loc="left", fontsize=12)
    pue_bands.set_title("LBNL-2001637, 5 to 95 %", loc="left", fontsize=12)
    wue_bands.set_title("the same", loc="left", fontsize=12)
    figure.legend(*pue.get_legend_handles_labels(), loc="upper left", bbox_to_anchor=(0.002, 0.957), ncol=len(TECHNIQUES), frameon=False,
                  handletextpad=0.2, columnspacing=1.5)
    plot_style.save(figure, output)


def main() -> int:
    parser = argparse.ArgumentParser(description="Draws PUE and WUE by climate and technique.")
    parser.add_argument("file", type=pathlib.Path, nargs="?", default=ROOT / "results/cooling_map.csv", metavar="FILE.csv")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="picture, default docs/images/cooling_map.png; with --collect: the CSV")
    parser.add_argument("--collect", type=pathlib.Path, metavar="DIR", help="gather the runs in DIR into a table instead")
    parser.add_argument("--climates", default="", help="with --collect: names, in order")
    asked = parser.parse_args()
    if asked.collect:
        collect(asked.collect, asked.climates.split(), asked.output or asked.file)
        return 0
    try:
        with asked.file.open(newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        print(f"plot_cooling_map: {error}; make it with: scripts/cooling_map.sh", file=sys.stderr)
        return 2
    draw(rows, asked.output or ROOT / "docs/images/cooling_map.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
