#!/usr/bin/env python3
"""The benchmark: Verbatim beside other engines, on the same folded text, in one run.

    tests/bench/run.py [--rounds N] [--only NAME,NAME…] [--work FOLDER]

Engines are programs with one contract (tests/bench/verbatim_bench.c tells it); those of others lie in
../shared/peers and are built here where their tools are installed. Each builds its index and answers all
queries in turn, nothing else running. Every engine must agree on every count, or the row is void. Writes
docs/performance.md from what it just measured. Exit status 77 where there are no peers or no corpus.
"""
import argparse
import glob
import os
import shutil
import statistics
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get("VERBATIM_SHARED", os.path.join(ROOT, "..", "shared"))
BENCH = os.path.join(ROOT, "build", "bench", "bin", "verbatim-bench")
STOP_WORDS = set("a an and are as at be but by for had he his if in into is it no not of on or such that the their then "
                 "there these they this to was will with who what end one day best all been fact other hand first time "
                 "thing same say king people united states america hill".split())

# What a mean may cost beside the best exact engine: the figures that the project is measured by.
ROWS = [
    ("phrase, top 10", lambda c, k, q: (c, k) == ("TOP_10", "phrase"), 1 / 12),
    ("phrase, top 10 and count", lambda c, k, q: (c, k) == ("TOP_10_COUNT", "phrase"), 1 / 20),
    ("only stop words, top 10", lambda c, k, q: (c, k) == ("TOP_10", "phrase") and stop(q), 1 / 60),
    ("only stop words, count", lambda c, k, q: (c, k) == ("TOP_10_COUNT", "phrase") and stop(q), 1 / 60),
    ("AND, top 10", lambda c, k, q: (c, k) == ("TOP_10", "and"), 1 / 2),
    ("OR, top 10", lambda c, k, q: (c, k) == ("TOP_10", "or"), 1 / 3),
    ("one word, top 10", lambda c, k, q: (c, k) == ("TOP_10", "term"), 1 / 4),
]


def stop(query):
    return all(word in STOP_WORDS for word in query.split())


def java():
    found = [p for p in glob.glob("/usr/lib/jvm/*/bin/javac") if release_of(p) >= 21]
    return os.path.dirname(os.path.dirname(sorted(found)[-1])) if found else None


def release_of(javac):
    run = subprocess.run([javac, "-version"], capture_output=True, text=True)
    digits = (run.stdout + run.stderr).split()[-1].split(".")[0]
    return int(digits) if digits.isdigit() else 0


def engines(peers):
    """Name: how it is built (None: it is), and the words its commands begin with."""
    home = java()
    classes = ":".join(os.path.join(peers, "lucene", "target", p) for p in ("*", "dependency/*"))
    flags = "$(pkg-config --cflags --libs %s)"
    return {
        "verbatim": (None, [BENCH]),
        "lucene": (home and "cd %s/lucene && JAVA_HOME=%s mvn -q package dependency:copy-dependencies" % (peers, home),
                   ["%s/bin/java" % home, "--add-modules", "jdk.incubator.vector", "-cp", classes, "Peer"]),
        "tantivy": ("cd %s/tantivy && cargo build -q --release" % peers,
                    [os.path.join(peers, "tantivy", "target", "release", "tantivy-peer")]),
        "xapian": ("cd %s/xapian && g++ -O2 peer.cc -o peer %s" % (peers, flags % "xapian-core jansson"),
                   [os.path.join(peers, "xapian", "peer")]),
        "fts5": ("cd %s/fts5 && gcc -O2 peer.c -o peer %s" % (peers, flags % "sqlite3 jansson"),
                 [os.path.join(peers, "fts5", "peer")]),
    }


def say(text):
    print(text, file=sys.stderr, flush=True)


def prepare(work):
    peers = os.path.join(work, "peers")
    if not os.path.isdir(peers):
        shutil.copytree(os.path.join(SHARED, "peers"), peers)
        subprocess.run(["chmod", "-R", "u+w", peers], check=True)
    corpora = subprocess.run([os.path.join(SHARED, "corpora", "unpack")], check=True, capture_output=True,
                             text=True).stdout.split()[-1]
    articles, queries = os.path.join(work, "bench.jsonl"), os.path.join(work, "queries.tsv")
    if not os.path.exists(articles):
        say("folding the corpus")
        subprocess.run([sys.executable, os.path.join(peers, "normalise.py"), articles, "200",
                        os.path.join(corpora, "enwiki2015.jsonl")], check=True)
    if not os.path.exists(queries):
        subprocess.run([sys.executable, os.path.join(peers, "queries.py"), articles,
                        os.path.join(corpora, "queries", "search_benchmark_game.jsonl"), "1", queries], check=True)
    return peers, articles, queries


