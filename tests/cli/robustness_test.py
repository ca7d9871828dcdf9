"""Every file of the shared robustness corpora indexed, and every naughty string asked: nothing may crash, lose an
article unsaid, or answer with anything that is not UTF-8."""
import collections
import csv
import io
import json
import os
import random
import re
import struct
import sys
import unittest
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[1:1] = [os.path.join(HERE, "..", "http"), os.path.join(HERE, "..", "golden")]

import decode  # noqa: E402
from fixture import SERVE, Server, need  # noqa: E402
from programs import FOLDER, index, path, put, search  # noqa: E402

CACHE = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
CORPORA = os.path.join(os.environ.get("VERBATIM_CORPORA") or os.path.join(CACHE, "verbatim-corpora"), "robustness")
LINE_BYTES = 64 * 1024  # of a batch, at most
BLANK = b" \t\r"         # a line of nothing else is skipped
EVERY = 2 if os.environ.get("VERBATIM_SANITIZED") else 1  # how many of them are asked: all, but where each is slow
FIELDS = 8              # of a row, without the query's id
DETAIL = re.compile(r"\A[^A-Z\s].*[^.\s]\Z", re.S)
SUMMARY = re.compile(r"verbatim-index: ((reading|writing): |'all\.vbt': |read \d|left \d)")
REPORT = re.compile(r"verbatim-index: (?P<place>.+?)(?P<line>:\d+)?: (?P<reason>[^:]*.*)\Z", re.S)


def setUpModule():
    if not os.path.isdir(CORPORA):
        print(f"skipped: there is no '{CORPORA}'")
        sys.exit(77)
    need(SERVE)


def everything():
    """The files below the corpora as the indexer names them."""
    for folder, _, names in os.walk(CORPORA):
        for name in names:
            yield os.path.relpath(os.path.join(folder, name), CORPORA)


def naughty_strings():
    """Bytes, each a query: real ones, and some that are made to hurt."""
    with open(os.path.join(CORPORA, "blns/blns.json"), encoding="utf-8") as file:
        yield from (text.encode() for text in json.load(file))
    folder = os.path.join(CORPORA, "malformed_utf8_generated")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            yield from file.read().split(b"\n")
    yield from made_strings()


