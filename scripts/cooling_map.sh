#!/usr/bin/env bash
# Runs scenarios/cooling_map.json for twelve climates and five techniques and prints one table.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
    cat <<'EOF'
usage: scripts/cooling_map.sh [-o FILE.csv]

Prints a table (Markdown) of PUE, WUE, chiller hours and bounded curves; the same goes to FILE.csv
(default: results/cooling_map.csv), from which scripts/plot_cooling_map.py draws its picture.
AIDCSIM names the program (default: build/release/aidcsim, or build/dev/aidcsim).
EOF
}

climates="langfang pinghu guangzhou chongqing lanzhou ulanqab hyderabad singapore abilene ashburn phoenix dublin"

# name; plant; rack; where its outdoor units take water, as a key of the plant
techniques="
cold_plate_tower          plant_cold_plate_tower_w40         rack_40kw_cold_plate            towers
cold_plate_dry_adiabatic  plant_cold_plate_dry_w40           rack_40kw_cold_plate            pads
rear_door_tower_chiller   plant_rear_door_tower_chiller_w32  rack_40kw_cold_plate_rear_door  towers
immersion_dry_adiabatic   plant_immersion_dry_w40            rack_40kw_immersed              pads
two_phase_dry             plant_two_phase_dry_w45plus        rack_40kw_evaporator            pads
"

csv=results/cooling_map.csv
case "${1:-}" in
    -h | --help) usage; exit 0 ;;
    -o) csv=$(realpath -m "${2:?-o needs a file}") ;;
    ?*) usage >&2; exit 2 ;;
esac
cd "$root"
# shellcheck source=scripts/python.sh
source scripts/python.sh

program=${AIDCSIM:-}
for candidate in build/release/aidcsim build/dev/aidcsim; do
    [[ -z "$program" && -x "$candidate" ]] && program=$candidate
done
if [[ -z "$program" ]]; then
    echo "cooling_map: no program; build it first (cmake --build --preset release), or name it in AIDCSIM" >&2
    exit 1
fi

runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT

# run CLIMATE NAME PLANT RACK WATER CYCLES
run() {
    local water
    case "$5" in
        towers) water=(--set "/templates/plant/towers={\"cycles_of_concentration\": $6}"
                       --set "/templates/plant/air_source={\"towers\": {\"cycles_of_concentration\": $6}}") ;;
        pads) water=(--set "/templates/plant/coolers={\"pads\": {\"cycles_of_concentration\": $6}}") ;;
    esac
    "$program" run scenarios/cooling_map.json -o "$runs/$1.$2.$6.h5" -q --reproducible --set "/campuses/0/climate=$1" \
        --set "/templates/plant/use=$3" --set "/templates/rack/use=$4" "${water[@]}" 2>"$runs/messages" \
        || { cat "$runs/messages" >&2; echo "cooling_map: $2 at $1 failed" >&2; exit 1; }
}

while read -r name plant rack water; do
    [[ -z "$name" ]] && continue
    for climate in $climates; do
        for cycles in 4 3; do
            run "$climate" "$name" "$plant" "$rack" "$water" "$cycles"
        done
    done
done <<<"$techniques"

mkdir -p "$(dirname "$csv")"
"$PYTHON" scripts/plot_cooling_map.py --collect "$runs" --climates "$climates" -o "$csv"
