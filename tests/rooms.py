#!/usr/bin/env python3
"""The map of the rooms in docs/architecture.md: each file of generator/ and runtime/src in a line.

    rooms.py            fails when the map is not what the files say of themselves
    rooms.py --write    puts it right

A file says it in the first sentence of the comment that it opens with; of a .c and .h of one name
the .h, which is for others.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/architecture.md"
LONGEST = 120  # of a sentence that is not cut at a colon or semicolon
BEGIN, END = "<!-- rooms -->\n", "<!-- end of rooms -->\n"


def first_sentence(path):
    """The first sentence of the opening comment; None without one."""
    match = re.match(r"/\* (.*?)\*/", path.read_text(), re.S)
    if not match:
        return None
    words = " ".join(re.sub(r"\n \*", " ", match[1]).split())
    sentence = re.match(r"(.*?[^.…])(?:\. |\.$|$)", words)[1]
    if len(sentence) > LONGEST:
        sentence = re.match(r"(?:\S+ ){3,}?.*?(?=[:;] |$)", sentence)[0]
    return re.sub(r" \([^)]*$", "", sentence).rstrip(":")


def rooms():
    """The folders, the highest first."""
    layers = (ROOT / "generator/LAYERS").read_text()
    names = re.findall(r"^(\w+):", layers, re.M)
    for name in reversed([n for n in names if n != "hook"]):
        yield ROOT / "generator" / name
    yield ROOT / "runtime/src"
    yield ROOT / "runtime/src/migrate"


def file_lines(room):
    """One line for each stem of the room."""
    said = {}
    for path in sorted(room.glob("*.[ch]")):
        said.setdefault(path.stem, {})[path.suffix] = first_sentence(path)
    for stem, by_suffix in sorted(said.items()):
        suffix = ".h" if by_suffix.get(".h") else ".c"
        sentence = by_suffix[suffix]
        if not sentence:
            sys.exit(f"{room.relative_to(ROOT)}/{stem}{suffix} does not open with what it is")
        yield f"| `{stem}{suffix}` | {sentence.replace('|', chr(92) + '|')} |\n"


def tables():
    """The whole map."""
    out = ""
    for room in rooms():
        out += f"\n### {room.relative_to(ROOT)}\n\n| file | is |\n|---|---|\n"
        out += "".join(file_lines(room))
    return out + "\n"


def main():
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    wanted = before + BEGIN + tables() + END + after
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(wanted)
    elif wanted != page:
        sys.exit("the map of the rooms is not what the files say: run tests/rooms.py --write")


main()
