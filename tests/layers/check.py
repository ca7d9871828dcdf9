#!/usr/bin/env python3
"""Reads the sources of the house and fails on an arrow that is not drawn, a circle, a library that
two rooms know, and what is too long.

    check.py [ROOT]

Each finding is a line `FILE:LINE: cause`; the exit status is 1 where there is any.
"""
import os
import re
import sys

# The rooms, and into which other rooms each may look. The rooms' CMakeLists.txt say the same.
ARROWS = {
    "shared/base": [],
    "shared/text": ["base"],
    "shared/codec": ["base"],
    "shared/store": ["base", "codec"],
    "indexer/input": ["base", "text"],
    "indexer/build": ["base", "text", "codec", "store"],
    "server/query": ["base", "text"],
    "server/match": ["base", "store"],
    "server/rank": ["base", "store", "match"],
    "server/search": ["base", "text", "store", "query", "match", "rank"],
    "server/http": ["base", "search"],
}

# What the programs themselves, which lie beside the rooms, may look into.
PROGRAMS = {
    "indexer": ["base", "text", "store", "input", "build"],
    "server": ["base", "text", "store", "query", "match", "rank", "search", "http"],
    "shared": [],
}

# Headers of libraries that one room alone may know, as they begin.
LIBRARIES = [
    "xxhash.h", "json-c/", "utf8proc.h", "uchardet", "iconv.h", "archive", "gumbo.h", "zlib.h",
    "libdeflate.h", "microhttpd.h", "seccomp.h", "libstemmer.h", "expat.h",
]

LINES_OF_SOURCE = 600
LINES_OF_HEADER = 150
LINES_OF_FUNCTION = 70
COLUMNS = 100
INCLUDE_DEPTH = 6

ROOM_PATHS = {os.path.basename(path): path for path in ARROWS}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)
COMMENT_OR_STRING = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(match):
    """The same lines with nothing on them, so that what follows keeps its place."""
    return '""' + "\n" * match.group().count("\n")


class Source:
    """One file: its text, what it includes, and where it lies."""

    def __init__(self, root, path):
        self.path = path
        with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
            self.text = file.read()
        self.room = room_of(path)
        kept = COMMENT_OR_STRING.sub(
            lambda m: m.group() if m.group()[0] == '"' else blank(m), self.text)
        self.includes = [(m.group(1) == '"', m.group(2), kept.count("\n", 0, m.start()) + 1)
                         for m in INCLUDE.finditer(kept)]
        self.code = COMMENT_OR_STRING.sub(blank, self.text)


def room_of(path):
    """"base" for shared/base/slice.h; the path itself for a program's own file."""
    folder = "/".join(path.split("/")[:2])
    return os.path.basename(folder) if folder in ARROWS else path


def path_of(include, source):
    """Where an include such as "base/slice.h" lies. A program's own header has no room before it."""
    room, _, rest = include.partition("/")
    if not rest and source.room == source.path:
        return f"{os.path.dirname(source.path)}/{include}"
    return f"{ROOM_PATHS[room]}/{rest}" if room in ROOM_PATHS and rest else None


def find_sources(root):
    sources = {}
    for wing in ("shared", "indexer", "server"):
        for folder, folders, names in os.walk(os.path.join(root, wing)):
            folders.sort()
            for name in sorted(names):
                if name.endswith((".c", ".h")):
                    path = os.path.relpath(os.path.join(folder, name), root)
                    sources[path] = Source(root, path)
    return sources


def allowed(source):
    if source.room in ROOM_PATHS:
        return [source.room] + ARROWS[ROOM_PATHS[source.room]]
    return PROGRAMS[source.path.split("/")[0]]


def check_includes(sources, say):
    for source in sources.values():
        for quoted, name, line in source.includes:
            target = path_of(name, source)
            if not quoted:
                if target in sources:
                    say(source.path, line, f"'{name}' is ours and is included with quotes")
            elif target is None:
                say(source.path, line, f"'{name}' is not spelled room/file")
            elif target not in sources:
                say(source.path, line, f"'{name}' does not exist")
            elif room_of(target) != target and room_of(target) not in allowed(source):
                say(source.path, line,
                    f"arrow not drawn: {source.room} includes '{name}'")


def check_libraries(sources, say):
    for library in LIBRARIES:
        users = {}
        for source in sources.values():
            for _, name, line in source.includes:
                if name.startswith(library):
                    users.setdefault(source.room, (source.path, line))
        if len(users) > 1:
            rooms = " and ".join(sorted(users))
            for path, line in users.values():
                say(path, line, f"library '{library}' is known to {rooms}; one room alone may")


def read_room(root, path):
    """What verbatim_room says in the room's CMakeLists.txt: {keyword: words}, or None."""
    try:
        with open(os.path.join(root, path, "CMakeLists.txt"), encoding="utf-8") as file:
            text = re.sub(r"#[^\n]*", "", file.read())
    except OSError:
        return None
    call = re.search(r"\bverbatim_room\s*\(([^)]*)\)", text)
    if not call:
        return None
    found, keyword = {}, "NAME"
    for word in call.group(1).split():
        if word in ("SOURCES", "DEPENDS", "PARTS"):
            keyword = word
        else:
            found.setdefault(keyword, []).append(word)
    return found


