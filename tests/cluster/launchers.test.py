"""A sweep by what starts processes: mpirun and GNU parallel, with the scripts that `sweep script` writes."""
import os
import shutil
import subprocess
import unittest

import fresh
import sweeps

# More ranks than cores, and root, which containers are.
OPEN_MPI = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_rmaps_base_oversubscribe": "1",
            "PRTE_ALLOW_RUN_AS_ROOT": "1", "PRTE_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "PRTE_MCA_rmaps_default_mapping_policy": ":oversubscribe"}
TASKS = 4


class Launchers(sweeps.Case):
    def setUp(self):
        for program in ("mpirun", "parallel"):
            self.assertIsNotNone(shutil.which(program), f"no {program}: scripts/setup.sh --tests installs it")

    def launch(self, *words) -> None:
        words = [str(word) for word in words]
        sweeps.succeeds(subprocess.run(words, env=os.environ | OPEN_MPI, cwd=fresh.ROOT, capture_output=True, text=True, timeout=120))

    def expect_every_task(self, sweep: sweeps.Sweep) -> None:
        """Each worker did a part: a launcher whose ranks all take themselves for the first would still get everything done."""
        names = [path.name for path in (sweep.path / "logs").glob("*.jsonl")]
        self.assertEqual(sorted(name.split(".")[0] for name in names), [f"{k}-of-{TASKS}" for k in range(TASKS)])

    def test_mpirun(self):
        sweep = sweeps.Sweep("mpirun")
        self.launch("mpirun", "-n", TASKS, fresh.AIDCSIM, "sweep", "run", sweep.path, "--task", "auto", "-j", 1, "-q")
        self.expect_every_task(sweep)
        self.expect_same(sweep)

    def test_scripts(self):
        for kind in ("mpi", "parallel"):
            with self.subTest(kind):
                sweep = sweeps.Sweep(kind)
                self.launch("bash", sweep.script(kind, "--tasks", TASKS, "--cpus", 1))
                self.expect_every_task(sweep)
                self.expect_same(sweep)


if __name__ == "__main__":
    unittest.main()
