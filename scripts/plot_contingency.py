#!/usr/bin/env python3
"""Picture of `aidcsim contingency SCENARIO --json`: racks lost by whatever is taken out, coloured by how soon the first one stops.

usage: aidcsim contingency SCENARIO --json | plot_contingency.py - -o PICTURE.png
       plot_contingency.py FILE.json [-o PICTURE.png] [--most N]

Contingencies of one kind with the same course are one bar. Of several campuses each gets a picture of its own below the other.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from plot_style import Patch, dress, plt, thousands  # noqa: E402  (finds matplotlib, or says what to do)

import argparse  # noqa: E402
import json  # noqa: E402
import re  # noqa: E402

COMMAND = "aidcsim contingency SCENARIO.json --json"
SOON = [(5.0, "at once", "#b22222"), (60.0, "within a minute", "#e15759"), (900.0, "within a quarter of an hour", "#f28e2b"),
        (float("inf"), "later", "#edc948")]
NEVER = ("never: throttled only", "#bab0ac")
NAMES_SHOWN = 2


def span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.1f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def loses(window: dict | None) -> bool:
    return bool(window) and (window["racks_lost_most"] > 0.5 or window["least_power_share"] < 1.0 - 1e-3)


def soon(seconds: float | None) -> tuple[str, str]:
    return NEVER if seconds is None else next((word, colour) for limit, word, colour in SOON if seconds <= limit)


def course(one: dict) -> tuple:
    """What two contingencies must have in common to be one bar."""
    window = one["failed"]
    seconds = [None if window[name] is None else round(window[name]) for name in ("throttle_after_s", "racks_lost_after_s")]
    return one["family"], one["grid_lost"], window["racks_lost_most"], window["racks_lost_at_end"], loses(one["planned"]), *seconds


def short(name: str, campus: str) -> str:
    """"one of 10 langfang/A/cdus (langfang/A/A1, h200)" as "A/A1, h200"; "langfang/A/A1/busways" as "A/A1"."""
    name = re.sub(r"^one of \d+ ", "", name.replace(f"{campus}/", ""))
    place = re.search(r"\((.*)\)$", name)
    if place:
        return place[1]
    head, _, last = name.rpartition("/")
    return last if head in ("", "switchgear", "feeds", "generation", "storage") else head


def label(bar: list[dict], campus: str) -> str:
    first = bar[0]
    kind = first["family"].replace("_", " ") + (" + grid" if first["grid_lost"] and first["family"] != "grid" else "")
    names = [short(one["name"], campus) for one in bar] if "+" not in first["family"] else [one["name"].replace(f"{campus}/", "") for one in bar]
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    units = first["alike"] if len(bar) == 1 and first["alike"] > 1 else 0
    return f"{kind}: {'; '.join(names[:NAMES_SHOWN])}{more}" + (f" (any of {units})" if units else "")


def words(bar: list[dict], tier: str) -> str:
    window, planned = bar[0]["failed"], bar[0]["planned"]
    parts = [f"{window['racks_lost_most']:,.0f}"]
    if window["racks_lost_at_end"] < window["racks_lost_most"] - 0.5:
        parts[0] += f", then {window['racks_lost_at_end']:,.0f}"
    if window["throttle_after_s"] is not None:
        parts.append(f"throttled after {span(window['throttle_after_s'])}")
    if window["racks_lost_after_s"] is not None:
        parts.append("off at once" if window["racks_lost_after_s"] <= SOON[0][0] else f"off after {span(window['racks_lost_after_s'])}")
    if planned and not loses(planned):
        parts.append("can be taken out on purpose")
    return " · ".join(parts)


def draw_campus(axis, found: dict, most: int) -> None:
    bars: dict[tuple, list[dict]] = {}
    costly = [one for one in found["contingencies"] if loses(one["failed"]) or loses(one["planned"])]
    for one in costly:
        bars.setdefault(course(one), []).append(one)
    shown = sorted(bars.values(), key=lambda bar: (-bar[0]["failed"]["racks_lost_most"], bar[0]["family"]))[:most]
    seen = {}
    for row, bar in enumerate(shown):
        window = bar[0]["failed"]
        word, colour = soon(window["racks_lost_after_s"])
        seen[word] = colour
        lost = max(window["racks_lost_most"], 0.6)
        axis.barh(row, lost, height=0.72, color=colour)
        axis.text(lost * 1.08, row, words(bar, found["tier"]), va="center", fontsize=9)
    axis.set_yticks(range(len(shown)), [label(bar, found["campus"]) for bar in shown], fontsize=9)
    axis.set_ylim(len(shown) - 0.4, -0.6)
    axis.set_xscale("log")
    axis.set_xlim(0.5, max(found["racks"], 1.0) * 40.0)
    axis.set_xticks([10.0**k for k in range(6) if 10.0**k <= max(found["racks"], 1.0)])
    axis.minorticks_off()
    thousands(axis, "x")
    dress(axis)
    axis.grid(False, axis="y")
    axis.axvline(found["racks"], color="#555555", linewidth=0.8, linestyle=":")
    axis.set_xlabel(f"racks lost at the worst moment (logarithmic; dotted: all {found['racks']:,.0f} live ones)")
    nothing = len(found["contingencies"]) - len(costly)
    lines = [f"{nothing} of {len(found['contingencies'])} contingencies lose nothing"]
    lines += [f"{len(bars) - len(shown)} more kinds of loss are not drawn"] if len(bars) > len(shown) else []
    lines += ["concurrently maintainable: " + ("yes" if found["concurrently_maintainable"] else "no")]
    lines += ["fault tolerant: " + ("yes" if found["fault_tolerant"] else "no")]
    if found["tier"] != "none":
        lines += [f"stated: {found['tier']}, " + (f"missed by {len(found['breaks_tier'])}" if found["breaks_tier"] else "held")]
    axis.set_title(f"{found['campus']}: what one loss takes away, at full load and {found['outdoor_dry_bulb_C']:.0f} °C outdoors", loc="left",
                   pad=24, fontsize=13, fontweight="bold")
    axis.annotate("; ".join(lines), (0.0, 1.0), (0.0, 7.0), xycoords="axes fraction", textcoords="offset points", fontsize=10)
    order = [word for _, word, _ in SOON] + [NEVER[0]]
    handles = [Patch(color=seen[word], label=word) for word in order if word in seen]
    if handles:
        axis.legend(handles=handles, title="first rack off", loc="lower right", frameon=False, fontsize=9, title_fontsize=9, alignment="left")


def draw(found: list[dict], most: int):
    rows = [min(most, len({course(one) for one in campus["contingencies"] if loses(one["failed"]) or loses(one["planned"])})) for campus in found]
    heights = [1.6 + 0.3 * max(n, 5) for n in rows]
    figure, axes = plt.subplots(len(found), 1, figsize=(14, sum(heights)), height_ratios=heights, squeeze=False, layout="constrained")
    for axis, campus in zip(axes[:, 0], found, strict=True):
        draw_campus(axis, campus, most)
    return figure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="what the command has printed; -: from standard input")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="picture; default: FILE with .png")
    parser.add_argument("--most", type=int, default=30, help="bars of a campus, the worst first; default: 30")
    asked = parser.parse_args()
    if asked.file == "-" and not asked.output:
        parser.error("what comes from standard input has no name: say -o PICTURE.png")
    try:
        found = json.loads(sys.stdin.read() if asked.file == "-" else pathlib.Path(asked.file).read_text())
        if not isinstance(found, list) or not all("contingencies" in campus for campus in found) or not found:
            raise ValueError("it holds no contingencies")
    except (OSError, ValueError, TypeError) as error:
        print(f"plot_contingency: {asked.file}: not what this draws ({error}); make one with: {COMMAND}", file=sys.stderr)
        return 2
    output = asked.output or pathlib.Path(asked.file).with_suffix(".png")
    output.parent.mkdir(parents=True, exist_ok=True)
    draw(found, asked.most).savefig(output, dpi=100)
    print(output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
