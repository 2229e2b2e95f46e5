"""results/README.md describes exactly what a fresh file holds: groups, datasets, types, dimensions and units, in order."""
import re
import unittest

import h5py

import fresh

PAGE = fresh.ROOT / "results" / "README.md"


def members(group: h5py.Group) -> list[str]:
    names: list[str] = []
    group.id.links.iterate(lambda name: names.append(name.decode()), idx_type=h5py.h5.INDEX_CRT_ORDER)
    return names


def text(dataset: h5py.Dataset, attribute: str) -> str:
    value = dataset.attrs.get(attribute, "")
    return value.decode() if isinstance(value, bytes) else str(value)


def described(dataset: h5py.Dataset) -> str:
    """A dataset as a row of the page, without its meaning."""
    kind = "string" if h5py.check_string_dtype(dataset.dtype) else dataset.dtype.name
    own = dataset.name.rsplit("/", 1)[1]
    dimensions = [own] if dataset.attrs.get("CLASS") == b"DIMENSION_SCALE" else [next(iter(dimension.keys()), "none") for dimension in dataset.dims]
    units = re.sub(r"^seconds since .*", "seconds since START", text(dataset, "units"))
    return f"`{own}` | {kind} | {', '.join(dimensions) or '-'} | {f'`{units}`' if units else '-'}"


def tree(path) -> list[str]:
    with h5py.File(path) as file:
        return [f"/{group}: {described(file[group][name])}" for group in members(file) for name in members(file[group])]


def page(part: str = "Result files") -> tuple[list[str], dict[str, int]]:
    """Rows of the tables in one part of the page, and the line on which each stands."""
    rows, lines, group, inside = [], {}, "", ""
    for number, line in enumerate(PAGE.read_text().splitlines(), 1):
        inside = line.removeprefix("# ") if line.startswith("# ") else inside
        group = line.removeprefix("## ") if line.startswith("## ") else group
        if line.startswith("| `") and inside == part:
            rows.append(f"{group}: {' | '.join(cell.strip() for cell in line.strip('| ').split('|')[:4])}")
            lines[rows[-1]] = number
    return rows, lines


class FormatPage(unittest.TestCase):
    maxDiff = None

    def compare(self, written: list[str], rows: list[str], lines: dict[str, int]):
        wrong = [f"results/README.md:{lines[row]}: no fresh file holds {row}" for row in rows if row not in written]
        wrong += [f"results/README.md: lacks {row}" for row in written if row not in rows]
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))
        self.assertEqual(rows, written, "the page is in another order than the file")

    def test_the_page_and_a_fresh_file_say_the_same(self):
        self.compare(tree(fresh.result("01_one_rack")), *page())

    def test_the_page_and_a_fresh_file_of_replicates_say_the_same(self):
        (one, lines), (many, lines_of_many) = page(), page("Replicated runs")
        shared = [row for row in one if row.startswith(("/baseline:", "/provenance:"))]
        self.compare(tree(fresh.result("01_one_rack", "--replicates", "2", "-j", "2")), many + shared, lines | lines_of_many)

    def test_the_page_and_a_fresh_file_with_a_fault_window_say_the_same(self):
        own, lines = page("Runs with a fault window")
        written = tree(fresh.result("outage_10min"))
        self.compare([row for row in written if row.startswith("/window")], own, lines)
        self.assertEqual([row for row in written if not row.startswith("/window")], page()[0], "the other groups are those of any run")
        with h5py.File(fresh.result("outage_10min")) as file:
            kinds = text(file["window_events/what"], "flag_meanings").split()
        self.assertIn(", ".join(f"`{kind}`" for kind in kinds) + ".", PAGE.read_text())

    def test_the_page_and_a_fresh_file_with_services_and_jobs_say_the_same(self):
        own, lines = page("Runs with services or jobs")
        written = [row for row in tree(fresh.result("demand_week")) if not row.startswith("/window")]
        groups = ("/service:", "/queue:", "/job_streams:", "/jobs:")
        self.compare([row for row in written if row.startswith(groups)], own, lines)
        self.assertEqual([row for row in written if not row.startswith(groups)], page()[0], "the other groups are those of any run")

    def test_the_page_and_a_fresh_file_of_years_of_outages_say_the_same(self):
        path = fresh.folder() / "years.h5"
        done = fresh.aidcsim("availability", "scenarios/langfang_2026.json", "--years", "3", "-o", path, "-q")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.compare(tree(path), *page("Years of outages"))

    def test_the_page_and_a_fresh_file_of_a_replayed_log_say_the_same(self):
        log, path = fresh.folder() / "jobs.csv", fresh.folder() / "replay.h5"
        log.write_text("submit_s,run_s,processors\n0,10,2\n1,10,4\n")
        done = fresh.aidcsim("replay", log, "--processors", "4", "-o", path, "-q")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.compare(tree(path), *page("Replayed logs"))

    def test_every_row_has_a_meaning(self):
        for number, line in enumerate(PAGE.read_text().splitlines(), 1):
            if line.startswith("| `"):
                self.assertRegex(line, r"\| [^|]*[a-z][^|]* \|$", f"results/README.md:{number}")

    def test_a_file_without_operation_lacks_only_what_the_page_says(self):
        lacks = set(tree(fresh.result("01_one_rack"))) - set(tree(fresh.result("01_one_rack", "--detail", "build")))
        groups = {row.split(":")[0] for row in lacks}
        self.assertEqual(groups, {"/campus", "/summary", "/curves"})
        for group, first in (("/campus", "it_power_W"), ("/summary", "it_energy_J"), ("/curves", "curve")):
            rows = [row for row in page()[0] if row.startswith(group + ":")]
            start = next(i for i, row in enumerate(rows) if f"`{first}`" in row)
            self.assertEqual(set(rows[start:]), {row for row in lacks if row.startswith(group + ":")})


if __name__ == "__main__":
    unittest.main()
