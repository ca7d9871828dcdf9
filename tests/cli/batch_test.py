"""Batches into a file: stopped anywhere and gone on with, the same bytes as in one go; never a mixture of two."""
import json
import os
import random
import resource
import signal
import subprocess
import time
import unittest

from programs import BIN, index, path, put, search

WORDS = [a + b for a in ("ba", "do", "ki", "lu", "me", "no") for b in ("r", "st", "mp", "g", "nt", "x")]


def build(name, seed):
    rng = random.Random(seed)
    lines = "".join(json.dumps({"id": f"a{i}", "title": rng.choice(WORDS), "source": rng.choice("xyz"),
                                "body": " ".join(rng.choice(WORDS) for _ in range(400))}) + "\n" for i in range(60))
    assert index("build", "-o", path(name), put("batch.jsonl", lines)).status == 0


def make_lines(rng, count):
    """Of every kind, bad ones among them."""
    lines = []
    for i in range(count):
        a, b = rng.choice(WORDS), rng.choice(WORDS)
        lines.append(rng.choice((
            f"{a} {b}", f'"{a} {b}"', f"q{i}\t{a} OR {b}", f"q{i}\t{a}* -{b}", "", "  \t", f'"{a} * {b}"~2\r',
            json.dumps({"id": f"j{i}", "q": f"*{b[-1]} {a}", "limit": rng.randint(0, 30), "snippets": 3}),
            json.dumps({"q": a, "source": "x", "sort": "-date", "op": "or"}), '{"q":"' + a, '{"q":"a","limt":3}',
            f"\0{a}", "\udcff\udcfe" + a, '{"id":"\udcff","q":"x"}', "x" * 65537 if i % 50 == 0 else a)))
    return "\n".join(lines) + rng.choice(("", "\n"))


