"""The programs where everything around them is hostile: names, ids, archives, streams, limits, targets."""
import io
import json
import os
import resource
import subprocess
import sys
import tarfile
import unittest
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, "..", "http"))

from fixture import SERVE, Server  # noqa: E402
from programs import BIN, FOLDER, index, path, put, search  # noqa: E402

IDS = ["a\nb", "a\0b", "a/../b", "..", ".", "a%2Fb", "%", "x" * 4096, "Case", "case", "CASE", "-", "--help", "#1",
       "?q=a", "a!/b", "\x1b[31m", "\u202e", "\ufffd", "é", "e\u0301", "\U0001F600", "'\"<>&", "a b", "*", "\\"]


def line(**fields):
    return json.dumps(fields) + "\n"


def hits(name, query="*"):
    ran = search("--format=json", "--limit=1000", name, query)
    assert ran.status == 0, ran.err
    return {hit["id"]: hit for hit in json.loads(ran.out)["hits"]}


def shell(command, environment=None):
    """Runs a line of a shell, with $BIN/; returns status and standard error."""
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=FOLDER, timeout=60, check=False,
                          env=dict(os.environ, BIN=BIN, LC_ALL="C", **(environment or {})))
    return done.returncode, done.stderr.decode()


def served(name):
    """Asks a server for each article it has, then ends it; id → body."""
    server = Server(SERVE, ["--port=0", name], FOLDER)
    try:
        bodies = {}
        for identity in hits(name):
            reply = server.get("/articles/" + urllib.parse.quote(identity, safe=""))
            assert reply.status == 200, (identity, reply.body)
            article = json.loads(reply.text())
            assert article["id"] == identity, article
            bodies[identity] = article["body"]
        return bodies
    finally:
        status, _ = server.stop()
        assert status == 0, server.log


