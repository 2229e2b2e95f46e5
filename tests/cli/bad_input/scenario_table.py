#!/usr/bin/env python3
"""The table of keys in docs/formats/scenario.md: checked, or with --write put in anew.

Usage: scenario_table.py AIDCSIM [--write]
"""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs/formats/scenario.md"
BEGIN = "<!-- keys: begin, written by tests/cli/bad_input/scenario_table.py -->\n"
END = "<!-- keys: end -->\n"


def renewed(page: str, table: str) -> str:
    """The page with the table between its two marks."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return before + BEGIN + "\n" + table.strip() + "\n\n" + END + after


def main() -> int:
    binary = sys.argv[1]
    table = subprocess.run([binary, "schema", "--table"], check=True, capture_output=True, text=True).stdout
    page = PAGE.read_text()
    fresh = renewed(page, table)
    if fresh == page:
        return 0
    if "--write" in sys.argv[2:]:
        PAGE.write_text(fresh)
        return 0
    print(f"{PAGE.relative_to(ROOT)} is stale; renew it with\n  python3 {Path(__file__).relative_to(ROOT)} {binary} --write", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
