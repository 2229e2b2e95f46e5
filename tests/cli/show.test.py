"""`aidcsim show` says the same as the file, fits a screen, and refuses what is no result."""
import datetime
import json
import math
import unittest

import h5py

import fresh


def facts(file) -> dict:
    done = fresh.aidcsim("show", file, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Show(unittest.TestCase):
    def setUp(self):
        self.file = fresh.result("langfang_2026")

    def test_the_page_fits_a_terminal_and_has_no_colours(self):
        done = fresh.aidcsim("show", self.file)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = done.stdout.splitlines()
        self.assertLessEqual(max(map(len, lines)), 100)
        self.assertLessEqual(len(lines), 65)
        self.assertNotIn("\x1b", done.stdout)
        for heading in ("langfang_2026", "Live at the end", "Halls", "What held it", "Operation", "next: "):
            self.assertTrue(any(line.startswith(heading) for line in lines), heading)

    def test_page_and_json_name_every_hall(self):
        page = fresh.aidcsim("show", self.file).stdout
        with h5py.File(self.file) as file:
            names = list(file["hall/hall"].asstr()[...])
        self.assertEqual([hall["hall"] for hall in facts(self.file)["halls"]], names)
        for name in names:
            self.assertIn(name, page)

    def test_capacity_at_the_end_is_that_of_the_file(self):
        last = facts(self.file)["half_years"][-1]
        with h5py.File(self.file) as file:
            self.assertAlmostEqual(last["live_W"] / file["summary/live_W"][()], 1.0, 6)
            self.assertEqual(last["accelerators"], file["summary/accelerators_live"][()])

    def test_the_ledger_adds_up(self):
        f = facts(self.file)
        hours = f["accelerator_hours"]
        by_cause = sum(row["accelerator_h"] for row in f["not_live_by_cause"])
        self.assertAlmostEqual(by_cause / hours["not_live_h"], 1.0, 9)
        self.assertLessEqual(sum(row["share_accelerator_h"] for row in f["not_live_by_term"]), hours["not_live_h"] * (1 + 1e-9))
        self.assertAlmostEqual((hours["live_h"] + hours["not_live_h"]) / hours["planned_or_live_h"], 1.0, 9)
        for row in f["not_live_by_term"]:
            self.assertLessEqual(row["solo_accelerator_h"], row["share_accelerator_h"] * (1 + 1e-9))

    def test_what_helps_most_is_the_largest_solo(self):
        f = facts(self.file)
        solo = sorted((row["solo_accelerator_h"] for row in f["not_live_by_term"] if row["solo_accelerator_h"] > 0), reverse=True)
        self.assertEqual([row["solo_accelerator_h"] for row in f["helps_most"]], solo[:3])
        with h5py.File(self.file) as file:
            activities = set(file["milestones/name"].asstr()[...])
        for row in f["helps_most"]:
            self.assertIn(row["activity"], activities | {None})

    def test_completion_of_a_hall_is_the_day_its_last_rack_went_live(self):
        with h5py.File(self.file) as file:
            live, complete = file["hall/live_W"][...], file["hall/complete_W"][...]
            for h, hall in enumerate(facts(self.file)["halls"]):
                reached = [k for k in range(len(live)) if live[k, h] >= complete[h] * (1 - 1e-6)]
                self.assertEqual(hall["is_complete"], bool(reached))
                if reached:
                    start = math.floor(file["hall/time"][reached[0]] / 86400.0) - 1
                    self.assertEqual(hall["complete"], str(datetime.date(2026, 1, 1) + datetime.timedelta(days=start)))

    def test_a_result_without_operation_says_so(self):
        file = fresh.result("01_one_rack", "--detail", "build")
        self.assertIsNone(facts(file)["operation"])
        self.assertIn("--detail build", fresh.aidcsim("show", file).stdout)

    def test_names_with_quotes_and_line_ends_stay_valid_json(self):
        file = fresh.folder() / "odd.h5"
        name = 'a "rack"\n\\ü\t'
        done = fresh.aidcsim("run", "scenarios/01_one_rack.json", "--set", f"/name={json.dumps(name)}", "--set", '/end="2026-01-03"', "-o", file, "-q")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(facts(file)["name"], name)

    def test_what_is_no_result_is_bad_input(self):
        other, cut = fresh.folder() / "other.h5", fresh.folder() / "cut.h5"
        with h5py.File(other, "w") as file:
            file["x"] = 1
        cut.write_bytes(self.file.read_bytes()[:100_000])
        for file, words in ((fresh.folder() / "absent.h5", "no such file"), (other, "no result of aidcsim"), (cut, "no whole result"),
                            (fresh.ROOT / "CMakeLists.txt", "no whole result"), (fresh.folder(), "no such file")):
            done = fresh.aidcsim("show", file)
            self.assertEqual((done.returncode, done.stdout), (2, ""), file)
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    unittest.main()
