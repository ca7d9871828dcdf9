"""The parts of the benchmark. Each takes the bench and gives what it measured as plain numbers."""
import json
import os
import subprocess
import time

import arithmetic
import engines
import quotations
import suggestions
from engines import say

MIB = 1 << 20
VARIANTS = {"grams": {}, "no-grams": {"NO_GRAMS": "1"}, "text": {"STORE": "1"}}
BUDGETS = (64, 256, 1024)
ONCE_WEB = 10000
SHARES = (8, 4, 2, 1)
OPENINGS = 15


class Bench:
    """What all parts know, and the indexes made so far in this run."""

    def __init__(self, corpus, found, programs, options):
        self.corpus, self.programs = corpus, programs
        self.engines, self.ours, self.others = found, found[0], found[1:]
        self.rounds, self.turns, self.rebuild = options.rounds, options.turns, options.rebuild
        self.built = {}

    def program(self, name):
        return os.path.join(self.programs, name)

    def folder(self, name):
        return self.corpus.path("index-" + name)

    def build_ours(self, variant, budget=1024, articles=None, name=None):
        """Builds an index of ours; its folder's name is the variant's, or the name given."""
        name = "verbatim-" + (name or variant)
        say("%s: building, %d MB" % (name, budget))
        numbers = self.ours.build(articles or self.corpus.articles(), self.folder(name), MEMORY=str(budget * MIB),
                                  **VARIANTS[variant])
        self.built[name] = numbers
        return numbers

    def ours_at(self, variant):
        """The folder of an index of ours that this run's program made."""
        if "verbatim-" + variant not in self.built:
            self.build_ours(variant)
        return self.folder("verbatim-" + variant)

    def build_other(self, engine, stored=False):
        name = engine.name + ("-text" if stored else "")
        say("%s: building%s" % (engine.label, ", the text stored" if stored else ""))
        setting = {"STORE": "1"} if stored else {}
        load = os.getloadavg()[0]
        numbers = engine.build(self.corpus.articles(), self.folder(name), **setting)
        record = dict(numbers, load=load)
        engines.write_record(self.folder(name) + ".json", self.key(), record)
        self.built[name] = record
        return record

    def key(self):
        return "%d bytes" % os.path.getsize(self.corpus.articles())

    def other_at(self, engine):
        """The folder of an engine's index and what was noted when it was made, maybe in an earlier run."""
        folder = self.folder(engine.name)
        if engine.name not in self.built:
            anew = self.rebuild or engine.name in engines.OURS
            record = None if anew else engines.read_record(folder + ".json", self.key())
            self.built[engine.name] = dict(record, earlier=True) if record else self.build_other(engine)
        return folder

    def ask(self, engine, queries, rounds):
        """Answers; of another engine that fails at it, none from now on: it is left out."""
        if engine is self.ours:
            return engine.ask(self.ours_at("grams"), queries, rounds)
        try:
            return engine.ask(self.other_at(engine), queries, rounds) if engine in self.others else {}
        except RuntimeError as cause:
            say("left out from here on: %s" % cause)
            self.others.remove(engine)
            return {}


# --- building ---------------------------------------------------------------------------------------

def least(older, newer):
    """Of two builds each time that is less; the peak of memory is the larger."""
    if older is None:
        return newer
    times = {name: min(newer[name], older[name]) for name in newer if name.endswith("_s")}
    return dict(newer, **times, peak_bytes=max(older.get("peak_bytes", 0), newer.get("peak_bytes", 0)))


def info(bench, variant):
    path = os.path.join(bench.folder("verbatim-" + variant), "bench.vbt")
    said = subprocess.run([bench.program("verbatim-index"), "info", "--json", path], check=True, capture_output=True,
                          text=True).stdout
    return json.loads(said)


def measure_building(bench):
    """Turns, so that a slow minute of the machine meets everybody."""
    ours, others, stored = {}, {}, {}
    quick_others = [e for e in bench.others if not e.prepared]
    for _ in range(bench.turns):
        for variant in VARIANTS:
            ours[variant] = least(ours.get(variant), bench.build_ours(variant))
        for engine in quick_others:
            others[engine.name] = least(others.get(engine.name), bench.build_other(engine))
            if engine.stores:
                stored[engine.name] = least(stored.get(engine.name), bench.build_other(engine, stored=True))
    for engine in bench.others:
        if engine.prepared:
            bench.other_at(engine)
            others[engine.name] = bench.built[engine.name]
    peaks = {budget: bench.build_ours("text", budget, name="budget")["peak_bytes"] for budget in BUDGETS[:-1]}
    peaks[BUDGETS[-1]] = max(numbers["peak_bytes"] for numbers in ours.values())
    return {"ours": ours, "others": others, "stored": stored, "peaks": peaks,
            "info": {variant: info(bench, variant) for variant in VARIANTS}}


