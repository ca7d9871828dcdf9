"""verbatim-search --suggest: rows of completions and corrections, beside a slow model that reads every word and every
pair of the articles."""
import json
import random
import unittest
from collections import Counter

from programs import index, path, put, search

LIMIT, TRIED = 10, 12


def make_articles(seed=5, count=80):
    rnd = random.Random(seed)
    words = sorted({"".join(rnd.choices("abc", k=rnd.randint(1, 5))) for _ in range(150)})
    rnd.shuffle(words)
    draw = lambda: words[min(int(rnd.paretovariate(0.6)) - 1, rnd.randrange(20, len(words)))]
    return [[draw() for _ in range(rnd.choice((5, 40)))] for _ in range(count)]


def best(counts, prefix, most):
    found = sorted((-n, word) for word, n in counts.items() if word.startswith(prefix))
    return [(word, -n) for n, word in found[:most]]


class Model:
    def __init__(self, articles):
        self.articles = articles
        self.df = Counter(word for words in articles for word in set(words))
        self.pairs = Counter(pair for words in articles for pair in set(zip(words, words[1:])))

    def one(self, prefix):
        return [("word", str(n), word) for word, n in best(self.df, prefix, LIMIT)]

    def two(self, first, prefix, quoted):
        """Pairs that occur, the commonest first; without a quotation the last word alone behind them."""
        tried = [(word, self.pairs[first, word]) for word, _ in best(self.df, prefix, TRIED)]
        found = [("phrase", n, first + " " + word) for word, n in tried if n][:LIMIT]
        found.sort(key=lambda row: -row[1])
        if not quoted:
            known = {text for _, _, text in found}
            found += [("word", n, first + " " + word) for word, n in best(self.df, prefix, LIMIT)
                      if first + " " + word not in known]
        return [(kind, str(n), ('"%s"' if quoted else "%s") % text) for kind, n, text in found[:LIMIT]]


