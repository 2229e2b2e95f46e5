#!/usr/bin/env python3
"""Checks the walls of the house: check_layers.py [ROOT]

1. a folder includes only itself and what stands below it (MAY), in the sources and in CMake's DEPENDS;
2. no file includes itself, directly or in a circle;
3. a heavy header has one home (HOME);
4. models/ is data and mathematics: no clock, file, printing or hidden randomness (OUTSIDE);
5. one writer per table of the world: `<table>.edit(` stands in one source file of sim/process, the one named beside the table;
6. nothing mutable outside objects: no such variable at namespace scope, no such static (GLOBALS_ALLOWED).
"""
import pathlib
import re
import sys

import cpp_source

# Folder -> the folders right below it; it may also include what those may.
MAY = {
    "models/base": [],
    # campus column
    "models/fluid": ["models/base"],
    "models/hydraulic": ["models/fluid"],
    "models/weather": ["models/fluid"],
    "models/cooling": ["models/hydraulic", "models/weather"],
    "models/power": ["models/base"],
    "models/it": ["models/cooling"],
    "models/campus": ["models/it", "models/power"],
    "models/outage": ["models/campus", "models/reliability"],
    # commercial column: knows parts of a campus by Id only
    "models/ledger": ["models/base"],
    "models/supply": ["models/base"],
    "models/build": ["models/base", "models/ledger"],
    "models/demand": ["models/base"],
    "models/finance": ["models/base"],
    # designs of computer experiments and what is read off them: pure mathematics
    "models/study": ["models/base"],
    # failures and repairs: pure mathematics
    "models/reliability": ["models/base"],
    # both
    "models/buildout": ["models/campus", "models/supply", "models/build", "models/demand", "models/finance", "models/ledger"],
    "sim/engine": ["models/base"],
    "sim/world": ["models/buildout", "models/outage"],
    "sim/process": ["sim/world", "sim/engine"],
    "sim/scenario": ["models/buildout"],
    "sim/record": ["sim/world"],
    "sim/run": ["sim/scenario", "sim/record", "sim/process"],
    "sim/outage": ["sim/run"],
    "sim/replay": ["sim/run"],
    "sim/sweep": ["sim/run", "models/study"],
    "sim/analyze": ["sim/sweep"],
    "sim/search": ["sim/sweep"],
    "sim/cli": ["sim/analyze", "sim/search", "sim/outage", "sim/replay"],
}
HOME = {  # start of a header's name -> the only folder that may include it
    "simgrid/": "sim/engine",
    "xbt/": "sim/engine",
    "nlohmann/": "sim/scenario",
    "hdf5": "sim/record",
    "H5": "sim/record",
    "CLI/": "sim/cli",
    "boost/math/distributions": "models/base",
    "boost/random": "models/study",
    "nlopt": "sim/search",
    "boost/iostreams": "sim/scenario",
    "muParser": "sim/sweep",
}
OUTSIDE = re.compile(
    r"#\s*include\s*<(?:iostream|fstream|filesystem|ctime|random|thread)>"
    r"|\b(?:system|steady|high_resolution)_clock\b|\bstd::(?:cout|cerr|clog|time|rand|random_device|getenv)\b"
    r"|\b(?:printf|fprintf|vprintf|vfprintf|puts|fputs|fopen|getenv)\s*\(|\bfmt::print\b"
)
OUTSIDE_ALLOWED = {
    "models/base/error.cpp": "a broken contract says one line before it ends the process",
}
WORLD, WRITERS = "sim/world", "sim/process"
GLOBALS_ALLOWED = [  # file, what its declaration contains, why
    (r"sim/(run|cli)/\w+\.cpp", r"\bsig_atomic_t\b", "a signal handler can reach nothing else"),
]


def folder(path: str) -> str | None:
    parts = path.split("/")
    name = "/".join(parts[:2])
    return name if len(parts) > 2 and name in MAY else None


def allowed(name: str) -> set[str]:
    return {name}.union(*(allowed(below) for below in MAY[name]))


def resolve(root: pathlib.Path, file: str, target: str) -> str:
    """Path of an include from the root of the project, also when it was written relative to the file."""
    beside = root / pathlib.PurePosixPath(file).parent / target
    if not (root / target).is_file() and beside.is_file():
        return beside.resolve().relative_to(root).as_posix()
    return pathlib.PurePosixPath(target).as_posix()


def check_includes(includes: dict[str, list[str]]) -> list[str]:
    bad = []
    for file, targets in includes.items():
        here = folder(file)
        if here is None:
            bad.append(f"{file}: its folder is in no layer (add it to MAY)")
            continue
        for target in targets:
            there = folder(target)
            if there and there not in allowed(here):
                bad.append(f"{file}: includes {target}, which {here} may not")
            bad += [
                f"{file}: includes <{target}>; only {home} may"
                for prefix, home in HOME.items()
                if target.startswith(prefix) and here != home
            ]
    return bad


