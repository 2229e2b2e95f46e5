"""`aidcsim requests`: small logs in closed form, bad rows; the Azure trace where the data sets are."""
import json
import math
import os
import pathlib
import subprocess
import unittest

import numpy as np

import fresh

NAMES = "arrival_s,prompt_tokens,output_tokens\n"


def log(name: str, text: str) -> pathlib.Path:
    path = fresh.folder() / name
    path.write_text(text)
    return path


def requests(*words, code: int = 0) -> subprocess.CompletedProcess:
    done = fresh.aidcsim("requests", *words)
    assert done.returncode == code, f"{words}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done


def facts(*words) -> dict:
    return json.loads(requests(*words, "--json").stdout)


def bunches() -> pathlib.Path:
    """Two requests at once every half second, 10 to 1,010 s; prompts 1 to 100 and round again, outputs 100."""
    rows = [f"{10 + 0.5 * (i // 2)},{i % 100 + 1},100\n" for i in range(4002)]
    return log("bunches.csv", NAMES + "".join(rows))


def erlang_c(servers: int, load: float) -> float:
    """Chance of a wait in M/M/c, by the recursion of Erlang's B."""
    b = 1.0
    for k in range(1, servers + 1):
        b = load * b / (k + load * b)
    return b / (1 - load / servers * (1 - b)) if servers > load else 1.0


def slots(load: float, p: float) -> int:
    return next(c for c in range(math.ceil(load), 10000) if erlang_c(c, load) <= p)


