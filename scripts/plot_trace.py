#!/usr/bin/env python3
"""Picture of a run that replays measured heat by pod: heat, coolant temperatures, stored heat and what the plant draws.

usage: plot_trace.py RUN.h5 [-o PICTURE.png] [--hours H]
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from plot_style import Result, WrongFile, np, plt  # noqa: E402  (finds h5py and matplotlib, or says what to do)

import argparse  # noqa: E402

CONSUMERS = [("cdu_pumps", "CDU pumps", "#4e79a7"), ("fws_pumps", "facility-water pumps", "#76b7b2"),
             ("tower_pumps", "tower pumps", "#59a14f"), ("outdoor_fans", "tower fans", "#edc948"),
             ("chillers", "chillers", "#e15759"), ("hall_fans", "hall fans", "#b07aa1"),
             ("air_chillers", "chillers of the residual air", "#ff9da7")]


def band(axes, hours, values, colour, label):
    """All pods as a band from the least to the greatest, and their mean as a line."""
    axes.fill_between(hours, values.min(axis=1), values.max(axis=1), color=colour, alpha=0.25, linewidth=0)
    axes.plot(hours, values.mean(axis=1), color=colour, linewidth=1.0, label=label)


def draw(result: Result, last_h: float):
    file = result.file
    if "pod" not in file:
        raise WrongFile("has no /pod: only runs that replay a trace in steps of a minute or less have it")
    pod, campus = file["pod"], file["campus"]
    hours = pod["time"][:] / 3600.0
    keep = hours <= last_h
    hours = hours[keep]
    figure, axes = plt.subplots(4, 1, figsize=(11, 11), sharex=True, height_ratios=[1.1, 1.6, 1.0, 1.2])
    heat = pod["heat_W"][keep, :].astype(float)
    energy = heat.sum() * (hours[1] - hours[0]) / 1e6
    axes[0].plot(hours, heat.sum(axis=1) / 1e6, color="#333333", linewidth=0.9)
    axes[0].set_ylabel("heat into coolant\n[MW]")
    axes[0].set_ylim(bottom=0)
    axes[0].set_title(f"{result.name}: {heat.shape[1]} CDUs, {energy:.2f} MWh in {hours[-1]:.0f} h, steps of {3600 * (hours[1] - hours[0]):.0f} s",
                      loc="left")
    band(axes[1], hours, pod["case_C"][keep, :], "#e15759", "accelerator case")
    band(axes[1], hours, pod["tcs_return_C"][keep, :], "#f28e2b", "coolant return")
    band(axes[1], hours, pod["tcs_supply_C"][keep, :], "#4e79a7", "coolant supply")
    axes[1].plot(hours, campus["fws_supply_C"][keep, 0], color="#59a14f", linewidth=1.0, label="facility water")
    axes[1].plot(hours, campus["outdoor_wet_bulb_C"][keep, 0], color="#9c755f", linewidth=1.0, linestyle="--", label="outdoor wet bulb")
    axes[1].set_ylabel("°C; line: mean,\nband: all CDUs")
    axes[1].legend(loc="upper center", bbox_to_anchor=(0.5, 1.16), ncols=5, frameon=False, fontsize=9)
    stored = campus["heat_stored_W"][keep, 0] / 1e6
    axes[2].axhline(0.0, color="#999999", linewidth=0.6)
    axes[2].plot(hours, stored, color="#9467bd", linewidth=0.7)
    axes[2].set_ylabel("heat stored\n[MW]")
    parts = [(campus[f"cooling_{name}_W"][keep, 0] / 1e3, label, colour) for name, label, colour in CONSUMERS]
    parts = [part for part in parts if part[0].max() > 0.0]
    axes[3].stackplot(hours, [p[0] for p in parts], labels=[p[1] for p in parts], colors=[p[2] for p in parts], linewidth=0)
    axes[3].set_ylabel("cooling power\n[kW]")
    axes[3].legend(loc="upper center", bbox_to_anchor=(0.5, -0.22), ncols=4, frameon=False, fontsize=9)
    axes[3].set_xlabel("hours since the start")
    axes[3].set_xlim(0.0, hours[-1])
    for one in axes:
        one.grid(alpha=0.25)
        one.spines[["top", "right"]].set_visible(False)
    figure.align_ylabels(axes)
    figure.tight_layout()
    return figure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path, help="result file of a run that replays a trace")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="picture to write; default: beside the file")
    parser.add_argument("--hours", type=float, default=np.inf, help="only the first so many hours")
    options = parser.parse_args()
    output = options.output or options.run.with_suffix(".png")
    try:
        draw(Result(options.run), options.hours).savefig(output, dpi=100)
    except (OSError, KeyError, WrongFile) as error:
        sys.exit(f"plot_trace: {options.run}: {error}; give the .h5 of a run with \"traces\"")
    print(output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
