"""One sweep of 400 points, to be computed in many ways, and what must be the same however it was computed."""
import dataclasses
import functools
import hashlib
import pathlib
import re
import subprocess
import time
import unittest

import h5py
import numpy as np

import fresh

POINTS, REPLICATES, BLOCK = 400, 4, 20
RUNS = POINTS * REPLICATES
BLOCKS = RUNS // BLOCK
PLAN = ("tests/fixtures/small_campus.json", "--vary", "/makers/0/backlog_units=0:190:20", "--vary",
        "/templates/hall/activities/1/work_days=10:29:20", "--sample", "grid", "--replicates", REPLICATES, "--detail", "build",
        "--block", BLOCK)
MISSING, OK = 0, 1


def wait_for(condition, seconds: float, every_s: float = 0.01) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(every_s)
    return False


def sha256(path: pathlib.Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def succeeds(done: subprocess.CompletedProcess) -> str:
    """Standard output of a command that must end with 0."""
    assert done.returncode == 0, f"{done.args} ended with {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


class Sweep:
    """The sweep, planned anew in a folder of its own: what is computed does not depend on when it was planned."""

    def __init__(self, name: str):
        self.path = fresh.folder() / name
        succeeds(fresh.aidcsim("sweep", "plan", *PLAN, "-q", "-o", self.path))

    def run(self, *options) -> subprocess.CompletedProcess:
        return fresh.aidcsim("sweep", "run", self.path, "-q", *options)

    def start(self, *options) -> subprocess.Popen:
        words = [fresh.AIDCSIM, "sweep", "run", self.path, "-q", *options]
        return subprocess.Popen([str(word) for word in words], stderr=subprocess.PIPE, text=True, cwd=fresh.ROOT)

    def there(self, k: int = 0, of: int = 1) -> set[int]:
        """Numbers of the blocks that exist, of those that worker k of K does."""
        return {int(path.stem) for path in (self.path / "blocks").glob("??????.h5") if int(path.stem) % of == k}

    def written(self) -> dict[str, int]:
        """When each block was written, in ns."""
        return {path.name: path.stat().st_mtime_ns for path in (self.path / "blocks").glob("??????.h5")}

    def script(self, kind: str, *options) -> pathlib.Path:
        file = fresh.folder() / f"{self.path.name}.{kind}.sh"
        succeeds(fresh.aidcsim("sweep", "script", kind, self.path, *options, "-o", file))
        return file

    def result(self) -> "Result":
        """Collects a sweep that must be whole: no run lost, none twice, none failed."""
        succeeds(fresh.aidcsim("sweep", "status", self.path))
        data, index = [], []
        for options in ((), ("--copy",)):
            words = succeeds(fresh.aidcsim("sweep", "collect", self.path, *options))
            data += re.findall(r"data sha256 ([0-9a-f]{64})", words)
            index.append(sha256(self.path / "index.h5"))
        with h5py.File(self.path / "index.h5") as file:
            runs = np.arange(RUNS)
            for name, values in (("run", runs), ("point", runs // REPLICATES), ("replicate", runs % REPLICATES), ("status", runs * 0 + OK)):
                np.testing.assert_array_equal(file[f"run/{name}"][...], values, name)
        blocks = sorted((self.path / "blocks").glob("*.h5"))
        numbers = []
        for path in blocks:
            with h5py.File(path) as file:
                numbers += list(file["run/number"][...])
        np.testing.assert_array_equal(sorted(numbers), runs, "runs in the blocks")
        return Result(data, index, {path.name: sha256(path) for path in blocks})


@dataclasses.dataclass(frozen=True)
class Result:
    """What must not depend on who computed it."""

    data: list[str]  # SHA-256 as `collect` and `collect --copy` print it
    index: list[str]  # of what they write
    blocks: dict[str, str]


@functools.cache
def undisturbed() -> Result:
    """The same sweep computed by one worker that nothing happens to."""
    sweep = Sweep("undisturbed")
    succeeds(sweep.run("-j", 2))
    return sweep.result()


class Case(unittest.TestCase):
    def expect_same(self, sweep: Sweep) -> None:
        """A sweep that is whole, and bit for bit what one worker computes."""
        result, wanted = sweep.result(), undisturbed()
        self.assertEqual(len(wanted.data), 2)
        self.assertEqual(set(result.data), set(wanted.data[:1]), "numbers of all runs")
        self.assertEqual(result.blocks, wanted.blocks)
        self.assertEqual(result.index, wanted.index, "index.h5, without and with --copy")
