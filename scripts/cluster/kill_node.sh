#!/usr/bin/env bash
# A power failure of one node of the cluster of up.sh: SIGKILL of its slurmd, its slurmstepd's and all processes of its jobs.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: scripts/cluster/kill_node.sh NODE

Nothing on NODE gets a last word, and nobody is told. up.sh starts the node again.
AIDC_CLUSTER names the folder of the cluster, as for up.sh.
TEXT
}

case "${1:-}" in
    -h | --help) usage; exit 0 ;;
esac
if (($# != 1)); then
    usage >&2
    exit 2
fi
node=$1
folder=$(realpath -m "${AIDC_CLUSTER:-${TMPDIR:-/tmp}/aidc_cluster.$UID}")
if [[ ! -d $folder/spool/$node ]]; then
    echo "kill_node: no node '$node' in $folder" >&2
    exit 2
fi

# The daemons write the node's log; processes of jobs have the node and the cluster in their environment.
processes() {
    {
        find /proc/[0-9]*/fd -lname "$folder/log/slurmd.$node.log" 2>/dev/null
        grep -lzxsF "SLURMD_NODENAME=$node" /proc/[0-9]*/environ | xargs --no-run-if-empty grep -lzxsF "SLURM_CONF=$folder/slurm.conf"
    } | cut -d / -f 3 | sort -u || true
}

killed=0
while mapfile -t pids < <(processes) && ((${#pids[@]} > 0)); do
    kill -KILL "${pids[@]}" 2>/dev/null || true
    killed=$((killed + ${#pids[@]}))
    sleep 0.05
done
rm -f "$folder/run/slurmd.$node.pid"
echo "$node is off: $killed processes killed"