# --- one query at a time --------------------------------------------------------------------------------

def measure_queries(bench):
    """Every engine in turn, several times over; the least time of a row is taken."""
    queries, results = bench.corpus.rows(), {}
    for turn in range(bench.turns):
        for engine in bench.engines:
            if engine.few and turn > 0:
                continue
            say("%s: answering, turn %d of %d" % (engine.label, turn + 1, 1 if engine.few else bench.turns))
            rounds = min(2, bench.rounds) if engine.few else bench.rounds
            results[engine.name] = arithmetic.best_of(results.get(engine.name, {}),
                                                      bench.ask(engine, queries, rounds))
    return judge(bench, results)


def judge(bench, results):
    """The rows that stand, and what is to be said of the others."""
    results = {name: rows for name, rows in results.items() if rows}
    exact = {e.name for e in bench.engines if e.exact}
    void = arithmetic.void_rows(results, exact)
    keys = arithmetic.common_rows(results) - set(void)
    wrong = {e.name: {row: pair for row, pair in arithmetic.wrong_rows(results, e.name, "verbatim").items()
                      if row not in void} for e in bench.others if not e.exact and e.name in results}
    return {"results": results, "keys": keys, "void": void, "wrong": wrong,
            "tops": arithmetic.differing_tops(results["verbatim"])}


# --- phrases asked once ---------------------------------------------------------------------------------

