"""scripts/plot_contingency.py and plot_availability.py draw what their commands print and write, or say why not."""
import importlib.util
import json
import subprocess
import sys
import unittest

import fresh
from pictures import assert_drawn

SCRIPTS = fresh.ROOT / "scripts"


def plot(name: str, *arguments, **options) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, SCRIPTS / f"{name}.py", *map(str, arguments)], capture_output=True, text=True, **options)


def script(name: str):
    sys.path.insert(0, str(SCRIPTS))
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def contingencies(*options) -> str:
    done = fresh.aidcsim("contingency", "scenarios/langfang_2026.json", "--json", "-q", *options)
    assert done.returncode in (0, 4), done.stderr
    return done.stdout


class PlotContingency(unittest.TestCase):
    def test_a_file_and_standard_input_give_the_same_picture(self):
        text = contingencies()
        file = fresh.folder() / "contingencies.json"
        file.write_text(text)
        assert_drawn(self, plot("plot_contingency", file), file.with_suffix(".png"))
        other = fresh.folder() / "piped.png"
        assert_drawn(self, plot("plot_contingency", "-", "-o", other, input=text), other)
        self.assertEqual(other.read_bytes(), file.with_suffix(".png").read_bytes())

    def test_contingencies_with_one_course_are_one_bar_and_none_is_lost(self):
        module = script("plot_contingency")
        campus = json.loads(contingencies())[0]
        costly = [one for one in campus["contingencies"] if module.loses(one["failed"]) or module.loses(one["planned"])]
        bars: dict = {}
        for one in costly:
            bars.setdefault(module.course(one), []).append(one)
        self.assertLess(len(bars), len(costly))
        for bar in bars.values():
            self.assertEqual(len({one["failed"]["racks_lost_most"] for one in bar}), 1)
            self.assertIn(bar[0]["family"], module.label(bar, campus["campus"]))
        worst = max(costly, key=lambda one: one["failed"]["racks_lost_most"])
        self.assertEqual(module.label([worst], campus["campus"]), "switchgear: bus")

    def test_a_campus_that_loses_nothing_and_two_campuses_are_drawn(self):
        campus = json.loads(contingencies())[0]
        quiet = {**campus, "contingencies": [one for one in campus["contingencies"] if one["failed"]["racks_lost_most"] == 0], "breaks_tier": []}
        picture = fresh.folder() / "two.png"
        assert_drawn(self, plot("plot_contingency", "-", "-o", picture, input=json.dumps([campus, quiet])), picture)

    def test_how_soon_has_a_word_for_every_time(self):
        soon = script("plot_contingency").soon
        self.assertEqual([soon(s)[0] for s in (1, 33, 799, 7200, None)],
                         ["at once", "within a minute", "within a quarter of an hour", "later", "never: throttled only"])

    def test_other_input_is_refused(self):
        for text in ("", "{}", "[]", "[1]"):
            done = plot("plot_contingency", "-", "-o", fresh.folder() / "no.png", input=text)
            self.assertEqual(done.returncode, 2, text)
            self.assertIn("aidcsim contingency", done.stderr)
        self.assertEqual(plot("plot_contingency", "-", input="[]").returncode, 2)  # no name for the picture


class PlotAvailability(unittest.TestCase):
    def years(self, count: int):
        file = fresh.folder() / f"years_{count}.h5"
        if not file.exists():
            done = fresh.aidcsim("availability", "scenarios/langfang_2026.json", "--years", count, "-o", file, "-q")
            self.assertEqual(done.returncode, 0, done.stderr)
        return file

    def test_many_years_and_one(self):
        for count in (100, 1):
            file = self.years(count)
            assert_drawn(self, plot("plot_availability", file), file.with_suffix(".png"))

    def test_years_and_causes_are_the_same_hours(self):
        years = script("plot_availability").Years(self.years(100))
        self.assertEqual(years.count, 100)
        self.assertEqual(len(years.by_year["langfang"]), 100)
        self.assertAlmostEqual(years.by_year["langfang"].mean(), years.lost.sum(), delta=1e-6 * years.lost.sum())
        self.assertAlmostEqual(sum(part.sum() for part in years.by_why.values()), years.lost.sum(), delta=1e-6 * years.lost.sum())

    def test_other_files_are_refused(self):
        for file in (fresh.folder() / "absent.h5", SCRIPTS / "plot_availability.py", fresh.result("01_one_rack")):
            done = plot("plot_availability", file)
            self.assertEqual(done.returncode, 2)
            self.assertIn("aidcsim availability", done.stderr)


if __name__ == "__main__":
    unittest.main()