def check_cycles(includes: dict[str, list[str]]) -> list[str]:
    bad, done = [], set()

    def visit(file: str, path: list[str]) -> None:
        if file in path:
            bad.append("include cycle: " + " -> ".join(path[path.index(file) :] + [file]))
        elif file not in done:
            for target in includes.get(file, []):
                visit(target, path + [file])
            done.add(file)

    for file in includes:
        visit(file, [])
    return bad


def check_outside(texts: dict[str, str]) -> list[str]:
    bad = []
    for file, text in texts.items():
        if not file.startswith("models/") or file in OUTSIDE_ALLOWED:
            continue
        bad += [f"{file}: uses '{use.group()}'; models know no clock, file or screen" for use in OUTSIDE.finditer(cpp_source.blank(text))]
    return bad


def check_writers(texts: dict[str, str]) -> list[str]:
    bad = []
    world = "\n".join(text for file, text in texts.items() if folder(file) == WORLD)
    tables = cpp_source.code(world)
    named = dict(re.findall(r"\bTable<[^;\n]*>\s+(\w+);\s*///<\s*(\w+\.cpp)", world))
    writers: dict[str, set[str]] = {}
    for file, text in texts.items():
        for table in re.findall(r"(\w+)(?:\(\))?\s*(?:\.|->)\s*edit\s*\(", cpp_source.code(text)):
            if folder(file) == WORLD:
                continue
            if folder(file) != WRITERS or not file.endswith(".cpp"):
                bad.append(f"{file}: edits {table}; only source files of {WRITERS} may")
            elif not re.search(rf"\b{table}\b", tables):
                bad.append(f"{file}: edits '{table}', which is no table of {WORLD} (write world.<table>.edit)")
            writers.setdefault(table, set()).add(file)
    for table, files in writers.items():
        if len(files) > 1:
            bad.append(f"table {table} has {len(files)} writers: {', '.join(sorted(files))}")
        elif table in named and pathlib.PurePosixPath(*files).name != named[table]:
            bad.append(f"table {table} is written by {', '.join(files)}; {WORLD} names {named[table]} beside it")
    return bad


def is_mutable(head: str) -> bool:
    bare = cpp_source.strip_angles(head)
    if re.search(r"\b(?:constexpr|constinit\s+const|consteval)\b", bare):
        return False
    after_pointer = bare.rsplit("*", 1)[-1]
    return not re.search(r"\bconst\b", after_pointer)


def check_globals(texts: dict[str, str]) -> list[str]:
    bad = []

    def report(file: str, line: int, head: str) -> None:
        if not any(re.fullmatch(where, file) and re.search(what, head) for where, what, _ in GLOBALS_ALLOWED):
            bad.append(f"{file}:{line}: mutable outside any object: {head}")

    for file, text in texts.items():
        for item in cpp_source.items(text):
            static = re.match(r"(?:inline\s+)?(?:static|thread_local)\b", item.head)
            if item.kind == "variable" and (item.scope == "namespace" or static) and is_mutable(item.head):
                report(file, item.first, item.head)
            if item.kind == "function":
                for local in re.findall(r"(?:^|[;{}])\s*((?:static|thread_local)\b[^;={(]*)", item.body):
                    if is_mutable(local):
                        report(file, item.first, " ".join(local.split()) + f"  (in {item.head})")
    return bad


def declared_below(root: pathlib.Path, name: str) -> set[str]:
    """What a folder's CMakeLists.txt lets it link to."""
    text = re.sub(r"#[^\n]*", "", (root / name / "CMakeLists.txt").read_text())
    depends = re.search(r"\bDEPENDS\b((?:\s+[a-z]+/[a-z_]+)*)", text)
    linked = re.findall(r"\baidc_(models|sim)_([a-z]+)\b", text)
    return set(depends.group(1).split() if depends else []) | {f"{column}/{layer}" for column, layer in linked}


def check_cmake(root: pathlib.Path) -> list[str]:
    present = {name for name in MAY if (root / name / "CMakeLists.txt").is_file()}
    bad = []
    for name in sorted(present):
        declared, table = declared_below(root, name), set(MAY[name]) & present
        for extra in sorted(declared - allowed(name)):
            bad.append(f"{name}/CMakeLists.txt: depends on {extra}, which the table does not allow")
        for extra in sorted(declared & allowed(name) - table):
            bad.append(f"{name}/CMakeLists.txt: depends on {extra}, which the table does not name (it comes with another)")
        for absent in sorted(table - declared):
            bad.append(f"{name}/CMakeLists.txt: does not depend on {absent}, which the table names")
    return bad


def check(root: pathlib.Path) -> list[str]:
    root = root.resolve()
    files = sorted(p for d in ("models", "sim") for p in (root / d).rglob("*.[ch]pp"))
    texts = {p.relative_to(root).as_posix(): p.read_text() for p in files}
    includes = {f: [resolve(root, f, target) for target in cpp_source.INCLUDE.findall(t)] for f, t in texts.items()}
    return (
        check_includes(includes)
        + check_cycles(includes)
        + check_outside(texts)
        + check_writers(texts)
        + check_globals(texts)
        + check_cmake(root)
    )


def main(root: str = ".") -> int:
    bad = check(pathlib.Path(root))
    print("\n".join(bad) or "layers ok")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