def once_sets(bench):
    share = 10 if bench.corpus.quick else 1
    return [("web queries (TREC)", "web", lambda: bench.corpus.web_queries()[:ONCE_WEB // share]),
            ("luceneutil's phrases", "tasks", bench.corpus.tasks),
            ("phrases of the articles", "standing", lambda: bench.corpus.standing(6000 // share))]


def measure_once(bench):
    """A fresh process for each set and command, one round: no row was ever asked before."""
    lines, void, wrong = [], {}, {}
    for title, name, phrases in once_sets(bench):
        for command in ("TOP_10", "TOP_10_COUNT"):
            queries = bench.corpus.phrase_rows(name, command, phrases)
            results = {}
            for engine in bench.engines:
                if not engine.few and engine.name != "lucene-bp":
                    say("%s: %s once, %s" % (engine.label, title, command))
                    results[engine.name] = bench.ask(engine, queries, 1)
            judged = judge(bench, results)
            void.update(judged["void"])
            for other, rows in judged["wrong"].items():
                wrong.setdefault(other, {}).update(rows)
            standing = sum(1 for row in results["verbatim"].values() if row[0] > 0)
            lines.append({"title": title, "command": command, "standing": standing, "times": {
                n: arithmetic.summary([rows[k][1] for k in judged["keys"]]) for n, rows in judged["results"].items()}})
    return {"lines": lines, "void": void, "wrong": wrong}


# --- growth, opening, batches ---------------------------------------------------------------------------

def measure_growth(bench):
    """The same phrases on an eighth of the articles, a quarter, a half and all."""
    lines = []
    for step in SHARES:
        name = "verbatim-part-%d" % step
        if step == 1:
            folder = bench.ours_at("grams")
        else:
            bench.build_ours("grams", articles=bench.corpus.part(step), name="part-%d" % step)
            folder = bench.folder(name)
        rows = {}
        for _ in range(bench.turns):
            rows = arithmetic.best_of(rows, bench.ours.ask(folder, bench.corpus.rows(), bench.rounds))
        cost = {command: arithmetic.summary([us for (c, k, _), (_, us, _) in rows.items()
                                             if (c, k) == (command, "phrase")])
                for command in ("TOP_10", "TOP_10_COUNT")}
        lines.append({"share": 1 / step, "cost": cost})
    return lines


def drop_from_cache(path):
    with open(path, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def measure_opening(bench):
    """Fresh processes: with the file in the page cache, and with nothing of it there."""
    found = {}
    for variant in ("grams", "text"):
        folder = bench.ours_at(variant)
        path = os.path.join(folder, "bench.vbt")
        for state in ("warm", "cold"):
            opened, first = [], []
            for _ in range(OPENINGS):
                if state == "cold":
                    drop_from_cache(path)
                numbers = engines.read_numbers(bench.ours.run(["open", folder, bench.corpus.rows()]))
                opened.append(numbers["open_us"])
                first.append(numbers["open_us"] + numbers["first_us"])
            found[variant, state] = {"bytes": os.path.getsize(path), "open": arithmetic.summary(opened),
                                     "first": arithmetic.summary(first)}
    return found


def batch_file(bench, name, phrases):
    def write(target):
        with open(target, "w") as out:
            out.writelines(phrase + "\n" for phrase in phrases())
    return bench.corpus.made("batch-%s.txt" % name, write)


def measure_batch(bench):
    """verbatim-search over 50,000 phrases, output and all."""
    count = 5000 if bench.corpus.quick else 50000
    sets = [("TREC's million queries", batch_file(bench, "million", lambda: bench.corpus.web_queries(99)[:count])),
            ("phrases of the articles", batch_file(bench, "standing", lambda: bench.corpus.standing(count)))]
    path, lines = os.path.join(bench.ours_at("grams"), "bench.vbt"), []
    for title, queries in sets:
        with open(queries) as file:
            asked = sum(1 for _ in file)
        threads, line = 1, {"title": title, "asked": asked, "seconds": {}}
        while threads <= (os.cpu_count() or 1):
            say("batch: %s, threads %d" % (title, threads))
            line["seconds"][threads] = min(run_batch(bench, path, queries, threads) for _ in range(2))
            threads *= 2
        lines.append(line)
    return lines


def run_batch(bench, path, queries, threads):
    words = ["--batch=" + queries, "--mode=phrase", "--threads=%d" % threads, "--limit=10", "--snippets=0", "--quiet"]
    start = time.monotonic()
    subprocess.run([bench.program("verbatim-search"), path, *words], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


# --- quotations -----------------------------------------------------------------------------------------

def quotation_index(bench, corpus):
    """Of the articles as they were written, which the folded ones are not."""
    path = bench.corpus.path("quotations.vbt")
    say("quotations: building")
    subprocess.run([bench.program("verbatim-index"), "build", "--quiet", "--memory=1GB", "-o", path, corpus], check=True)
    return path


def measure_quotations(bench):
    """Pasted texts of 60 words, three places of each damaged: each by itself, traced to the article it is from."""
    corpus = os.path.join(bench.corpus.corpora, "enwiki2015.jsonl")
    count = 100 if bench.corpus.quick else 1000
    texts = bench.corpus.made("quotations-%d.tsv" % count, lambda t: quotations.write(corpus, t, count))
    path, best = quotation_index(bench, corpus), None
    for turn in range(bench.turns):
        say("quotations: turn %d of %d" % (turn + 1, bench.turns))
        said = subprocess.run([bench.program("verbatim-quote-bench"), path, texts, str(min(3, bench.rounds))],
                              check=True, capture_output=True, text=True).stdout
        rows = [line.split("\t") for line in said.splitlines()]
        times = [int(row[1]) for row in rows]
        best = [min(pair) for pair in zip(best, times)] if best else times
    return {"us": arithmetic.summary(best), "first": sum(row[0] == row[4] for row in rows)}


# --- suggestions ----------------------------------------------------------------------------------------

def ask_suggestions(bench, path, texts):
    """[(kind, microseconds, text)], each text asked once by a fresh process."""
    said = subprocess.run([bench.program("verbatim-suggest-bench"), path, texts], check=True, capture_output=True,
                          text=True, encoding="utf-8").stdout
    rows = [line.split("\t") for line in said.split("\n") if line]
    return [(row[0], float(row[1]), row[4]) for row in rows]


def measure_suggestions(bench):
    """Thousands of texts as they are being typed, over the articles as they were written."""
    corpus = os.path.join(bench.corpus.corpora, "enwiki2015.jsonl")
    count = 60 if bench.corpus.quick else 600
    texts = bench.corpus.made("suggestions-%d.tsv" % count, lambda t: suggestions.write(
        corpus, bench.corpus.web_queries(), t, count))
    path = bench.corpus.path("quotations.vbt")
    path, best = path if os.path.exists(path) else quotation_index(bench, corpus), None
    for turn in range(bench.turns):
        say("suggestions: turn %d of %d" % (turn + 1, bench.turns))
        rows = ask_suggestions(bench, path, texts)
        times = [row[1] for row in rows]
        best = [min(pair) for pair in zip(best, times)] if best else times
    slowest = max(range(len(rows)), key=lambda i: best[i])
    return {"slowest": rows[slowest][2], "kinds": {
        kind: dict(arithmetic.summary(us), p999=arithmetic.percentile(us, 0.999))
        for kind, us in ((kind, [us for row, us in zip(rows, best) if row[0] == kind])
                         for kind in dict.fromkeys(row[0] for row in rows))}}
