"""Where nothing matches: what is named never occurs, and what is offered finds exactly so many, both by walking through
the plain text."""
import collections
import json
import os
import random
import re
import unittest

from constructs_test import ARTICLES, Article, make_query, make_words
from programs import index, path, put, search
from query_model import reads

LONG = int(os.environ.get("VERBATIM_LONG") or 1) / (2 if os.environ.get("VERBATIM_SANITIZED") else 1)


def ask(file, query, *options):
    ran = search("--format=json", "--snippets=0", "--limit=0", *options, file, "--", query)
    assert ran.status == 0, (query, ran.err)
    return json.loads(ran.out)


class Checker:
    """One collection as plain text, and what answers about it may say."""

    def __init__(self, test, file, articles, inflects=False):
        self.test, self.file, self.articles, self.inflects = test, file, articles, inflects
        self.causes, self.offers, self.rest, self.partial = collections.Counter(), 0, 0, 0

    def count(self, query):
        fits = reads(query)
        return sum(1 for a in self.articles if fits(a))

    def occurs(self, text):
        """A run of words as `text` writes it."""
        return self.count(text if text.startswith(('"', "title:")) else f'"{text}"') > 0

    def check_run(self, why, query):
        text = why["text"]
        self.test.assertFalse(self.occurs(text), (query, why))
        words = text.split()
        if why["cause"] in ("pair", "phrase") and '"' not in text:
            self.test.assertEqual(len(words) == 2, why["cause"] == "pair", (query, why))
            for part in (words[1:], words[:-1]):
                part = " ".join(part).strip("* ") if "*" in part else " ".join(part)
                if "*" not in part:
                    self.test.assertTrue(self.occurs(part), (query, why))

    def check_cause(self, why, query):
        cause, text = why["cause"], why["text"]
        self.causes[cause] += 1
        self.test.assertRegex(why["message"], r"^[A-Z“\"].*\.$")
        if cause in ("word", "pattern", "pair", "phrase"):
            self.check_run(why, query)
        elif cause in ("title", "near", "characters", "not", "any"):
            self.test.assertEqual(self.count(text), 0, (query, why))
        elif cause in ("field", "date"):
            alone = "for the rest" not in why["message"]
            self.test.assertEqual(self.count(text) == 0, alone, (query, why))
        for word in why.get("glued", []):
            self.test.assertTrue(self.occurs(word), (query, why))
            self.test.assertIn(text.replace(" ", ""), word)

    def check_relaxation(self, relaxation, query, options):
        kept = [o for o in options if o[2:].split("=")[0] not in relaxation.get("without", [])]
        again = ask(self.file, relaxation["query"], *kept)
        self.test.assertEqual(again["total"], {"value": relaxation["total"], "relation": "eq"}, (query, relaxation))
        self.test.assertFalse(again["query"]["any_words"], (query, relaxation))
        self.test.assertEqual(again["query"]["repairs"], [], (query, relaxation))
        filters = {o.split("=")[0][2:]: o.split("=")[1] for o in kept if not o.startswith(("--op", "--mode"))}
        asked = relaxation["query"]
        for name in ("source", "lang"):
            if name in filters:
                asked = f'({asked}) {name}:"{filters[name]}"'
        if "from" in filters or "to" in filters:
            asked = f'({asked}) date:{filters.get("from", "")}..{filters.get("to", "")}'
        if self.inflects and re.search(r'(?:^|[ (])[a-z]', re.sub('"[^"]*"', '""', asked)):
            if not any(word.get("ignored") for word in again["query"]["words"]):
                self.test.assertGreaterEqual(relaxation["total"], self.count(asked), (query, relaxation))
        else:
            self.test.assertEqual(relaxation["total"], self.count(asked), (query, relaxation, asked))
        self.offers += 1

    def check_something_is_offered(self, why, query):
        """Whatever the query is made of, where some of its words occur."""
        wanted = re.sub(r"(?:NEAR|ADJ)/\d+|OR|AND|(?:^|(?<=[ (]))-\S+|\b(?:source|date|tag|id):\S+", " ", query)
        plain = not re.search(r'[*?~]|-[("]|(?:source|tag):["(]', query)
        if plain and any(self.occurs(word.lower()) for word in re.findall("[A-Za-z]+", wanted.replace("title:", " "))):
            self.test.assertTrue(why["relaxations"], (query, why))
            self.rest += 1

    def check(self, query, *options):
        """Returns whether the query finds nothing."""
        answer = ask(self.file, query, *options)
        if answer["total"]["value"]:
            self.test.assertNotIn("why", answer)
            return False
        why = answer["why"]
        self.partial += "partial" in why
        self.check_cause(why, query)
        self.test.assertLessEqual(len(why["relaxations"]), 6)
        asked = [json.dumps([r["query"], r.get("without")]) for r in why["relaxations"]]
        self.test.assertEqual(len(set(asked)), len(asked), (query, why))
        for relaxation in why["relaxations"]:
            self.test.assertGreater(relaxation["total"], 0)
            self.check_relaxation(relaxation, query, options)
        if "partial" not in why:
            self.check_something_is_offered(why, query)
        return True


