#!/usr/bin/env python3
"""Measures the sources against the style budget: check_style.py [ROOT]

Prints every measure beside its target and its hard limit. A target is an aim; over a hard limit the check fails and
says where.
"""
import math
import pathlib
import sys

import cpp_source

FILE_LINES, HEADER_LINES, FUNCTION_LINES, PARAMETERS, TESTS_TO_CODE = 500, 250, 60, 6, 0.6
TEST_SUFFIXES = {".cpp", ".hpp", ".py", ".sh"}


def quantile(values: list[int], q: float) -> int:
    """Smallest value that at least a share q of all do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * q) - 1)] if ordered else 0


def is_public_type(item: cpp_source.Item, file: str) -> bool:
    return item.kind == "type" and item.scope == "namespace" and file.endswith(".hpp") and not item.head.startswith("template <>")


def is_documented(item: cpp_source.Item, lines: list[str]) -> bool:
    above = lines[item.first - 2].strip() if item.first > 1 else ""
    return above.startswith(("///", "*/")) or "///<" in lines[item.first - 1]


def measure(root: pathlib.Path) -> tuple[list[tuple], list[str]]:
    """Rows of the table (name, measured, target, limit) and what is over a hard limit."""
    bad: list[str] = []
    files, headers, functions, parameters, documented = [], [], [], [], []

    def over(where: str, what: str, value: int, limit: int) -> None:
        if value > limit:
            bad.append(f"{where}: {what} {value}, limit {limit}")

    for path in sorted(p for d in ("models", "sim") for p in (root / d).rglob("*.[ch]pp")):
        file, text = path.relative_to(root).as_posix(), path.read_text()
        lines = text.splitlines()
        files.append(len(lines))
        over(file, "lines", len(lines), FILE_LINES)
        if path.suffix == ".hpp":
            headers.append(len(lines))
            over(file, "lines of a header", len(lines), HEADER_LINES)
        for item in cpp_source.items(text):
            where = f"{file}:{item.first}"
            if item.kind == "function":
                functions.append(item.last - item.first + 1)
                over(where, "lines of a function", functions[-1], FUNCTION_LINES)
            if item.kind in ("function", "declaration"):
                parameters.append(len(cpp_source.parameters(item.head)))
                over(where, "parameters", parameters[-1], PARAMETERS)
            if is_public_type(item, file):
                documented.append(is_documented(item, lines))
                if not documented[-1]:
                    bad.append(f"{where}: no doc comment on {item.head}")

    test_lines = 0
    for path in sorted(p for p in (root / "tests").rglob("*") if p.suffix in TEST_SUFFIXES):
        count = len(path.read_text().splitlines())
        test_lines += count
        over(path.relative_to(root).as_posix(), "lines", count, FILE_LINES)
    ratio = test_lines / max(1, sum(files))
    if files and ratio < TESTS_TO_CODE:
        bad.append(f"tests: {ratio:.2f} lines of tests per line of code, limit {TESTS_TO_CODE}")

    def spread(values: list[int]) -> str:
        return f"median {quantile(values, 0.5)}, p90 {quantile(values, 0.9)}, max {max(values, default=0)}"

    share = sum(documented) / len(documented) if documented else 1.0
    rows = [
        (f"file length ({len(files)} files, {sum(files)} lines)", spread(files), "median 120, p90 350", FILE_LINES),
        (f"header length ({len(headers)})", spread(headers), "median 90", HEADER_LINES),
        (f"function length ({len(functions)})", spread(functions), "p90 25", FUNCTION_LINES),
        (f"parameters ({len(parameters)})", spread(parameters), "4", PARAMETERS),
        ("public types with a doc comment", f"{share:.0%}", "100%", "100%"),
        ("lines of tests per line of code", f"{ratio:.2f}", "0.9", TESTS_TO_CODE),
    ]
    return rows, bad


def main(root: str = ".") -> int:
    rows, bad = measure(pathlib.Path(root).resolve())
    for name, measured, target, limit in [("measure", "now", "target", "hard limit"), *rows]:
        print(f"{name:42}{measured:34}{target:22}{limit}")
    print("\n".join(bad) or "style ok")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
