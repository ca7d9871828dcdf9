#!/usr/bin/env python3
"""The same articles give the same bytes: for any threads, memory, folder and clock; and append, merge and
delete give what a fresh build of the resulting articles gives.
    same_bytes.py [unittest arguments]      VERBATIM_BIN names the folder of the programs
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

# A sanitizer makes each build slow: of shorter articles then, as many and in no fewer builds.
ARTICLES = 3000
FIRST = ARTICLES * 2 // 3
LONGEST = 600 if os.environ.get("VERBATIM_SANITIZED") else 3000
INDEXER = os.path.join(os.environ.get("VERBATIM_BIN", "build/release/bin"), "verbatim-index")


def make_articles(seed, count, first=0):
    chance = random.Random(seed)
    words = ["%s%d" % (chance.choice("abcdeöж東"), int(chance.paretovariate(0.6))) for _ in range(8000)]
    words += ["%s%s" % (stem, end) for stem in ("report", "sail", "été", "matelot", "élevé", "Hafen", "häfen", "port")
              for end in ("", "s", "ed", "ing", "es", "e")] * 20
    words += ["%s%s%s" % (left, joint, right) for left in ("co", "e", "non") for right in ("mail", "pilot", "stop")
              for joint in ("-", "-", "’", "", " ")] * 5 + ["don't", "dont", "do-not-do"] * 3
    articles, copying = [], random.Random(first)
    for i in range(first, first + count):
        article = {"id": "a%d" % i, "body": " ".join(chance.choices(words, k=chance.choice([0, 3, 50, 400, LONGEST])))}
        if article["body"] and i % 10:  # frequent enough for runs of three words and more to have lists
            article["body"] += " the state of the art"
        if articles and copying.random() < 0.15:  # a near-copy
            body = copying.choice(articles)["body"].split()
            article["body"] = " ".join("other" if copying.random() < 0.01 else word for word in body)
        if not article["body"] or chance.random() < 0.7:
            article["title"] = " ".join(chance.choices(words, k=chance.randrange(1, 9)))
        if chance.random() < 0.5:
            article["source"] = chance.choice(["Harbour News", "The Daily Tide", "C++ Weekly"])
            article["date"] = "20%02d-%02d-%02d" % (chance.randrange(0, 24), chance.randrange(1, 13), chance.randrange(1, 28))
        if chance.random() < 0.2:
            article["tags"] = chance.sample(["ports", "storms", "c++", "c#"], 2)
            article["lang"] = chance.choice(["en", "fr-FR", "German", "xx"])
            article["wordcount"] = chance.randrange(1000)
        articles.append(article)
    return articles


class SameBytes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="verbatim-bytes-")
        cls.articles = make_articles(1, ARTICLES)
        cls.reference = cls.build("reference", cls.articles)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def put(cls, name, articles):
        path = os.path.join(cls.folder, name + ".jsonl")
        with open(path, "w") as out:
            for article in articles:
                out.write(json.dumps(article, ensure_ascii=False) + "\n")
        return path

    @classmethod
    def run_indexer(cls, *arguments):
        return subprocess.run([INDEXER, *arguments], check=True, capture_output=True, text=True)

    @classmethod
    def build(cls, name, articles, *options):
        path = os.path.join(cls.folder, name + ".vbt")
        cls.run_indexer("build", "-o", path, *options, cls.put(name, articles))
        return path

    def same(self, path, other):
        with open(path, "rb") as a, open(other, "rb") as b:
            self.assertTrue(a.read() == b.read(), "%s and %s differ" % (path, other))

    def test_articles_matter(self):
        other = self.build("other", self.articles[:-1])
        with open(other, "rb") as a, open(self.reference, "rb") as b:
            self.assertNotEqual(a.read(), b.read())

    def test_threads(self):
        for threads in (1, 2, 3, 7):
            self.same(self.build("threads", self.articles, "--threads=%d" % threads), self.reference)

    def test_memory(self):
        for memory in ("64MB", "200MB", "1GB"):
            self.same(self.build("memory", self.articles, "--memory=" + memory), self.reference)

    def test_reordered(self):
        reference = self.build("reordered", self.articles, "--reorder")
        for options in (("--threads=1", "--memory=64MB"), ("--threads=7", "--memory=1GB")):
            self.same(self.build("again", self.articles, "--reorder", *options), reference)
        info = [json.loads(self.run_indexer("info", "--json", p).stdout) for p in (reference, self.reference)]
        self.assertEqual([i["reordered"] for i in info], [True, False])
        self.assertEqual([i["words"] for i in info], [info[0]["words"]] * 2)

    def test_folder(self):
        os.makedirs(os.path.join(self.folder, "else"), exist_ok=True)
        path = os.path.join(self.folder, "else", "where.vbt")
        self.run_indexer("build", "-o", path, self.put("reference", self.articles))
        self.same(path, self.reference)

    def test_no_text_keeps_the_words(self):
        bare = self.build("bare", self.articles, "--no-text")
        info = [json.loads(self.run_indexer("info", "--json", p).stdout) for p in (bare, self.reference)]
        self.assertNotIn("text", info[0]["chunks"])
        for chunk in ("lexicon", "postings", "positions", "fields", "ids"):
            self.assertEqual(info[0]["chunks"][chunk], info[1]["chunks"][chunk])

    def test_there_are_grams_to_compare(self):
        info = json.loads(self.run_indexer("info", "--json", self.reference).stdout)
        self.assertGreater(info["grams"]["counts"]["2"], 20)
        self.assertGreaterEqual(info["grams"]["counts"]["3"], 3)

    def test_there_are_classes_to_compare(self):
        info = json.loads(self.run_indexer("info", "--json", self.reference).stdout)
        self.assertEqual(list(info["classes"]), ["de", "en", "fr"])
        for language in info["classes"].values():
            self.assertGreaterEqual(language["classes"], 6)

    def test_there_are_compounds_to_compare(self):
        info = json.loads(self.run_indexer("info", "--json", self.reference).stdout)
        self.assertGreaterEqual(info["compounds"], 5)

    def test_there_are_titles_to_compare(self):
        info = json.loads(self.run_indexer("info", "--json", self.reference).stdout)
        self.assertGreaterEqual(info["titles"], FIRST)

    def test_there_are_groups_to_compare(self):
        info = json.loads(self.run_indexer("info", "--json", self.reference).stdout)
        self.assertGreaterEqual(info["groups"], ARTICLES // 30)
        self.assertGreaterEqual(info["grouped_articles"], ARTICLES // 10)

    def test_append_without(self):
        for option in ("--no-grams", "--no-classes", "--no-compounds", "--no-titles", "--no-completions",
                       "--no-groups"):
            path = self.build("appended", self.articles[:FIRST], option)
            self.run_indexer("append", path, self.put("more", self.articles[FIRST:]))
            self.same(path, self.build("expected", self.articles, option))

    def test_an_id_met_twice(self):
        changed = [dict(a, body="changed " + a["body"]) for a in self.articles[10:400:3]]
        expected = {a["id"]: a for a in self.articles}
        for article in changed:
            expected[article["id"]] = article  # a dict keeps the place of the first
        for options in ((), ("--no-text",)):
            met = self.build("met", self.articles + changed, *options)
            self.same(met, self.build("expected", list(expected.values()), *options))

    def test_what_goes_on_with_a_reordered_index(self):
        reference = self.build("reordered", self.articles, "--reorder")
        path = self.build("appended", self.articles[:FIRST], "--reorder")
        self.run_indexer("append", path, self.put("more", self.articles[FIRST:]))
        self.same(path, reference)
        rest = self.build("rest", self.articles[FIRST:])
        merged = os.path.join(self.folder, "merged.vbt")
        first = self.build("first", self.articles[:FIRST], "--reorder")
        self.run_indexer("merge", "-o", merged, first, rest)
        self.same(merged, reference)
        self.run_indexer("delete", merged, *[a["id"] for a in self.articles[FIRST:]])
        self.same(merged, first)
        plain = self.build("plain", self.articles[:1000])  # whose settings go on: not reordered
        self.run_indexer("merge", "-o", merged, plain, self.build("second", self.articles[1000:], "--reorder"))
        self.same(merged, self.reference)
        changed = [dict(a, body="changed " + a.get("body", "")) for a in self.articles[10:400:3]]
        expected = {a["id"]: a for a in self.articles}
        for article in changed:
            expected[article["id"]] = article
        self.run_indexer("append", path, self.put("changed", changed))
        self.same(path, self.build("expected", list(expected.values()), "--reorder"))

    def test_append(self):
        path = self.build("appended", self.articles[:FIRST])
        self.run_indexer("append", path, self.put("more", self.articles[FIRST:]))
        self.same(path, self.reference)

    def test_append_replaces_in_place(self):
        changed = [dict(self.articles[5], body="another text"), {"id": "new", "body": "new text"}]
        path = self.build("replaced", self.articles)
        self.run_indexer("append", path, self.put("changed", changed))
        expected = self.articles[:5] + changed[:1] + self.articles[6:] + changed[1:]
        self.same(path, self.build("expected", expected))

    def test_merge(self):
        parts = [self.build("part%d" % i, self.articles[a:b]) for i, (a, b) in
                 enumerate(((0, 900), (900, 901), (901, ARTICLES)))]
        path = os.path.join(self.folder, "merged.vbt")
        self.run_indexer("merge", "-o", path, *parts)
        self.same(path, self.reference)

    def test_delete(self):
        path = self.build("deleted", self.articles)
        gone = [a["id"] for a in self.articles[::7]]
        self.run_indexer("delete", path, *gone)
        self.same(path, self.build("expected", [a for a in self.articles if a["id"] not in gone]))

    def test_delete_of_an_unknown_id_changes_nothing(self):
        path = self.build("kept", self.articles[:50])
        run = subprocess.run([INDEXER, "delete", path, "a1", "nobody"], capture_output=True, text=True)
        self.assertEqual(run.returncode, 1)
        self.assertIn("'nobody'", run.stderr)
        self.same(path, self.build("expected", self.articles[:50]))

    def test_no_text_cannot_be_read_again(self):
        bare = self.build("bare", self.articles[:50], "--no-text")
        run = subprocess.run([INDEXER, "delete", bare, "a1"], capture_output=True, text=True)
        self.assertEqual(run.returncode, 1)
        self.assertIn("--no-text", run.stderr)


if __name__ == "__main__":
    if not os.access(INDEXER, os.X_OK):
        print("skipped: verbatim-index is not there")
        sys.exit(77)
    unittest.main()
