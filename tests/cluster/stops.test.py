"""A worker of a sweep that is stopped, or killed, in its middle: run again, it gives what it would have given."""
import pathlib
import signal
import subprocess
import unittest

import h5py
import numpy as np

import fresh
import sweeps


def simulations(worker: subprocess.Popen) -> list[str]:
    return pathlib.Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()


class Stops(sweeps.Case):
    def at_work(self, name: str):
        """A sweep and its worker, with some blocks done and some not."""
        sweep = sweeps.Sweep(name)
        worker = sweep.start("-j", 2)
        self.addCleanup(worker.wait)
        self.addCleanup(worker.kill)
        self.assertTrue(sweeps.wait_for(lambda: len(sweep.there()) >= sweeps.BLOCKS // 5, 60), "no progress")
        self.assertIsNone(worker.poll())
        return sweep, worker

    def expect_part(self, sweep: sweeps.Sweep) -> None:
        self.assertLess(len(sweep.there()), sweeps.BLOCKS)
        self.assertEqual(fresh.aidcsim("sweep", "status", sweep.path).returncode, 3)

    def expect_same_when_run_again(self, sweep: sweeps.Sweep) -> None:
        before = sweep.written()
        sweeps.succeeds(sweep.run("-j", 2))
        self.expect_same(sweep)
        self.assertLessEqual(before.items(), sweep.written().items(), "a block was done twice")

    def test_a_killed_worker_leaves_whole_blocks_and_no_process(self):
        sweep, worker = self.at_work("killed")
        children = simulations(worker)
        worker.kill()
        worker.communicate(timeout=60)
        self.assertTrue(sweeps.wait_for(lambda: not any(pathlib.Path(f"/proc/{pid}/exe").exists() for pid in children), 10))
        self.expect_part(sweep)
        self.expect_same_when_run_again(sweep)

    def test_a_signal_stops_a_worker_that_asks_to_be_run_again(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
            with self.subTest(number.name):
                sweep, worker = self.at_work(number.name)
                worker.send_signal(number)
                _, words = worker.communicate(timeout=60)
                self.assertEqual(worker.returncode, 75, words)
                self.assertEqual([path.name for path in (sweep.path / "blocks").iterdir() if path.suffix != ".h5"], [])
                self.expect_part(sweep)
                if number == signal.SIGTERM:
                    self.expect_same_when_run_again(sweep)

    def test_two_workers_on_the_same_blocks_do_no_harm(self):
        sweep = sweeps.Sweep("twice")
        workers = [sweep.start("-j", 1) for _ in range(2)]
        for worker in workers:
            _, words = worker.communicate(timeout=60)
            self.assertEqual(worker.returncode, 0, words)
        self.expect_same(sweep)

    def test_what_is_missing_is_told_and_reads_as_missing(self):
        sweep = sweeps.Sweep("part")
        sweeps.succeeds(sweep.run("--task", "1/4"))
        self.assertEqual(sweep.there(), set(range(1, sweeps.BLOCKS, 4)))
        there = np.arange(sweeps.RUNS) // sweeps.BLOCK % 4 == 1
        for options in ((), ("--copy",)):
            self.assertEqual(fresh.aidcsim("sweep", "collect", sweep.path, *options).returncode, 3)
            with h5py.File(sweep.path / "index.h5") as file:
                np.testing.assert_array_equal(file["run/status"][...], np.where(there, sweeps.OK, sweeps.MISSING))
                np.testing.assert_array_equal(np.isnan(file["run/planned_or_live_accelerator_h"][...]), ~there)
                np.testing.assert_array_equal(np.isnan(file["run_month/live_W"][...]).all(axis=(1, 2)), ~there)
        for k in (0, 2, 3):
            sweeps.succeeds(sweep.run("--task", f"{k}/4"))
        self.expect_same(sweep)


if __name__ == "__main__":
    unittest.main()
