#!/usr/bin/env python3
"""Workers of a sweep beside bare loops: sweep_workers.py [AIDCSIM] [SCENARIO] [RUNS]

Prints the wall time of RUNS replicates by one and by two workers, the speed-up beside that of two loops that do nothing else (what the
machine has to give), and what a run costs above the CPU of its simulation.
"""
import json
import multiprocessing
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def bare_loop(turns: int) -> None:
    x = 0
    for i in range(turns):
        x += i * i


def wall_of_loops(processes: int, turns: int) -> float:
    """Seconds for so many turns by so many processes together."""
    began = time.perf_counter()
    loops = [multiprocessing.Process(target=bare_loop, args=(turns // processes,)) for _ in range(processes)]
    for loop in loops:
        loop.start()
    for loop in loops:
        loop.join()
    return time.perf_counter() - began


def wall_of_sweep(program: str, scenario: str, runs: int, jobs: int) -> tuple[float, float]:
    """Wall time of a worker, and CPU seconds of its simulations."""
    with tempfile.TemporaryDirectory() as folder:
        sweep = pathlib.Path(folder) / "sweep"
        words = [program, "sweep", "plan", scenario, "--replicates", str(runs), "--detail", "build", "-q", "-o", str(sweep)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        began = time.perf_counter()
        subprocess.run([program, "sweep", "run", str(sweep), "-j", str(jobs), "-q"], check=True)
        wall_s = time.perf_counter() - began
        status = subprocess.run([program, "sweep", "status", str(sweep), "--json"], check=True, capture_output=True, text=True)
        return wall_s, json.loads(status.stdout)["cpu_s"]


def main() -> None:
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build/release/aidcsim")
    scenario = sys.argv[2] if len(sys.argv) > 2 else str(ROOT / "scenarios/bytedance_2026.json")
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    loops_s = [wall_of_loops(n, 60_000_000) for n in (1, 2)]
    sweeps = [wall_of_sweep(program, scenario, runs, n) for n in (1, 2)]
    print(f"{runs} runs of {pathlib.Path(scenario).name}: one worker {sweeps[0][0]:.1f} s, two {sweeps[1][0]:.1f} s")
    print(f"speed-up of two workers {sweeps[0][0] / sweeps[1][0]:.2f}, of two bare loops {loops_s[0] / loops_s[1]:.2f}")
    for n, (wall_s, cpu_s) in enumerate(sweeps, start=1):
        above_ms = 1e3 * (n * wall_s - cpu_s) / runs
        print(f"{n} worker{'s' if n > 1 else ''}: a run takes {1e3 * cpu_s / runs:.1f} ms of CPU in its process and {above_ms:.1f} ms of a worker above that")


if __name__ == "__main__":
    main()
