#!/usr/bin/env python3
"""The parts of docs/review.md that are made: the reviews, and the hazards.

    page.py TENON [--write]

Without --write the exit status is 1 when the page is not what would be written.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
PAGE = ROOT / "docs" / "review.md"
PICTURE = ROOT / "docs" / "review.svg"
WORKER = ROOT / "examples" / "worker"
HAZARD = re.compile(r'^HAZARD\((\w+), "([^"]+)", (DANGER|ADVICE),\s*"((?:[^"\\]|\\.)*)",\s*'
                    r'"((?:[^"\\]|\\.)*)"\)', re.M)


def review(tenon, folder, *arguments):
    """What the program prints, run where a reader would."""
    ran = subprocess.run([tenon, "migrate", "review", *map(str, arguments)], cwd=folder,
                         capture_output=True, text=True)
    if ran.returncode:
        sys.exit(f"exit status {ran.returncode}: {ran.stderr}")
    return ran.stdout


def example(tenon, picture):
    """The example, with its picture."""
    printed = review(tenon, HERE / "example", "before", "after", "--queries", "queries", "--schema",
                     "after", "--package", "shop", "--picture", picture)
    return printed.replace(str(picture), "review.svg")


def worker(tenon):
    """The last step of the worker's migrations."""
    with tempfile.TemporaryDirectory() as before:
        for path in (WORKER / "migrations").glob("*.sql"):
            if "_archive" not in path.name:
                shutil.copy(path, before)
        return review(tenon, WORKER, before, "migrations")


def quoted(text):
    return "".join(f"> {line}".rstrip() + "\n" for line in text.splitlines())


def hazards():
    """The rows of hazards.def as two tables."""
    rows = HAZARD.findall((ROOT / "generator" / "review" / "hazards.def").read_text())
    lines = ["| Name | What it says | The safe way |", "|---|---|---|"]
    for _, name, weight, says, safe in rows:
        advice = " (advice)" if weight == "ADVICE" else ""
        lines.append(f"| `{name}`{advice} | {says} | {safe} |")
    return "\n".join(lines) + "\n"


def replaced(text, name, body):
    """The text with another body between the marks."""
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.S)
    if not pattern.search(text):
        sys.exit(f"docs/review.md has no part {name}")
    return pattern.sub(lambda match: match[1] + body + match[2], text)


def main():
    write = "--write" in sys.argv
    picture = PICTURE if write else pathlib.Path(tempfile.mkdtemp()) / "review.svg"
    tenon = pathlib.Path(sys.argv[1]).resolve()
    text = wanted = PAGE.read_text()
    for part, body in (("review", quoted(example(tenon, picture))), ("worker", quoted(worker(tenon))),
                       ("hazards", hazards())):
        wanted = replaced(wanted, part, body)
    if write:
        PAGE.write_text(wanted)
        return
    drawn = picture.read_text()
    picture.unlink()
    if text != wanted or PICTURE.read_text() != drawn:
        sys.exit("docs/review.md is stale: tests/review/page.py TENON --write")


if __name__ == "__main__":
    main()
