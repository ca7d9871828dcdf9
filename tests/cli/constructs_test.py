"""The query language from its text to its articles: generated queries of every construct, one inside another, each
against a slow model that walks through lists of words as docs/query-language.md says."""
import json
import os
import random
import re
import unittest

from programs import index, path, put, search

ARTICLES = 90
QUERIES = 1200 * int(os.environ.get("VERBATIM_LONG") or 1)
LETTERS = "bdgkmoau"
SOURCES = ["bada", "bado kuma", "gumo", "Kada Bado"]
TAGS = ["moda", "mod", "kag-dum", "ubo"]


# --- Articles ------------------------------------------------------------------------------------------------------

def make_words(rng, count):
    words = set()
    while len(words) < count:
        word = "".join(rng.choice(LETTERS[:rng.choice((4, 8))]) for _ in range(rng.randint(3, 6)))
        words.add(word)
    return sorted(words)


def shown(rng, words):
    """The words as a text writes them: cases and what parts words make no difference."""
    text = ""
    for i, word in enumerate(words):
        if i:
            text += rng.choice((" ", " ", " ", ", ", "; ", " (", ") ", "\n", "/", " … ", "! ", "? ", "?", "*", "***"))
        text += rng.choice((word, word, word.capitalize(), word.upper()))
    return text


class Article:
    def __init__(self, rng, number, words):
        pick = lambda most: [words[min(rng.randrange(len(words)), rng.randrange(len(words)))]
                             for _ in range(rng.randint(1, most))]
        self.id = f"a{number}"
        self.title, self.body = pick(5), pick(45)
        self.texts = [shown(rng, self.title), shown(rng, self.body)]
        self.source, self.tags = rng.choice(SOURCES), rng.sample(TAGS, rng.randint(0, 2))
        self.date = f"2015-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}" if rng.random() < 0.9 else None

    def line(self):
        record = {"id": self.id, "title": self.texts[0], "body": self.texts[1], "source": self.source}
        record["tags"] = self.tags
        if self.date:
            record["date"] = self.date
        return json.dumps(record) + "\n"


# --- What a place in a phrase may be: its text, and whether a word fits it -----------------------------------------

def distance(a, b):
    """Edits, a pair of neighbours swapped being one; no place is edited twice."""
    rows = [list(range(len(b) + 1))]
    for i in range(1, len(a) + 1):
        rows.append([i] + [0] * len(b))
        for j in range(1, len(b) + 1):
            cost = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                cost = min(cost, rows[i - 2][j - 2] + 1)
            rows[i][j] = cost
    return rows[-1][-1]


OUTER, INNER = range(2), range(3, 5)  # kinds of patterns: in quotes nothing inside a word is one


def wildcard(rng, word, kinds=range(5)):
    at = rng.randrange(1, len(word))
    kind = rng.choice(kinds)
    if kind == 0:
        return "*" + word[at:]
    if kind == 1:
        return "*" + word[at:at + 2] + "*"
    if kind == 2:
        return word[:at] + "?*"
    if kind == 3 and at < len(word) - 1:
        return word[:at] + "?" + word[at + 1:]
    return word[:at] + "*" + word[at + rng.randint(0, len(word) - at - 1):]


def fits_wildcard(pattern):
    match = re.compile("".join({"*": ".*", "?": "."}.get(c, c) for c in pattern), re.S).fullmatch
    return lambda w: bool(match(w))


def misspelt(rng, word):
    at = rng.randrange(len(word) - 1)
    return rng.choice((word[:at] + word[at + 1:], word[:at] + "u" + word[at:], word[:at] + "o" + word[at + 1:],
                       word[:at] + word[at + 1] + word[at] + word[at + 2:]))