def made_strings():
    for code in [*range(0x20), 0x7F]:
        yield b"homs" + bytes([code]) + b"hama"
    for code in (*range(0x80, 0xA0), 0xAD, 0x200B, 0x200D, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xFFFD, 0xFFFE, 0x10FFFF):
        yield f"ab{chr(code)}cd".encode()
    for surrogate in range(0xD800, 0xE000, 0x155):
        yield b"a" + chr(surrogate).encode("utf-8", "surrogatepass") + b"b"
    yield from (b"\xc0\x80", b"\xe0\x80\x80", b"\xf0\x80\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfc\x84\x80\x80\x80\x80",
                b"\xc1\xbf\xc0\xaf", b"\xf4\x90\x80\x80", b"\xff\xfe", b"\x80" * 40, b"\xf0\x9f\x98", b"\"\xf0\x9f\"")
    for text in ("\"", "'", "(", ")", "-", "+", "=", "OR ", "NOT ", "AND ", "a OR ", "title:", "“", "«", "*", "~",
                 "^2 ", "NEAR/5 ", "date:..", "id:", "exact:\"", "( ", "-(", "\"a\" ", "a-",
                 "U.", "é", "e\u0301", "\u0301",
                 "東", "ก", "{", "[", "\\", "\0", "%00", ":", "?", "#"):
        for times in (1, 64, 65, 1000, 1024, 1025, LINE_BYTES // len(text.encode()) - 8):
            yield (text * times).encode()[:LINE_BYTES - 64]
    yield from ((b"(" * n + b"a" + b")" * n) for n in (1, 63, 64, 65, 5000))
    yield from (b"w" * n for n in (1023, 1024, 1025, 4096, LINE_BYTES - 64))
    yield from (f"{field}:{value}".encode() for field in "date id tag lang source author title".split()
                for value in ("", "\"", "(", "9999-99-99", "2015..", "..", "-1", "1e9", "\0", "x" * 2000))


def queries():
    return list(dict.fromkeys(naughty_strings()))[::EVERY]


def as_line(query):
    """As a line of a batch that is this query and nothing else: no end of a line, no id, no object."""
    return b" " + re.sub(rb"[\t\r\n]", b" ", query)


class Index:
    """Built once, for all tests."""
    built = None
    articles = {}  # id → body, as stored

    @classmethod
    def get(cls):
        if cls.built is None:
            cls.built = index("build", "-o", "all.vbt", CORPORA)
            if cls.built.status == 0:
                cls.read()
        return cls.built

    @classmethod
    def read(cls):
        """What is stored, read from the format's page, not by the programs."""
        with open(path("all.vbt"), "rb") as file:
            data = file.read()
        required, = struct.unpack_from("<Q", data, 16)
        _, sums, _, table, count = struct.unpack_from("<QQQQI", data, 32)
        chunks = decode.read_table(data, table, count, sums)
        fields = [record for _, record in decode.read_fields(chunks["fields"])]
        ids = [record["id"].decode() for record in fields]
        bodies = collections.defaultdict(list)
        for article, _, _, piece in decode.read_text(chunks["text"], fields, bool(required & 2)):
            bodies[article].append(piece)
        cls.articles = {name: b"".join(bodies[i]).decode() for i, name in enumerate(ids)}


class Indexing(unittest.TestCase):
    def test_no_file_is_lost_unsaid(self):
        built = Index.get()
        self.assertEqual(built.status, 0, built.err[-2000:])
        reported, kept = set(), set()
        reports = [line for line in built.err.splitlines() if not SUMMARY.match(line)]
        for line in reports:
            report = REPORT.match(line)
            self.assertIsNotNone(report, line)
            self.assertRegex(report["reason"], r"\A([^A-Z\s]|JSON )", line)
            place = os.path.relpath(report["place"], CORPORA)
            reported.add(place.split("!/")[0])
        for name in Index.articles:
            kept.add(re.sub(r"#\d+\Z", "", name.split("!/")[0]))
        # An article may name its own id, as those of the JSON feeds do.
        lost = [name for name in everything() if name not in reported | kept and not name.endswith((".json", ".csv"))]
        self.assertEqual(lost, [])
        self.assertIn(f"; skipped {len(reports):,}, ", built.err)
        self.assertIn(f": {len(Index.articles):,} articles, ", built.err)

    def test_the_index_is_sound(self):
        Index.get()
        ran = index("check", "all.vbt")
        self.assertEqual(ran.status, 0, ran.err)
        self.assertIn("is sound", ran.err)

    def test_strict_stops_at_the_first(self):
        ran = index("build", "--strict", "-o", "strict.vbt", CORPORA)
        self.assertEqual(ran.status, 1)
        self.assertFalse(os.path.exists(path("strict.vbt")))
        first = next(line for line in Index.get().err.splitlines() if not SUMMARY.match(line))
        self.assertEqual([line for line in ran.err.splitlines() if not SUMMARY.match(line)], [first])

    def test_text_is_stored_as_it_stands(self):
        Index.get()
        seen = 0
        for name in everything():
            if name not in Index.articles or not name.endswith(".txt") or "unicode15" in name:
                continue
            with open(os.path.join(CORPORA, name), "rb") as file:
                data = file.read()
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                continue
            seen += 1
            text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
            self.assertEqual(Index.articles[name], text, name)
        self.assertGreater(seen, 50)


class Answers(unittest.TestCase):
    """What every answer must be, whatever was asked."""

    def check_ranges(self, text, ranges):
        end = 0
        for first, behind in ranges:
            self.assertTrue(end <= first < behind <= len(text), (ranges, text))
            end = behind

    def check_answer(self, answer):
        """Returns whether it is an error."""
        if "error" in answer:
            self.assertIn(answer["error"]["status"], ("invalid", "limit"), answer)
            self.assertRegex(answer["error"]["detail"], DETAIL)
            return True
        self.assertGreaterEqual(answer["total"]["value"], len(answer["hits"]))
        for hit in answer["hits"]:
            self.assertIn(hit["id"], Index.articles)
            self.assertEqual(hit["href"], "/articles/" + urllib.parse.quote(hit["id"], safe="-._~"))
            self.check_ranges(hit["title"], hit.get("title_highlights", []))
            for snippet in hit["snippets"]:
                self.assertNotRegex(snippet["text"], r"[\t\r\n]|  ")
                self.check_ranges(snippet["text"], snippet["highlights"])
        return False

    def check_json(self, text, lines):
        answers = [json.loads(line) for line in text.split("\n")[:-1]]
        self.assertEqual([answer["line"] for answer in answers], lines)
        return sum([self.check_answer(answer) for answer in answers])

    def check_rows(self, form, text):
        if form == "tsv":
            rows = [line.split("\t") for line in text.split("\n")[:-1]]
        else:
            rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
        self.assertEqual({len(row) for row in rows}, {FIELDS + 1})
        return sum(row[1] == "error" for row in rows)

    def check_trec(self, text):
        failed = 0
        for line in text.split("\n")[:-1]:
            failed += line.startswith("#")
            if not line.startswith("#"):
                parts = line.split(" ")
                self.assertEqual((len(parts), parts[1], parts[5]), (6, "Q0", "verbatim"), line)
                float(parts[4])
        return failed

    def check_reply(self, form, text, lines):
        """Returns how many of them failed; None where the format does not say."""
        if form == "json":
            return self.check_json(text, lines)
        if form == "trec":
            return self.check_trec(text)
        if form == "text":
            self.assertNotRegex(text, "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
            return None
        return self.check_rows(form, text)


def batches():
    """Name → the bytes of a batch."""
    asked = queries()
    plain = [as_line(query) for query in asked]
    named = [b"n%d\t" % i + line for i, line in enumerate(plain)]
    objects = []
    for i, query in enumerate(asked):
        try:
            text = query.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            text = query.decode("utf-8", "surrogateescape")  # bytes become low surrogates
        objects.append(json.dumps({"q": text, "id": text[:9], "snippets": 3}, ensure_ascii=True).encode())
        objects.append(b'{"q":"' + re.sub(rb'[\x00-\x1f"\\]', b"", query) + b'"}')
    raw = [line for query in asked for line in query.split(b"\n")]
    return {"plain": plain, "named": named, "objects": objects, "raw": raw, "noise": noise()}


def noise():
    """Lines that begin well and then are damaged."""
    generator = random.Random(7)
    good = [b'{"q":"homs","limit":3,"from":"2015","source":"bbc"}', b"q1\t\"doomed to failure\"", b"title:a OR b -c"]
    for _ in range(400):
        line = bytearray(generator.choice(good))
        for _ in range(generator.randint(1, 4)):
            line[generator.randrange(len(line))] = generator.choice(b'\x00"\\{}[]:,\t\xff\xc3\x80 (')
        yield bytes(line).replace(b"\n", b"")


class Searching(Answers):
    def test_batches_in_every_format(self):
        Index.get()
        for name, lines in batches().items():
            lines = list(lines)
            given = b"".join(line + b"\n" for line in lines)
            numbers = [i for i, line in enumerate(given.split(b"\n"), 1) if line.strip(BLANK)]
            for form in ("json", "tsv", "csv", "trec", "text"):
                with self.subTest(batch=name, format=form):
                    ran = search("all.vbt", "--batch=-", f"--format={form}", "--limit=3", given=given)
                    self.assertIn(ran.status, (0, 1), ran.err[-2000:])
                    self.assertNotIn("Sanitizer", ran.err)
                    failed = self.check_reply(form, ran.out, numbers)
                    if failed is not None:
                        self.assertEqual(ran.status, 1 if failed else 0, ran.err)
                    if ran.status == 1 and failed is not None:
                        self.assertEqual(ran.err.splitlines()[-1],
                                         f"verbatim-search: {failed} of {len(numbers)} lines failed")

    def test_other_ways_to_ask(self):
        Index.get()
        given = b"".join(as_line(query) + b"\n" for query in queries())
        numbers = [i for i, line in enumerate(given.split(b"\n"), 1) if line.strip(BLANK)]
        for options in (["--strict"], ["--mode=phrase"], ["--op=or", "--sort=-date"], ["--explain", "--snippets=10"]):
            with self.subTest(options=options):
                ran = search("all.vbt", "--batch=-", "--limit=2", *options, given=given)
                failed = self.check_json(ran.out, numbers)
                self.assertEqual(ran.status, 1 if failed else 0, ran.err)

    def test_on_the_command_line(self):
        Index.get()
        for query in queries()[::12]:
            if b"\0" in query or len(query) > 100000:
                continue
            ran = search("all.vbt", "--format=json", "--limit=2", "--", os.fsdecode(query))
            self.assertIn(ran.status, (0, 1))
            if ran.status == 0:
                self.check_answer(json.loads(ran.out))
            else:
                self.assertRegex(ran.err, r"\Averbatim-search: [^\n]+\n\Z")


class Serving(Answers):
    @classmethod
    def setUpClass(cls):
        Index.get()
        cls.server = Server(SERVE, ["--port=0", "--budget-ms=2000", "all.vbt"], FOLDER)
        cls.connection = None

    @classmethod
    def tearDownClass(cls):
        status, _ = cls.server.stop()
        log = "\n".join(cls.server.log)
        assert status == 0 and "Sanitizer" not in log and "runtime error" not in log, log

    def ask(self, target, body=None, method=None):
        """On one connection, as long as it lasts."""
        lines = [f"{method or ('GET' if body is None else 'POST')} {target} HTTP/1.1", f"Host: {self.server.host}"]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        data = "\r\n".join(lines).encode() + b"\r\n\r\n" + (body or b"")
        for _ in range(2):
            kept = self.connection
            if kept is None:
                type(self).connection = self.server.connect()
            try:
                self.connection.send(data)
                reply = self.connection.reply()
            except OSError:
                reply = None
            if reply is None or reply.header("Connection") == "close":
                self.connection.close()
                type(self).connection = None
            if reply is not None or kept is None:
                break
        self.assertIsNotNone(reply, f"no reply to {target[:200]}")
        return reply

    def check_problem(self, reply):
        problem = json.loads(reply.text())
        self.assertEqual(reply.header("Content-Type"), "application/problem+json")
        self.assertEqual(problem["status"], reply.status)
        self.assertRegex(problem["detail"], DETAIL)

    def check_search(self, **parameters):
        pairs = [f"{name}={urllib.parse.quote_from_bytes(value)}" for name, value in parameters.items()]
        reply = self.ask("/search?" + "&".join(pairs))
        self.assertIn(reply.status, (200, 400, 404 if "index" in parameters else 414, 414), parameters)
        if reply.status == 200:
            self.check_answer(json.loads(reply.text()))
        else:
            self.check_problem(reply)
        return reply

    def test_every_query(self):
        for query in queries():
            if len(query) < 4000:
                self.check_search(q=query, limit=b"3")

    def test_every_parameter(self):
        names = ("from", "to", "source", "lang", "sort", "mode", "op", "limit", "offset", "snippets", "strict",
                 "format", "index", "explain", "highlight", "nonsense")
        for i, value in enumerate(query for query in queries() if len(query) < 1000):
            name = names[i % len(names)]
            self.check_search(q=b"homs", **{name: value})
            self.check_search(q=value, source=value, lang=value)

    def test_batches(self):
        for name, lines in batches().items():
            given = b"".join(line + b"\n" for line in lines)
            numbers = [i for i, line in enumerate(given.split(b"\n"), 1) if line.strip(BLANK)]
            for form in ("json", "csv", "trec"):
                with self.subTest(batch=name, format=form):
                    reply = self.ask(f"/search/batch?limit=2&format={form}", given)
                    self.assertEqual(reply.status, 200, reply.body[:500])
                    self.check_reply(form, reply.text(), numbers)

    def test_ids_that_nothing_has(self):
        for query in queries():
            for target in (urllib.parse.quote_from_bytes(query, safe=""), "%" + query.hex("%", 1)):
                if len(target) > 20000:
                    continue  # the library's own limit
                reply = self.ask("/articles/" + target)
                self.assertIn(reply.status, (200, 400, 404, 414), query[:200])
                if reply.status != 200:
                    self.check_problem(reply)
        for target in ("", "/", "..", "%2e%2e", "%", "%0", "%zz", "%00", "a%00b", "a/b", "?", "?q=%22", "x?q=%ff",
                       "//"):
            reply = self.ask("/articles/" + target)
            self.assertIn(reply.status, (400, 404), target)
            self.check_problem(reply)

    def test_every_article(self):
        self.assertGreater(len(Index.articles), 1000)
        for name, body in Index.articles.items():
            reply = self.ask("/articles/" + urllib.parse.quote(name, safe="") + "?q=%22the%20first%22%20OR%20a")
            self.assertEqual(reply.status, 200, name)
            article = json.loads(reply.text())
            self.assertEqual((article["id"], article["body"]), (name, body))
            self.check_ranges(article["body"], article["highlights"])
            self.check_ranges(article["title"], article.get("title_highlights", []))


if __name__ == "__main__":
    put("empty", "")
    unittest.main()
