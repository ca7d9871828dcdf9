#!/usr/bin/env python3
"""The memory budget of a build holds: at most 1.1 times the budget and 64 MiB are ever resident.
    memory_budget.py [--full]     without --full, inputs are an eighth of the size and the budget 64 MB
"""
import os
import shutil
import subprocess
import sys
import tempfile

INDEXER = os.path.join(os.environ.get("VERBATIM_BIN", "build/release/bin"), "verbatim-index")
MIB = 1 << 20
FULL = "--full" in sys.argv
SCALE = 8 if FULL else 1
BUDGETS = (64, 256, 1024) if FULL else (64,)


def unique_words(out):
    """No word stands twice: the vocabulary is as large as the text."""
    for i in range(12000 * SCALE):
        words = " ".join("%x" % (0x9E3779B97F4A7C15 * (i * 1000 + j + 1) % (1 << 64)) for j in range(700))
        out.write('{"id":"u%d","body":"%s"}\n' % (i, words))


def tiny_articles(out):
    for i in range(400000 * SCALE):
        out.write('{"id":"t%d","title":"t","body":"w%d x"}\n' % (i, i % 1000))


def few_words(out):
    """Every pair of words has a list, and the pairs of the most frequent word are more than can be sorted at once."""
    words = ["w%d" % min(i % 600, i // 3 % 200) for i in range(6000)] + ["the of"] * 3000
    for i in range(40000 * SCALE):
        body = " ".join(words[0x9E3779B97F4A7C15 * (i * 100 + j + 1) % (1 << 64) % 9000] for j in range(100))
        out.write('{"id":"f%d","body":"%s"}\n' % (i, body))


def one_giant_line(out):
    """Refused by its size, measured before it is held; the others are read."""
    out.write('{"id":"first","body":"before the giant"}\n{"id":"giant","body":"')
    for _ in range(128 * SCALE):
        out.write("all work and no play " * (MIB // 21))
    out.write('"}\n{"id":"last","body":"behind the giant"}\n')


def largest_articles(out):
    """Each just under an eighth of the smallest budget, of one word alone."""
    for i in range(12 * SCALE):
        out.write('{"id":"l%d","body":"%s"}\n' % (i, "a " * (4 * MIB - 64)))


def repeated_ids(out):
    """Every article is replaced again and again: the articles are read twice."""
    for i in range(200000 * SCALE):
        out.write('{"id":"r%d","body":"version %d of it, with a few words more"}\n' % (i % (50000 * SCALE), i))


def measure(folder, make, budget, *options):
    source, target = os.path.join(folder, "in.jsonl"), os.path.join(folder, "out.vbt")
    with open(source, "w") as out:
        make(out)
    run = subprocess.Popen([INDEXER, "build", "--quiet", "--memory=%dMB" % budget, *options, "-o", target, source],
                           stderr=subprocess.PIPE)
    message = run.stderr.read().decode()
    _, status, usage = os.wait4(run.pid, 0)
    resident, most = usage.ru_maxrss / 1024, 1.1 * budget + 64
    good = status == 0 and resident <= most
    print("%-17s %s %6.0f MB of input, budget %4d: %4.0f MiB resident, at most %4.0f%s" %
          (make.__name__, " ".join(options), os.path.getsize(source) / 1e6, budget, resident, most, "" if good else "  FAILED"), flush=True)
    if message:
        print("    " + message.strip()[:300])
    return good


def main():
    if not os.access(INDEXER, os.X_OK):
        print("skipped: verbatim-index is not there")
        return 77
    folder = tempfile.mkdtemp(prefix="verbatim-memory-")
    try:
        cases = (unique_words, tiny_articles, few_words, one_giant_line, largest_articles, repeated_ids)
        results = [measure(folder, make, budget) for budget in BUDGETS for make in cases]
        results += [measure(folder, make, 64, "--reorder")
                    for make in (tiny_articles, few_words, largest_articles, repeated_ids)]
    finally:
        shutil.rmtree(folder)
    return 0 if all(results) else 1


sys.exit(main())
