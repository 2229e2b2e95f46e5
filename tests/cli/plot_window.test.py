"""scripts/plot_window.py draws fault windows of one run or of several, or says why not."""
import importlib.util
import subprocess
import sys
import unittest

import fresh
from pictures import assert_drawn

SCRIPT = fresh.ROOT / "scripts" / "plot_window.py"


def plot(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True)


def script():
    """The script as a module, for what it counts and places."""
    sys.path.insert(0, str(SCRIPT.parent))
    spec = importlib.util.spec_from_file_location("plot_window", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class PlotWindow(unittest.TestCase):
    def test_one_run_beside_its_file(self):
        file = fresh.result("outage_10min")
        assert_drawn(self, plot(file), file.with_suffix("") / "window.png")

    def test_two_runs_in_seconds_are_wider_than_one(self):
        waits = fresh.result("outage_10min", "--set", "/campuses/0/buildings/0/plant/on_ups=[]")
        folder = fresh.folder() / "windows"
        one = assert_drawn(self, plot(waits, "-o", folder / "one.png", "--minutes", 1), folder / "one.png")
        two = assert_drawn(self, plot(fresh.result("outage_10min"), waits, "-o", folder / "two.png", "--minutes", 1, "--title", "on UPS", "not"),
                           folder / "two.png")
        self.assertGreater(two[0], 1.5 * one[0])
        self.assertEqual(two[1], one[1])

    def test_a_window_of_hours_with_racks_that_fall(self):
        picture = fresh.folder() / "gensets.png"
        assert_drawn(self, plot(fresh.result("genset_fail"), "-o", picture), picture)

    def test_the_window_that_lost_most_is_taken_and_any_other_can_be_asked_for(self):
        module = script()
        file = fresh.result("cdu_leak")
        self.assertEqual(module.Window(file, None).number, 1)  # ten racks by a CDU, after one by a leak
        picture = fresh.folder() / "leak.png"
        assert_drawn(self, plot(file, "--window", 0, "-o", picture), picture)
        done = plot(file, "--window", 2)
        self.assertEqual(done.returncode, 2)
        self.assertIn("windows 0 to 1", done.stderr)

    def test_events_are_marked_when_they_happen(self):
        marks = {kind: (minute, count) for minute, kind, _, count in script().Window(fresh.result("genset_fail"), None).marks()}
        self.assertLess(marks["power_lost"][0], marks["start_ordered"][0])
        self.assertLess(marks["start_ordered"][0], marks["capped"][0])
        self.assertAlmostEqual(marks["standing_by"][0], 125.0, delta=0.1)  # two hours, and five minutes of good mains

    def test_words_never_touch_in_their_row(self):
        rows_of = script().rows_of
        self.assertEqual(rows_of([0.0, 0.1, 0.2, 0.5], [0.15, 0.15, 0.15, 0.15]), [0, 1, 0, 0])
        self.assertEqual(rows_of([0.0, 0.0, 0.0], [0.2, 0.2, 0.2]), [0, 1, 2])

    def test_a_run_without_a_window_is_refused(self):
        done = plot(fresh.result("01_one_rack"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("nothing was lost in that run", done.stderr)

    def test_what_is_no_result_is_refused(self):
        for file in (fresh.folder() / "absent.h5", SCRIPT):
            self.assertEqual(plot(file).returncode, 2)


if __name__ == "__main__":
    unittest.main()
