"""Questions as people ask them beside Lucene's English analyzer, and kinds of queries beside Lucene's: prefixes,
wildcards, edits, gaps. What matches is not the same in both, so that times alone are compared."""
import glob
import json
import os
import re
import subprocess

import arithmetic
import engines
from engines import say

HERE = os.path.dirname(os.path.abspath(__file__))
PIECE_WORDS = 240  # about as long as the folded corpus' articles
EACH = 100         # questions of a kind
# Names of luceneutil's tasks: what the table calls them.
TASKS = {"Prefix3": "prefix, `mos*`", "Wildcard": "wildcard, `th*e`", "Fuzzy1": "one edit, `fiore~1`",
         "Fuzzy2": "two edits, `fiore~2`", "LowSloppyPhrase": "gaps, rarer words, `\"to become\"~4`",
         "MedSloppyPhrase": "gaps, `\"new york\"~4`", "HighSloppyPhrase": "gaps, commonest words, `\"of the\"~4`"}
AS_PEOPLE_ASK = {"term": "one word", "and": "all words (AND)", "or": "any word (OR)"}


class Lucene(engines.Engine):
    """The program beside this file, compiled against the jars of the peers' Lucene."""

    def __init__(self, peers, work):
        home, folder = engines.java_home(), os.path.join(peers, "lucene", "target")
        classes = os.path.join(work, "lucene-kinds")
        jars = ":".join(os.path.join(folder, p) for p in ("*", "dependency/*"))
        command = home and ["%s/bin/java" % home, "--add-modules", "jdk.incubator.vector", "-cp", classes + ":" + jars,
                            "Kinds"]
        recipe = "'%s/bin/javac' -cp '%s' -d '%s' '%s'" % (home, jars, classes, os.path.join(HERE, "lucene/Kinds.java"))
        super().__init__("lucene", command, os.path.join(classes, "Kinds.class"), recipe)
        self.jars = glob.glob(os.path.join(folder, "dependency", "lucene-core-*.jar"))

    def ready(self):
        return bool(self.jars) and super().ready()


def raw(bench):
    """The corpus as it was written, in pieces of so many words."""
    def write(target):
        source = os.path.join(bench.corpus.corpora, "enwiki2015.jsonl")
        with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
            for number, line in enumerate(lines):
                if bench.corpus.quick and number % 9:
                    continue
                article = json.loads(line)
                words = (article.get("body") or article.get("text") or "").split(" ")
                for at in range(0, len(words), PIECE_WORDS):
                    piece = {"id": "%d-%d" % (number, at), "text": " ".join(words[at:at + PIECE_WORDS])}
                    out.write(json.dumps(piece, ensure_ascii=False) + "\n")
    return bench.corpus.made("raw.jsonl", write)


def default_rows(bench):
    def write(target):
        with open(bench.corpus.rows()) as rows, open(target, "w") as out:
            out.writelines(row for row in rows
                           if row.startswith("TOP_10\t") and row.split("\t")[1] in AS_PEOPLE_ASK)
    return bench.corpus.made("default.tsv", write)


def tasks(bench):
    """{name: questions}, every so manieth of luceneutil's."""
    path, found = os.path.join(bench.corpus.corpora, "queries", "luceneutil_wikimedium_10M.tasks"), {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, _, question = line.split(" #")[0].strip().partition(": ")
            if name in TASKS and re.fullmatch(r'"[a-z0-9 ]+"~4|[a-z0-9*?]+(~[12])?', question):
                found.setdefault(name, []).append(question)
    return {name: all_of[::max(1, len(all_of) // EACH)][:EACH] for name, all_of in found.items()}


def task_rows(bench):
    def write(target):
        with open(target, "w") as out:
            for questions in tasks(bench).values():
                out.writelines("TOP_10\tquery\t%s\n" % question for question in questions)
    return bench.corpus.made("kinds.tsv", write)


def compare(bench, ask_ours, ask_theirs, rounds):
    """Both in turns; {row: microseconds} of each."""
    ours, theirs = {}, {}
    for turn in range(bench.turns):
        say("kinds: turn %d of %d" % (turn + 1, bench.turns))
        ours = arithmetic.best_of(ours, ask_ours(rounds))
        theirs = arithmetic.best_of(theirs, ask_theirs(rounds)) if ask_theirs else {}
    return {row: took[1] for row, took in ours.items()}, {row: took[1] for row, took in theirs.items()}


def line(title, ours, theirs, rows):
    rows = [row for row in rows if row in ours]
    both = {"verbatim": [ours[row] for row in rows], "lucene": [theirs[row] for row in rows if row in theirs]}
    return {"title": title, "times": {name: arithmetic.summary(times) for name, times in both.items() if times}}


def measure_default(bench, lucene):
    articles, queries = raw(bench), default_rows(bench)
    mine, other = bench.folder("verbatim-raw"), bench.folder("lucene-english")
    say("kinds: indexes of the text as it was written")
    bench.ours.build(articles, mine, MEMORY=str(1 << 30), WHOLE="1")
    if lucene and not os.path.isdir(other):
        lucene.build(articles, other)
    ours, theirs = compare(
        bench, lambda rounds: engines.read_answers(bench.ours.run(["query", mine, queries, str(rounds)], DEFAULT="1")),
        lucene and (lambda rounds: engines.read_answers(lucene.run(["query", other, queries, str(rounds), "english"]))),
        bench.rounds)
    return [line(title, ours, theirs, [row for row in ours if row[1] == kind]) for kind, title in AS_PEOPLE_ASK.items()]


def measure_tasks(bench, lucene):
    queries, mine = task_rows(bench), bench.ours_at("grams")
    peer = next((e for e in bench.others if e.name == "lucene"), None)
    other = bench.other_at(peer) if lucene and peer else None
    ours, theirs = compare(
        bench, lambda rounds: bench.ours.ask(mine, queries, rounds),
        other and (lambda rounds: engines.read_answers(lucene.run(["query", other, queries, str(rounds)]))),
        max(1, bench.rounds // 3))
    return [line(TASKS[name], ours, theirs, [("TOP_10", "query", question) for question in questions])
            for name, questions in tasks(bench).items()]


def measure_kinds(bench):
    lucene = Lucene(bench.corpus.peers, bench.corpus.root)
    os.makedirs(os.path.join(bench.corpus.root, "lucene-kinds"), exist_ok=True)
    lucene = lucene if lucene.ready() else None
    return {"default": measure_default(bench, lucene), "tasks": measure_tasks(bench, lucene)}
