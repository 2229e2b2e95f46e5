#!/usr/bin/env bash
# Stops the cluster that up.sh started, with the jobs on it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
    cat <<'TEXT'
usage: scripts/cluster/down.sh [--remove]

Ends nodes, their jobs, slurmctld and munged of the cluster in $AIDC_CLUSTER (default as for up.sh), and nothing else.
  --remove   removes the folder too, with its logs
TEXT
}

remove=no
case "${1:-}" in
    "") ;;
    --remove) remove=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac
folder=$(realpath -m "${AIDC_CLUSTER:-${TMPDIR:-/tmp}/aidc_cluster.$UID}")
if [[ ! -f $folder/slurm.conf ]]; then
    echo "down: no cluster in $folder"
    exit 0
fi

# end PID_FILE: asks for five seconds, then kills. A process that does not name the folder is somebody else's.
end() {
    local pid word=TERM i
    pid=$(cat "$1" 2>/dev/null || true)
    for ((i = 0; i < 100; i++)); do
        if [[ -z $pid ]] || ! grep -qsF "$folder/" "/proc/$pid/cmdline"; then break; fi
        ((i < 50)) || word=KILL
        kill "-$word" "$pid" 2>/dev/null || true
        sleep 0.1
    done
    rm -f "$1"
}

end "$folder/run/slurmctld.pid"
for spool in "$folder"/spool/*; do
    AIDC_CLUSTER=$folder "$here/kill_node.sh" "$(basename "$spool")" >/dev/null
done
end "$folder/run/munged.pid"
if [[ $remove == yes ]]; then
    rm -rf "$folder"
fi
echo "the cluster in $folder is down"
