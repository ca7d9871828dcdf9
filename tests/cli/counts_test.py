"""verbatim-search: concordances, charts and facets."""
import json
import random
import unicodedata
import unittest

from programs import index, path, put, search

ARTICLES = [
    {"id": "one", "title": "Doomed plan", "source": "BBC", "date": "2015-10-01",
     "body": "Moscow's approach was doomed to failure. The second line, 東京都, is doomed to failure too. "
             + "Filler words go on and on here. " * 30 + "At the very end all of it is doomed."},
    {"id": "two", "source": "bbc", "date": "2015-12", "body": "It was to be doomed, to fail."},
    {"id": "three", "date": "2015", "body": "doomed"},
    {"id": "four", "title": "Nothing", "body": "東京都は doomed です。" + "a" * 300},
]


def setUpModule():
    built = index("build", "-o", path("c.vbt"), put("c.jsonl", "".join(json.dumps(a) + "\n" for a in ARTICLES)))
    assert built.status == 0, built.err
    built = index("build", "--no-text", "-o", path("bare.vbt"), path("c.jsonl"))
    assert built.status == 0, built.err


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class Lines(unittest.TestCase):
    def test_the_matches_stand_in_one_column(self):
        ran = search("c.vbt", "doomed", "--kwic", "--limit=100")
        self.assertEqual(ran.status, 0, ran.err)
        lines = [line for line in ran.out.splitlines() if "«" in line]
        self.assertEqual(len(lines), 7)
        self.assertIn("7 occurrences", ran.out)
        self.assertEqual({columns(line[:line.index("«")]) for line in lines}, {33})
        for line in ran.out.splitlines():
            self.assertLessEqual(columns(line), 80, line)
        self.assertIn("\n2 of 7 occurrences\n", search("c.vbt", "doomed", "--kwic", "--limit=2", "--offset=3").out)
        self.assertTrue(search("c.vbt", "doomed", "--limit=1").out.startswith("1 of "))

    def test_pages_add_up(self):
        whole = json.loads(search("c.vbt", "doomed", "--kwic", "--limit=100", "--format=json").out)
        parts = []
        for offset in range(0, 9, 2):
            ran = search("c.vbt", "doomed", "--kwic", "--limit=2", f"--offset={offset}", "--format=json")
            parts += json.loads(ran.out)["lines"]
        self.assertEqual(parts, whole["lines"])
        self.assertEqual(whole["occurrences"], {"value": 7, "relation": "eq"})

    def test_rows(self):
        out = search("c.vbt", '"doomed to failure"', "--kwic", "--format=tsv").out.splitlines()
        self.assertEqual(len(out), 2)
        self.assertEqual(out[0].split("\t")[:3], ["one", "Doomed plan", "2015-10-01"])
        self.assertEqual(out[0].split("\t")[4:], ["doomed to failure", out[0].split("\t")[5], "4"])

    def test_what_has_no_lines(self):
        self.assertEqual(json.loads(search("--kwic", "--format=json", "c.vbt", "--", "-zebra").out)["lines"], [])
        ran = search("bare.vbt", "doomed", "--kwic")
        self.assertEqual((ran.status, ran.out), (1, ""))
        self.assertIn("stores no text", ran.err)
        self.assertEqual(search("c.vbt", "doomed", "--kwic", "--format=trec").status, 2)

    def test_a_batch_has_rows_of_one_kind(self):
        batch = put("b.txt", 'doomed\n{"q":"doomed","kwic":false}\n')
        ran = search("c.vbt", f"--batch={batch}", "--kwic", "--format=csv", "--limit=1")
        self.assertEqual(ran.status, 1)
        rows = ran.out.split("\r\n")
        self.assertEqual(rows[0], "query,id,title,date,left,match,right,at")
        self.assertIn("kwic", rows[2])