def make_slot(rng, words, quoted):
    word, kind = rng.choice(words), rng.randrange(10)
    if kind == 0:
        prefix = word[:rng.randint(1, len(word))]
        return prefix + "*", lambda w: w.startswith(prefix)
    if kind == 1:
        pattern = wildcard(rng, word, OUTER if quoted else range(5))
        return pattern, fits_wildcard(pattern)
    if kind == 2:
        edits, wrong = rng.randint(1, 2), misspelt(rng, word)
        mark = "~" if edits == 2 and not quoted and rng.random() < 0.3 else f"~{edits}"
        return wrong + mark, lambda w: distance(wrong, w) <= edits
    return rng.choice((word, word.upper())), lambda w: w == word


# --- Phrases: their places in a list of words, as (first, last) -----------------------------------------------------

def spans(words, slots, slop):
    """Those that hold no smaller one."""
    found = []

    def walk(at, slot, first):
        if slot == len(slots):
            found.append((first, at - 1))
            return
        left = slop - (at - first - slot)
        for i in range(at, min(at + left + 1, len(words))):
            if slots[slot](words[i]):
                walk(i + 1, slot + 1, first)

    for i, word in enumerate(words):
        if slots[0](word):
            walk(i + 1, 1, i)
    found = set(found)
    return [s for s in found if not any(o != s and s[0] <= o[0] and o[1] <= s[1] for o in found)]


class Place:
    """Something that stands at places: its text, whether it is of titles alone, and what its places are."""

    def __init__(self, text, title, find):
        self.text, self.title, self.find = text, title, find

    def parts(self, article):
        return [article.title] if self.title else [article.title, article.body]

    def holds(self, article):
        return any(self.find(words) for words in self.parts(article))


def make_word(rng, words):
    text, fits = make_slot(rng, words, False)
    if text.isalpha() and rng.random() < 0.3:
        text = "=" + text
    return Place(text, False, lambda part: spans(part, [fits], 0))


def any_word(_):
    return True


def quotation(rng, texts):
    """Words of a quotation: what stands at once between two of them only parts them."""
    text = texts[0]
    for before, word in zip(texts, texts[1:]):
        plain = before.isalpha() and word.isalpha()
        text += (rng.choice((" ", " ", "?", "*", "***", "?*")) if plain else " ") + word
    return text


def make_parts(rng, part):
    """One bare word in several parts, patterns among them."""
    first = rng.randrange(len(part))
    texts, slots = [], []
    for word in part[first:first + rng.randint(2, 3)]:
        texts.append(word if rng.random() < 0.4 else wildcard(rng, word, INNER))
        slots.append(fits_wildcard(texts[-1]))
    return Place("-".join(texts), False, lambda part: spans(part, slots, 0))


def make_phrase(rng, words, articles, gaps=True):
    part = rng.choice(articles).body
    if rng.random() < 0.2:
        return make_parts(rng, part)
    count = rng.randint(1, 4)
    first = rng.randrange(len(part))
    texts, slots = [], []
    for word in part[first:first + count]:
        if rng.random() < 0.2 and (texts and any(s is not any_word for s in slots)):
            texts.append("*")
            slots.append(any_word)
        elif rng.random() < 0.3:
            text, fits = make_slot(rng, [word], True)
            texts.append(text)
            slots.append(fits)
        else:
            texts.append(word)
            slots.append(lambda w, word=word: w == word)
    text, slop = quotation(rng, texts), 0
    behind = ""
    if texts[-1].isalpha() and rng.random() < 0.2:
        prefix = texts[-1] = texts[-1].lower()[:-1]
        text = quotation(rng, texts)
        slots[-1] = lambda w: w.startswith(prefix)
        behind = "*"
    if gaps and len(slots) > 1 and rng.random() < 0.5:
        slop = rng.randint(1, 6)
        if rng.random() < 0.5:
            del slots[1:-1], texts[1:-1]  # so that there is a gap to fill
            text = quotation(rng, texts)
        behind += f"~{slop}"
    marks = rng.choice(('""', '""', "“”", "«»"))
    return Place(marks[0] + text + marks[1] + behind, False, lambda part: spans(part, slots, slop))


