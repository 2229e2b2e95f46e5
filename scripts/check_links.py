#!/usr/bin/env python3
"""Checks that every relative link of every Markdown page leads somewhere: check_links.py [ROOT]

A link to `page.md#heading` or `#heading` needs that heading too. Links to the web are not followed.
"""
import pathlib
import re
import sys
import urllib.parse

SKIP = {"build", ".git", ".cache", "node_modules"}
CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1[^\n]*$|`[^`\n]+`", re.M | re.S)
LINK = re.compile(r"""\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s+(\S+)|\b(?:src|href)="([^"]+)\"""", re.M)


def anchors(page: pathlib.Path) -> set[str]:
    """Names of the headings, spelt as web viewers of Markdown spell them, and of explicit anchors."""
    text = re.sub(r"^(`{3,}).*?^\1", "", page.read_text(), flags=re.M | re.S)
    found: set[str] = set(re.findall(r'\b(?:id|name)="([^"]+)"', text))
    for heading in re.findall(r"^#+\s+(.+?)\s*#*$", text, re.M):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        name = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        found.add(name if name not in found else f"{name}-1")
    return found


def check_page(root: pathlib.Path, page: pathlib.Path) -> list[str]:
    text = CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), page.read_text())
    bad = []
    for match in LINK.finditer(text):
        link = next(group for group in match.groups() if group)
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        where = f"{page.relative_to(root).as_posix()}:{text.count(chr(10), 0, match.start()) + 1}"
        path, _, anchor = urllib.parse.unquote(link).partition("#")
        target = page if not path else (root / path[1:] if path.startswith("/") else page.parent / path)
        if not target.exists():
            bad.append(f"{where}: {link} does not exist")
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            bad.append(f"{where}: {link}: no such heading")
    return bad


def check(root: pathlib.Path) -> list[str]:
    root = root.resolve()
    pages = [p for p in sorted(root.rglob("*.md")) if not SKIP & set(p.relative_to(root).parts)]
    return [problem for page in pages for problem in check_page(root, page)]


def main(root: str = ".") -> int:
    bad = check(pathlib.Path(root))
    print("\n".join(bad) or "links ok")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