class Charts(unittest.TestCase):
    def test_a_chart(self):
        ran = search("c.vbt", "doomed", "--timeline")
        self.assertEqual(ran.status, 0, ran.err)
        lines = ran.out.splitlines()
        self.assertEqual([line.split()[0] for line in lines[1:4]], ["2015-10", "2015-11", "2015-12"])
        self.assertEqual(lines[4:], ["1 with a date less exact than a month", "1 without a date"])
        self.assertTrue(all(columns(line) <= 80 for line in lines))

    def test_units_and_formats(self):
        for unit, count in (("day", 1), ("month", 3), ("year", 1)):
            answer = json.loads(search("c.vbt", "doomed", f"--timeline={unit}", "--format=json").out)
            self.assertEqual((answer["by"], len(answer["buckets"])), (unit, count))
        self.assertEqual(search("c.vbt", "doomed", "--timeline=year", "--format=tsv").out,
                         "2015\t3\ncoarser\t0\nundated\t1\n")
        self.assertEqual(search("c.vbt", "x", "--timeline=week").status, 2)
        for other in ("--kwic", "--format=trec"):
            self.assertEqual(search("c.vbt", "x", "--timeline", other).status, 2)
        self.assertEqual(search("c.vbt", "--timeline", "--batch=-").status, 2)

    def test_facets(self):
        ran = search("c.vbt", "doomed", "--facets=source,month", "--limit=0")
        self.assertIn("  source: BBC 2, none 2\n", ran.out)
        self.assertIn("  month: 2015-10 1, 2015-12 1, none 2\n", ran.out)
        self.assertEqual(search("c.vbt", "doomed", "--facets=title").status, 2)


WORDS = ["war", "wars", "army", "attack", "attacks", "air", "strike", "strikes", "airstrike", "the", "of", "mail",
         "email", "city", "cities", "president"]


class EveryConstruct(unittest.TestCase):
    """As many lines as the occurrences of all hits, in the order of the hits, whatever is asked for."""

    def setUp(self):
        self.dice = random.Random(4)
        with open(path("many.jsonl"), "w", encoding="utf-8") as file:
            for i in range(300):
                file.write(json.dumps({"id": f"a{i}", "title": self.text(4), "body": self.text(60)}) + "\n")
        built = index("build", "-o", path("many.vbt"), path("many.jsonl"))
        self.assertEqual(built.status, 0, built.err)

    def text(self, most):
        return "".join(self.dice.choice(WORDS) + self.dice.choice([" ", " ", " ", "-", ". ", "\n"])
                       for _ in range(self.dice.randrange(most)))

    def word(self):
        word = self.dice.choice(WORDS)
        return self.dice.choice([word, word, f"={word}", f"{word[:2]}*", f"{word}~1", f"{word[0]}?{word[2:]}"])

    def query(self, depth=0):
        some = self.dice.choice
        phrase = '"' + " ".join(some(WORDS) for _ in range(some([2, 2, 3]))) + '"' + some(["", "", "~3", "*"])
        near = f"{some(WORDS)} {some(['NEAR', 'ADJ'])}/{some([1, 4, 9])} {some([phrase, some(WORDS)])}"
        plain = [self.word(), phrase, near, f"title:{some(WORDS)}", '"the * of"', "air-strike", "exact:war",
                 '"e-mail of"']
        if depth < 2 and self.dice.random() < 0.4:
            form = some(["({}) OR ({})", "({}) AND ({})", "({}) -({})"])
            return form.format(self.query(depth + 1), self.query(depth + 1))
        return some(plain)

    def test_lines_add_up(self):
        queries = [self.query() for _ in range(120)]
        asked = [more for text in queries for more in (
            {"q": text, "op": "and", "kwic": True, "limit": 1000},
            {"q": text, "op": "and", "collapse": 0, "snippets": 0, "limit": 1000})]
        batch = put("many.txt", "".join(json.dumps(line) + "\n" for line in asked))
        ran = search("many.vbt", f"--batch={batch}")
        self.assertEqual(ran.status, 0, ran.err)
        answers = [json.loads(line) for line in ran.out.splitlines()]
        found = 0
        for text, lines, hits in zip(queries, answers[::2], answers[1::2]):
            count = sum(hit["phrase_count"] for hit in hits["hits"])
            self.assertEqual(lines["occurrences"], {"value": count, "relation": "eq"}, text)
            self.assertEqual(len(lines["lines"]), min(count, 1000), text)
            ids = [line["id"] for line in lines["lines"]]
            expected = [hit["id"] for hit in hits["hits"] for _ in range(hit["phrase_count"])]
            self.assertEqual(ids, expected[:1000], text)
            found += count > 0
        self.assertGreater(found, 60)


if __name__ == "__main__":
    unittest.main()