class BatchFile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        build("b.vbt", 1)
        build("other.vbt", 2)
        os.link(path("b.vbt"), path("same.vbt"))
        cls.rng = random.Random(77)
        put("queries.txt", make_lines(cls.rng, 250))
        put("many.txt", make_lines(cls.rng, 1500))

    def setUp(self):
        for name in ("out", "out.state"):
            if os.path.exists(path(name)):
                os.unlink(path(name))

    def whole(self, *options, file="b.vbt", queries="queries.txt"):
        return search(file, "--batch=" + queries, *options).raw

    def output(self, *options, file="b.vbt", queries="queries.txt"):
        return search(file, "--batch=" + queries, "--output=out", *options)

    def read(self, name="out"):
        with open(path(name), "rb") as file:
            return file.read()

    def state(self):
        """Lines answered, by the later of the two places."""
        places = [json.loads(line[:line.rindex(b"}") + 1]) for line in self.read("out.state").splitlines()[1:]]
        return max(place["line"] for place in places)

    def start(self, *options):
        command = [os.path.join(BIN, "verbatim-search"), "b.vbt", "--batch=many.txt", "--output=out", *options]
        return subprocess.Popen(command, cwd=os.path.dirname(path("x")), stderr=subprocess.PIPE)

    def test_the_same_bytes_as_standard_output(self):
        for form in ("json", "tsv", "csv", "trec", "text", "counts"):
            self.setUp()
            ran = self.output("--format=" + form, "--threads=2")
            self.assertEqual(ran.out, "")
            self.assertEqual(ran.status, 1)
            self.assertRegex(ran.err, r"\d+ of \d+ lines failed\n$")
            self.assertEqual(self.read(), self.whole("--format=" + form, "--threads=1"))
            self.assertEqual(self.read(), self.whole("--format=" + form, "--threads=3"))
            again = self.output("--format=" + form, "--resume")
            self.assertEqual(again.err.splitlines()[-1], ran.err.splitlines()[-1])
            self.assertEqual(self.read(), self.whole("--format=" + form))

    def stop_and_go_on(self, number, *options):
        """Stopped by a signal at random moments, each time gone on with. Returns how often it was."""
        expected = self.whole(*options, queries="many.txt")
        stops, far = 0, 0
        for delay in (0.05, *(self.rng.choice((0.01, 0.1, 0.3, 0.4)) for _ in range(3))):
            ran = self.start("--resume", f"--threads={self.rng.randint(1, 3)}", *options)
            time.sleep(delay)
            ran.send_signal(number)
            _, err = ran.communicate()
            if ran.returncode == -number or b"stopped after line" in err:
                stops += 1
            if os.path.exists(path("out.state")):
                self.assertGreaterEqual(self.state(), far)
                far = self.state()
                self.assertLessEqual(len(self.read()), len(expected))
        self.assertEqual(self.output("--resume", *options, queries="many.txt").err.count("failed"), 1)
        self.assertEqual(self.read(), expected)
        return stops

    def test_killed(self):
        self.assertGreater(self.stop_and_go_on(signal.SIGKILL, "--snippets=5", "--limit=30"), 0)
        self.setUp()
        self.stop_and_go_on(signal.SIGKILL, "--format=csv", "--snippets=2", "--limit=20")

    def test_asked_to_stop(self):
        self.stop_and_go_on(self.rng.choice((signal.SIGTERM, signal.SIGINT)), "--format=tsv", "--snippets=3",
                            "--limit=20")

    def test_no_more_room(self):
        expected = self.whole("--limit=20")
        for share in (0, 3, 10, 30):
            self.setUp()
            most = len(expected) * share // 100 + 777
            command = [os.path.join(BIN, "verbatim-search"), "b.vbt", "--batch=queries.txt", "--output=out",
                       "--limit=20", "--resume"]
            ran = subprocess.run(command, cwd=os.path.dirname(path("x")), stderr=subprocess.PIPE, check=False,
                                 preexec_fn=lambda most=most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
            self.assertEqual(ran.returncode, 1)
            self.assertIn(b"cannot write 'out': File too large", ran.stderr)
            self.output("--resume", "--limit=20")
            self.assertEqual(self.read(), expected)

    def damage(self, name, change):
        data = bytearray(self.read(name))
        change(data)
        with open(path(name), "wb") as file:
            file.write(data)

    def stopped_somewhere(self):
        """An output of which a part is there, its last line a half one."""
        lines = put("some.txt", "".join(f"q{i}\t{WORDS[i % 36]} {WORDS[i % 7]}\n" for i in range(300)))
        expected = self.whole(queries=lines)
        put("begun.txt", "".join(f"q{i}\t{WORDS[i % 36]} {WORDS[i % 7]}\n" for i in range(120)))
        self.output(queries="begun.txt")
        with open(path("out"), "ab") as file:
            file.write(expected[len(self.read()):][:1000])
        return expected

    def test_half_lines_are_written_anew(self):
        expected = self.stopped_somewhere()
        self.assertTrue(expected.startswith(self.read()))
        self.assertEqual(self.output("--resume", queries="some.txt").status, 0)
        self.assertEqual(self.read(), expected)

    def test_a_torn_state(self):
        expected = self.stopped_somewhere()
        state, out = self.read("out.state"), self.read()
        head = state.index(b"\n") + 1
        for size in range(head, len(state) + 1, 61):
            put("out", out), put("out.state", state[:size])
            ran = self.output("--resume", queries="some.txt")
            self.assertEqual((ran.status, self.read()) if size >= head + 256 else ran.status,
                             (0, expected) if size >= head + 256 else 1, (size, ran.err))
        for at in range(0, len(state), 37):
            put("out", out), put("out.state", state[:at] + b"#" + state[at + 1:])
            ran = self.output("--resume", queries="some.txt")
            if ran.status == 0:
                self.assertEqual(self.read(), expected)
            else:
                self.assertEqual((self.read(), ran.err.count("cannot resume 'out'")), (out, 1), ran.err)

    def refused(self, cause, *options, **named):
        before = self.read(), self.read("out.state")
        ran = self.output("--resume", *options, **named)
        self.assertEqual((ran.status, ran.out), (1, ""))
        self.assertIn(cause, ran.err)
        self.assertEqual((self.read(), self.read("out.state")), before)

    def test_never_two_of_a_kind(self):
        expected = self.stopped_somewhere()
        self.refused("it was begun with another index, of checksum", file="other.vbt", queries="some.txt")
        self.refused("it was begun with an index by another name 'b'", file="same.vbt", queries="some.txt")
        for option in ("--limit=3", "--mode=phrase", "--source=x", "--format=tsv", "--skip-lines=1", "--highlight=0",
                       "--op=or", "--color=always"):
            self.refused("it was begun with other parameters", option, queries="some.txt")
        self.damage("out", lambda data: data.__setitem__(5, data[5] ^ 1))
        self.refused("it holds other bytes than were written", queries="some.txt")
        self.damage("out", lambda data: data.__setitem__(5, data[5] ^ 1))
        put("changed.txt", self.read("some.txt").replace(b"q7\t", b"q8\t", 1))
        ran = self.output("--resume", queries="changed.txt")
        self.assertEqual(ran.status, 1)
        self.assertIn("the first 120 lines of the input were others", ran.err)
        put("shorter.txt", self.read("some.txt")[:100])
        self.assertIn("the first 120 lines of the input were others", self.output("--resume", queries="shorter.txt").err)
        self.assertEqual(self.output("--resume", queries="some.txt").status, 0)
        self.assertEqual(self.read(), expected)
        self.damage("out", lambda data: data.__delitem__(slice(-1, None)))
        self.refused("it was truncated", queries="some.txt")

    def test_what_no_batch_wrote_is_not_touched(self):
        for name in ("b.vbt", "queries.txt"):
            before = self.read(name)
            for options in ([], ["--resume"]):
                ran = search("b.vbt", "--batch=queries.txt", "--output=" + name, *options)
                self.assertEqual(ran.status, 1)
                self.assertIn(f"'{name}' exists, and no '{name}.state' says that a batch wrote it", ran.err)
            self.assertEqual(self.read(name), before)
        ran = search("b.vbt", "--batch=queries.txt", "--output=/dev/null")
        self.assertIn("is not a regular file", ran.err)
        ran = search("b.vbt", "--batch=queries.txt", "--output=none/out")
        self.assertIn("cannot open 'none/out': No such file or directory", ran.err)

    def test_begun_anew(self):
        self.stopped_somewhere()
        put("one.txt", "bar\n")
        self.assertEqual(self.output("--limit=1", queries="one.txt").status, 0)
        self.assertEqual(self.read(), self.whole("--limit=1", queries="one.txt"))

    def test_lines_that_came_later(self):
        put("grows.txt", "bar\n")
        self.output("--format=counts", queries="grows.txt")
        put("grows.txt", "bar\n\nbast\nki*\n")
        self.output("--format=counts", "--resume", queries="grows.txt")
        self.assertEqual(self.read(), self.whole("--format=counts", queries="grows.txt"))

    def test_two_at_once(self):
        with open(path("out"), "ab") as file:
            import fcntl
            fcntl.flock(file, fcntl.LOCK_EX)
            self.assertIn("cannot write 'out': another process is writing it", self.output("--resume").err)

    def test_usage(self):
        for arguments, cause in ((["x", "--output=out"], "--output is for the answers of a --batch"),
                                 (["--batch=queries.txt", "--resume"], "--resume needs an --output")):
            ran = search("b.vbt", *arguments)
            self.assertEqual((ran.status, ran.err.splitlines()[0]), (2, "verbatim-search: " + cause))

    def test_standard_input(self):
        ran = search("b.vbt", "--batch=-", "--output=out", "--format=counts", given="bar\nbast\n")
        self.assertEqual(ran.status, 0)
        ran = search("b.vbt", "--batch=-", "--output=out", "--format=counts", "--resume", given="bar\nbast\nki*\n")
        self.assertEqual((ran.status, self.read().count(b"\n")), (0, 3))


class Counts(unittest.TestCase):
    def test_a_row_a_line(self):
        put("c.jsonl", '{"id":"1","title":"One","body":"here it is","source":"s","date":"2015-10-01"}\n'
                       '{"id":"2","body":"here it was"}\n')
        self.assertEqual(index("build", "-o", path("c.vbt"), "c.jsonl").status, 0)
        ran = search("c.vbt", "--batch=-", "--format=counts", given='q1\t"here it is"\nhere\n\nnowhere\n{\n')
        rows = [line.split("\t") for line in ran.out.splitlines()]
        self.assertEqual([row[:3] for row in rows], [["q1", "1", "eq"], ["2", "2", "eq"], ["4", "0", "eq"],
                                                      ["5", "error", ""]])
        self.assertEqual(rows[0][4:], ["1", "One", "", "s", "2015-10-01", '"here it is"'])
        self.assertEqual({len(row) for row in rows}, {10})
        ran = search("c.vbt", "--format=counts", "here")
        self.assertEqual(ran.out.split("\t")[:3], ["1", "2", "eq"])


if __name__ == "__main__":
    unittest.main()
