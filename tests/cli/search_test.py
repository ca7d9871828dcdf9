"""verbatim-search: options, statuses, formats, batches, messages."""
import csv
import io
import json
import os
import re
import subprocess
import threading
import unicodedata
import unittest

from programs import BIN, FOLDER, index, path, put, search

ARTICLES = [
    {"id": "one", "title": "Doomed “plan”", "source": "Example, Inc.", "date": "2015-10-01", "lang": "en",
     "url": "http://example.org/1", "tags": ["war", "a\"b"],
     "body": "Moscow's approach was doomed to failure.\n"
             "The second line, 東京都, is doomed to failure too. " + "Filler words go on and on here. " * 30},
    {"id": "two words/é", "source": ["B", "C"], "date": "2015-09", "lang": "fr",
     "body": "It was to be doomed, to fail. Not a failure at all; don't ask. \x1b[31m red \u202e turned"},
    {"id": "three", "title": "Homs",
     "body": "Homs, Hama and Homs again. The U.S.-led coalition.Russia sent 3,000 men."},
]


def setUpModule():
    lines = "".join(json.dumps(a) + "\n" for a in ARTICLES)
    built = index("build", "-o", path("a.vbt"), put("a.jsonl", lines))
    assert built.status == 0, built.err
    later = json.dumps({"id": "three", "title": "Homs anew", "body": "Nothing but hama."}) + "\n"
    built = index("build", "-o", path("b.vbt"), put("b.jsonl", later))
    assert built.status == 0, built.err


def ids(ran):
    return [hit["id"] for hit in json.loads(ran.out)["hits"]]


def width(line):
    wide = sum(1 for c in line if unicodedata.east_asian_width(c) in "WF")
    return len(line) + wide - sum(1 for c in line if unicodedata.category(c) in ("Mn", "Me", "Cf"))


