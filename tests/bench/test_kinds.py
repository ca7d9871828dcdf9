"""What of kinds.py needs no engine: which questions are asked, of which text, and what is told of the times."""
import json
import os
import tempfile
import types
import unittest

import kinds


class Corpus:
    """As corpus.Corpus hands out what it made, in a folder of the test's."""

    def __init__(self, folder, quick=False):
        self.corpora, self.quick, self.folder = folder, quick, folder

    def made(self, name, write):
        path = os.path.join(self.folder, name)
        write(path)
        return path

    def rows(self):
        return os.path.join(self.folder, "rows.tsv")


class Kinds(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bench = types.SimpleNamespace(corpus=Corpus(folder.name), turns=2)

    def put(self, name, lines):
        path = os.path.join(self.bench.corpus.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(line + "\n" for line in lines)

    def read(self, path):
        with open(path, encoding="utf-8") as lines:
            return lines.read().splitlines()

    def test_pieces_hold_the_whole_text_as_it_was_written(self):
        bodies = [" ".join("W%d-%d," % (n, i) for i in range(size)) for n, size in enumerate((1, 240, 241, 700))]
        self.put("enwiki2015.jsonl", [json.dumps({"text": body}) for body in bodies[:2]] +
                 [json.dumps({"body": body}) for body in bodies[2:]])
        pieces = [json.loads(line) for line in self.read(kinds.raw(self.bench))]
        self.assertEqual([len(piece["text"].split()) for piece in pieces], [1, 240, 240, 1, 240, 240, 220])
        self.assertEqual(len({piece["id"] for piece in pieces}), len(pieces))
        self.assertEqual(" ".join(piece["text"] for piece in pieces), " ".join(bodies))

    def test_a_quick_run_takes_every_ninth_article(self):
        self.put("enwiki2015.jsonl", [json.dumps({"text": "t%d é" % n}) for n in range(20)])
        self.bench.corpus.quick = True
        texts = [json.loads(line)["text"] for line in self.read(kinds.raw(self.bench))]
        self.assertEqual(texts, ["t0 é", "t9 é", "t18 é"])

    def test_people_ask_for_words(self):
        asked = ["TOP_10\tterm\tthe", "TOP_10\tand\ta b", "TOP_10\tor\ta b"]
        others = ["COUNT\tterm\tthe", "TOP_10_COUNT\tand\ta b", "TOP_10\tphrase\t\"a b\"", "TOP_100\tor\ta b"]
        self.put("rows.tsv", others[:2] + asked + others[2:])
        self.assertEqual(self.read(kinds.default_rows(self.bench)), asked)

    def test_questions_of_each_kind_are_spread(self):
        lines = ["Prefix3: p%d* # freq=%d" % (n, n) for n in range(250)] + ["Fuzzy1: fiore~1 # freq=1"]
        lines += ["Wildcard: th*e", "Fuzzy2: fi-ore~2", "Other: word", "LowSloppyPhrase: \"to become\"~4 # freq=2",
                  "HighSloppyPhrase: \"of the\"~5", "Prefix3"]
        self.put("queries/luceneutil_wikimedium_10M.tasks", lines)
        found = kinds.tasks(self.bench)
        self.assertEqual(set(found), {"Prefix3", "Fuzzy1", "Wildcard", "LowSloppyPhrase"})
        self.assertEqual(found["Prefix3"], ["p%d*" % n for n in range(0, 200, 2)])
        self.assertEqual(found["Fuzzy1"] + found["Wildcard"] + found["LowSloppyPhrase"],
                         ["fiore~1", "th*e", "\"to become\"~4"])
        rows = self.read(kinds.task_rows(self.bench))
        self.assertEqual((len(rows), rows[1]), (103, "TOP_10\tquery\tp2*"))

    def test_of_several_turns_the_best_counts_for_both(self):
        row, other = ("TOP_10", "term", "a"), ("TOP_10", "term", "b")
        turns = {"ours": [{row: (5, 30, 0), other: (1, 9, 0)}, {row: (5, 20, 0), other: (1, 11, 0)}],
                 "theirs": [{row: (6, 7, 0)}, {row: (6, 8, 0)}]}
        rounds = []

        def ask(name):
            return lambda given: rounds.append(given) or turns[name].pop(0)
        self.assertEqual(kinds.compare(self.bench, ask("ours"), ask("theirs"), 3),
                         ({row: 20, other: 9}, {row: 7}))
        self.assertEqual(rounds, [3, 3, 3, 3])
        self.assertEqual(kinds.compare(self.bench, lambda _: {row: (5, 4, 0)}, None, 3), ({row: 4}, {}))

    def test_a_line_is_of_its_own_rows(self):
        rows = [("TOP_10", "term", word) for word in "abc"]
        told = kinds.line("one word", {rows[0]: 10, rows[1]: 30, rows[2]: 1000}, {rows[0]: 5, rows[2]: 7}, rows[:2])
        self.assertEqual(told["title"], "one word")
        self.assertEqual(told["times"]["verbatim"], kinds.arithmetic.summary([10, 30]))
        self.assertEqual(told["times"]["lucene"], kinds.arithmetic.summary([5]))
        self.assertEqual(set(kinds.line("x", {rows[0]: 1}, {}, rows)["times"]), {"verbatim"})


if __name__ == "__main__":
    unittest.main()