def make_side(rng, words, articles):
    one = lambda: make_word(rng, words) if rng.random() < 0.7 else make_phrase(rng, words, articles, gaps=False)
    if rng.random() < 0.7:
        return one()
    some = [one() for _ in range(rng.randint(2, 3))]
    return Place("(" + " OR ".join(s.text for s in some) + ")", False,
                 lambda part: [span for s in some for span in s.find(part)])


def near(left, name, most, right):
    """The Place of the two of them near each other."""
    behind = lambda a, b: 0 < b[0] - a[1] <= most

    def find(part):
        pairs = [(a, b) for a in left.find(part) for b in right.find(part)]
        return [pair for pair in pairs if behind(*pair) or (name == "NEAR" and behind(*reversed(pair)))]

    return Place(f"{left.text} {name}/{most} {right.text}", left.title or right.title, find)


def make_near(rng, words, articles):
    left, right = make_side(rng, words, articles), make_side(rng, words, articles)
    place = near(left, rng.choice(("NEAR", "ADJ")), rng.randint(1, 9), right)
    if rng.random() < 0.2:
        place.title = True
        return f"title:({place.text})", place.holds
    return place.text, place.holds


def make_nears(rng, words, articles):
    """Such as are understood as several: a chain, several words as one side, a side in the title."""
    some = [make_side(rng, words, articles) for _ in range(3)]
    name, most, kind = rng.choice(("NEAR", "ADJ")), rng.randint(2, 20), rng.randrange(4)
    pairs = [near(some[0], name, most, some[1]), near(some[1], "NEAR", 9, some[2])]
    if kind == 0:
        text = f"{pairs[0].text} NEAR/9 {some[2].text}"
    elif kind == 1:
        text = f"({some[0].text} {some[1].text}) {name}/{most} {some[2].text}"
        pairs = [near(one, name, most, some[2]) for one in some[:2]]
    elif kind == 2:
        text = f"{some[0].text} {name}/{most} ({some[1].text} -{some[2].text})"
        return text, lambda a: pairs[0].holds(a) and not some[2].holds(a)
    else:
        pairs[0].title = True
        text = f"title:{some[0].text} {name}/{most} {some[1].text}"
        return text, pairs[0].holds
    return text, lambda a: all(pair.holds(a) for pair in pairs)


# --- Queries: (text, how tight it binds, whether an article fits) ----------------------------------------------------

ATOM, CLAUSE, ALL_OF, ANY_OF = range(4)


def held(query, most):
    text, binds, fits = query
    return text if binds <= most else f"({text})"


def make_column(rng, words):
    kind = rng.randrange(5)
    if kind == 0:
        value = rng.choice(SOURCES)
        parts = value.lower().split(" ")
        some = parts[rng.randrange(len(parts)):]
        return (f'source:"{" ".join(some)}"', ATOM,
                lambda a: bool(spans(a.source.lower().split(" "), [lambda w, s=s: w == s for s in some], 0)))
    if kind == 1:
        text, fits = make_slot(rng, "bada bado kuma gumo kada".split(), False)
        return f"source:{text}", ATOM, lambda a: any(fits(w) for w in a.source.lower().split(" "))
    if kind == 2:
        tag = rng.choice(TAGS)
        words_of = lambda t: re.findall("[a-z]+", t)
        return (f"tag:{tag}", ATOM, lambda a: any(
            spans(words_of(t), [lambda w, s=s: w == s for s in words_of(tag)], 0) for t in a.tags))
    if kind == 3:
        one, other = sorted(f"2015-{rng.randint(1, 12):02}" for _ in range(2))
        return f"date:{one}..{other}", ATOM, lambda a: a.date is not None and one <= a.date[:7] <= other
    number = rng.randrange(ARTICLES)
    return f"id:a{number}", ATOM, lambda a: a.id == f"a{number}"


