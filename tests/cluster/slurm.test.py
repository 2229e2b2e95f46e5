"""A sweep on a cluster: the script that `sweep script slurm` writes, on three nodes, of which one has a power failure."""
import unittest

import sweeps
from cluster import Cluster

NODES = 3


class Slurm(sweeps.Case):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster(NODES)
        cls.addClassCleanup(cls.cluster.down)

    def setUp(self):
        self.cluster.up()

    def submitted(self, name: str):
        """A sweep, and the ids of its array, its top-up and its collect job."""
        sweep = sweeps.Sweep(name)
        script = sweep.script("slurm", "--tasks", NODES, "--cpus", 1, "--time", "00:10:00")
        array, top_up, collect = self.cluster.submit(script)
        return sweep, array, top_up, collect

    def wait_until_at_work(self, sweep: sweeps.Sweep, array: int, k: int) -> str:
        """Until task k has done some of its blocks, and gives its node."""
        self.assertTrue(sweeps.wait_for(lambda: len(sweep.there(k, NODES)) >= 2, 60), f"task {k} does nothing")
        return self.cluster.node_of(f"{array}_{k}")

    def expect_part(self, sweep: sweeps.Sweep, k: int) -> None:
        done, all_of_them = sweep.there(k, NODES), range(k, sweeps.BLOCKS, NODES)
        self.assertGreaterEqual(len(done), 2)
        self.assertLess(len(done), len(all_of_them), "the task was through before it was stopped")

    def wait_for_the_end(self, seconds: float) -> None:
        ended = sweeps.wait_for(lambda: not self.cluster.pending_or_running(), seconds, every_s=0.2)
        self.assertTrue(ended, self.cluster.pending_or_running())

    def test_a_node_fails(self):
        sweep, array, top_up, collect = self.submitted("a node fails")
        task = f"{array}_1"
        node = self.wait_until_at_work(sweep, array, 1)
        self.assertRegex(node, r"^n\d$")
        self.cluster.kill(node)
        self.expect_part(sweep, 1)
        before = sweep.written()
        self.wait_for_the_end(120)
        self.assertEqual(self.cluster.facts(task)["Restarts"], "1")
        self.assertNotEqual(self.cluster.facts(task)["BatchHost"], node)
        for job in (*(f"{array}_{k}" for k in range(NODES)), str(top_up), str(collect)):
            self.assertEqual(self.cluster.facts(job)["JobState"], "COMPLETED", job)
        self.assertTrue((sweep.path / "index.h5").exists())
        self.expect_same(sweep)
        self.assertLessEqual(before.items(), sweep.written().items(), "a block was done twice")

    def test_a_cancelled_task_is_done_by_the_top_up(self):
        sweep, array, top_up, collect = self.submitted("it's cancelled")
        self.wait_until_at_work(sweep, array, 2)
        self.cluster.call("scancel", f"{array}_2")
        self.expect_part(sweep, 2)
        self.wait_for_the_end(90)
        self.assertEqual(self.cluster.facts(f"{array}_2")["JobState"], "CANCELLED")
        self.assertEqual(self.cluster.facts(str(collect))["JobState"], "COMPLETED")
        self.expect_same(sweep)


if __name__ == "__main__":
    unittest.main()
