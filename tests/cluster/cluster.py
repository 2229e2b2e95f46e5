"""The cluster of scripts/cluster for the time of a test: a real Slurm of three nodes on this machine."""
import os
import pathlib
import re
import subprocess
import tempfile

import fresh
import sweeps

SCRIPTS = fresh.ROOT / "scripts/cluster"


class Cluster:
    def __init__(self, nodes: int):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="aidc_"))
        self.environment = os.environ | {"AIDC_CLUSTER": str(self.folder), "SLURM_CONF": str(self.folder / "slurm.conf")}
        # Also when this process is killed: the cluster goes when the process does.
        watch = f"tail --pid={os.getpid()} -f /dev/null; '{SCRIPTS}/down.sh' --remove"
        subprocess.run(["setsid", "--fork", "bash", "-c", watch], env=self.environment, check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.nodes = nodes

    def up(self) -> None:
        """Starts the nodes that are down: all of them at first."""
        self.call(SCRIPTS / "up.sh", self.nodes)

    def call(self, *words) -> str:
        done = subprocess.run([str(word) for word in words], env=self.environment, cwd=fresh.ROOT, capture_output=True, text=True, timeout=120)
        return sweeps.succeeds(done)

    def down(self) -> None:
        self.call(SCRIPTS / "down.sh", "--remove")

    def kill(self, node: str) -> None:
        self.call(SCRIPTS / "kill_node.sh", node)

    def submit(self, script: pathlib.Path) -> list[int]:
        """Runs a script that submits jobs and prints their ids."""
        return [int(word) for word in re.findall(r"\b\d+\b", self.call("bash", script))]

    def node_of(self, job: str) -> str:
        """Where a job, or task of an array, runs now; empty when it does not."""
        return self.call("squeue", "-h", "-t", "R", "-j", job, "-o", "%N").strip()

    def pending_or_running(self) -> list[str]:
        return self.call("squeue", "-h", "-r", "-o", "%i").split()

    def facts(self, job: str) -> dict[str, str]:
        """What scontrol tells of a job, or task of an array."""
        return dict(re.findall(r"(\w+)=(\S*)", self.call("scontrol", "show", "job", "-o", job)))
