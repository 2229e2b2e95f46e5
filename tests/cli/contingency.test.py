"""`aidcsim contingency`: exit codes, a page and JSON that say the same, pairs, a signal."""
import functools
import json
import signal
import subprocess
import time
import unittest

import fresh

SMALL = "scenarios/outage_10min.json"
TIER = "/campuses/0/power/tier="


def contingency(*words, code: int = 0) -> str:
    done = fresh.aidcsim("contingency", *words, "-q")
    assert done.returncode == code, f"{words}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done.stdout


@functools.cache
def campus(*words) -> dict:
    return json.loads(contingency(SMALL, "--json", *words))[0]


def loses(one: dict | None) -> bool:
    return one is not None and (one["racks_lost_most"] > 0.5 or one["least_power_share"] < 1 - 1e-3)


class Contingencies(unittest.TestCase):
    def test_the_tier_that_is_stated_decides_the_exit_code(self):
        self.assertEqual(campus()["tier"], "none")
        contingency(SMALL)
        # Each hall has one busway and its UPS in one block: it cannot be maintained without loss.
        page = contingency(SMALL, "--set", TIER + "concurrently_maintainable", code=4)
        self.assertIn("MISSED", page)
        missed = json.loads(contingency(SMALL, "--json", "--set", TIER + "fault_tolerant", code=4))[0]
        self.assertGreaterEqual(set(missed["breaks_tier"]), {c["name"] for c in campus()["contingencies"] if loses(c["planned"])})

    def test_what_cannot_be_read_is_bad_input(self):
        contingency("no_such_file.json", code=2)
        contingency(SMALL, "--set", TIER + "best", code=2)
        contingency(SMALL, "--order", "3", code=2)

    def test_page_and_json_agree(self):
        page = contingency(SMALL, "--all").splitlines()
        rows = campus()["contingencies"]
        self.assertEqual(campus()["concurrently_maintainable"], not any(loses(c["planned"]) for c in rows))
        self.assertEqual(campus()["fault_tolerant"], not any(loses(c["planned"]) or loses(c["failed"]) for c in rows))
        for row in rows:
            with self.subTest(row["name"]):
                line = [line for line in page if row["name"] in line]
                self.assertEqual(len(line), 1)
                self.assertAlmostEqual(float(line[0].split()[0]), row["failed"]["racks_lost_most"], delta=0.51)
                self.assertAlmostEqual(float(line[0].split()[1]), row["failed"]["racks_lost_at_end"], delta=0.51)
        worst = [c["failed"]["racks_lost_most"] for c in rows]
        self.assertEqual(worst, sorted(worst, reverse=True))

    def test_what_loses_nothing_is_left_out_unless_asked_for(self):
        page = contingency(SMALL)
        for row in campus()["contingencies"]:
            self.assertEqual(row["name"] in page, loses(row["failed"]) or loses(row["planned"]), row["name"])

    def test_pairs_hold_every_single_one_and_are_no_better_than_their_parts(self):
        singles = {c["name"]: c["failed"] for c in campus()["contingencies"]}
        pairs = campus("--order", "2")["contingencies"]
        both = [c for c in pairs if c["name"] not in singles]
        n = len(singles)
        self.assertEqual(len(pairs) - len(both), n)
        self.assertGreaterEqual(len(both), n * (n - 1) // 2)
        for pair in both:
            first, second = pair["name"].split(" + ")
            with self.subTest(pair["name"]):
                least = max(singles[first]["racks_lost_at_end"], singles[second]["racks_lost_at_end"])
                self.assertGreaterEqual(pair["failed"]["racks_lost_at_end"], least)

    def test_a_signal_stops_it_with_what_it_has(self):
        words = [fresh.AIDCSIM, "contingency", "scenarios/langfang_2026.json", "--order", "2"]
        run = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=fresh.ROOT)
        time.sleep(1.5)
        run.send_signal(signal.SIGINT)
        page, said = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 75, said)
        self.assertIn("not everything", said)
        self.assertIn("what is lost", page)


if __name__ == "__main__":
    unittest.main()
