"""Texts as they are being typed: beginnings of every length of words, runs of words, titles, queries and misspelt
words, in quotation marks and without."""
import json
import random
import re
import string

SEED = 61
EDITS = ("drop", "insert", "replace", "swap")


def misspelt(word, rnd, times=1):
    """The word with so many edits, its first letter kept now and then."""
    for _ in range(times):
        at, kind = rnd.randrange(len(word)), rnd.choice(EDITS)
        letter = rnd.choice(string.ascii_lowercase)
        if kind == "drop" and len(word) > 1:
            word = word[:at] + word[at + 1:]
        elif kind == "insert":
            word = word[:at] + letter + word[at:]
        elif kind == "replace":
            word = word[:at] + letter + word[at + 1:]
        elif at + 1 < len(word):
            word = word[:at] + word[at + 1] + word[at] + word[at + 2:]
    return word


def beginnings(words):
    """Every beginning that ends within the last word, and the whole with a space behind."""
    before = "".join(word + " " for word in words[:-1])
    last = words[-1]
    return [before + last[:n] for n in range(1, len(last) + 1)] + [before + last + " "]


class Articles:
    """A sample of articles: their titles and their words as they were written."""

    def __init__(self, corpus, rnd):
        self.rnd, self.titles, self.texts = rnd, [], []
        with open(corpus, "rb") as lines:
            for line in lines:
                if rnd.random() < 0.02:
                    article = json.loads(line)
                    self.titles.append(article["title"])
                    self.texts.append(re.findall(r"[^\W_]+", article["body"]))
        self.texts = [text for text in self.texts if len(text) > 8]
        self.words = sorted({word.lower() for text in self.texts for word in text})

    def run(self, n):
        text = self.rnd.choice(self.texts)
        start = self.rnd.randrange(len(text) - n)
        return text[start:start + n]

    def word(self):
        """Of all words one, and as often of all occurrences one."""
        return self.rnd.choice(self.words) if self.rnd.random() < 0.5 else self.run(1)[0]


def letters():
    """Whatever one or two characters may begin a word."""
    known = string.ascii_lowercase + string.digits + "éßж中"
    return list(known) + [a + b for a in known for b in known]


def wrong_texts(articles, rnd):
    """A misspelt word alone and begun, between others, and two of them."""
    word = misspelt(articles.word().lower(), rnd, rnd.choice((1, 1, 2)))
    first, last = articles.run(2)
    other = misspelt(last.lower(), rnd)
    return [word, word + " ", '"%s %s' % (first, word), "%s %s %s" % (first, word, last), "%s %s" % (word, other),
            '"%s %s %s"' % (word, first, other)]


def kinds(articles, queries, rnd, count):
    """{kind: texts}, so many draws of each."""
    def draw(make):
        return [text for _ in range(count) for text in make()]
    return {
        "one word": letters() + draw(lambda: beginnings([articles.word()])),
        "two words": draw(lambda: beginnings(articles.run(2))),
        "three words": draw(lambda: beginnings(articles.run(3))),
        "two words in quotation marks": draw(lambda: ['"' + text for text in beginnings(articles.run(2))]),
        "three words in quotation marks": draw(lambda: ['"' + text for text in beginnings(articles.run(3))]),
        "frequent words": ["%s%s %s" % (mark, a, b) for mark in ("", '"') for a in ("the", "of the", "in the", "a", "new")
                           for b in letters()],
        "titles": draw(lambda: beginnings(rnd.choice(articles.titles).split() or ["x"])),
        "queries as people type them": draw(lambda: beginnings(rnd.choice(queries).split())),
        "misspelt words": draw(lambda: wrong_texts(articles, rnd)),
    }


def write(corpus, queries, target, count):
    rnd = random.Random(SEED)
    found = kinds(Articles(corpus, rnd), queries, rnd, count)
    with open(target, "w", encoding="utf-8") as out:
        for kind, texts in found.items():
            out.writelines("%s\t%s\n" % (kind, text) for text in dict.fromkeys(texts))
