"""How many branches of the C sources the tests have taken: of each room, and of its files where they are asked for.

    coverage.py BUILD [--room ROOM]...

BUILD was compiled with --coverage and its tests have run there; gcov reads what they left. A branch counts once,
whichever sources include its line. Lines of assert() are left out: nothing that is read gets them to fail."""
import argparse
import collections
import functools
import glob
import json
import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HALVES = ("shared", "indexer", "server")
AT_ONCE = 40


def left_behind(build):
    """The files of counts of each room, a handful at a time."""
    for half in HALVES:
        for folder in sorted(glob.glob(os.path.join(build, half, "*", "CMakeFiles", "*.dir"))):
            counts = sorted(glob.glob(os.path.join(folder, "*.gcda")))
            for first in range(0, len(counts), AT_ONCE):
                yield counts[first:first + AT_ONCE]


def told_by_gcov(build, counts):
    program = os.environ.get("GCOV", "gcov")
    done = subprocess.run([program, "--branch-probabilities", "--json-format", "--stdout", *counts], cwd=build,
                          check=True, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        yield from json.loads(line)["files"]


@functools.lru_cache(maxsize=None)
def asserting(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as source:
        return {number for number, line in enumerate(source, 1) if "assert(" in line}


def branches_of(build):
    """{file: {(function, line, place of the branch there): times taken}}"""
    taken = collections.defaultdict(collections.Counter)
    for counts in left_behind(build):
        for told in told_by_gcov(build, counts):
            name = os.path.relpath(os.path.join(build, told["file"]), ROOT)
            if not name.startswith(HALVES):
                continue
            for line in told["lines"]:
                if line["line_number"] in asserting(name):
                    continue
                for place, branch in enumerate(line["branches"]):
                    key = (line.get("function_name"), line["line_number"], place)
                    taken[name][key] += branch["count"]
    return taken


def row(name, branches, width):
    some = sum(count > 0 for count in branches)
    print("%-*s %6.1f %% of %5d" % (width, name, 100 * some / len(branches), len(branches)))


def print_rooms(taken):
    rooms = collections.defaultdict(list)
    for name, branches in taken.items():
        for room in (name.split("/")[0], os.path.dirname(name)):
            rooms[room].extend(branches.values())
    for room in sorted(rooms):
        if rooms[room]:
            row(room, rooms[room], 20)


def print_files(taken, room):
    """Each file with the lines of which a branch was never taken."""
    for name in sorted(taken):
        if os.path.dirname(name) == room and taken[name]:
            row(name, taken[name].values(), 40)
            never = sorted({line for (_, line, _), count in taken[name].items() if not count})
            if never:
                print("    " + " ".join(map(str, never)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=os.path.abspath)
    parser.add_argument("--room", action="append", default=[], help="tell of its files too: shared/store")
    asked = parser.parse_args()
    taken = branches_of(asked.build)
    if not taken:
        parser.error("no test has left counts in '%s'" % asked.build)
    print_rooms(taken)
    for room in asked.room:
        print_files(taken, room)


main()
