#!/usr/bin/env python3
"""The house stands one way round: a room of generator/ uses only itself and the rooms that
generator/LAYERS lists for it.

    tests/layers.py [BUILD]

Read are the #includes, and with the folder of a build the undefined symbols of the objects too, from
which the arrows and circles between files are counted. Also checked: that only sql/ includes
libpg_query, only live/ libpq and only plugin/ what starts processes, that the catalog's model keeps
no untyped pointers, and that a pointer by which a lower room calls a higher one is named in LAYERS
(as `hook: NAME`).
"""
import collections
import pathlib
import re
import subprocess
import sys

GENERATOR = pathlib.Path(__file__).resolve().parent.parent / "generator"
problems = []


def read_layers():
    """room → the rooms that it may use; and the names of the hooks."""
    rooms, hooks = {}, set()
    for line in (GENERATOR / "LAYERS").read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        name, rest = line.split(":")
        if name == "hook":
            hooks.update(rest.split())
        else:
            rooms[name] = set(rest.split()) | {name}
    return rooms, hooks


def check_includes(rooms):
    for path in sorted(GENERATOR.glob("*/*.[ch]")):
        name, room, text = path.relative_to(GENERATOR), path.parent.name, path.read_text()
        if room not in rooms:
            problems.append(f"generator/{name}: the room {room} is not in LAYERS")
            continue
        for used in re.findall(r'^#include "([a-z_]+)/', text, re.M):
            if (GENERATOR / used).is_dir() and used not in rooms[room]:
                problems.append(f"generator/{name}: {room} may not use {used}")
        if room != "sql" and re.search(r'#include [<"](pg_query|google/)', text):
            problems.append(f"generator/{name}: only sql/ includes libpg_query")
        if room != "live" and re.search(r'#include [<"]libpq', text):
            problems.append(f"generator/{name}: only live/ includes libpq")
        if room != "plugin" and re.search(r"#include <(sys/wait|spawn)|\b(fork|popen|system)\(", text):
            problems.append(f"generator/{name}: only plugin/ starts processes")


def check_hooks(rooms, hooks):
    """Types of functions in the headers of the rooms: whoever fills one from above must say so."""
    for path in sorted(GENERATOR.glob("*/*.h")):
        for hook in re.findall(r"^typedef [^;(]*?\b(\w+_loader|\w+_hook)\(", path.read_text(), re.M):
            if hook not in hooks:
                problems.append(f"generator/{path.relative_to(GENERATOR)}: {hook} is not in LAYERS")
    model = (GENERATOR / "catalog" / "model.h").read_text()
    for line in re.findall(r".*\bconst void \*.*", model):
        problems.append(f"generator/catalog/model.h: an untyped pointer: {line.strip()}")


def read_symbols(build):
    """file → the files that define what it uses, as room/file."""
    defined, undefined = {}, collections.defaultdict(set)
    objects = sorted(pathlib.Path(build, "generator").rglob("*.o"))
    listing = subprocess.run(["nm", "-A", *map(str, objects)], capture_output=True, text=True,
                             check=True).stdout
    for line in listing.splitlines():
        found = re.match(r".*\.dir/(\w+/\w+)\.c\.o:.* ([A-Zuv]) (\w+)$", line)
        if not found:
            continue
        file, kind, symbol = found.groups()
        if kind == "U":
            undefined[file].add(symbol)
        else:
            defined[symbol] = file
    arrows = collections.defaultdict(set)
    for file, symbols in undefined.items():
        for symbol in symbols:
            if symbol in defined and defined[symbol] != file:
                arrows[file].add(defined[symbol])
    return arrows


def circles(arrows):
    """The sets of nodes that reach each other (Tarjan), without those of one node."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(arrows.get(node, ())):
            if other not in index:
                visit(other)
            if other in stack:
                low[node] = min(low[node], low[other])
        if low[node] == index[node]:
            circle = []
            while not circle or circle[-1] != node:
                circle.append(stack.pop())
            if len(circle) > 1:
                found.append(sorted(circle))

    for node in sorted(arrows):
        if node not in index:
            visit(node)
    return sorted(found, key=len, reverse=True)


def check_symbols(rooms, build):
    arrows = read_symbols(build)
    upward, between = 0, collections.defaultdict(set)
    for file, others in sorted(arrows.items()):
        for other in sorted(others):
            room, used = file.split("/")[0], other.split("/")[0]
            between[room].add(used)
            if used not in rooms[room]:
                upward += 1
                problems.append(f"generator/{file}.c: {room} may not use {used} ({other}.c)")
    across = circles({room: used - {room} for room, used in between.items()})
    for circle in across:
        problems.append("a circle of rooms: " + " ".join(circle))
    inside = circles(arrows)
    total = sum(len(others) for others in arrows.values())
    print(f"{len(arrows)} files, {total} arrows, {upward} upward, {len(across)} circles of rooms")
    for circle in inside[:5]:
        print(f"a circle of {len(circle)} files in {circle[0].split('/')[0]}")


def main():
    sys.setrecursionlimit(10000)
    rooms, hooks = read_layers()
    check_includes(rooms)
    check_hooks(rooms, hooks)
    if len(sys.argv) > 1:
        check_symbols(rooms, sys.argv[1])
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())