class CommandLine(unittest.TestCase):
    def wrong(self, message, *arguments):
        ran = search(*arguments)
        self.assertEqual(ran.status, 2, arguments)
        self.assertEqual(ran.out, "")
        self.assertEqual(ran.err, f"verbatim-search: {message}\nverbatim-search: try 'verbatim-search --help'\n")

    def test_wrong_ones_are_status_2(self):
        self.wrong("no index is named")
        self.wrong("no query is given", "a.vbt")
        self.wrong("both --batch and a query are given: 'homs'", "a.vbt", "--batch=x", "homs")
        self.wrong("both --timeline and --batch are given: --facets=year counts for each line",
                   "a.vbt", "--batch=x", "--timeline")
        self.wrong("with --suggest the format is text or json", "a.vbt", "--suggest", "--format=csv", "ho")
        self.wrong("--min and --runs are for a --quote", "a.vbt", "--min=5", "homs")
        self.wrong("--skip-lines is for a --batch", "a.vbt", "--skip-lines=2", "homs")
        self.wrong("unknown or ambiguous option '--colour'", "a.vbt", "homs", "--colour")
        self.wrong("unknown or ambiguous option '--s=1'", "a.vbt", "homs", "--s=1")
        self.wrong("unknown option '-h'; a query that begins with a '-' goes after --", "a.vbt", "-homs")
        self.wrong("option '--limit' needs a value", "a.vbt", "homs", "--limit")
        self.wrong("option '--strict=1' takes no value", "a.vbt", "homs", "--strict=1")
        self.wrong("option '--quiet=1' takes no value", "a.vbt", "homs", "--quiet=1")
        self.wrong("bad value '1001' for option '--limit': allowed is a whole number from 0 to 1000",
                   "a.vbt", "homs", "--limit", "1001")
        self.wrong("bad value 'xml' for option '--format': allowed is json, csv, tsv, trec, text, counts",
                   "a.vbt", "homs", "--format=xml")
        self.wrong("bad value '0' for option '--threads': allowed is a whole number from 1 to 256",
                   "a.vbt", "homs", "--threads=0")
        self.wrong("bad value '-1' for option '--skip-lines': allowed is a whole number",
                   "a.vbt", "homs", "--skip-lines=-1")
        self.wrong("bad value 'blue' for option '--color': allowed is auto, always, never",
                   "a.vbt", "homs", "--color=blue")
        self.wrong("bad value 'soon' for option '--from': allowed is a date such as 2015-10-01, 2015-10 or 2015",
                   "a.vbt", "homs", "--from=soon")
        self.wrong("'from' is after 'to': '2016' and '2015'", "a.vbt", "homs", "--from=2016", "--to=2015")

    def test_every_parameter_refuses_by_name(self):
        for name in "format limit offset sort mode op snippets from to highlight collapse variants".split():
            ran = search("a.vbt", "homs", f"--{name}=?")
            self.assertEqual(ran.status, 2)
            self.assertIn(f"bad value '?' for option '--{name}': allowed is ", ran.err)

    def test_help_and_version(self):
        ran = search("--help")
        self.assertEqual((ran.status, ran.err), (0, ""))
        self.assertTrue(ran.out.startswith("Usage: verbatim-search "))
        self.assertLessEqual(max(map(width, ran.out.splitlines())), 80)
        for name in ("batch skip-lines threads format color limit offset sort mode op snippets total highlight from to "
                     "source lang explain strict quiet").split():
            self.assertIn(f"--{name}", ran.out)
        ran = search("--version")
        self.assertEqual(ran.status, 0)
        self.assertRegex(ran.out, r"\Averbatim-search \d+\.\d+\.\d+\n\Z")
        for whole, short in ("--help", "-h"), ("--version", "-V"):
            ran = search(short)
            self.assertEqual((ran.status, ran.out, ran.err), (0, search(whole).out, ""))
        self.assertIn("option '--help=x' takes no value", search("--help=x").err)

    def test_title_weight_is_spelled_as_for_the_indexer(self):
        for name in "title-weight", "title_weight":
            ran = search("--format=json", f"--{name}=5", "a.vbt", "homs")
            self.assertEqual((ran.status, json.loads(ran.out)["query"]["settings"]["title_weight"]), (0, 5))
            self.assertEqual(search(f"--{name}=65", "a.vbt", "homs").status, 2)

    def test_manual_names_every_option(self):
        page = os.path.join(os.environ["VERBATIM_SOURCE"], "man", "verbatim-search.1")
        with open(page, encoding="utf-8") as file:
            manual = file.read().replace("\\-", "-")
        options = re.findall(r"--[a-z][a-z0-9-]*", search("--help").out)
        self.assertGreater(len(options), 20)
        self.assertEqual(set(re.findall(r"--[a-z][a-z0-9-]*", manual)), set(options))

    def test_failures_are_status_1(self):
        ran = search("none.vbt", "homs")
        self.assertEqual(ran.status, 1)
        self.assertRegex(ran.err, r"\Averbatim-search: .*'none\.vbt'.*\n\Z")
        put("damaged.vbt", "not an index")
        ran = search("damaged.vbt", "homs")
        self.assertEqual(ran.status, 1)
        self.assertIn("'damaged.vbt'", ran.err)
        ran = search("a.vbt", "--batch=none.txt")
        self.assertEqual(ran.status, 1)
        self.assertEqual(ran.err, "verbatim-search: cannot read 'none.txt': No such file or directory\n")
        ran = search("a.vbt", "--batch", FOLDER)
        self.assertEqual(ran.status, 1)
        self.assertIn("Is a directory", ran.err)

    def test_full_disk_is_told(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("there is no /dev/full")
        for more in (["homs"], ["--batch=-"]):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([os.path.join(BIN, "verbatim-search"), path("a.vbt"), *more], stdout=full,
                                      stderr=subprocess.PIPE, input=b"homs\nhama\n", check=False)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(done.stderr, b"verbatim-search: cannot write to standard output: No space left on device\n")

    def test_nobody_reading_is_quiet(self):
        put("many.txt", "homs\n" * 20000)
        command = f"'{BIN}/verbatim-search' '{path('a.vbt')}' --batch '{path('many.txt')}' | head -n 1 | wc -l"
        for trap in ("", "trap '' PIPE; "):
            done = subprocess.run(["sh", "-c", trap + command], capture_output=True, check=False, timeout=60)
            self.assertEqual((done.stdout.strip(), done.stderr), (b"1", b""))


class Queries(unittest.TestCase):
    def found(self, *arguments):
        ran = search("--format=json", "a.vbt", *arguments)
        self.assertEqual(ran.status, 0, ran.err)
        return sorted(ids(ran))

    def test_finds_what_is_written(self):
        self.assertEqual(self.found('"doomed to failure"'), ["one"])
        self.assertEqual(self.found("“doomed to failure”"), ["one"])
        self.assertEqual(self.found('"to be doomed to"'), ["two words/é"])
        self.assertEqual(self.found("doomed"), ["one", "two words/é"])
        self.assertEqual(self.found("doomed", "moscow"), ["one"])
        self.assertEqual(self.found("--", "-doomed"), ["three"])
        self.assertEqual(self.found("doomed -moscow"), ["two words/é"])
        self.assertEqual(self.found("moscow OR homs"), ["one", "three"])
        self.assertEqual(self.found('"us led coalition russia sent 3000"'), ["three"])
        self.assertEqual(self.found("東京"), ["one"])
        self.assertEqual(self.found("title:doomed"), ["one"])
        self.assertEqual(self.found("source:B"), ["two words/é"])
        self.assertEqual(self.found('source:"example, inc."'), ["one"])
        self.assertEqual(self.found("source:inc"), ["one"])
        self.assertEqual(self.found("lang:fr"), ["two words/é"])
        self.assertEqual(self.found("id:three"), ["three"])
        self.assertEqual(self.found('id:"two words/é"'), ["two words/é"])
        self.assertEqual(self.found("date:2015"), ["one", "two words/é"])
        self.assertEqual(self.found("date:2015-10.."), ["one"])
        self.assertEqual(self.found("*"), ["one", "three", "two words/é"])

    def test_options_do_what_they_say(self):
        self.assertEqual(self.found("--mode=phrase", "DOOMED to failure"), ["one"])
        self.assertEqual(self.found("--mode=phrase", "failure to"), [])
        self.assertEqual(self.found("--op=and", "moscow homs"), [])
        self.assertEqual(self.found("--op=or", "moscow homs"), ["one", "three"])
        self.assertEqual(self.found("moscow homs"), ["one", "three"])
        self.assertEqual(self.found("--limit=1", "*"), self.found("--limit=1", "--offset=0", "*"))
        self.assertEqual(self.found("--offset=3", "*"), [])
        self.assertEqual(self.found("--from=2015-10", "*"), ["one"])
        self.assertEqual(self.found("--to=2015-09", "*"), ["two words/é"])
        self.assertEqual(self.found("--source=c", "*"), ["two words/é"])
        self.assertEqual(self.found("--lang=en", "*"), ["one"])
        ran = search("--format=json", "--sort=-date", "a.vbt", "*")
        self.assertEqual(ids(ran), ["one", "two words/é", "three"])
        ran = search("--format=json", "--sort=date", "a.vbt", "*")
        self.assertEqual(ids(ran), ["two words/é", "one", "three"])

    def test_nothing_found_is_status_0(self):
        ran = search("a.vbt", "xyzzy")
        self.assertEqual((ran.status, ran.err), (0, ""))
        self.assertIn("0 articles", ran.out)
        self.assertIn("xyzzy 0", ran.out)

    def test_mended_and_strict(self):
        ran = search("a.vbt", '"doomed to failure')
        self.assertIn("note: a quotation is not closed; closed it at the end\n", ran.out)
        self.assertIn("1 article", ran.out)
        ran = search("--format=tsv", "a.vbt", '"doomed to failure')
        self.assertEqual(ran.err, "verbatim-search: a quotation is not closed; closed it at the end\n")
        self.assertEqual(search("-q", "--format=tsv", "a.vbt", '"doomed to failure').err, "")
        ran = search("--strict", "a.vbt", 'é "doomed to failure')
        self.assertEqual((ran.status, ran.out), (1, ""))
        self.assertEqual(ran.err, "verbatim-search: a quotation is not closed, at character 3 of the query\n")

    def test_several_files_are_one_collection(self):
        ran = search("--format=json", "a.vbt,b.vbt", "homs")
        self.assertEqual([hit["title"] for hit in json.loads(ran.out)["hits"]], ["Homs anew"])
        self.assertEqual(json.loads(ran.out)["index"]["articles"], 3)
        os.link(path("b.vbt"), path("c,d.vbt"))
        ran = search("--format=json", "c,d.vbt", "hama")
        self.assertEqual(ids(ran), ["three"])

    def test_hostile_queries_are_answered(self):
        for query in ["", "\\", "(" * 60, '"' * 999, "a" * 60000, "\x7f\x1b[2J", "-" * 50, "title:" * 20, "🙂",
                      "a" * 2000]:
            for form in ("json", "text", "tsv", "csv", "trec"):
                ran = search(f"--format={form}", "a.vbt", "--", query)
                self.assertEqual(ran.status, 0, (form, query[:20], ran.err))
                if form == "json":
                    json.loads(ran.out)
        self.assertEqual(search("a.vbt", "--", b"\xff\xfe homs".decode("utf-8", "surrogateescape")).status, 0)
        ran = search("a.vbt", "--", "(" * 65)
        self.assertEqual((ran.status, ran.err), (1, "verbatim-search: parentheses are nested more than 64 deep\n"))


class Formats(unittest.TestCase):
    def test_json_has_the_layout(self):
        ran = search("--format=json", "a.vbt", '"doomed to failure"', "--explain")
        answer = json.loads(ran.out)
        self.assertEqual(ran.out.count("\n"), 1)
        self.assertEqual(answer["query"]["text"], '"doomed to failure"')
        self.assertEqual(answer["query"]["parsed"], '"doomed to failure"')
        self.assertEqual([w["word"] for w in answer["query"]["words"]], ["doomed", "to", "failure"])
        self.assertEqual([w["articles"] for w in answer["query"]["words"]], [2, 2, 2])
        self.assertEqual(answer["index"]["name"], "a")
        self.assertRegex(answer["index"]["checksum"], r"\A[0-9a-f]{16}\Z")
        self.assertEqual(answer["index"]["articles"], 3)
        self.assertEqual(answer["total"], {"value": 1, "relation": "eq"})
        self.assertNotIn("partial", answer)
        hit = answer["hits"][0]
        self.assertEqual(hit["rank"], 1)
        self.assertEqual(hit["href"], "/articles/one")
        self.assertEqual(hit["title"], "Doomed “plan”")
        self.assertEqual(hit["source"], ["Example, Inc."])
        self.assertEqual(hit["tags"], ["war", 'a"b'])
        self.assertEqual((hit["date"], hit["lang"], hit["url"]), ("2015-10-01", ["en"], "http://example.org/1"))
        self.assertEqual(hit["phrase_count"], 2)
        self.assertAlmostEqual(sum(part["score"] for part in hit["explain"]), hit["score"], places=5)
        for snippet in hit["snippets"]:
            marked = [snippet["text"][a:b] for a, b in snippet["highlights"]]
            self.assertTrue(marked)
            self.assertEqual(set(marked), {"doomed to failure"})
        self.assertEqual(json.loads(search("--format=json", "a.vbt", "turned").out)["hits"][0]["href"],
                         "/articles/two%20words%2F%C3%A9")

    def test_limit_0_is_the_total_alone(self):
        answer = json.loads(search("--format=json", "--limit=0", "a.vbt", "doomed").out)
        self.assertEqual((answer["total"]["value"], answer["hits"]), (2, []))

    def test_highlight_0_marks_nothing(self):
        ran = search("--format=json", "--highlight=0", "a.vbt", "doomed")
        self.assertNotIn("highlights", ran.out)
        self.assertNotIn("«", search("--highlight=0", "a.vbt", "moscow").out)

    def test_rows(self):
        ran = search("--format=csv", "a.vbt", "doomed")
        rows = list(csv.reader(io.StringIO(ran.out, newline="")))
        self.assertEqual(rows[0], "rank score id title url source date snippet".split())
        self.assertEqual(sorted(row[2] for row in rows[1:]), ["one", "two words/é"])
        self.assertTrue(all(len(row) == 8 for row in rows))
        self.assertTrue(ran.raw.endswith(b"\r\n"))
        row = [row for row in rows if row[2] == "one"][0]
        self.assertEqual((row[3], row[5], row[6]), ("Doomed “plan”", "Example, Inc.", "2015-10-01"))
        tsv = [line.split("\t") for line in search("--format=tsv", "a.vbt", "doomed").out.splitlines()]
        self.assertEqual([line[2] for line in tsv], [row[2] for row in rows[1:]])
        self.assertTrue(all(len(line) == 8 for line in tsv))
        trec = [line.split() for line in search("--format=trec", "a.vbt", "doomed").out.splitlines()]
        self.assertEqual([(t[0], t[1], t[5]) for t in trec], [("1", "Q0", "verbatim")] * 2)
        self.assertEqual({t[2] for t in trec}, {"one", "two%20words/é"})
        self.assertEqual([float(t[4]) for t in trec], [float(row[1]) for row in rows[1:]])

    def test_text_is_for_80_columns(self):
        for query in ("doomed", "東京", "*", "xyzzy " * 40, "homs"):
            ran = search("--snippets=10", "--explain", "a.vbt", query)
            for line in ran.out.splitlines():
                self.assertLessEqual(width(line), 80, line)
            self.assertFalse([c for c in ran.out if c < " " and c != "\n"])
            self.assertNotIn("\u202e", ran.out)

    def test_text_marks_matches(self):
        ran = search("a.vbt", '"approach was doomed to failure"')
        self.assertIn("«approach was doomed to failure»", " ".join(ran.out.split()))
        ran = search("--color=always", "a.vbt", "moscow")
        self.assertIn("\033[1mMoscow\033[0m", ran.out)
        self.assertNotIn("«", ran.out)


class Batches(unittest.TestCase):
    def batch(self, lines, *options):
        ran = search("a.vbt", "--batch=-", *options, given=lines)
        return ran, [json.loads(line) for line in ran.out.split("\n")[:-1]]  # U+0085 ends no line

    def test_answers_in_order_and_a_bad_line_alone_fails(self):
        ran, answers = self.batch('homs\n\nq2\t"doomed to failure"\n{"q":"moscow","id":3,"limit":0}\n{"q":\n'
                                  '{"limt":1}\nhama')
        self.assertEqual(ran.status, 1)
        self.assertEqual(ran.err, "verbatim-search: 2 of 6 lines failed\n")
        self.assertEqual([a["line"] for a in answers], [1, 3, 4, 5, 6, 7])
        self.assertEqual([a.get("id") for a in answers], [None, "q2", "3", None, None, None])
        self.assertEqual(["error" in a for a in answers], [False, False, False, True, True, False])
        self.assertEqual(answers[4]["error"], {"status": "invalid", "detail": "unknown parameter 'limt'"})
        self.assertNotIn("took_us", ran.out)

    def test_options_hold_for_all_lines(self):
        _, answers = self.batch("failure to\ndoomed to failure\n", "--mode=phrase", "--limit=0")
        self.assertEqual([a["total"]["value"] for a in answers], [0, 1])

    def test_good_batch_is_status_0_and_from_a_file(self):
        ran = search("a.vbt", "--batch", put("good.txt", "homs\r\nhama\r\n"))
        self.assertEqual((ran.status, ran.err), (0, ""))
        self.assertEqual([json.loads(a)["query"]["text"] for a in ran.out.splitlines()], ["homs", "hama"])

    def test_threads_change_nothing(self):
        queries = ["homs", "doomed -a", "(", "x" * 500] * 500
        lines = "".join(f'{{"q":"{query}","id":"{i}"}}\n' for i, query in enumerate(queries))
        one, _ = self.batch(lines, "--threads=1")
        eight, answers = self.batch(lines, "--threads=8")
        self.assertEqual(one.raw, eight.raw)
        self.assertEqual([a["id"] for a in answers], [str(i) for i in range(2000)])

    def test_goes_on_where_it_ended(self):
        whole, _ = self.batch("homs\nhama\nmoscow\n")
        rest, _ = self.batch("homs\nhama\nmoscow\n", "--skip-lines=2")
        self.assertEqual(rest.out, whole.out.splitlines(True)[2])

    def test_rows_begin_with_the_query(self):
        ran, _ = search("a.vbt", "--batch=-", "--format=csv", given="homs\n,x\tmoscow\n{bad\n"), None
        rows = list(csv.reader(io.StringIO(ran.out, newline="")))
        self.assertEqual([row[0] for row in rows], ["query", "1", ",x", "3"])
        self.assertEqual(rows[3][1], "error")
        self.assertEqual(len({len(row) for row in rows}), 1)
        ran = search("a.vbt", "--batch=-", "--format=trec", given="7\thoms\n8\tmoscow\n")
        self.assertEqual([line.split()[0] for line in ran.out.splitlines()], ["7", "8"])

    def test_long_lines_fail_alone(self):
        ran, answers = self.batch("homs\n" + "a" * 65537 + "\n" + "b" * 65536 + "\nhama\n")
        self.assertEqual(["error" in a for a in answers], [False, True, False, False])
        self.assertIn("longer than 65536 bytes", ran.out)

    def test_every_byte_is_taken(self):
        ran = search("a.vbt", "--batch=-", given=b"\xff\xfe\n\x00\n" + bytes(range(11, 256)) + b"\nhoms\n")
        answers = [json.loads(line) for line in ran.out.splitlines()]
        self.assertEqual(len(answers), 4)
        self.assertEqual(answers[3]["total"]["value"], 1)

    def test_naughty_strings_are_answered(self):
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.environ.get("HOME", ""), ".cache")
        corpora = os.environ.get("VERBATIM_CORPORA") or os.path.join(cache, "verbatim-corpora")
        strings = os.path.join(corpora, "robustness", "blns", "blns.json")
        if not os.path.exists(strings):
            self.skipTest(f"there is no '{strings}'")
        with open(strings, encoding="utf-8") as file:
            naughty = json.load(file)
        lines = "".join(json.dumps({"q": string}) + "\n" for string in naughty)
        ran, answers = self.batch(lines)
        self.assertEqual((ran.status, len(answers)), (0, len(naughty)), ran.err)
        self.assertEqual([a["query"]["text"] for a in answers], naughty)

    def test_an_answer_comes_before_the_next_line(self):
        command = [os.path.join(BIN, "verbatim-search"), path("a.vbt"), "--batch=-"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as talk:
            for query in (b"homs", b"hama"):
                talk.stdin.write(query + b"\n")
                talk.stdin.flush()
                self.assertEqual(json.loads(talk.stdout.readline())["query"]["text"].encode(), query)
            talk.stdin.close()
            self.assertEqual(talk.wait(10), 0)

    def peak_of(self, lines):
        """The most memory in KiB that a batch held, read while it still runs."""
        command = [os.path.join(BIN, "verbatim-search"), path("a.vbt"), "--batch=-", "--threads=2", "--limit=0"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as batch:
            threading.Thread(target=self.feed, args=(batch.stdin, lines)).start()
            for _ in range(lines):
                self.assertTrue(batch.stdout.readline())
            with open(f"/proc/{batch.pid}/status", encoding="ascii") as file:
                peak = [int(line.split()[1]) for line in file if line.startswith("VmHWM")][0]
            batch.stdin.close()
            self.assertEqual(batch.wait(10), 0)
        return peak

    @staticmethod
    def feed(pipe, lines):
        for i in range(lines):
            pipe.write(b'{"q":"doomed to failure %d"}\n' % (i % 7))
        pipe.flush()

    def test_memory_does_not_grow_with_the_lines(self):
        with open(os.path.join(BIN, "verbatim-search"), "rb") as file:
            if re.search(b"__[at]san_init", file.read()):
                self.skipTest("sanitizers keep what was freed")
        self.assertLess(self.peak_of(50000), self.peak_of(50) + 512)


class SampleArticles(unittest.TestCase):
    """The articles of data/articles, in every format that is read."""

    @classmethod
    def setUpClass(cls):
        folder = os.path.join(os.environ["VERBATIM_SOURCE"], "data", "articles")
        if not os.path.isdir(folder) or not os.listdir(folder):
            raise unittest.SkipTest("there are no sample articles")
        built = index("build", "-o", path("sample.vbt"), folder)
        assert built.status == 0, built.err
        told = json.loads(index("info", "--json", path("sample.vbt")).out)
        cls.articles = told["articles"]
        cls.hits = json.loads(search("--format=json", "--limit=1000", "--collapse=0", "sample.vbt", "*").out)["hits"]

    def test_every_article_is_there_and_found_by_its_id(self):
        self.assertEqual(len(self.hits), self.articles)
        self.assertGreaterEqual(self.articles, 20)
        for hit in self.hits:
            ran = search("--format=json", "sample.vbt", f'id:"{hit["id"]}"')
            self.assertEqual(ids(ran), [hit["id"]])

    def test_near_copies_are_shown_once(self):
        shown = json.loads(search("--format=json", "--limit=1000", "sample.vbt", "*").out)
        others = [other["id"] for hit in shown["hits"] for other in hit.get("also_in", ())]
        self.assertTrue(others)
        self.assertEqual(sorted([hit["id"] for hit in shown["hits"]] + others), sorted(h["id"] for h in self.hits))
        self.assertEqual(shown["total"]["value"], self.articles)
        for hit in shown["hits"]:
            ran = search("--format=json", f"--group={hit['id']}", "sample.vbt", "*")
            self.assertEqual(sorted(ids(ran)), sorted([hit["id"]] + [o["id"] for o in hit.get("also_in", ())]))
        self.assertIn("also in 1 near-copy: ", search("--limit=1000", "sample.vbt", "*").out)

    def test_every_title_is_found_as_a_phrase(self):
        for hit in self.hits:
            if hit["title"] and not hit.get("title_derived"):
                ran = search("--format=json", "--limit=1000", "--mode=phrase", "sample.vbt", "--", hit["title"])
                self.assertIn(hit["id"], ids(ran), hit["title"])

    def test_every_format_names_the_same_articles(self):
        expected = [hit["id"] for hit in self.hits]
        rows = search("--format=csv", "--limit=1000", "sample.vbt", "*").out
        self.assertEqual([row[2] for row in csv.reader(io.StringIO(rows, newline=""))][1:], expected)
        rows = search("--format=tsv", "--limit=1000", "sample.vbt", "*").out.splitlines()
        self.assertEqual([row.split("\t")[2] for row in rows], expected)
        rows = search("--format=trec", "--limit=1000", "sample.vbt", "*").out.splitlines()
        self.assertEqual([row.split()[2].replace("%20", " ") for row in rows], expected)

    def test_text_keeps_to_80_columns(self):
        for query in ("*", "the", "harbour museum", "museum OR ferry"):
            ran = search("--limit=1000", "--snippets=10", "--explain", "sample.vbt", query)
            self.assertEqual(ran.status, 0)
            self.assertLessEqual(max(map(width, ran.out.splitlines())), 80)

    def test_marked_words_are_the_ones_asked_for(self):
        ran = search("--format=json", "--limit=1000", "--snippets=10", "sample.vbt", '"harbour museum"')
        for hit in json.loads(ran.out)["hits"]:
            for snippet in hit["snippets"]:
                for start, end in snippet["highlights"]:
                    marked = snippet["text"][start:end].lower()
                    self.assertRegex(marked, r"\Aharbour\W+museum\Z")


if __name__ == "__main__":
    unittest.main()
