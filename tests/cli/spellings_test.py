"""Spellings of compounds: generated texts full of hyphens, apostrophes and closed words, and queries of every kind, against
a slow model that counts for itself what is joined, and reads phrases in all ways that docs/spellings.md names. Then what
must never be found for something else."""
import json
import os
import random
import re
import unittest
from collections import Counter

from programs import index, path, put, search

WAYS_MOST = 500
LONG = int(os.environ.get("VERBATIM_LONG") or 1)
ATOMS = "ubo kamu gota bada mumu okab t dogo 4 u2 bm5 takou gubok matu oga".split()


# --- What the texts say --------------------------------------------------------------------------------------------

def read(text):
    """[(word, how it is joined to the one before)]"""
    words, end = [], None
    for match in re.finditer("[a-z0-9]+", text.lower()):
        between = text[end:match.start()] if end is not None else " "
        words.append((match.group(), between if between in ("-", "'") else None))
        end = match.end()
    return words


def links(words, i):
    """Whether word i makes a chain of the one before and itself."""
    return 0 < i < len(words) and words[i][1] is not None and words[i] != ("s", "'")


def find_table(articles):
    """{(left, right)}: the rule of FORMAT.md, counted in a plain way."""
    joined, chained, apart, cf, df = Counter(), Counter(), Counter(), Counter(), Counter()
    for texts in articles:
        df.update({word for words in texts for word, _ in words})
        for words in texts:
            cf.update(word for word, _ in words)
            for i in range(1, len(words)):
                pair, joint = (words[i - 1][0], words[i][0]), words[i][1]
                if joint is None:
                    apart[pair] += 1
                elif links(words, i) and (links(words, i - 1) or links(words, i + 1)):
                    chained[pair] += 1
                else:
                    joined[pair, joint] += 1
    table = set()
    for left, right in {pair for pair, _ in joined}:
        hyphens, apostrophes = joined[(left, right), "-"], joined[(left, right), "'"]
        count, closed = max(hyphens, apostrophes), cf[left + right]
        if apostrophes > hyphens:
            good = right != "s" and (50 if closed >= 10 else 10) * closed <= count
        else:
            good = closed <= 10 * count
        if good and count >= apart[left, right] and 100 * count >= min(df[left], df[right]) and \
                len(left + right) >= 4 and not (left[0].isdigit() and right[0].isdigit()) and \
                not (left[-1].isdigit() and right[0].isdigit()):
            table.add((left, right))
    return table


# --- What a phrase may be read as ------------------------------------------------------------------------------------

def parts_of(table, closed):
    return [(closed[:i], closed[i:]) for i in range(1, len(closed)) if (closed[:i], closed[i:]) in table]


def is_hyphen(words, i):
    return words[i][1] == "-" and not (words[i - 1][0][-1].isdigit() and words[i][0][0].isdigit())


def readings_at(table, words, i):
    """[(words read, of how many)]"""
    found = [(pair, 1) for pair in parts_of(table, words[i][0])]
    if i + 1 < len(words):
        closed = words[i][0] + words[i + 1][0]
        if is_hyphen(words, i + 1) or (words[i][0], words[i + 1][0]) in table:
            found += [((closed,), 2)] + [(pair, 2) for pair in parts_of(table, closed)]
    end = i + 1
    while end < len(words) and is_hyphen(words, end):
        end += 1
    if end - i > 2 and not (i and is_hyphen(words, i)):
        found.append((("".join(word for word, _ in words[i:end]),), end - i))
    return found


def ways(table, words, i=0):
    """{(words, which of them stand at once behind the one before)}"""
    if i == len(words):
        return {((), ())}
    found = {((words[i][0],) + rest, (False,) + glued) for rest, glued in ways(table, words, i + 1)}
    for read_as, count in readings_at(table, words, i):
        found |= {(read_as + rest, (False,) + (True,) * (len(read_as) - 1) + glued)
                  for rest, glued in ways(table, words, i + count)}
    return found


def count_ways(table, words):
    counts = [0] * len(words) + [1]
    for i in reversed(range(len(words))):
        counts[i] = counts[i + 1] + sum(counts[i + count] for _, count in readings_at(table, words, i))
    return counts[0]


