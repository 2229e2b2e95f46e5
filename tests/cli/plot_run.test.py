"""scripts/plot_run.py draws every picture of every kind of result, or says why not."""
import re
import struct
import subprocess
import sys
import unittest

import fresh

SCRIPT = fresh.ROOT / "scripts" / "plot_run.py"
STYLE = SCRIPT.with_name("plot_style.py")
PICTURES = ["capacity", "halls", "deliveries", "utilization", "operation", "ledger"]


def plot(*arguments, python=sys.executable) -> subprocess.CompletedProcess:
    return subprocess.run([python, SCRIPT, *map(str, arguments)], capture_output=True, text=True)


def size_of(png) -> tuple[int, int]:
    return struct.unpack(">II", png.read_bytes()[16:24])


class PlotRun(unittest.TestCase):
    def assert_drawn(self, done, folder, names):
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.split(), [str(folder / f"{name}.png") for name in names])
        for name in names:
            png = folder / f"{name}.png"
            self.assertGreater(png.stat().st_size, 10_000, png)
            self.assertEqual(size_of(png)[0], 1600, png)

    def test_all_pictures_of_one_rack_beside_the_file(self):
        file = fresh.result("01_one_rack")
        self.assert_drawn(plot(file), file.with_suffix(""), PICTURES)

    def test_all_pictures_of_a_campus_in_another_folder(self):
        folder = fresh.folder() / "campus" / "pictures"
        self.assert_drawn(plot(fresh.result("langfang_2026"), "-o", folder), folder, PICTURES)

    def test_without_operation_its_picture_is_left_out_with_a_word(self):
        folder = fresh.folder() / "build"
        done = plot(fresh.result("01_one_rack", "--detail", "build"), "-o", folder)
        self.assert_drawn(done, folder, [name for name in PICTURES if name != "operation"])
        self.assertIn("--detail build", done.stderr)

    def test_a_run_that_ends_before_anything_is_live_is_drawn(self):
        folder = fresh.folder() / "nothing"
        early = fresh.folder() / "early.h5"
        text = (fresh.ROOT / "scenarios" / "langfang_2026.json").read_text()
        self.assertIn('"end": "2029-01-01"', text)
        done = fresh.aidcsim("run", "scenarios/langfang_2026.json", "--set", '/end="2027-06-01"', "-o", early, "-q")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_drawn(plot(early, "-o", folder), folder, PICTURES)

    def test_what_is_no_result_is_refused(self):
        for file in (fresh.folder() / "absent.h5", SCRIPT):
            done = plot(file)
            self.assertEqual(done.returncode, 2)
            self.assertIn("aidcsim run", done.stderr)

    def test_an_interpreter_without_h5py_hands_over_to_the_system(self):
        done = subprocess.run([sys.executable, "-c", f"""
import runpy, sys
sys.modules['h5py'] = None
sys.executable = '/not/the/system/python3'
sys.argv = ['{SCRIPT}', '--help']
sys.path.insert(0, '{SCRIPT.parent}')
runpy.run_path('{SCRIPT}', run_name='__main__')"""], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("FILE.h5", done.stdout)

    def test_the_colours_are_those_of_terms_and_causes(self):
        script = STYLE.read_text()
        for header, table in (("term", "TERM_COLOURS"), ("cause", "CAUSE_COLOURS")):
            source = (fresh.ROOT / "models" / "ledger" / f"{header}.hpp").read_text()
            rows = re.findall(r'\{\w+::(\w+), "(\w+)".*?"(#[0-9a-f]{6})"', source)
            in_script = dict(re.findall(r'"(\w+)": "(#[0-9a-f]{6})"', script.split(f"{table} = {{")[1].split("}")[0]))
            self.assertEqual(in_script, {name: colour for _, name, colour in rows})


if __name__ == "__main__":
    unittest.main()