# --- Generated text: every construct -------------------------------------------------------------------------------

def spoil(rng, words, articles):
    """A query of the kinds that people ask, of which something is wrong."""
    part = rng.choice(articles).body
    first = rng.randrange(max(1, len(part) - 5))
    some = part[first:first + rng.randint(2, 5)]
    at, kind = rng.randrange(len(some)), rng.randrange(6)
    if kind == 0:
        some[at] = some[at] + "x"
    elif kind == 1:
        some[at] = rng.choice(words)
    elif kind == 2:
        some.insert(at, rng.choice(words))
    elif kind == 3:
        some.reverse()
    elif kind == 4:
        some[at] = some[at][:max(3, len(some[at]) - 1)] + rng.choice(("", "x*", "xy~1"))
    query = rng.choice(("", "", "", "", "", "title:")) + '"' + " ".join(some) + '"' + rng.choice(("", "", "", "~1", "~2"))
    return query + rng.choice(("", "", "", " source:gumo", " date:2015-03", " -" + rng.choice(words),
                               " " + rng.choice(words), f' OR "{words[0]}x {words[1]}"', " title:" + words[2]))


class Generated(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rng = random.Random(58)
        cls.words = make_words(cls.rng, 60)
        cls.articles = [Article(cls.rng, number, cls.words) for number in range(ARTICLES)]
        built = index("build", "-o", path("n.vbt"), put("n.jsonl", "".join(a.line() for a in cls.articles)))
        assert built.status == 0, built.err

    def test_every_construct(self):
        checker, nothing, asked = Checker(self, "n.vbt", self.articles), 0, 0
        while nothing < 110 * LONG and asked < 1500 * LONG:
            text, _, fits = make_query(self.rng, self.words, self.articles, self.rng.randint(0, 3))
            asked += 1
            if not any(fits(a) for a in self.articles):
                nothing += checker.check(text, "--op=and")
        self.assertGreaterEqual(nothing, 110 * LONG)
        self.assertGreater(checker.offers, nothing)
        self.assertLess(checker.partial, 1 + nothing / 50)
        self.assertGreaterEqual(set(checker.causes), {"together", "near", "title", "not"}, checker.causes)

    def test_what_people_ask_wrongly(self):
        checker, nothing = Checker(self, "n.vbt", self.articles), 0
        for _ in range(int(150 * LONG)):
            options = ["--op=and"]
            if self.rng.random() < 0.2:
                options += self.rng.choice((["--source=gumo"], ["--from=2015-05", "--to=2015-06"], ["--from=2016"],
                                            ["--source=none", "--to=2015-02"]))
            nothing += checker.check(spoil(self.rng, self.words, self.articles), *options)
        self.assertGreater(nothing, 75 * LONG)
        self.assertGreater(checker.offers, 3 * nothing // 2)
        self.assertLess(checker.partial, 1 + nothing / 50)
        self.assertGreater(checker.rest, 5 * LONG)
        self.assertGreaterEqual(set(checker.causes), {"word", "pair", "phrase", "field", "date"}, checker.causes)

    def make_part(self):
        """Some of which occur."""
        word, kind = self.rng.choice(self.words), self.rng.randrange(9)
        other = self.rng.choice((self.rng.choice(self.words), word + "x", word + "y"))
        return (word, word, other, f'"{word} {other}"', f'"{other} {word}"', f"title:{word}", f"({word} OR {other})",
                self.rng.choice(("source:gumo", "source:none")), self.rng.choice(("date:2015-03", "date:2016")))[kind]

    def part_of(self, query):
        """What an offer asks for, whatever its order."""
        parts = re.findall(r'\([^)]*\)|(?:[a-z]+:)?"[^"]*"(?:~\d+)?|[^\s()]+', query.replace(" AND ", " "))
        return tuple(sorted(" ".join(sorted(part.strip("()").split())) for part in parts))

    def test_the_order_of_parts_makes_no_difference(self):
        """Nor is anything held back where there is room for it."""
        checker, nothing = Checker(self, "n.vbt", self.articles), 0
        for _ in range(int(60 * LONG)):
            parts = sorted({self.make_part() for _ in range(self.rng.randint(2, 4))})
            answers = []
            for _ in range(2):
                self.rng.shuffle(parts)
                answers.append(ask("n.vbt", " ".join(parts), "--op=and"))
            if len(parts) < 2 or answers[0]["total"]["value"]:
                continue
            nothing += 1
            for answer in answers:
                checker.check_something_is_offered(answer["why"], answer["query"]["text"])
            offers = [sorted((self.part_of(r["query"]), r["total"]) for r in answer["why"]["relaxations"])
                      for answer in answers]
            if len(offers[0]) < 6 and len(offers[1]) < 6:
                self.assertEqual(offers[0], offers[1], parts)
        self.assertGreater(nothing, 30 * LONG)

    def test_the_whole_input_as_a_phrase(self):
        checker = Checker(self, "n.vbt", self.articles)
        for _ in range(int(20 * LONG)):
            some = self.rng.sample(self.words, 3)
            checker.check(" ".join(some), "--mode=phrase")
        self.assertGreater(checker.offers, 20 * LONG)


# --- Real text -----------------------------------------------------------------------------------------------------

def words_of(text):
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text.replace("’", "'").lower())
    text = re.sub(r"\b(?:[a-z]\.){2,}", lambda m: m.group().replace(".", "") + " ", text)
    return re.findall(r"\d+\.\d+|[^\W_]+", text)


def text_of(name):
    with open(name, encoding="utf-8", errors="replace") as file:
        return file.read()


class Report:
    def __init__(self, number, text):
        self.id, self.title, self.texts = str(number), [], ["", text]
        self.body, self.source, self.tags, self.date = words_of(text), "", [], None


PLAIN_RUN = re.compile(r"(?<![\w.'’-])(?:[A-Za-z]{3,} ){3,}[A-Za-z]{3,}(?![\w.'’-])")


def plain_runs(articles):
    """Runs of common words with single spaces between, as anybody would quote them."""
    return [run.lower().split() for a in articles for run in PLAIN_RUN.findall(a.texts[1])]


class Real(unittest.TestCase):
    def check_texts(self, name, texts):
        articles = [Report(i, text) for i, text in enumerate(texts)]
        lines = "".join(json.dumps({"id": a.id, "body": a.texts[1]}) + "\n" for a in articles)
        self.assertEqual(index("build", "-o", path(name), put(name + ".jsonl", lines)).status, 0)
        checker, rng, nothing = Checker(self, name, articles, inflects=True), random.Random(7), 0
        runs = plain_runs(articles)
        words = sorted({w for run in runs for w in run})
        for _ in range(int(60 * LONG)):
            run = rng.choice(runs)
            first = rng.randrange(len(run) - 2)
            some = run[first:first + rng.randint(3, 6)]
            at = rng.randrange(len(some))
            kind = rng.randrange(4)
            if kind == 0:
                some.insert(at, rng.choice(words))
            elif kind == 1:
                some[at] = rng.choice(words)
            elif kind == 2:
                some[at] = some[at][:-1]
            else:
                some = rng.sample(words, 2)
            nothing += checker.check('"' + " ".join(some) + '"', "--variants=0")
        self.assertGreater(nothing, 35 * LONG)
        self.assertGreater(checker.offers, nothing)
        self.assertEqual(checker.partial, 0)
        self.assertGreaterEqual(set(checker.causes), {"word", "pair"}, checker.causes)

    def test_sample_articles(self):
        folder = os.path.join(os.environ["VERBATIM_SOURCE"], "data", "articles")
        texts = []
        for name in sorted(os.listdir(folder)):
            text = text_of(os.path.join(folder, name)) if name.endswith((".txt", ".md")) else "\ufffd"
            if "\ufffd" not in text:
                texts.append(text)
        self.check_texts("sample", texts)

    def test_reports(self):
        folder = os.path.join(os.environ["VERBATIM_SHARED"], "articles")
        if not os.path.isdir(folder):
            self.skipTest("the shared articles are absent")
        self.check_texts("reports", [text_of(os.path.join(folder, name)) for name in sorted(os.listdir(folder))])


# --- One by one ----------------------------------------------------------------------------------------------------

class Examples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        articles = [
            {"id": "1", "title": "Pentagon", "body": "It is doomed to failure, said Andrew KramerBEIRUT.", "source": "bbc.com",
             "date": "2015-10-01"},
            {"id": "2", "title": "Analysis", "body": "A plan doomed to failure and a nofly zone. In total, three.",
             "source": "cnn.com", "date": "2015-10-02"},
            {"id": "3", "title": "Failure", "body": "no way to fly over the zone; total loss", "source": "cnn.com"},
        ]
        put("e.jsonl", "".join(json.dumps(a) + "\n" for a in articles))
        assert index("build", "-o", path("e.vbt"), "e.jsonl").status == 0

    def why(self, query, *options):
        answer = ask("e.vbt", query, *options)
        self.assertEqual(answer["total"], {"value": 0, "relation": "eq"})
        return answer["why"]

    def offers(self, why):
        return [(r["query"], r["total"]) for r in why["relaxations"]]

    def test_the_first_or_last_word_missing(self):
        self.assertEqual(self.offers(self.why('"xyzzy total"')), [('"total"', 2)])
        self.assertEqual(self.offers(self.why('"total xyzzy"')), [('"total"', 2)])
        self.assertIn(('"doomed to failure"', 2), self.offers(self.why('"xyzzy doomed to failure"')))
        self.assertIn(('"doomed * failure"', 2), self.offers(self.why('"xyzzy doomed xyzzy failure"')))

    def test_each_part_offers_what_is_left_of_it(self):
        for query, offer in (('"xyzzy plugh" "total xyzzy"', ('"total"', 2)),
                             ("xyzzy pentagon source:cnn", ("pentagon", 1)),
                             ("pentagon xyzzy date:2014 source:none", ("pentagon", 1)),
                             ("xyzzy analysis -nofly", ("analysis", 1)),
                             ("pentagon NEAR/3 nofly", ("pentagon OR nofly", 2)),
                             ('"zone xyzzy" NEAR/3 plugh', ('"zone"', 2)),
                             ('title:"zone nofly"', ("zone nofly", 1)),
                             ("(xyzzy nofly) OR plugh", ("nofly", 1)),
                             ("pentagon source:cnn date:2015-10-02", ("pentagon", 1))):
            parts = query.split(" ") if not re.search('["(N]', query) else [query]
            for asked in {query, " ".join(reversed(parts))}:
                self.assertIn(offer, self.offers(self.why(asked, "--op=and")), asked)

    def test_either_filter_may_be_too_much(self):
        put("both.jsonl", '{"body":"alpha","source":"one","date":"2014"}\n{"body":"alpha","source":"two","date":"2015"}\n')
        self.assertEqual(index("build", "-o", path("both.vbt"), "both.jsonl").status, 0)
        for query in "alpha source:one date:2015", "alpha date:2015 source:one":
            offers = self.offers(ask("both.vbt", query)["why"])
            self.assertTrue({"alpha source:one", "alpha date:2015"} <= {offer for offer, _ in offers}, offers)

    def test_what_is_dear_keeps_nothing_else_back(self):
        """That words end so is found, but how many articles hold one of those takes too long to count for an offer."""
        words = " ".join(f"{i}a" for i in range(40000))
        put("many.jsonl", json.dumps({"body": words + " stone wall xplugh"}) + "\n")
        self.assertEqual(index("build", "-o", path("many.vbt"), "many.jsonl").status, 0)
        why = ask("many.vbt", '"stone wall plugh"')["why"]
        self.assertEqual((why["glued"], why["partial"]), (["xplugh"], True))
        self.assertIn(('"stone wall"', 1), self.offers(why))

    def test_a_word_too_many(self):
        why = self.why('"doomed to total failure"')
        self.assertEqual((why["cause"], why["text"]), ("pair", "to total"))
        self.assertEqual(why["message"], "“to” and “total” both occur, but never side by side in this order.")
        self.assertEqual(self.offers(why)[0], ('"doomed to failure"', 2))

    def test_a_word_that_is_nowhere(self):
        why = self.why('"doomed to utter failure"')
        self.assertEqual((why["cause"], why["text"], why["message"]),
                         ("word", "utter", "No article holds the word “utter”."))
        self.assertEqual(self.offers(why)[0], ('"doomed to failure"', 2))

    def test_a_glued_word(self):
        why = self.why("kramer")
        self.assertEqual((why["cause"], why["text"], why["glued"]), ("word", "kramer", ["kramerbeirut"]))
        self.assertEqual(why["message"], "No article holds “kramer” as a word of its own, only as a part of others, such "
                                         "as “kramerbeirut”.")
        self.assertEqual(self.offers(why), [("kramer*", 1)])
        why = self.why('"andrew beirut"')
        self.assertEqual((why["glued"], self.offers(why)[0]), (["kramerbeirut"], ('"andrew *beirut"', 1)))

    def test_a_glued_pair(self):
        why = self.why('"no fly zone"')
        self.assertEqual((why["cause"], why["glued"], self.offers(why)[0]), ("pair", ["nofly"], ('"nofly zone"', 1)))

    def test_filters(self):
        why = self.why('"doomed to failure" source:nbc')
        self.assertEqual((why["cause"], why["text"], why["message"]),
                         ("field", "source:nbc", "No article has the source “nbc”."))
        self.assertEqual(self.offers(why), [('"doomed to failure"', 2)])
        why = self.why("kramerbeirut source:cnn")
        self.assertEqual(why["message"], "There are articles for the rest of the query, but none of them has the source "
                                         "“cnn”.")
        why = self.why("doomed", "--from=2016", "--source=bbc")
        self.assertEqual((why["cause"], why["text"], why["message"]),
                         ("date", "date:2016..", "No article is dated 2016 or later."))
        self.assertEqual(why["relaxations"], [{"query": "doomed", "without": ["from"], "total": 1},
                                              {"query": "doomed", "without": ["from", "source"], "total": 2}])

    def test_a_group(self):
        why = self.why("doomed", "--group=nope")
        self.assertEqual((why["cause"], why["text"], why["message"]),
                         ("field", "id:nope", "No article has the id “nope”."))
        self.assertEqual(why["relaxations"], [{"query": "doomed", "without": ["group"], "total": 2}])
        why = self.why("doomed", "--group=3")
        self.assertEqual(why["message"], "There are articles for the rest of the query, but none of them is “3” or a "
                                         "near-copy of it.")

    def test_titles(self):
        for query, text, message in (
                ('title:"pentagon doomed"', "title:doomed", "No title holds the word “doomed”."),
                ("title:kramer", "title:kramer", "No title holds the word “kramer”."),
                ("title:xyz*", "title:xyz*", "No word of any title begins with “xyz”.")):
            why = self.why(query)
            self.assertEqual((why["text"], why["message"]), (text, message))
        self.assertEqual(self.why('title:"failure failure"')["message"],
                         "“failure” occurs in titles, but never twice in a row.")
        self.assertEqual(self.why('title:"failure failure"')["text"], 'title:"failure failure"')

    def test_what_is_shown_for_a_title(self):
        says = "No title holds “alpha”, only the text of articles does."
        shown = " An article without a title is shown by its beginning, which is text."
        put("untitled.jsonl", '{"id":"1","title":"beta","body":"alpha"}\n{"id":"2","body":"alpha gamma"}\n')
        put("titled.jsonl", '{"id":"1","title":"beta","body":"alpha"}\n{"id":"2","title":"delta","body":"alpha"}\n')
        for name, message in (("untitled", says + shown), ("titled", says)):
            self.assertEqual(index("build", "-o", path(name + ".vbt"), name + ".jsonl").status, 0)
            why = ask(name + ".vbt", "title:alpha")["why"]
            self.assertEqual((why["cause"], why["message"]), ("title", message))
        why = ask("untitled.vbt,titled.vbt", "title:alpha")["why"]  # the one without a title is hidden
        self.assertEqual(why["message"], says)

    def test_one_word_remembered_wrongly(self):
        put("wrong.jsonl", '{"body":"alpha beta gamma delta"}\n{"body":"zeta gamma, delta zeta"}\n')
        self.assertEqual(index("build", "-o", path("wrong.vbt"), "wrong.jsonl").status, 0)
        for query, offer in (('"alpha zeta gamma delta"', '"alpha * gamma delta"'),
                             ('"alpha beta zeta delta"', '"alpha beta * delta"')):
            why = ask("wrong.vbt", query)["why"]
            self.assertEqual(why["relaxations"][0], {"query": offer, "total": 1})
        for query in '"zeta beta gamma"', '"gamma zeta"':  # the first word is wrong, or there is none between
            offers = [query for query, _ in self.offers(ask("wrong.vbt", query)["why"])]
            self.assertFalse([offer for offer in offers if "*" in offer], offers)

    def test_the_longest_run_stands_last(self):
        put("runs.jsonl", "".join('{"body":"%s"}\n' % body for body in
                                  ("alpha beta", "gamma delta", "kappa lambda mu nu")))
        self.assertEqual(index("build", "-o", path("runs.vbt"), "runs.jsonl").status, 0)
        offers = self.offers(ask("runs.vbt", '"alpha beta gamma delta kappa lambda mu nu"')["why"])
        self.assertIn(('"kappa lambda mu nu"', 1), offers)

    def test_the_longest_run_stands_behind_many(self):
        pairs = [f"w{i}a w{i}b" for i in range(20)]
        put("many.jsonl", "".join(json.dumps({"body": body}) + "\n" for body in pairs + ["kappa lambda mu nu"]))
        self.assertEqual(index("build", "-o", path("many.vbt"), "many.jsonl").status, 0)
        offers = self.offers(ask("many.vbt", f'"{" ".join(pairs)} kappa lambda mu nu"')["why"])
        self.assertIn(('"kappa lambda mu nu"', 1), offers)

    def test_articles_that_later_files_hide(self):
        put("old.jsonl", '{"id":"1","body":"alpha betagamma old"}\n{"id":"2","body":"delta beta"}\n')
        put("new.jsonl", '{"id":"1","body":"alpha new"}\n')
        for name in ("old", "new"):
            self.assertEqual(index("build", "-o", path(name + ".vbt"), name + ".jsonl").status, 0)
        for query, cause, text, offers in (("old", "word", "old", []), ('"beta old"', "word", "old", [('"beta"', 1)]),
                                           ("betagam", "word", "betagam", []),
                                           ('"alpha beta"', "pair", "alpha beta", [("alpha OR beta", 2)])):
            why = ask("old.vbt,new.vbt", query)["why"]
            self.assertEqual((why["cause"], why["text"], self.offers(why)), (cause, text, offers), query)
            self.assertNotIn("glued", why)

    def test_other_causes(self):
        for query, cause in (("doomed -failure", "not"), ("title:doomed", "title"), ("doomed NEAR/1 failure", "near"),
                             ('exact:"Doomed to"', "characters"), ('"xx a" OR "yy"', "any"), ("xyzz*", "pattern"),
                             ("!!", "empty"), ("pentagon -doomed", "not"), ("+pentagon +analysis", "together"),
                             ("date:1999", "date"), ("id:77", "field")):
            why = self.why(query)
            self.assertEqual(why["cause"], cause, query)

    def test_no_why_where_it_is_not_asked_for(self):
        self.assertNotIn("why", ask("e.vbt", "doomed"))
        ran = search("e.vbt", "--batch=-", given="kramer\n")
        self.assertNotIn("why", json.loads(ran.out))
        for name in ("tsv", "csv", "trec"):
            self.assertNotIn("kramer*", search("e.vbt", "--format=" + name, "kramer").out)

    def test_a_person_reads_it(self):
        ran = search("e.vbt", '"doomed to utter failure" source:cnn')
        lines = ran.out.splitlines()
        self.assertIn("No article holds the word “utter”.", lines)
        self.assertIn("What would find something:", lines)
        self.assertIn('    "doomed to failure" source:cnn: 1 article', lines)
        self.assertLessEqual(max(map(len, lines)), 80)

    def test_long_phrases(self):
        for count in (100, 1000):
            why = self.why('"' + "doomed to " * (count // 2) + '"')
            self.assertEqual((why["cause"], why["text"]), ("pair", "to doomed"))


if __name__ == "__main__":
    unittest.main()