def measure(name, recipe, command, articles, queries, work, rounds):
    if recipe and subprocess.run(recipe, shell=True).returncode != 0:
        say("%s cannot be built: left out" % name)
        return None
    folder = os.path.join(work, "index-" + name)
    shutil.rmtree(folder, ignore_errors=True)
    say("%s: building" % name)
    built = subprocess.run(command + ["index", articles, folder], check=True, capture_output=True, text=True).stdout
    numbers = dict(zip(built.split()[::2], built.split()[1::2]))
    say("%s: answering" % name)
    answers = subprocess.run(command + ["query", folder, queries, str(rounds)], check=True, capture_output=True,
                             text=True).stdout
    rows = {}
    for line in answers.splitlines():
        fields = line.split("\t")
        rows[tuple(fields[:3])] = (int(fields[3]), float(fields[4]))
    return {"seconds": float(numbers["index_s"]), "bytes": int(numbers["bytes"]), "rows": rows}


def void_rows(results):
    keys = set.intersection(*(set(r["rows"]) for r in results.values()))
    void = {k for k in keys if k[0].endswith("COUNT") and len({r["rows"][k][0] for r in results.values()}) > 1}
    for k in sorted(void):
        say("void: %s %s" % (" ".join(k), {n: r["rows"][k][0] for n, r in results.items()}))
    return keys - void, void


def cell(values):
    return "%s / %s" % tuple("{:,.0f}".format(v) if v >= 100 else "%.1f" % v for v in
                             (statistics.mean(values), statistics.median(values)))


def ratio_cell(ours, others, goal):
    if not others:
        return ""
    ratio = ours / min(others)
    return "%.2f (goal %.3g)" % (ratio, goal)


def table(results, keys):
    names = list(results)
    others = [n for n in names if n != "verbatim"]
    yield "| | rows | " + " | ".join(names) + " | to the best other |"
    yield "|---|---|" + "---|" * (len(names) + 1)
    for title, belongs, goal in ROWS:
        chosen = [k for k in keys if belongs(*k)]
        times = {n: [results[n]["rows"][k][1] for k in chosen] for n in names}
        means = {n: statistics.mean(v) for n, v in times.items()}
        yield "| %s | %d | %s | %s |" % (title, len(chosen), " | ".join(cell(times[n]) for n in names),
                                        ratio_cell(means["verbatim"], [means[n] for n in others], goal))
    for title, field, scale, goal in (("building, s", "seconds", 1, 1 / 2), ("bytes, MB", "bytes", 1e6, 1.28)):
        values = {n: results[n][field] / scale for n in names}
        yield "| %s | | %s | %s |" % (title, " | ".join("%.1f" % values[n] for n in names),
                                     ratio_cell(values["verbatim"], [values[n] for n in others], goal))


def machine():
    with open("/proc/cpuinfo") as f:
        model = [line.split(":")[1].strip() for line in f if line.startswith("model name")]
    return "%d × %s" % (len(model), model[0])


def page(results, keys, void, rounds):
    return """# How fast is Verbatim?

Measured by `./run bench`, which wrote this page: 278,219 articles, 66.5 million words, 402 MB of folded
text, so that every engine indexes the same words; nothing stored but ids. Microseconds a query, mean / median,
the best of %d rounds, one thread, no cache of results, on %s. Every engine agreed on every count%s.

%s

What stands behind the numbers, and what is not here yet:

- Verbatim counts every match in every row, also where only the ten best are asked for: its totals are always
  exact. Its times hold parsing, planning and reading the stored fields of the ten hits.
- No row has word n-grams behind it, and only one word skips blocks by their bounds. The goals in the last column, each a
  ratio of means, are set for both.
""" % (rounds, machine(), ", but for %d rows left out" % len(void) if void else "", "\n".join(table(results, keys)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--work", default=os.path.join(ROOT, "build", "bench-work"))
    options = parser.parse_args()
    if not os.path.isdir(os.path.join(SHARED, "peers")):
        print("skipped: there are no other engines in '%s'" % os.path.join(SHARED, "peers"))
        return 77
    os.makedirs(options.work, exist_ok=True)
    peers, articles, queries = prepare(options.work)
    wanted = options.only.split(",") if options.only else None
    results = {}
    for name, (recipe, command) in engines(peers).items():
        if wanted and name not in wanted:
            continue
        result = measure(name, recipe, command, articles, queries, options.work, options.rounds)
        if result:
            results[name] = result
    keys, void = void_rows(results)
    text = page(results, keys, void, options.rounds)
    print(text)
    if not wanted:
        with open(os.path.join(ROOT, "docs", "performance.md"), "w") as out:
            out.write(text)
    return 1 if void else 0


sys.exit(main())
