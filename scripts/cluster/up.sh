#!/usr/bin/env bash
# Starts a real Slurm of several nodes on this machine: munged, slurmctld and one slurmd a node. No systemd, no root needed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
    cat <<'TEXT'
usage: scripts/cluster/up.sh [NODES=3] [CPUS_PER_NODE=1]

Starts nodes n1 ... nNODES and waits until all are idle. Run again, it starts those that are down.
  source $AIDC_CLUSTER/env.sh     then sbatch, squeue, scontrol and so on talk to this cluster
  scripts/cluster/kill_node.sh    a power failure of one node
  scripts/cluster/down.sh         the end
AIDC_CLUSTER names its folder (default: ${TMPDIR:-/tmp}/aidc_cluster.UID), AIDC_CLUSTER_PORT the first of NODES + 1 ports
(default: some that are free). Clusters in different folders live side by side.
TEXT
}

case "${1:-}" in
    -h | --help) usage; exit 0 ;;
esac
nodes=${1:-3} cpus=${2:-1}
if (($# > 2)) || ! [[ $nodes =~ ^[1-9][0-9]?$ && $cpus =~ ^[1-9][0-9]*$ ]]; then
    usage >&2
    exit 2
fi
folder=$(realpath -m "${AIDC_CLUSTER:-${TMPDIR:-/tmp}/aidc_cluster.$UID}")
PATH=$PATH:/usr/sbin

fail() {
    echo "up: $*" >&2
    exit 1
}

# The name of a UNIX socket has 107 characters at most, and a job step makes one some levels down.
((${#folder} <= 60)) || fail "the name of the folder is too long, 60 characters at most: $folder"
for program in munged slurmctld slurmd sinfo; do
    command -v "$program" >/dev/null || fail "no $program: scripts/setup.sh --tests installs it"
done

# alive PID_FILE: not when the number has gone to a process of somebody else.
alive() { [[ -s $1 ]] && grep -qsF "$folder/" "/proc/$(<"$1")/cmdline"; }

used() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The first of a row of ports that nobody listens to. Starting at a place of our own keeps two clusters that start at once apart.
free_ports() {
    local first port
    for ((first = 10000 + $$ % 200 * 100; ; first += 100)); do
        for ((port = first; port <= first + nodes; port++)); do
            used "$port" && continue 2
        done
        echo "$first"
        return
    done
}

write_files() {
    local host port=$1 user i
    host=$(hostname -s) user=$(id -un)
    cat >"$folder/slurm.conf" <<CONF
ClusterName=aidc
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$user
SlurmdUser=$user
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
LaunchParameters=disable_send_gids
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/slurmd.%n.pid
SlurmdSpoolDir=$folder/spool/%n
StateSaveLocation=$folder/state
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.%n.log
SlurmctldDebug=verbose
ReturnToService=2
MinJobAge=3600
AuthInfo=socket=$folder/run/munge.socket,cred_expire=5
# A dead node is noticed after about 6 s and its jobs start elsewhere cred_expire + 1 s later; a real cluster takes minutes.
SlurmdTimeout=1
MessageTimeout=3
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0
PartitionName=main Nodes=ALL Default=YES State=UP
CONF
    for ((i = 1; i <= nodes; i++)); do
        echo "NodeName=n$i NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + i)) CPUs=$cpus RealMemory=2000"
    done >>"$folder/slurm.conf"
    echo "export AIDC_CLUSTER='$folder' SLURM_CONF='$folder/slurm.conf'" >"$folder/env.sh"
}

# A state with a star behind it is that of a node that does not answer.
all_up() { [[ $(sinfo -h -N -o '%N %t' 2>/dev/null | grep -cE ' (idle|mix|alloc)$') == "$nodes" ]]; }

if ! alive "$folder/run/slurmctld.pid"; then
    mkdir -p "$folder"/{state,spool,log,run}
    chmod 755 "$folder" "$folder"/{run,log}
    write_files "${AIDC_CLUSTER_PORT:-$(free_ports)}"
elif [[ $(grep -c "^NodeName=.* CPUs=$cpus " "$folder/slurm.conf") != "$nodes" ]]; then
    fail "a cluster of other nodes runs in $folder: scripts/cluster/down.sh first"
fi
# shellcheck source=/dev/null
source "$folder/env.sh"

no_cluster() {
    tail -n 15 "$folder"/log/*.log >&2 || true
    AIDC_CLUSTER=$folder "$here/down.sh" >/dev/null
    fail "no cluster; its logs are in $folder/log"
}
trap no_cluster ERR
if ! alive "$folder/run/munged.pid"; then
    [[ -f $folder/munge.key ]] || (umask 077 && head -c 1024 /dev/urandom >"$folder/munge.key")
    munged --force --num-threads=2 --key-file="$folder/munge.key" --socket="$folder/run/munge.socket" \
        --pid-file="$folder/run/munged.pid" --seed-file="$folder/run/munged.seed" --log-file="$folder/log/munged.log"
fi
alive "$folder/run/slurmctld.pid" || slurmctld -c -f "$SLURM_CONF"
for ((i = 1; i <= nodes; i++)); do
    mkdir -p "$folder/spool/n$i"
    alive "$folder/run/slurmd.n$i.pid" || slurmd -N "n$i" -f "$SLURM_CONF"
done
for ((i = 0; i < 200; i++)); do
    all_up && break
    sleep 0.1
done
all_up
echo "$nodes nodes are up; source $folder/env.sh"
