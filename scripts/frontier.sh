#!/usr/bin/env bash
# Replays measured heat of 25 CDUs in steps of 15 s on scenarios/frontier_like.json and draws what happens.
# The data are not part of the project: heat by CDU of Frontier, 2024-04-07, from HewlettPackard/sustain-lc (MIT licence).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
    cat <<TEXT
usage: scripts/frontier.sh TRACE.csv[.gz]

TRACE has a column "time" [s], columns "power[1]" ... "power[25]" [W] and "OA Wetbulb Temp" [C], at equal steps.
Writes results/frontier.h5 and results/frontier.png.
example: scripts/frontier.sh frontier_cdu_power_first_12h.csv.gz
TEXT
}

case "${1:-}" in
    -h | --help) usage; exit 0 ;;
    "") usage >&2; exit 2 ;;
esac
if [[ ! -r "$1" ]]; then
    echo "frontier: cannot read $1" >&2
    exit 2
fi

program=${AIDCSIM:-$root/build/release/aidcsim}
if [[ ! -x "$program" ]]; then
    echo "frontier: $program is not there; run scripts/run.sh first" >&2
    exit 1
fi
# shellcheck source=scripts/python.sh
source "$root/scripts/python.sh"

mkdir -p "$root/results"
table=$(mktemp --suffix=.csv)
trap 'rm -f "$table"' EXIT
case "$1" in
    *.gz) gzip -dc "$1" >"$table" ;;
    *) cp "$1" "$table" ;;
esac
traces=$(printf '/traces=[{"hall": "frontier/A/1", "csv": "%s", "columns": "power[", "wet_bulb": "OA Wetbulb Temp"}]' "$table")
time "$program" run "$root/scenarios/frontier_like.json" --set "$traces" -o "$root/results/frontier.h5" --force
"$PYTHON" "$root/scripts/plot_trace.py" "$root/results/frontier.h5" -o "$root/results/frontier.png" --hours 12
