"""Just enough C++ to check style: blanks out comments and text, finds functions, types and variables.

It reads code laid out like this project's and is not a parser; where it cannot tell, it says nothing.
"""
import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""(?P<gone>//[^\n]*|/\*.*?\*/)"""
    r"""|(?P<raw>R"(?P<tag>[^()\\\s]{0,16})\(.*?\)(?P=tag)")"""
    r"""|(?P<text>"(?:\\.|[^"\\\n])*")"""
    r"""|(?P<char>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')""",
    re.S | re.X,
)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.M | re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"]', re.M)
NOT_A_THING = re.compile(r"(?:__extension__\s+)?(?:template\b.*>\s*)?(?:using|typedef|friend|static_assert|namespace|concept|goto|return|requires)\b", re.S)
PAIRS = {"{": "}", "(": ")", "[": "]"}


@dataclass
class Item:
    """One declaration at namespace or type scope."""

    kind: str  # "function", "declaration" (of a function), "type", "variable"
    head: str  # Everything before the body, the initial value or the semicolon, on one line
    scope: str  # "namespace" or "type"
    first: int  # Line of its first word
    last: int  # Line of its closing brace or semicolon
    body: str = ""  # Between the braces, comments and text blanked


def _spaces(match: re.Match) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def blank(text: str) -> str:
    """The same text, every position kept, with comments and the inside of texts turned into spaces."""

    def replace(match: re.Match) -> str:
        inner = _spaces(match)
        return inner if match.group("gone") else '"' + inner[1:-1] + '"'

    return TOKEN.sub(replace, text)


def code(text: str) -> str:
    """Like blank(), without preprocessor lines."""
    return DIRECTIVE.sub(_spaces, blank(text))


def _matches(text: str) -> dict[int, int]:
    """Position of the closing bracket of every opening one."""
    found, stack = {}, []
    for at, sign in enumerate(text):
        if sign in PAIRS:
            stack.append(at)
        elif sign in PAIRS.values() and stack and PAIRS[text[stack[-1]]] == sign:
            found[stack.pop()] = at
    return found


def strip_angles(head: str) -> str:
    """Without template arguments: `std::map<int, char const*> x` becomes `std::map x`."""
    head = re.sub(r"operator\s*(<=>|<<=?|>>=?|<=|>=|<|>|->)", "operator_", head).replace("->", " ")
    previous = None
    while previous != head:
        previous, head = head, re.sub(r"<[^<>;{}]*>", " ", head)
    return head


def parameters(head: str) -> list[str]:
    """The parameters of a function, given its head."""
    head = re.sub(r"operator\s*\(\s*\)", "operator_call", head)
    head = re.sub(r"\b(?:noexcept|explicit|decltype|alignas|requires|__attribute__)\s*\(", "(\0", head)
    close = _matches(head)
    start = next((at for at, sign in enumerate(head) if sign == "(" and head[at + 1 : at + 2] != "\0" and at in close), None)
    if start is None:
        return []
    inside = head[start + 1 : close[start]].replace("->", "  ")
    parts, depth = [""], 0
    for sign in inside:
        depth += (sign in "([{<") - (sign in ")]}>")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip() not in ("", "void")]


def _classify(head: str) -> str:
    bare = strip_angles(re.sub(r"\[\[.*?\]\]", " ", head)).strip()
    bare = re.sub(r"^(?:template\s+)+", "", bare).strip()
    if re.match(r"(?:inline\s+)?namespace\b|extern\s*\"", bare):
        return "namespace"
    if re.match(r"(?:typedef\s+)?(?:struct|class|union|enum)\b", bare) and "(" not in bare.split(":")[0]:
        return "type"
    top = re.sub(r"operator\s*\S+?\s*(?=\()", "operator_ ", bare)
    paren, equals = top.find("("), top.find("=")
    if paren >= 0 and (equals < 0 or paren < equals):
        return "function"
    return "variable"


def items(text: str) -> list[Item]:
    """Every declaration of a file, outside function bodies."""
    source = code(text)
    close = _matches(source)
    found: list[Item] = []

    def line(at: int) -> int:
        return source.count("\n", 0, at) + 1

    def add(kind: str, scope: str, start: int, stop: int, last: int, body: str = "") -> None:
        raw = source[start:stop]
        first = start + len(raw) - len(raw.lstrip())
        found.append(Item(kind, " ".join(raw.split()), scope, line(first), line(last), body))

    def walk(at: int, end: int, scope: str) -> None:
        start, value = at, None  # value: where the initial value of a variable begins
        while at < end:
            sign = source[at]
            if sign in "([" and at in close:
                at = close[at]
            elif sign == "=" and re.search(r"\boperator\s*[^\w\s(]*$", source[start:at]):
                pass
            elif sign == "=" and value is None and _classify(source[start:at].strip() + " =") == "variable":
                value = at
            elif sign == ":" and scope == "type" and re.fullmatch(r"\s*(public|protected|private)\s*", source[start:at]):
                start = at + 1
            elif sign == "{" and at in close:
                head = source[start:at].strip()
                kind = _classify(head)
                after = source[close[at] + 1 : end].lstrip()[:1]
                if value is not None or kind == "variable" or (kind == "function" and after in (",", "{")):
                    value = at if value is None and kind == "variable" else value
                    at = close[at]  # an initial value or a member initializer, not a body
                elif kind == "namespace":
                    walk(at + 1, close[at], "namespace")
                    at = close[at]
                    start = at + 1
                else:
                    add(kind, scope, start, at, close[at], source[at + 1 : close[at]])
                    if kind == "type" and not re.search(r"\benum\b", head):
                        walk(at + 1, close[at], "type")
                    at = close[at]
                    start = at + 1
            elif sign == ";":
                head = source[start : at if value is None else value].strip()
                if head:
                    kind = _classify(head)
                    kind = "variable" if value is not None else {"function": "declaration"}.get(kind, kind)
                    if kind in ("declaration", "variable") and not NOT_A_THING.match(head):
                        add(kind, scope, start, at if value is None else value, at)
                start, value = at + 1, None
            at += 1

    walk(0, len(source), "namespace")
    return found

