"""scripts/plot_use.py draws the ladder of utilization and a week of load, leaves out what a run does not have, or says why not."""
import importlib.util
import re
import subprocess
import sys
import unittest

import fresh
from pictures import assert_drawn

SCRIPT = fresh.ROOT / "scripts" / "plot_use.py"
SHORT = ("--set", '/end="2026-07-16"')  # three days of demand_week are enough for most of what is asked here


def plot(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True)


def script():
    """The script as a module, for what it counts and gathers."""
    sys.path.insert(0, str(SCRIPT.parent))
    spec = importlib.util.spec_from_file_location("plot_use", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class PlotUse(unittest.TestCase):
    def test_a_ladder_and_a_week_beside_the_file(self):
        file = fresh.result("demand_week", *SHORT)
        assert_drawn(self, plot(file, "--ladder"), file.with_suffix("") / "ladder.png")
        assert_drawn(self, plot(file, "--week"), file.with_suffix("") / "week.png")

    def test_a_campus_of_three_kinds_has_a_panel_each_and_one_for_all(self):
        folder, file = fresh.folder() / "use", fresh.result("langfang_2026")
        one = assert_drawn(self, plot(fresh.result("01_one_rack"), "--ladder", "-o", folder / "one.png"), folder / "one.png")
        four = assert_drawn(self, plot(file, "--ladder", "-o", folder / "four.png"), folder / "four.png")
        self.assertEqual(one[0], four[0])
        self.assertGreater(four[1], 1.2 * one[1])
        assert_drawn(self, plot(file, "--week", "--from", "2028-09-01", "-o", folder / "week.png"), folder / "week.png")

    def test_panels_of_what_a_run_does_not_have_are_left_out(self):
        folder = fresh.folder() / "panels"
        whole = assert_drawn(self, plot(fresh.result("demand_week", *SHORT), "--week", "-o", folder / "all.png"), folder / "all.png")
        bare = assert_drawn(self, plot(fresh.result("01_one_rack"), "--week", "-o", folder / "bare.png"), folder / "bare.png")
        self.assertLess(bare[1], 0.75 * whole[1])  # no services and no queues: three panels of five
        none = assert_drawn(self, plot(fresh.result("demand_week", *SHORT, "--set", '/demand={"contracts":[]}'), "--week", "-o", folder / "none.png"),
                            folder / "none.png")
        self.assertLess(none[1], bare[1])

    def test_without_hours_there_is_a_ladder_and_no_week(self):
        file, picture = fresh.result("01_one_rack", "--detail", "build"), fresh.folder() / "days.png"
        assert_drawn(self, plot(file, "--ladder", "-o", picture), picture)
        done = plot(file, "--week")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--detail build", done.stderr)

    def test_what_stops_on_the_rungs_adds_up_to_what_is_planned(self):
        module = script()
        rows = module.Rows(module.Result(fresh.result("demand_week", *SHORT)), "pool")
        ladder = {rung: rows.total(rung) for rung in module.RUNGS}
        pieces = module.pieces(ladder)
        self.assertEqual(list(pieces), module.RUNGS[::-1])
        for total, planned in zip(sum(pieces.values()), ladder["design"], strict=True):
            self.assertAlmostEqual(total, planned, delta=1e-6 * planned)

    def test_means_keep_accelerator_hours(self):
        module = script()
        rows = module.Rows(module.Result(fresh.result("langfang_2026")), "pool")
        values = rows.values("live")
        edges, means, how = module.gathered(rows, values)
        self.assertEqual(how, "weekly means")  # three years
        hours = (edges[1:] - edges[:-1]).astype(float) / 3600.0
        for pool, exact in enumerate(rows.seconds @ values / 3600.0):
            self.assertAlmostEqual(float(hours @ means[:, pool]), exact, delta=1e-9 * exact)

    def test_faults_are_shaded_while_they_last_and_only_in_the_week(self):
        module = script()
        result = module.Result(fresh.result("demand_week"))
        (began, ended, name), = module.faults(result, *module.week_of(result, None))
        self.assertEqual((str(began), str(ended), name), ("2026-07-15T16:00:00", "2026-07-15T19:00:00", "demand_response"))  # as in the scenario
        self.assertEqual(module.faults(result, *module.week_of(result, module.np.datetime64("2026-07-16", "s"))), [])

    def test_a_long_run_shows_its_last_week_or_the_one_asked_for(self):
        module = script()
        result = module.Result(fresh.result("01_one_rack"))
        self.assertEqual([str(date) for date in module.week_of(result, None)], ["2026-12-25T00:00:00", "2027-01-01T00:00:00"])
        asked = module.week_of(result, module.np.datetime64("2026-12-29", "s"))
        self.assertEqual([str(date) for date in asked], ["2026-12-29T00:00:00", "2027-01-01T00:00:00"])
        rows = module.Rows(result, "contract", *module.week_of(result, module.np.datetime64("2026-03-02", "s")))
        self.assertEqual((len(rows.ends), str(rows.starts[0]), str(rows.ends[-1])), (168, "2026-03-02T00:00:00", "2026-03-09T00:00:00"))

    def test_dates_outside_the_run_and_what_is_no_result_are_refused(self):
        file = fresh.result("01_one_rack")
        for arguments, words in (((file, "--week", "--from", "2025-01-01"), "the run goes from 2026-01-01 to 2027-01-01"),
                                 ((file, "--week", "--from", "Monday"), "no date"), ((file,), "--ladder"),
                                 ((fresh.folder() / "absent.h5", "--ladder"), "aidcsim run"), ((SCRIPT, "--week"), "aidcsim run"),
                                 ((fresh.result("01_one_rack", "--replicates", "2"), "--ladder"), "/pool")):
            done = plot(*arguments)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn(words, done.stderr)

    def test_the_colours_are_those_of_the_ladder(self):
        source = (fresh.ROOT / "models" / "demand" / "ladder.hpp").read_text()
        rows = re.findall(r'\{Rung::(\w+), "(\w+)", "(#[0-9a-f]{6})"', source)
        self.assertEqual(list(script().RUNG_COLOURS.items()), [(name, colour) for _, name, colour in rows])
        self.assertEqual(list(script().STOPS), [name for _, name, _ in rows])


if __name__ == "__main__":
    unittest.main()