class Suggest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.articles = make_articles()
        put("suggest.jsonl", "".join(json.dumps({"id": str(i), "body": " ".join(words)}) + "\n"
                                     for i, words in enumerate(cls.articles)))
        built = index("build", "--quiet", "-o", path("suggest.vbt"), path("suggest.jsonl"))
        assert built.status == 0, built.err
        cls.model = Model(cls.articles)

    def rows(self, *typed):
        ran = search("--suggest", path("suggest.vbt"), *typed)
        self.assertEqual((ran.status, ran.err), (0, ""))
        return [tuple(line.split("\t")) for line in ran.out.splitlines()]

    def completions(self, *typed):
        return [row for row in self.rows(*typed) if row[0] != "correction"]

    def test_one_word(self):
        for prefix in ("a", "b", "ab", "ca", "cab", "abca", "d"):
            self.assertEqual(self.completions(prefix), self.model.one(prefix), prefix)

    def test_two_words(self):
        rnd = random.Random(6)
        for _ in range(12):
            words = rnd.choice([words for words in self.articles if len(words) > 5])
            at = rnd.randrange(len(words) - 1)
            first, prefix = words[at], words[at + 1][:rnd.randint(1, 2)]
            self.assertEqual(self.completions(first, prefix), self.model.two(first, prefix, False), (first, prefix))
            typed = '"%s %s' % (first, prefix)
            self.assertEqual(self.completions(typed), self.model.two(first, prefix, True), typed)

    def test_behind_a_closed_quotation(self):
        expected = [(kind, n, '"x y" ' + word) for kind, n, word in self.model.one("a")]
        self.assertEqual(self.completions('"x y" a'), expected)

    def test_nothing(self):
        for typed in ('"a"', "source:a", "z", "-", "a" * 1025):
            self.assertEqual(self.rows(typed), [], typed)

    def test_corrections(self):
        put("wrong.jsonl", "".join(json.dumps({"id": str(i), "body": "doomed to failure and others"}) + "\n"
                                   for i in range(30)))
        self.assertEqual(index("build", "--quiet", "-o", path("wrong.vbt"), path("wrong.jsonl")).status, 0)
        for typed, expected in (("doomd failure ", "doomed failure "), ('"doomd to failure"', '"doomed to failure"'),
                                ("odomed ", None), ("others ", None)):
            ran = search("--suggest", path("wrong.vbt"), typed)
            found = [line for line in ran.out.splitlines() if line.startswith("correction")]
            self.assertEqual(found, ["correction\t30\t" + expected] if expected else [], typed)

    def test_two_words_that_may_each_be_two(self):
        """Whichever of them was meant: only together do they find something."""
        meant = ("bent wall", "dent well", "bent hell", "dent hall")
        for text in meant:
            bodies = ["bent", "bent", "dent", "wall", "wall", "well", text]
            put("two.jsonl", "".join(json.dumps({"id": str(i), "body": b}) + "\n" for i, b in enumerate(bodies)))
            self.assertEqual(index("build", "--quiet", "-o", path("two.vbt"), path("two.jsonl")).status, 0)
            for typed, quoted in (("%s %s", False), ('"%s %s"', True)):
                first, second = text.split()
                wrong = typed % ("xent", "x" + second[1:])
                ran = search("--format=json", "--limit=0", path("two.vbt"), wrong)
                offered = [c["query"].strip('"') for c in json.loads(ran.out)["query"].get("corrections", [])]
                self.assertIn(text, offered, wrong)

    def test_titles_by_each_of_their_first_words(self):
        """Three of ten places are theirs: where no more begin so, each is offered."""
        rnd = random.Random(8)
        words = ["".join(rnd.choices("abcdegk", k=rnd.randint(3, 6))) for _ in range(300)]
        titles = sorted({" ".join(rnd.choices(words, k=rnd.randint(1, 9))) for _ in range(80)})
        put("titles.jsonl", "".join(json.dumps({"id": t, "title": t, "body": " ".join(rnd.sample(words, 20))}) + "\n"
                                    for t in titles))
        self.assertEqual(index("build", "--quiet", "-o", path("titles.vbt"), path("titles.jsonl")).status, 0)
        few = 0
        for _ in range(60):
            title = rnd.choice(titles).split()
            at = rnd.randrange(min(8, len(title)))
            typed = " ".join(title[at:at + rnd.randint(1, 3)])
            typed = typed[:-rnd.randrange(3) or None]
            begins = [t for t in titles if any((" ".join(t.split()[i:])).startswith(typed) for i in range(8))]
            if len(begins) > 3:
                continue
            few += 1
            ran = search("--suggest", path("titles.vbt"), typed)
            offered = {line.split("\t")[2] for line in ran.out.splitlines()}
            self.assertLessEqual(set(begins), offered, typed)
        self.assertGreater(few, 40)

    def test_a_space_forgotten(self):
        """Two words written as one are offered apart, whatever stands beside them."""
        rnd = random.Random(9)
        words = sorted({"".join(rnd.choices("bdgkmoau", k=rnd.randint(4, 6))) for _ in range(60)})
        bodies = [rnd.choices(words, k=20) for _ in range(30)]
        put("space.jsonl", "".join(json.dumps({"body": " ".join(body)}) + "\n" for body in bodies))
        self.assertEqual(index("build", "--quiet", "-o", path("space.vbt"), path("space.jsonl")).status, 0)
        for number in range(24):
            body = rnd.choice(bodies)
            first = rnd.randrange(len(body) - 4)
            some = body[first:first + rnd.randint(2, 4)]
            at = rnd.randrange(len(some) - 1)
            asked = " ".join(some[:at] + [some[at] + some[at + 1]] + some[at + 2:])
            ran = search("--format=json", "--limit=0", path("space.vbt"), ('"%s"' if number % 2 else "%s") % asked)
            texts = [also["text"] for also in json.loads(ran.out)["query"].get("also_written", [])]
            self.assertTrue([text for text in texts if " ".join(some[at:at + 2]) in text], (asked, texts))

    def test_usage(self):
        self.assertEqual(search("--suggest").status, 2)
        self.assertEqual(search("--suggest", path("none.vbt"), "a").status, 1)


if __name__ == "__main__":
    unittest.main()