class Requests(unittest.TestCase):
    def test_rate_and_tokens(self):
        got = facts(bunches())
        self.assertEqual(got["requests"], 4002)
        self.assertEqual(got["span_s"], 1000)
        self.assertAlmostEqual(got["requests_per_s"], 4.002)
        self.assertEqual(got["output_tokens"], {"mean": 100, "p50": 100, "p99": 100})
        self.assertAlmostEqual(got["prompt_tokens"]["mean"], (40 * 5050 + 1 + 2) / 4002)
        self.assertEqual((got["prompt_tokens"]["p50"], got["prompt_tokens"]["p99"]), (50, 99))
        self.assertAlmostEqual(got["tokens_each"], 100 + got["prompt_tokens"]["mean"])

    def test_regular_bunches_have_their_closed_form(self):
        got = facts(bunches(), "--service-s", "10", "--service-s", "2")
        # Four requests in every second, whatever the window; 300 s is not ten times in the log.
        self.assertEqual([(row["window_s"], round(row["index"], 12)) for row in got["index_of_dispersion"]], [(1, 0), (10, 0), (60, 0)])
        self.assertEqual([row["service_s"] for row in got["staffing"]], [10, 2])
        for row in got["staffing"]:
            s, gap, size = row["service_s"], 0.5, 2
            # X jumps by `size` every `gap` and decays: its mean is size s/gap, its mean square size^2 s/(2 gap) coth(gap/(2 s)).
            mean = size * s / gap
            square = size**2 * s / (2 * gap) / math.tanh(gap / (2 * s))
            self.assertAlmostEqual(row["peakedness"], 0.5 + (square - mean**2) / mean, delta=1e-4)
            self.assertAlmostEqual(row["offered"], 4.002 * s)
            self.assertEqual(row["slots_poisson"], slots(4.002 * s, 0.01))

    def test_slots_follow_the_chance_of_a_wait_and_bursts(self):
        for p in (0.01, 0.2):
            row = facts(bunches(), "--service-s", "5", "--wait", p)["staffing"][0]
            self.assertEqual(row["slots_poisson"], slots(20.01, p))
        # All at once every 20 s: more slots than for arrivals at random.
        burst = log("burst.csv", NAMES + "".join(f"{20 * (i // 40)},10,10\n" for i in range(4000)))
        row = facts(burst, "--service-s", "5")["staffing"][0]
        self.assertGreater(row["peakedness"], 2)
        self.assertGreater(row["slots_measured"], row["slots_poisson"])

    def test_service_in_proportion_to_tokens(self):
        got = facts(bunches(), "--tokens-per-s", "1000", "--slots", "20")
        self.assertEqual(got["service"], "own tokens")
        row = got["staffing"][0]
        self.assertAlmostEqual(row["service_s"], got["tokens_each"] * 20 / 1000)
        self.assertAlmostEqual(row["offered"], got["tokens_per_s"] * 20 / 1000)
        each = facts(bunches(), "--tokens-per-s", "1000", "--slots", "20", "--tokens-each", "100")["staffing"]
        self.assertEqual(each, facts(bunches(), "--service-s", "2")["staffing"])

    def test_the_page_says_what_to_write_and_where_it_ends(self):
        page = requests(bunches(), "--service-s", "10").stdout
        z = facts(bunches(), "--service-s", "10")["staffing"][0]["peakedness"]
        self.assertIn(f'"wait_probability": 0.01, "peakedness": {z:.3g}; served: "tokens_each": 150', page)
        self.assertRegex(page, r"\nlimits: .*\n$")
        self.assertIn("that of your service time", requests(bunches()).stdout)

    def test_bad_rows(self):
        text = NAMES + "0,1,1\n1,-1,1\n2,1,1\n1,1,1\n100,1,1\n"
        said = requests(log("bad.csv", text), code=2).stderr
        self.assertRegex(said, r"bad\.csv:3: has -1 as prompt_tokens(.|\n)*bad\.csv:5: arrives")
        got = facts(log("bad.csv", text), "--skip-bad-rows")
        self.assertEqual((got["rows"], got["requests"], got["skipped"]), (5, 3, 2))
        self.assertRegex(got["skipped_why"][1]["where"], r"bad\.csv:5$")
        self.assertIn("skipped 2 bad rows", requests(log("bad.csv", text), "--skip-bad-rows").stdout)

    def test_logs_that_are_too_short(self):
        self.assertIn("one instant", requests(log("one.csv", NAMES + "0,1,1\n"), code=2).stderr)
        short = log("short.csv", NAMES + "0,1,1\n0.5,1,1\n")
        self.assertIn("too short", requests(short, "--wait", "0.5").stdout + requests(log("tiny.csv", NAMES + "0,1,1\n0.9,1,1\n")).stdout)
        self.assertIn("ten of them", requests(bunches(), "--service-s", "100", code=2).stderr)
        self.assertIn("two of the latter", requests(bunches(), "--tokens-per-s", "1", code=2).stderr)

    def test_words_that_make_no_sense(self):
        for words in (("--wait", "0"), ("--wait", "1"), ("--service-s", "0"), ("--slots", "4"), ("--service-s", "1", "--tokens-per-s", "1"),
                      ("--tokens-per-s", "1000", "--tokens-each", "many")):
            requests(bunches(), *words, code=2)
        self.assertIn("absent.csv", requests(fresh.folder() / "absent.csv", code=2).stderr)


class Azure(unittest.TestCase):
    """AzureLLMInferenceTrace_code of the Azure Public Dataset (CC BY 4.0); expected: another program over the same file."""

    @unittest.skipUnless("AIDCSIM_DATA" in os.environ, "AIDCSIM_DATA is not set")
    def test_the_azure_trace(self):
        got = facts(pathlib.Path(os.environ["AIDCSIM_DATA"]) / "jobs" / "AzureLLMInferenceTrace_code.csv.gz")
        self.assertEqual(got["requests"], 8819)
        np.testing.assert_allclose([row["index"] for row in got["index_of_dispersion"]], [13.190268038, 71.850947234, 166.892629347, 151.624861165],
                                   rtol=1e-8)
        np.testing.assert_allclose([row["peakedness"] for row in got["staffing"]], [2.488058494, 11.510149702, 48.227483828, 77.183830851], rtol=1e-8)


if __name__ == "__main__":
    unittest.main()