class Articles(unittest.TestCase):
    def test_any_id(self):
        given = "".join(line(id=identity, body=f"body number {i}") for i, identity in enumerate(IDS))
        ran = index("build", "-o", "ids.vbt", "-", given=given + line(id="y" * 4097, body="too long"))
        self.assertEqual(ran.status, 0, ran.err)
        self.assertIn(f"-:{len(IDS) + 1}: an id of more than 4096 bytes", ran.err)
        expected = {identity.replace("\0", "\ufffd"): f"body number {i}" for i, identity in enumerate(IDS)}
        self.assertEqual(served("ids.vbt"), expected)
        self.assertEqual(index("check", "ids.vbt").status, 0)

    def test_ids_of_other_types(self):
        values = {"5": 5, "5.0": 5.0, "-0.0": -0.0, "true": True, "-#5": {"a": 1}, "-#6": None, "-#7": "", "-#8": " \t",
                  "one": ["one"], "123456789012345678901234567890": 123456789012345678901234567890}
        index("build", "-o", "types.vbt", "-", given="".join(line(id=v, body="x") for v in values.values()))
        self.assertEqual(list(hits("types.vbt")), list(values))

    def test_values_of_other_types(self):
        odd = [None, True, 7, -1e300, [], [[]], {}, {"a": {"b": []}}, "", "\0", "\ud800", ["a", 1], "x" * 100000,
               [""] * 999]
        names = "title body url source author date lang tag tags extra published summary content".split()
        given = "".join(json.dumps({"id": f"{n}{i}", "text": "kept", n: v}) + "\n"
                        for n in names for i, v in enumerate(odd))
        ran = index("build", "-o", "odd.vbt", "-", given=given)
        self.assertEqual(ran.status, 0, ran.err)
        found = hits("odd.vbt")
        for i, name in enumerate(f"{n}{i}" for n in names for i in range(len(odd))):
            self.assertTrue(name in found or f"-:{i + 1}: " in ran.err, name)
        self.assertEqual(index("check", "odd.vbt").status, 0)
        served("odd.vbt")

    def test_dates_out_of_range_are_kept_as_they_were(self):
        good = ["9999-12-31", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2015-10-01T23:59:60Z", "2015"]
        bad = ["0000-01-01", "10000-01-01", "2015-13-01", "2015-02-30", "2015-10-01T25:00:00Z", "99999999999999999999",
               "2015-10-01T00:00:00+99:99", "-1", "yesterday", "2015-10-01" * 1000]
        given = "".join(line(id=d if len(d) < 4096 else "long", date=d, body="x") for d in good + bad)
        index("build", "-o", "dates.vbt", "-", given=given)
        found = hits("dates.vbt")
        self.assertEqual([found[d]["date"] for d in good], good)
        for date in bad:
            hit = found.get(date) or found["long"]
            self.assertEqual((hit["date"], hit["extra"]), (None, {"date": date}))

    def test_bodies_without_words_at_block_borders(self):
        bodies = {f"{n}": "!" * n + " word" for n in (0, 1, 16383, 16384, 16385, 40000)}
        bodies.update({"only": "?" * 40000, "spaces": "a" + " " * 40000 + "b", "joins": "a" + "\u200d" * 20000 + "b",
                       "marks": "e" + "\u0301" * 20000, "one word": "w" * 200000})
        given = "".join(line(id=identity, body=body) for identity, body in bodies.items())
        ran = index("build", "-o", "borders.vbt", "-", given=given)
        self.assertEqual(ran.status, 0, ran.err)
        self.assertEqual(served("borders.vbt"), bodies)
        self.assertEqual(index("check", "borders.vbt").status, 0)
        self.assertEqual(len(hits("borders.vbt", "word")), 6)

    def test_lines_that_are_no_articles(self):
        lines = ["[]", "null", '"x"', "{", "{}", "}", "{\"id\":1}", '{"body":"\x01"}', "[" * 100000, '{"a":' * 1000,
                 '{"body":"\\ud800"}', '{"body":1e99999}', "\0", "nonsense", '{"body":"a","body":"b"}']
        ran = index("build", "-o", "lines.vbt", "--kind=jsonl", "-", given="\n".join(lines))
        self.assertEqual(ran.status, 0, ran.err)
        places = [f"verbatim-index: -:{i + 1}: " for i in range(len(lines))]
        kept = {10, 11, 14}
        for i, place in enumerate(places):
            self.assertEqual(ran.err.count(place), i not in kept, ran.err)


class Files(unittest.TestCase):
    def test_a_thousand_files_of_one_byte(self):
        os.makedirs(path("many"))
        for i in range(1000):
            put(f"many/{i:04}.txt", bytes([i % 256]))
        ran = index("build", "-o", "many.vbt", "many")
        self.assertEqual(ran.status, 0)
        reported = ran.err.count("nothing but white space")
        self.assertEqual(len(hits("many.vbt")) + reported, 1000)
        served("many.vbt")

    def test_names(self):
        names = [b"bad\xff\xfe.txt", b"nl\nname.txt", b"esc\x1b[31m.txt", b"pct%2F.txt", b"hash#1.txt", b" lead", b"-o",
                 b"--help", b"a" * 255, b"\xed\xa0\x80.txt", b"x!/inner.txt", "é\u0301.txt".encode()]
        root = os.fsencode(path("names"))
        for name in names:
            os.makedirs(os.path.dirname(os.path.join(root, name)), exist_ok=True)
            with open(os.path.join(root, name), "wb") as file:
                file.write(b"a body")
        ran = index("build", "-o", "names.vbt", "names")
        self.assertEqual(ran.status, 0, ran.err)
        expected = sorted(name.decode("utf-8", "replace") for name in names)
        self.assertEqual(sorted(served("names.vbt")), expected)

    def test_names_in_messages_move_no_cursor(self):
        os.makedirs(path("empty"))
        for name in (b"nl\nx.txt", b"esc\x1b[2J.txt", b"bad\xff.txt", b"c1\xc2\x9b2J.txt"):
            with open(os.path.join(os.fsencode(path("empty")), name), "wb"):
                pass
        done = subprocess.run([os.path.join(BIN, "verbatim-index"), "build", "-o", path("e.vbt"), path("empty")],
                              capture_output=True, check=False)
        self.assertEqual(done.stderr.count(b": empty\n"), 4, done.stderr)
        self.assertIn(b"no article was read", done.stderr)
        text = done.stderr.decode()  # fails where it is no UTF-8
        self.assertNotRegex(text, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")

    def test_links_and_pipes_in_a_folder(self):
        os.makedirs(path("loop/a/b"))
        for target, name in (("..", "loop/a/b/up"), ("self", "loop/self"), ("/", "loop/root"), ("nowhere", "loop/none"),
                             ("../../loop", "loop/a/again"), ("/etc/passwd", "loop/passwd")):
            os.symlink(target, path(name))
        os.mkfifo(path("loop/pipe"))
        put("loop/a/b/f.txt", "one file")
        ran = index("build", "--strict", "-o", "loop.vbt", "loop")
        self.assertEqual(ran.status, 0, ran.err)
        self.assertEqual(list(hits("loop.vbt")), ["a/b/f.txt"])
        self.assertEqual(ran.err.count("a symbolic link in a folder is not followed"), 6)
        self.assertEqual(ran.err.count("a named pipe in a folder is not read"), 1)

    def test_an_archive_whose_header_is_damaged_is_named_once(self):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as tar:
            for name in ("good.txt", "folder/", "lost.txt"):  # a folder with bytes, where the next header should be
                info = tarfile.TarInfo(name)
                info.size = 4
                tar.addfile(info, io.BytesIO(b"word"))
        ran = index("build", "-o", "tar.vbt", put("odd.tar", out.getvalue()))
        self.assertEqual(ran.status, 0)
        self.assertEqual(list(hits("tar.vbt")), ["odd.tar!/good.txt"])
        self.assertEqual(ran.err.count("odd.tar"), 1, ran.err)
        self.assertIn("odd.tar: damaged archive: ", ran.err)
        self.assertNotIn("INTERNAL", ran.err)

    def test_an_index_is_no_article(self):
        put("some.jsonl", line(id="a", body="b"))
        index("build", "-o", "some.vbt", "some.jsonl")
        ran = index("build", "-o", "other.vbt", "some.vbt", "some.jsonl")
        self.assertEqual(ran.status, 0)
        self.assertIn("verbatim-index: some.vbt: not text of a kind that is read\n", ran.err)
        self.assertEqual(list(hits("other.vbt")), ["a"])
        self.assertEqual(list(hits("some.vbt,some.vbt,some.vbt")), ["a"])

    def test_one_giant_quoted_cell(self):
        put("giant.csv", 'id,body\n1,"' + 'word, \n"" ' * 2000000)
        put("small.csv", "id,body\n2,words\n")
        ran = index("build", "--memory=64MB", "-o", "giant.vbt", "giant.csv", "small.csv")
        self.assertEqual(ran.status, 0)
        self.assertIn("giant.csv:2: an article of 20000003 bytes is larger than the 8388608 allowed", ran.err)


class Targets(unittest.TestCase):
    def setUp(self):
        put("a.jsonl", line(id="a", body="b"))

    def refused(self, target, cause):
        before = set(os.listdir(FOLDER))
        ran = index("build", "-o", target, "a.jsonl")
        self.assertEqual((ran.status, ran.out), (1, ""))
        self.assertRegex(ran.err, rf"\Averbatim-index: cannot write '{target}': [^\n]*{cause}[^\n]*\n\Z")
        self.assertEqual(set(os.listdir(FOLDER)), before)

    def test_what_is_no_target(self):
        os.makedirs(path("folder"), exist_ok=True)
        os.path.exists(path("pipe")) or os.mkfifo(path("pipe"))
        os.path.islink(path("ring")) or os.symlink("ring", path("ring"))
        self.refused("folder", "not a regular file")
        self.refused("folder/", "names a folder")
        self.refused("", "names a folder")
        self.refused("pipe", "not a regular file")
        self.refused("ring", "Too many levels of symbolic links")
        self.refused("a.jsonl/x", "Not a directory")
        for device in ("/dev/null", "/dev/full"):
            self.refused(device, "not a regular file")

    def test_a_file_that_is_no_index_is_not_replaced(self):
        self.refused("a.jsonl", "a file that is no index is there, and is not replaced")
        with open(path("a.jsonl"), encoding="utf-8") as file:
            self.assertEqual(file.read(), line(id="a", body="b"))
        put("reserved", "")  # as mktemp leaves it
        self.assertEqual(index("build", "-o", "reserved", "a.jsonl").status, 0)
        self.assertEqual(index("build", "-o", "reserved", "a.jsonl").status, 0)

    def test_a_link_stays_and_what_it_names_is_replaced(self):
        put("real.vbt", "")
        os.path.islink(path("link.vbt")) or os.symlink("real.vbt", path("link.vbt"))
        self.assertEqual(index("build", "-o", "link.vbt", "a.jsonl").status, 0)
        self.assertTrue(os.path.islink(path("link.vbt")))
        self.assertEqual(list(hits("real.vbt")), ["a"])

    def test_two_builders_at_once(self):
        put("big.jsonl", "".join(line(id=i, body="some words") for i in range(20000)))
        command = [os.path.join(BIN, "verbatim-index"), "build", "-q", "-o", path("both.vbt"), path("big.jsonl")]
        running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
        said = [process.communicate()[1] for process in running]
        self.assertIn(0, [process.returncode for process in running])
        for process, text in zip(running, said):
            if process.returncode:
                self.assertEqual(text.decode(), "verbatim-index: cannot write '%s': another process is writing it\n"
                                 % path("both.vbt"))
        self.assertEqual(index("check", "both.vbt").status, 0)
        self.assertFalse([name for name in os.listdir(FOLDER) if name.startswith(".both")])

    def test_budgets_no_machine_has(self):
        for budget in ("1", "2TB", "16777215TB"):
            ran = index("build", f"--memory={budget}", "-o", "x.vbt", "a.jsonl")
            self.assertEqual(ran.status, 2)
            self.assertRegex(ran.err, r"a memory budget of \d+ bytes is too (small|large): the (least|most) is ")


class Streams(unittest.TestCase):
    def setUp(self):
        put("a.jsonl", line(id="a", body="b") + "{\n")
        index("build", "-q", "-o", "a.vbt", "a.jsonl")

    def test_closed_streams_never_become_the_index(self):
        for closed in ("<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
            status, _ = shell(f"rm -f c.vbt; $BIN/verbatim-index build -o c.vbt a.jsonl {closed}")
            self.assertEqual(status, 0, closed)
            self.assertEqual(index("check", "c.vbt").status, 0, closed)
        self.assertEqual(shell("$BIN/verbatim-index build -o c.vbt - <&-")[1].splitlines()[0],
                         "verbatim-index: -: cannot be read: Bad file descriptor")

    def test_a_full_or_closed_output_is_status_1(self):
        for command in ("verbatim-index --help", "verbatim-index --version", "verbatim-index info a.vbt",
                        "verbatim-index info --json a.vbt", "verbatim-search --help", "verbatim-search --version",
                        "verbatim-search a.vbt b", "verbatim-search --format=json a.vbt b", "verbatim-serve --help",
                        "verbatim-serve --version"):
            for output, cause in ((">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")):
                status, said = shell(f"$BIN/{command} {output}")
                self.assertEqual(status, 1, (command, output))
                self.assertRegex(said, r"\Averbatim-\w+: cannot write to standard output: " + cause + r"\n\Z")

    def test_a_reader_that_goes_away_ends_it_quietly(self):
        for command in ("verbatim-index --help", "verbatim-search a.vbt --batch=-", "verbatim-serve --help"):
            status, said = shell(f"yes b | head -50000 | $BIN/{command} | head -0; exit ${{PIPESTATUS[2]}}")
            self.assertIn(status, (0, 1, 141), command)
            self.assertEqual(said, "")

    def test_few_open_files(self):
        for most in range(5, 40, 3):
            status, said = shell(f"ulimit -n {most}; exec $BIN/verbatim-index build -q -o f.vbt a.jsonl")
            self.assertIn(status, (0, 1), (most, said))
            if status:
                self.assertIn("Too many open files", said)
        self.assertEqual(index("check", "f.vbt").status, 0)

    @unittest.skipIf(b"__asan_init" in open(os.path.join(BIN, "verbatim-index"), "rb").read(), "needs its own memory")
    def test_little_memory(self):
        done = 0
        for kilobytes in range(60000, 400000, 20000):
            command = [os.path.join(BIN, "verbatim-index"), "build", "-q", "-o", path("m.vbt"), path("a.jsonl")]
            ran = subprocess.run(command, capture_output=True, check=False, text=True,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (kilobytes << 10,) * 2))
            self.assertIn(ran.returncode, (0, 1, 127), ran.stderr)  # 127: the loader's
            if ran.returncode == 1:
                self.assertRegex(ran.stderr, r"(?m)^verbatim-index: .*(memory|threads)")
            done += ran.returncode == 0
        self.assertGreater(done, 0)
        self.assertEqual(index("check", "m.vbt").status, 0)

    def test_modes_of_new_files(self):
        for mask, mode in (("077", 0o600), ("022", 0o644)):
            self.assertEqual(shell(f"rm -f u.vbt; umask {mask}; $BIN/verbatim-index build -q -o u.vbt a.jsonl")[0], 0)
            self.assertEqual(os.stat(path("u.vbt")).st_mode & 0o777, mode)


class Queries(unittest.TestCase):
    def test_words_at_the_limit(self):
        index("build", "-q", "-o", "q.vbt", "-", given=line(id="a", body=" ".join(f"w{i}" for i in range(1024))))
        for form in (" ".join, lambda words: '"%s"' % " ".join(words), " OR ".join, " -".join):
            for count, status in ((1023, 0), (1024, 0), (1025, 1)):
                ran = search("q.vbt", "--format=json", "--", form([f"w{i}" for i in range(count)]))
                self.assertEqual(ran.status, status, ran.err)
                if status:
                    self.assertEqual(ran.err, "verbatim-search: the query has more than 1024 words\n")

    def test_an_index_replaced_while_it_is_served(self):
        index("build", "-q", "-o", "live.vbt", "-", given=line(id="a", body="first"))
        server = Server(SERVE, ["--port=0", "live.vbt"], FOLDER)
        try:
            for i in range(5):
                built = index("build", "-q", "-o", "live.vbt", "-", given=line(id=f"n{i}", body="next"))
                self.assertEqual(built.status, 0, built.err)
                for _ in range(20):
                    self.assertEqual(server.get("/search?q=*").status, 200)
        finally:
            self.assertEqual(server.stop()[0], 0)


if __name__ == "__main__":
    unittest.main()
