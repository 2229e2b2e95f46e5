#!/usr/bin/env python3
"""aidcsim on faulty input: exit code 2, a message with file, line and pointer, and nothing written.

Usage: run.py AIDCSIM SOURCE_FOLDER
"""
import copy
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BINARY = ""
SOURCE = Path()


def line_of(text: str, part: str) -> int:
    """Number of the first line that holds the part."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


class BadInput(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = Path(self.temporary.name)
        text = (SOURCE / "tests/unit/sim/scenario/one_hall.json").read_text()
        self.good = json.loads(text.split("\n", 1)[1])      # its first line is a comment

    def aidcsim(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run([BINARY, *words], cwd=self.folder, capture_output=True, text=True, timeout=60)

    def refused(self, text: str, pointer: str, message: str, at: str, lines_after: int = 0) -> None:
        """The file is refused at (or some lines after) the first line that holds `at`, and the folder stays as it is."""
        (self.folder / "case.json").write_text(text)
        before = sorted(self.folder.rglob("*"))
        result = self.aidcsim("run", "case.json")
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertEqual(result.stdout, "")
        place = f"error: case.json:{line_of(text, at) + lines_after}: " + (f"{pointer}: " if pointer else "")
        lines = [line for line in result.stderr.splitlines() if line.startswith(place)]
        self.assertTrue(any(message in line for line in lines), f"no line with {place!r} and {message!r} in\n{result.stderr}")
        self.assertIn("nothing was written", result.stderr)
        self.assertEqual(sorted(self.folder.rglob("*")), before)

    def patched(self, change) -> str:
        scenario = copy.deepcopy(self.good)
        change(scenario)
        return json.dumps(scenario, indent=1)

    def test_the_case_itself_is_sound(self):
        (self.folder / "case.json").write_text(json.dumps(self.good))
        self.assertEqual(self.aidcsim("check", "case.json").returncode, 0)

    def test_a_misspelt_key(self):
        text = self.patched(lambda s: s["racks"][0].update({"sevrers": s["racks"][0].pop("servers")}))
        self.refused(text, "/racks/0/sevrers", 'did you mean "servers"?', '"sevrers"')

    def test_a_missing_unit(self):
        text = self.patched(lambda s: s["campuses"][0]["transformers"].update({"rating": s["campuses"][0]["transformers"].pop("rating_kW")}))
        self.refused(text, "/campuses/0/transformers/rating", "has no unit (the key carries it); use one of rating_W, rating_kW, rating_MW", '"rating":')

    def test_a_wrong_type(self):
        self.refused(self.patched(lambda s: s.update(seed="seven")), "/seed", 'needs a number, not the text "seven"', '"seed"')

    def test_an_unknown_catalogue_name(self):
        text = self.patched(lambda s: s["campuses"][0]["buildings"][0]["halls"][0].update(ups={"use": "usp"}))
        self.refused(text, "/campuses/0/buildings/0/halls/0/ups/use", 'called "usp"; did you mean "ups"?', '"usp"')

    def test_a_circle_of_activities(self):
        def close(s):
            s["campuses"][0]["activities"][0]["after"] = ["grid"]
        self.refused(self.patched(close), "/campuses/0/activities/0", "site/permit waits for site/grid waits for site/permit", '"activities"', 1)

    def test_an_order_before_the_start(self):
        text = self.patched(lambda s: s["orders"][0].update(placed="2025-01-01"))
        self.refused(text, "/orders/0/placed", "2025-01-01 is before the start", '"placed"')

    def test_a_capacity_of_nothing(self):
        text = self.patched(lambda s: s["makers"][1]["capacity"][0].update(units_per_year=0))
        self.refused(text, "/makers/1/capacity/0/units_per_year", "is 0 and must be above 0", '"units_per_year": 0')

    def test_weather_that_cannot_be_read(self):
        def use_file(s):
            del s["climates"][0]["normals"]
            s["climates"][0]["epw"] = "none.epw"
        self.refused(self.patched(use_file), "/climates/0/epw", "none.epw: cannot be read", '"epw"')

    def test_a_plant_that_is_too_small(self):
        def shrink(s):
            coolers = s["campuses"][0]["buildings"][0]["plant"]["coolers"]
            coolers["units"] = 2
            coolers["pads"]["effectiveness"] = 0
        self.refused(self.patched(shrink), "/campuses/0/buildings/0/plant/coolers/units", "are short by", '"coolers": {', 1)

    def test_measured_heat_that_cannot_be_read(self):
        def replay(s):
            s["traces"] = [{"hall": "site/A/1", "csv": "heat.csv", "columns": "pod"}]
        (self.folder / "heat.csv").write_text("time,pod1\n0,1000\n15,none\n")
        self.refused(self.patched(replay), "/traces/0/csv", 'heat.csv:3: field 2 ("none") is not a number', '"heat.csv"')

    def test_a_circle_in_the_power_chain(self):
        def close(s):
            s["campuses"][0]["power"] = {"nodes": [
                {"name": "grid", "kind": "feed"}, {"name": "engines", "kind": "genset", "group": "gensets"},
                {"name": "iron", "kind": "transformer", "group": "transformers", "fed_by": ["grid", "bus"]},
                {"name": "bus", "kind": "switchgear", "fed_by": ["iron", "engines"]}]}
        self.refused(self.patched(close), "/campuses/0/power/nodes", "iron is fed by bus is fed by iron", '"nodes"')

    def test_two_feeds_that_are_one(self):
        def join(s):
            s["campuses"][0]["power"] = {"nodes": [
                {"name": "line_1", "kind": "feed", "station": "north"}, {"name": "line_2", "kind": "feed", "station": "north"},
                {"name": "main_iron", "kind": "transformer", "group": "transformers", "fed_by": ["line_1", "line_2"]},
                {"name": "engines", "kind": "genset", "group": "gensets"},
                {"name": "bus", "kind": "switchgear", "fed_by": ["main_iron", "engines"]}]}
        self.refused(self.patched(join), "/campuses/0/power/nodes/2", "both come from station north (one failure takes both)", '"name": "main_iron"', -1)

    def test_a_battery_without_a_charger(self):
        text = self.patched(lambda s: s["campuses"][0]["buildings"][0]["halls"][0].update(
            ups={"use": "ups", "battery": {"charger_share": 0}}))
        self.refused(text, "/campuses/0/buildings/0/halls/0/ups/battery/charger_share", "never comes back after the first outage", '"charger_share"')

    def test_a_fault_of_an_unknown_group(self):
        text = self.patched(lambda s: s.update(faults=[{"name": "dark", "campus": "site", "at": "2026-07-15", "for_min": 10, "group": "feeds/gird"}]))
        self.refused(text, "/faults/0/group", 'called "feeds/gird"; did you mean "feeds/grid"?', '"feeds/gird"')

    def test_a_price_that_cannot_be_read(self):
        def respond(s):
            s["campuses"][0]["power"] = {"price": {"csv": "price.csv", "column": "USD_per_MWh", "above_per_MWh": 1000, "import_cap_MW": 1}}
        (self.folder / "price.csv").write_text("# of a test\ntime,USD_per_MWh\n2026-07-15 00:00,20\n2026-07-15 01:00,high\n")
        self.refused(self.patched(respond), "/campuses/0/power/price/csv", 'price.csv:4: has "high" as price, which is not a number', '"price.csv"')
        (self.folder / "price.csv").write_text("time,USD_per_MWh\n2021-02-15 00:00,20\n2021-02-15 01:00,9000\n")
        self.refused(self.patched(respond), "/campuses/0/power/price/csv", "no price between start and end of the scenario", '"price.csv"')

    def test_spares_without_a_time_to_exchange_them(self):
        text = self.patched(lambda s: s["campuses"][0].update(power={"reliability": {"cdu": {
            "to_failure_years": 20, "to_repair_h": 8, "spares": 1}}}))
        self.refused(text, "/campuses/0/power/reliability/cdu", 'needs both "spares" and "replace"', '"reliability": {', 1)

    def test_maintenance_that_never_ends(self):
        text = self.patched(lambda s: s["campuses"][0].update(power={"reliability": {"feed": {
            "to_failure_years": 2, "to_repair_h": 1, "maintenance_every_days": 1, "maintenance_h": 30}}}))
        self.refused(text, "/campuses/0/power/reliability/feed/maintenance_h", "takes 30 h of each of the 1 units of site/feeds/grid", '"maintenance_h"')

    def test_text_that_is_no_json(self):
        self.refused('{\n"format": "aidcsim-scenario",\n"version" 1}', "", "not valid JSON: ", '"version"')

    def test_a_file_that_is_not_there(self):
        result = self.aidcsim("run", "none.json")
        self.assertEqual(result.returncode, 2)
        self.assertIn("none.json: cannot be read", result.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_all_problems_of_all_files_are_told_at_once(self):
        first = self.patched(lambda s: s.update(seed="x", step_h=-1))
        second = self.patched(lambda s: s["orders"][0].update(maker="nobody"))
        (self.folder / "a.json").write_text(first)
        (self.folder / "b.json").write_text(second)
        result = self.aidcsim("check", "a.json", "b.json")
        self.assertEqual(result.returncode, 2)
        for part in (": /seed: ", ": /step_h: ", "b.json:", ": /orders/0/maker: ", "3 problems"):
            self.assertIn(part, result.stderr)

    def test_a_faulty_override(self):
        (self.folder / "case.json").write_text(json.dumps(self.good))
        for word, part in (("seed=1", "has not the form /pointer=value"), ("/seeed=1", 'did you mean "seed"?'), ("/seed=x", "needs a number"), ("/a~b=1", "no JSON pointer")):
            with self.subTest(word):
                result = self.aidcsim("run", "case.json", "--set", word)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertIn("error: --set", result.stderr)
                self.assertIn(part, result.stderr)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["case.json"])

    def test_a_result_is_not_replaced_without_force(self):
        (self.folder / "case.json").write_text(json.dumps(self.good))
        (self.folder / "case.h5").write_text("precious")
        result = self.aidcsim("run", "case.json")
        self.assertEqual(result.returncode, 2)
        self.assertIn("case.h5: exists", result.stderr)
        self.assertIn("add --force", result.stderr)
        self.assertEqual((self.folder / "case.h5").read_text(), "precious")

    def test_unknown_words_on_the_command_line(self):
        for words in ((), ("fly",), ("run",), ("run", "case.json", "--quick"), ("check",)):
            with self.subTest(words):
                self.assertEqual(self.aidcsim(*words).returncode, 2)

    def test_the_schema_is_json(self):
        result = self.aidcsim("schema")
        self.assertEqual(result.returncode, 0)
        self.assertIn("$defs", json.loads(result.stdout))


if __name__ == "__main__":
    BINARY = str(Path(sys.argv[1]).resolve())
    SOURCE = Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
