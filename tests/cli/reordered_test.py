"""An index whose articles were numbered anew answers as the plain one does: the same articles, scores and order, to
the last tie. Over the sample articles, the reports of ../shared where they are, and generated ones with many ties."""
import json
import os
import random
import unittest

from programs import index, path, put, search

SOURCE = os.environ.get("VERBATIM_SOURCE", ".")
SHARED = os.environ.get("VERBATIM_SHARED", os.path.join(SOURCE, "../shared"))


def generated(count):
    """Topics in turn, few lengths and few dates: most scores and dates are those of other articles too."""
    chance = random.Random(4)
    for i in range(count):
        topic = ["t%dw%d" % (i % 9, n) for n in range(12)]
        yield {"id": "g%d" % i, "title": "topic %d" % (i % 9), "date": "2015-10-0%d" % chance.randrange(1, 5),
               "body": " ".join(chance.choices(topic + ["the", "state"], k=chance.choice([8, 20])))}


class Reordered(unittest.TestCase):
    def build(self, name, *sources):
        """The words of the plain index, and both paths."""
        paths = path(name + "-plain.vbt"), path(name + "-reordered.vbt")
        self.assertEqual(index("build", "-o", paths[0], *sources).status, 0)
        self.assertEqual(index("build", "-o", paths[1], "--reorder", *sources).status, 0)
        self.assertEqual(index("check", paths[1]).status, 0)
        self.assertIn("reordered", index("info", paths[1]).out)
        return paths

    def answers(self, indexes, batch, *options):
        ran = search("--batch", batch, "--format=json", *options, ",".join(indexes))
        self.assertEqual(ran.status, 0, ran.err)
        return [(a["total"], [(h["rank"], h["score"], h["id"], h.get("date")) for h in a["hits"]])
                for a in map(json.loads, ran.out.splitlines())]

    def compare(self, plain, reordered, texts):
        chance = random.Random(5)
        words = sorted({w for text in texts for w in text.split()})
        lines = ["*", "date:2015", "-the", "the OR state", "title:topic"]
        for _ in range(60):
            text = chance.choice(texts).split()
            at, size = chance.randrange(max(1, len(text) - 3)), chance.randrange(1, 4)
            lines += ['"%s"' % " ".join(text[at:at + size]), " ".join(text[at:at + size]),
                      " OR ".join(chance.choices(words, k=2))]
        batch = put("batch.txt", "".join(line + "\n" for line in lines))
        for options in (("--limit=10",), ("--limit=3", "--offset=2"), ("--limit=1000",), ("--limit=20", "--sort=date"),
                        ("--limit=7", "--sort=-date"), ("--limit=5", "--op=or")):
            expected, found = (self.answers(i, batch, *options) for i in (plain, reordered))
            self.assertEqual(len(expected), len(lines))
            for line, a, b in zip(lines, expected, found):
                self.assertEqual(a, b, (line, options))

    def texts_of(self, folder):
        texts = []
        for root, _, names in os.walk(folder):
            for name in names:
                with open(os.path.join(root, name), "rb") as file:
                    data = file.read().decode("utf-8", "replace")
                texts.append("".join(c if c.isalnum() else " " for c in data) + " end")
        return texts

    def test_sample_articles(self):
        folder = os.path.abspath(os.path.join(SOURCE, "data/articles"))
        plain, reordered = self.build("sample", folder)
        self.compare([plain], [reordered], self.texts_of(folder))

    def test_reports(self):
        folder = os.path.abspath(os.path.join(SHARED, "articles"))
        if not os.path.isdir(folder):
            self.skipTest("there is no %s" % folder)
        plain, reordered = self.build("reports", folder)
        self.compare([plain], [reordered], self.texts_of(folder))

    def test_many_ties(self):
        articles = list(generated(2500))
        lines = [json.dumps(a) + "\n" for a in articles]
        plain, reordered = self.build("first", put("first.jsonl", "".join(lines[:2000])))
        others = [dict(a, id="g%d" % (i * 3)) for i, a in enumerate(articles[2000:])]  # some hide earlier ones
        second = self.build("second", put("second.jsonl", "".join(json.dumps(a) + "\n" for a in others)))
        texts = [a["body"] for a in articles]
        self.compare([plain], [reordered], texts)
        self.compare([plain, second[0]], [reordered, second[1]], texts)
        self.compare([plain, second[0]], [reordered, second[0]], texts)


if __name__ == "__main__":
    unittest.main()