def spans(text, way, slop):
    """[(start, end)] of the smallest places of one way."""
    read_as, glued = way
    found = []

    def follow(start, at, i, left):
        if i == len(read_as):
            found.append((start, at + 1))
            return
        for gap in range(1 if glued[i] else left + 1):
            if at + 1 + gap < len(text) and text[at + 1 + gap][0] == read_as[i]:
                follow(start, at + 1 + gap, i + 1, left - gap)
    for start, (word, _) in enumerate(text):
        if word == read_as[0]:
            follow(start, start, 1, slop)
    return {s for s in found if not any(o != s and o[0] >= s[0] and o[1] <= s[1] for o in found)}


class Phrase:
    def __init__(self, text, table, slop=0, variants=True):
        words = read(text)
        plain = ((tuple(word for word, _ in words), (False,) * len(words)))
        self.text, self.slop = text, slop
        self.ways = ways(table, words) if variants else {plain}
        self.read_as = {read_as for read_as, _ in self.ways}

    def spans(self, text):
        if not self.slop:
            words = [word for word, _ in text]
            return {(start, start + count) for count in set(map(len, self.read_as)) for start in range(len(text) - count + 1)
                    if tuple(words[start:start + count]) in self.read_as}
        return set().union(*(spans(text, way, self.slop if len(way[0]) > 1 else 0) for way in self.ways))

    def count(self, article):
        return sum(len(self.spans(text)) for text in article)


# --- Articles and queries --------------------------------------------------------------------------------------------

def make_text(rng, habits, length):
    """Words that are joined as it is their habit, and now and then otherwise."""
    text = ""
    while length > 0:
        kind = rng.random()
        if kind < 0.6:
            (left, right), weights = rng.choice(habits)
            text += left + rng.choices(("-", "'", "", " "), weights)[0] + right
        elif kind < 0.7:
            text += rng.choice("-'").join(rng.sample(ATOMS, 3))
        else:
            text += rng.choice(ATOMS + ["it's", "ubo's"])
        text += rng.choice((" ", " ", " ", " ", ", ", "\n", "/", "--", "-" if rng.random() < 0.2 else " "))
        length -= 1
    return text.strip(" \n,/-")


def make_habits(rng):
    profiles = ((8, 0, 2, 0), (8, 0, 6, 2), (3, 0, 3, 3), (3, 0, 3, 6), (0, 30, 1, 0), (1, 8, 2, 1), (1, 0, 14, 0), (5, 5, 1, 1))
    pairs = rng.sample([(a, b) for a in ATOMS for b in ATOMS], 18)
    return [(pair, rng.choice(profiles)) for pair in pairs] + [(("ub", "okamu"), (5, 0, 5, 0))]


def shown(rng, words):
    """A phrase as someone may write it: joined as in the text, apart, by hyphens, closed."""
    text = words[0][0]
    for word, joint in words[1:]:
        text += rng.choices((joint or " ", " ", "-", "'", ""), (4, 3, 1, 1, 1))[0] + word
    return text


def make_phrase(rng, articles, table, most):
    text = make_any_phrase(rng, articles, most)
    while count_ways(table, read(text)) > WAYS_MOST:
        text = make_any_phrase(rng, articles, most)
    return text


def make_any_phrase(rng, articles, most):
    words = rng.choice(rng.choice(articles))
    while len(words) < 2:
        words = rng.choice(rng.choice(articles))
    count = rng.randint(1, min(most, len(words)))
    start = rng.randint(0, len(words) - count)
    text = shown(rng, words[start:start + count])
    return text if len(text) > 1 else "ubo-" + text


def has_long_chain(text):
    return re.search("([a-z0-9]+-){4}", text)