def make_exact(rng, articles):
    text = rng.choice(rng.choice(articles).texts)
    places = [m.start() for m in re.finditer("[A-Za-z]+", text)]
    at = rng.randrange(len(places))
    last = min(at + rng.randint(0, 2), len(places) - 1)
    value = text[places[at]:places[last] + len(re.match("[A-Za-z]+", text[places[last]:]).group())]
    whole = re.compile(r"(?<![A-Za-z])" + re.escape(value) + r"(?![A-Za-z])")
    if rng.random() < 0.3:
        return f'title:exact:"{value}"', ATOM, lambda a: bool(whole.search(a.texts[0]))
    return f'exact:"{value}"', ATOM, lambda a: any(whole.search(t) for t in a.texts)


def make_leaf(rng, words, articles):
    kind = rng.randrange(10)
    if kind == 0:
        return make_column(rng, words)
    if kind == 1:
        return make_exact(rng, articles)
    if kind > 7:
        text, fits = (make_near if rng.random() < 0.7 else make_nears)(rng, words, articles)
        return text, CLAUSE, fits
    place = make_word(rng, words) if kind < 5 else make_phrase(rng, words, articles)
    text = place.text
    if rng.random() < 0.2:
        place.title = True
        text = rng.choice((f"title:{text}", f"title:({text})", f"(title:{text})"))
    elif rng.random() < 0.1:
        text += rng.choice(("^2", "^0.5"))
    return text, ATOM, place.holds


def make_query(rng, words, articles, depth):
    if depth == 0 or rng.random() < 0.25:
        return make_leaf(rng, words, articles)
    make = lambda: make_query(rng, words, articles, depth - 1)
    kind = rng.randrange(8)
    if kind == 0:
        query = make()
        return rng.choice(("-", "NOT ")) + held(query, ATOM), CLAUSE, lambda a: not query[2](a)
    if kind == 1:
        query = make()
        return f"({query[0]})", ATOM, query[2]
    some = [make() for _ in range(rng.randint(2, 3))]
    if kind < 5:
        joined = held(some[0], CLAUSE)
        for one in some[1:]:
            joined += rng.choice((" ", " AND ")) + held(one, CLAUSE)
        return joined, ALL_OF, lambda a: all(q[2](a) for q in some)
    return " OR ".join(held(one, ALL_OF) for one in some), ANY_OF, lambda a: any(q[2](a) for q in some)


class Constructs(unittest.TestCase):
    def test_generated_queries_find_what_the_model_finds(self):
        rng = random.Random(2015)
        words = make_words(rng, 60)
        articles = [Article(rng, number, words) for number in range(ARTICLES)]
        built = index("build", "-o", path("c.vbt"), put("c.jsonl", "".join(a.line() for a in articles)))
        self.assertEqual(built.status, 0, built.err)
        queries = [make_query(rng, words, articles, rng.randint(0, 3)) for _ in range(QUERIES)]
        lines = "".join(json.dumps({"q": q[0], "limit": 1000, "snippets": 0, "collapse": 0, "op": "and",
                                     "strict": True}) + "\n"
                        for q in queries)
        ran = search("c.vbt", "--batch=" + put("q.jsonl", lines))
        answers = ran.out.splitlines()
        self.assertEqual(len(answers), len(queries), ran.err)
        found = 0
        for (text, _, fits), line in zip(queries, answers):
            answer = json.loads(line)
            self.assertIn("hits", answer, (text, line[:300]))
            expected = sorted(a.id for a in articles if fits(a))
            self.assertEqual(sorted(hit["id"] for hit in answer["hits"]), expected, (text, answer["query"]["parsed"]))
            self.assertEqual(answer["total"], {"value": len(expected), "relation": "eq"}, text)
            found += bool(expected) and len(expected) < ARTICLES
        self.assertGreater(found, QUERIES // 2)


if __name__ == "__main__":
    unittest.main()
