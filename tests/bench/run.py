#!/usr/bin/env python3
"""The benchmark: Verbatim beside other engines, on the same folded text, in one run.

Engines are programs with one contract (tests/bench/verbatim_bench.c tells it). They take turns, nothing else
running. The exact ones must agree on every count, or the row is void. Writes docs/performance.md and its
picture from what it just measured, if that was everything; else it prints the page and keeps it in the work
folder. Exit status 0; 1 where rows are void, answers differ or a part failed; 77 where there is no corpus.
"""
import argparse
import os
import shutil
import subprocess
import sys
import time

import engines
import kinds
import load
import measures
import page
from corpus import Corpus

ROOT = engines.ROOT
SHARED = os.environ.get("VERBATIM_SHARED", os.path.join(ROOT, "..", "shared"))
PARTS = {"building": measures.measure_building, "queries": measures.measure_queries, "kinds": kinds.measure_kinds,
         "once": measures.measure_once,
         "growth": measures.measure_growth, "open": measures.measure_opening, "batch": measures.measure_batch,
         "quotations": measures.measure_quotations, "suggestions": measures.measure_suggestions,
         "http": load.measure_http}


def words(text):
    return [word for word in text.split(",") if word]


def parse():
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__.splitlines()[0])
    parser.add_argument("--only", type=words, default=[], metavar="PART,…", help="parts: " + " ".join(PARTS))
    parser.add_argument("--engines", type=words, default=[], metavar="NAME,…",
                        help="beside these alone: verbatim-reordered lucene lucene-bp tantivy seekstorm xapian fts5")
    parser.add_argument("--rounds", type=int, default=10, help="passes over the queries in a turn (10)")
    parser.add_argument("--turns", type=int, default=3, help="turns that the engines take (3)")
    parser.add_argument("--quick", action="store_true", help="a ninth of the articles, one turn of three rounds")
    parser.add_argument("--rebuild", action="store_true", help="make anew also the indexes kept between runs")
    parser.add_argument("--work", default=os.path.join(ROOT, "build", "bench-work"), metavar="FOLDER")
    parser.add_argument("--peers", metavar="FOLDER", help="the other engines' programs, built there where they are not")
    parser.add_argument("--programs", default=os.path.join(ROOT, "build", "bench", "bin"), metavar="FOLDER",
                        help="where verbatim-bench and the other programs lie")
    options = parser.parse_args()
    for given, known, what in ((options.only, PARTS, "part"), (options.engines, engines.LABELS, "engine")):
        for name in given:
            if name not in known:
                parser.error("there is no %s '%s'" % (what, name))
    if options.quick:
        options.rounds, options.turns = min(options.rounds, 3), 1
    return options


def find_peers(options):
    """The folder of the other engines: as given, or a copy of the shared one, to build in."""
    if options.peers:
        return os.path.abspath(options.peers)
    shared, copy = os.path.join(SHARED, "peers"), os.path.join(options.work, "peers")
    if not os.path.isdir(copy) and os.path.isdir(shared):
        shutil.copytree(shared, copy)
        subprocess.run(["chmod", "-R", "u+w", copy], check=True)
    return copy if os.path.isdir(copy) else None


def measure(bench, parts):
    """What the parts found; a part that fails is told and left out."""
    found = {}
    for name in parts:
        start = time.monotonic()
        try:
            found[name] = PARTS[name](bench)
        except (OSError, RuntimeError, ValueError, subprocess.CalledProcessError) as cause:
            engines.say("%s: failed: %s" % (name, cause))
        engines.say("%s: %.0f s" % (name, time.monotonic() - start))
    return found


def faults(found):
    judged = [found[name] for name in ("queries", "once") if name in found]
    return any(part["void"] or part.get("tops") for part in judged)


def main():
    options = parse()
    os.makedirs(options.work, exist_ok=True)
    peers = find_peers(options)
    if not peers or not os.path.isdir(os.path.join(SHARED, "corpora")):
        print("skipped: there are no corpora and no other engines in '%s'" % SHARED)
        return 77
    if not os.path.exists(os.path.join(options.programs, "verbatim-bench")):
        print("run.py: there is no verbatim-bench in '%s'; ./run bench builds it" % options.programs, file=sys.stderr)
        return 2
    load_at_start = os.getloadavg()[0]
    corpus = Corpus(options.work, peers, SHARED, options.quick)
    bench = measures.Bench(corpus, engines.available(options.programs, peers, options.engines), options.programs,
                           options)
    parts = [part for part in PARTS if part in options.only or not options.only]
    found = measure(bench, parts)
    text = page.render(found, corpus.size(), options, load_at_start)
    print(text)
    whole = not (options.only or options.engines or options.quick) and len(found) == len(PARTS)
    folder = os.path.join(ROOT, "docs") if whole else corpus.folder
    page.write(folder, text, found)
    engines.say("written: %s" % os.path.join(folder, "performance.md"))
    return 1 if faults(found) or len(found) < len(parts) else 0


if __name__ == "__main__":
    sys.exit(main())