class Spellings(unittest.TestCase):
    maxDiff = None

    def build(self, name, texts, first=0):
        lines = "".join(json.dumps({"id": str(first + i), "title": title, "body": body}) + "\n"
                        for i, (title, body) in enumerate(texts))
        built = index("build", "-o", path(name + ".vbt"), put(name + ".jsonl", lines))
        self.assertEqual(built.status, 0, built.err)
        return [[read(text) for text in pair] for pair in texts]

    def ask(self, files, queries):
        """Queries as (text, parameters), answers as of a batch."""
        lines = "".join(json.dumps({"q": text, "limit": 1000, "snippets": 0, "op": "and", "collapse": 0, **more}) + "\n"
                        for text, more in queries)
        ran = search(",".join(files), "--batch=" + put("queries.jsonl", lines))
        answers = [json.loads(line) for line in ran.out.splitlines()]
        self.assertEqual(len(answers), len(queries), ran.err)
        return answers

    def compare(self, articles, query, answer, fits, count=None):
        expected = [str(i) for i, article in enumerate(articles) if fits(article)]
        self.assertIn("hits", answer, (query, answer))
        self.assertEqual(sorted(hit["id"] for hit in answer["hits"]), sorted(expected), (query, answer["query"]))
        self.assertEqual(answer["total"], {"value": len(expected), "relation": "eq"}, query)
        for hit in answer["hits"] if count else ():
            self.assertEqual(hit["phrase_count"], count(articles[int(hit["id"])]), (query, hit, answer["query"]))
        return 0 < len(expected) < len(articles)

    def make_query(self, rng, articles, table):
        """(query, parameters, whether an article fits, how often)"""
        most = rng.choice((1, 2, 3, 5, 5, 30, 30))
        first, second = (make_phrase(rng, articles, table, most) for _ in range(2))
        kind = rng.randrange(9)
        if kind == 0:
            one = Phrase(first, table, variants=False)
            return f'"{first}"', {"variants": 0}, one.count, one.count
        if kind == 1 and len(read(first)) < 6:
            slop = rng.randint(1, 3)
            one = Phrase(first, table, slop if len(read(first)) > 1 else 0)
            return f'"{first}"~{slop}', {}, one.count, None
        one, two = Phrase(first, table), Phrase(second, table)
        if kind == 2:
            return f'"{first}" -"{second}"', {}, lambda a: one.count(a) and not two.count(a), None
        if kind == 3:
            return f'"{first}" OR "{second}"', {}, lambda a: one.count(a) or two.count(a), None
        if kind == 4:
            return f'"{first}" "{second}"', {}, lambda a: one.count(a) and two.count(a), None
        if kind == 5:
            return f'title:"{first}"', {}, lambda a: one.spans(a[0]), None
        if kind == 6:
            near = lambda x, y: any(0 < b[0] - a[1] + 1 <= 4 for a in x for b in y)
            return f'"{first}" NEAR/4 "{second}"', {}, lambda a: any(
                near(one.spans(text), two.spans(text)) or near(two.spans(text), one.spans(text)) for text in a), None
        if kind == 7 and len(read(first)) == 1:
            return first, {}, one.count, one.count
        return f'"{first}"', {}, one.count, one.count

    def try_queries(self, seed, file_count):
        rng = random.Random(seed)
        habits, articles, files, table = make_habits(rng), [], [], set()
        for number in range(file_count):
            texts = [(make_text(rng, habits, rng.randint(0, 3)), make_text(rng, habits, rng.randint(1, 25)))
                     for _ in range(60)]
            some = self.build(f"s{number}", texts, len(articles))
            table |= find_table(some)
            articles += some
            files.append(f"s{number}.vbt")
            habits = habits[:12] + make_habits(rng)[:6]
        queries = []
        while len(queries) < 500:
            query = self.make_query(rng, articles, table)
            if not has_long_chain(query[0]):
                queries.append(query)
        answers = self.ask(files, [query[:2] for query in queries])
        return sum(self.compare(articles, query[:2], answer, *query[2:]) for query, answer in zip(queries, answers))

    def test_generated_queries_find_what_the_model_finds(self):
        found = sum(self.try_queries(seed, 1 + seed % 2) for seed in range(4 * LONG))
        self.assertGreater(found, 600 * LONG)

    def test_all_spellings_of_a_phrase_are_one_question(self):
        texts = [("", "The e-mail came."), ("", "An email, and an e-mail, came."), ("", "e mail"), ("", "mail e")] * 3
        self.build("one", texts)
        asked = ['"e-mail"', '"e mail"', '"email"']
        answers = self.ask(["one.vbt"], [(q, {}) for q in asked])
        hits = [[(hit["id"], hit["score"]) for hit in answer["hits"]] for answer in answers]
        self.assertEqual(len(hits[0]), 9)
        self.assertEqual(hits, [hits[0]] * 3)
        self.assertEqual([answer["query"]["spellings"] for answer in answers],
                         [[{"written": "e mail", "searched": ["e mail", "email"]}]] * 2 +
                         [[{"written": "email", "searched": ["email", "e mail"]}]])
        self.assertEqual([answer["query"]["parsed"] for answer in answers], asked)
        self.assertEqual([[w["word"] for w in answer["query"]["words"]] for answer in answers],
                         [["e", "mail"], ["e", "mail"], ["email"]])

    def test_what_a_file_knows_is_searched_in_all(self):
        self.build("knows", [("", "de-confliction talks")])
        self.build("other", [("", "deconfliction talks"), ("", "de confliction"), ("", "confliction")], 1)
        for query in ('"deconfliction talks"', '"de confliction talks"'):
            answer, = self.ask(["knows.vbt", "other.vbt"], [(query, {})])
            self.assertEqual(sorted(hit["id"] for hit in answer["hits"]), ["0", "1"], answer)
        answer, = self.ask(["other.vbt"], [('"de confliction talks"', {})])
        self.assertEqual(answer["total"]["value"], 0)

    def test_a_chain_of_very_many_hyphens_tells_that_it_was_cut(self):
        chain = "-".join(["ab", "cd"] * 12)
        closed = " ".join(["abcd", "cdab", "ab", "cd"] * 6)
        self.build("chain", [("", chain), ("", closed), ("", "ab " + " ".join(["cdab"] * 11) + " cd")])
        answer, = self.ask(["chain.vbt"], [(f'"{chain}"', {})])
        self.assertIn("0", [hit["id"] for hit in answer["hits"]])
        spelling, = answer["query"]["spellings"]
        self.assertEqual((len(spelling["searched"]), spelling["more"]), (16, True))


