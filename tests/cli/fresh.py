"""A fresh result of a scenario, for the tests of what people look at.

AIDCSIM names the program; the folder of the results is removed at the end.
"""
import atexit
import functools
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
AIDCSIM = os.environ["AIDCSIM"]


@functools.cache
def folder() -> pathlib.Path:
    made = pathlib.Path(tempfile.mkdtemp(prefix="aidcsim_"))
    atexit.register(shutil.rmtree, made)
    return made


def aidcsim(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([AIDCSIM, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT)


@functools.cache
def result(scenario: str, *options: str) -> pathlib.Path:
    """Runs scenarios/<scenario>.json once and gives the path of its result."""
    path = folder() / f"{scenario}{''.join(options).replace('/', '_')}.h5"
    done = aidcsim("run", f"scenarios/{scenario}.json", "-o", path, "-q", *options)
    assert done.returncode == 0, done.stderr
    return path


def children(process: subprocess.Popen) -> list[int]:
    try:
        return [int(word) for word in pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    except OSError:
        return []


def wait_for(condition, seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.002)
    return False