def check_rooms(root, sources, say):
    """The build's arrows are the drawn ones, and each part is linked by one room."""
    parts = {}
    for path, drawn in ARROWS.items():
        room = os.path.basename(path)
        said = read_room(root, path)
        place = f"{path}/CMakeLists.txt"
        if said is None:
            if any(source.room == room for source in sources.values()):
                say(place, 1, f"room {room} has sources but no verbatim_room")
            continue
        if said.get("NAME") != [room]:
            say(place, 1, f"the room in {path} is not called {room}")
        if set(said.get("DEPENDS", [])) != set(drawn):
            say(place, 1, f"DEPENDS of {room} is not as drawn: {' '.join(drawn) or 'nothing'}")
        for part in said.get("PARTS", []):
            if part.startswith("part_"):
                parts.setdefault(part, []).append(room)
    for part, rooms in parts.items():
        if len(rooms) > 1:
            say(f"{ROOM_PATHS[rooms[1]]}/CMakeLists.txt", 1,
                f"{part} is linked by {' and '.join(rooms)}; one room alone may")


def find_circle(graph):
    """A circle as a list of names whose last is its first, or None."""
    done, path = set(), []

    def visit(name):
        if name in path:
            return path[path.index(name):] + [name]
        if name in done:
            return None
        path.append(name)
        for following in graph.get(name, []):
            circle = visit(following)
            if circle:
                return circle
        done.add(path.pop())
        return None

    for name in graph:
        circle = visit(name)
        if circle:
            return circle
    return None


def own_includes(source, sources):
    found = [path_of(name, source) for quoted, name, _ in source.includes if quoted]
    return [path for path in found if path in sources]


def check_circles(sources, say):
    files = {path: own_includes(source, sources) for path, source in sources.items()}
    rooms = {room: [] for room in ROOM_PATHS}
    for path, included in files.items():
        room = room_of(path)
        if room in rooms:
            rooms[room] += [room_of(other) for other in included if room_of(other) != room]
    circle = find_circle(rooms)
    if circle:
        say(ROOM_PATHS[circle[0]], 1, "circle of rooms: " + " -> ".join(circle))
    circle = find_circle(files)
    if circle:
        say(circle[0], 1, "circle of headers: " + " -> ".join(circle))
    return circle is None


def check_depth(sources, say):
    """Only where there is no circle."""
    depths = {}

    def depth(path):
        if path not in depths:
            depths[path] = 1 + max(map(depth, own_includes(sources[path], sources)), default=-1)
        return depths[path]

    for path in sources:
        if depth(path) > INCLUDE_DEPTH:
            say(path, 1, f"includes {depth(path)} deep; at most {INCLUDE_DEPTH}")


def functions_of(code):
    """The name, first line and number of lines of each function: a body in braces, outside all others,
    behind something that ends with a parenthesis."""
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: "\n" * m.group().count("\n"), code,
                  flags=re.M)
    depth, start, function = 0, 0, None
    for match in re.finditer(r"[{};]", code):
        at, sign = match.start(), match.group()
        if sign == "{":
            head = code[start:at].strip()
            if depth == 0 and head.endswith(")") and "=" not in head:
                function = start + len(code[start:at]) - len(code[start:at].lstrip())
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0 and function is not None:
                names = re.findall(r"(\w+)\s*\(", code[function:at])
                first = code.count("\n", 0, function) + 1
                yield names[0], first, code.count("\n", function, at) + 1
                function = None
        if depth == 0:
            start = at + 1


def check_lengths(sources, say):
    lengths = []
    for path, source in sources.items():
        lines = source.text.split("\n")
        most = LINES_OF_HEADER if path.endswith(".h") else LINES_OF_SOURCE
        if len(lines) - 1 > most:
            say(path, most + 1, f"{len(lines) - 1} lines; at most {most}")
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS:
                say(path, number, f"{len(line)} columns; at most {COLUMNS}")
        for name, first, length in functions_of(source.code):
            lengths.append(length)
            if length > LINES_OF_FUNCTION:
                say(path, first, f"{name} has {length} lines; at most {LINES_OF_FUNCTION}")
    return sorted(lengths)


def check_words(sources, say):
    for path, source in sources.items():
        for number, line in enumerate(source.text.split("\n"), 1):
            if re.search(r"\b(TODO|FIXME|XXX)\b", line):
                say(path, number, "unfinished work is named")
        for number, line in enumerate(source.code.split("\n"), 1):
            if re.search(r"\bindex\b", line) and not line.lstrip().startswith("#"):
                say(path, number, "a symbol is called 'index'")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "..")
    findings = []

    def say(path, line, cause):
        findings.append((path, line, cause))

    sources = find_sources(root)
    check_includes(sources, say)
    check_libraries(sources, say)
    check_rooms(root, sources, say)
    if check_circles(sources, say):
        check_depth(sources, say)
    lengths = check_lengths(sources, say)
    check_words(sources, say)
    for path, line, cause in sorted(findings):
        print(f"{path}:{line}: {cause}")
    if lengths:
        print(f"{len(sources)} files, {len(lengths)} functions: median {lengths[len(lengths) // 2]} "
              f"lines, nine in ten up to {lengths[len(lengths) * 9 // 10]}, longest {lengths[-1]}")
    print(f"{len(findings)} findings" if findings else "the house stands as drawn")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