# --- What is another word --------------------------------------------------------------------------------------------

OTHERS = [("every-day", 3, "every day", 9, "everyday", 5), ("it's", 9, "", 0, "its", 8), ("re-sign", 2, "", 0, "resign", 25),
          ("may-be", 1, "may be", 9, "maybe", 6), ("we're", 9, "", 0, "were", 30), ("david's", 99, "", 0, "davids", 1)]


class Others(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lines, number, cls.ids = "", 0, {}
        for joined, times, apart, apart_times, closed, closed_times in OTHERS:
            for text, count in ((joined, times), (apart, apart_times), (closed, closed_times)):
                for _ in range(count):
                    cls.ids.setdefault(text, set()).add(str(number))
                    lines += json.dumps({"id": str(number), "body": f"they said {text} to him"}) + "\n"
                    number += 1
        built = index("build", "-o", path("others.vbt"), put("others.jsonl", lines))
        assert built.status == 0, built.err

    def found(self, query, *options):
        answer = json.loads(search("others.vbt", "--format=json", "--limit=200", "--op=and", "--collapse=0", *options, "--", query).out)
        return {hit["id"] for hit in answer["hits"]}, answer["query"]

    def test_another_word_is_never_found(self):
        for joined, _, apart, _, closed, _ in OTHERS:
            parts = self.ids[joined] | self.ids.get(apart, set())
            words = re.sub("[-']", " ", joined)
            for query, expected in ((f'"{words}"', parts), (f'"{closed}"', self.ids[closed])):
                ids, told = self.found(query)
                self.assertEqual(ids, expected, (query, told))
                self.assertNotIn("spellings", told)

    def test_a_hyphen_asks_for_both(self):
        for joined, _, apart, _, closed, _ in OTHERS:
            if "-" not in joined:
                continue
            both = self.ids[joined] | self.ids.get(apart, set()) | self.ids[closed]
            for query in (f'"{joined}"', joined, f'"said {joined} to"'):
                self.assertEqual(self.found(query)[0], both, query)
            self.assertEqual(self.found(f'"{joined}"', "--variants=0")[0], both - self.ids[closed])

    def test_what_was_not_searched_is_offered(self):
        for query, offered in (('"every day"', [("everyday", 5)]), ('"resign"', [("re sign", 2)]), ("everyday", [("every day", 12)]),
                               ('"said everyday to"', [("said every day to", 12)]), ("every day", [("everyday", 5)]),
                               ('"maybe"', [("may be", 10)]), ('"every-day"', None), ('"they said"', None)):
            told = self.found(query)[1].get("also_written")
            self.assertEqual(told and [(one["text"], one["articles"]) for one in told], offered, query)
        told = self.found('"every-day"', "--variants=0")[1]["also_written"]
        self.assertEqual(told, [{"text": "everyday", "articles": 5}])

    def test_a_slip_is_offered_for_a_phrase_alone(self):
        bodies = ["stood on the quay"] * 30 + ["stood onthe quay"] * 2 + ["a flyover"] * 3 + ["to fly over it"] * 30
        put("slips.jsonl", "".join(json.dumps({"id": str(i), "body": body}) + "\n" for i, body in enumerate(bodies)))
        self.assertEqual(index("build", "--quiet", "-o", path("slips.vbt"), path("slips.jsonl")).status, 0)
        for query, offered in ("on the", None), ('"on the"', [("onthe", 2)]), ("fly over", [("flyover", 3)]):
            ran = search("--format=json", "--limit=0", path("slips.vbt"), query)
            told = json.loads(ran.out)["query"].get("also_written")
            self.assertEqual(told and [(one["text"], one["articles"]) for one in told], offered, query)

    def test_what_was_searched_is_told_to_a_person(self):
        ran = search("others.vbt", "--snippets=0", '"every-day"')
        self.assertIn('note: searched as "every day", "everyday"\n', ran.out)
        ran = search("others.vbt", "--snippets=0", '"every day"')
        self.assertIn('note: also written "everyday" in 5 articles; not searched\n', ran.out)
        ran = search("others.vbt", "--batch=-", given='"every day"\n')
        self.assertNotIn("also_written", ran.out)


# --- An encyclopedia -------------------------------------------------------------------------------------------------

CORPUS = os.path.join(os.environ.get("VERBATIM_CORPORA") or os.path.join(
    os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "verbatim-corpora"), "enwiki2015.jsonl")


@unittest.skipUnless(os.path.exists(CORPUS), "the encyclopedia is not here")
class Encyclopedia(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with open(CORPUS, "rb") as file:
            put("wiki.jsonl", b"".join(line for _, line in zip(range(30000 if LONG > 1 else 1500), file)))
        built = index("build", "-o", path("wiki.vbt"), path("wiki.jsonl"))
        assert built.status == 0, built.err

    def totals(self, *queries, **more):
        lines = "".join(json.dumps({"q": query, "limit": 0, "op": "and", **more}) + "\n" for query in queries)
        answers = [json.loads(line) for line in search("wiki.vbt", "--batch=-", given=lines).out.splitlines()]
        return [answer["total"]["value"] for answer in answers], [answer["query"].get("spellings") for answer in answers]

    def test_another_word_is_never_found(self):
        queries = ['"every day"', '"everyday"', '"its"', '"it\'s"', '"resign"', '"re sign"', '"maybe"', '"may be"', '"were"',
                   '"we\'re"', '"well"', '"we\'ll"', '"ill"', '"i\'ll"', '"david\'s"', '"davids"', '"air strikes"',
                   '"a while"', '"awhile"', '"any one"', '"anyone"', '"some time"', '"sometime"', '"he\'d"']
        totals, told = self.totals(*queries)
        self.assertEqual(told, [None] * len(queries))
        self.assertEqual(totals, self.totals(*queries, variants=0)[0])

    def test_spellings_of_one_compound_are_one_question(self):
        for spelled in ("e mail", "co operation", "non linear", "south east", "don t", "long standing"):
            queries = [f'"{spelled.replace(" ", joint)}"' for joint in (" ", "-", "")]
            (apart, joined, closed), told = self.totals(*queries)
            self.assertEqual((apart, joined), (closed, closed), spelled)
            self.assertNotIn(None, told)
            written = self.totals(*queries, variants=0)[0]
            self.assertTrue(max(written) <= closed <= written[0] + written[2], (spelled, written, closed))


if __name__ == "__main__":
    unittest.main()
