#!/usr/bin/env python3
"""Every abbreviation and word of the lists below has an entry with a source in docs/glossary.md."""
import pathlib
import re
import sys

ABBREVIATIONS = """
AIDC ATS BOM CDU CoC COP CPU CRAH CUE EPW ERE ERF FWS GPU IST MFU NPU NTU NVL72 PDU PG25 PUE RPO SLA TCS TDP TPU UA UPS UQD WUE
iPUE capex H200-equivalent P90
""".split()
WORDS = """
rack, pod, node, accelerator, supernode, hall, campus, cold plate, manifold, supply, return, approach, set point, dry cooler,
adiabatic pad, fan wall, chiller, cooling tower, economiser, wet bulb, dew point, genset, transformer, substation, feed, busway,
L1 to L5, fence watts, IT watts, design weather, fill, rack-up, term, gate, share, solo, ledger, baseline, stranded, go-live unit,
tranche, island, touch, settle, tick, phase, lot, dock, class, quota, backlog, retest, grant, throttle, trip, maker, cause, energised,
ready, live, available, utilization, replicate, audit, ladder, rung, unsold, unallocated, idle, overhead, displaced, erlang, Erlang C,
index of dispersion, peakedness, headroom, slot, replica, daily course, follow the sun, queue, stream, job mix, Standard Workload Format,
gang, cell, FCFS, EASY, head, reservation, shadow date, backfilling, estimate, walltime, pace, bounded slowdown, eviction, interruption,
borrows, checkpoint, checkpoint interval, stretch, goodput, scale-up domain, scale-out, uplink, oversubscription, all-reduce, overlap, parts,
max-min fair
"""
PAGE = pathlib.PurePosixPath("docs/glossary.md")


def entries(page: str) -> dict[str, str]:
    """Paragraph of each bold word."""
    found: dict[str, str] = {}
    for paragraph in re.split(r"\n\s*\n", page):
        for bold in re.findall(r"\*\*(.+?)\*\*", paragraph, re.S):
            for word in re.split(r",\s+", bold):
                found[word] = paragraph
    return found


def check(page: str) -> list[str]:
    defined = entries(page)
    wanted = ABBREVIATIONS + [word.strip() for word in WORDS.replace("\n", " ").split(",")]
    bad = [f"{PAGE}: no entry for {word}" for word in wanted if word not in defined]
    bad += [f"{PAGE}: no source for {word}" for word, paragraph in defined.items() if "Source:" not in paragraph]
    return bad


def main(root: str = ".") -> int:
    bad = check((pathlib.Path(root) / PAGE).read_text())
    print("\n".join(bad) or "glossary ok")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
