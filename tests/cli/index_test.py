"""verbatim-index: commands, options, statuses, messages, and what stays behind."""
import gzip
import json
import os
import re
import unittest

from programs import FOLDER, index, path, put, search


def line(identity, body="doomed to failure", **more):
    return json.dumps(dict(more, id=identity, body=body)) + "\n"


def many():
    """Enough articles for runs of these two words to have lists."""
    return "".join(line(str(i), "to and " * 5 + f"word{i}") for i in range(2000))


def found(name, query="*"):
    ran = search("--format=json", "--limit=1000", name, query)
    assert ran.status == 0, ran.err
    return sorted(hit["id"] for hit in json.loads(ran.out)["hits"])


def read(name):
    with open(path(name), "rb") as file:
        return file.read()


def count(name):
    return json.loads(index("info", "--json", path(name)).out)["articles"]


class CommandLine(unittest.TestCase):
    def test_wrong_ones_are_status_2(self):
        put("x.jsonl", line("x"))
        for arguments in (
                [], ["bild"], ["build"], ["build", "x.jsonl"], ["build", "-o", "x.vbt"], ["append", "x.vbt"],
                ["merge", "x.vbt"], ["delete", "x.vbt"], ["check"], ["info"], ["check", "a", "b"],
                ["build", "--colour", "-o", "x.vbt", "x.jsonl"], ["build", "-o"],
                ["build", "--memory=lots", "-o", "x.vbt", "x.jsonl"],
                ["build", "--threads=0", "-o", "x.vbt", "x.jsonl"],
                ["build", "--kind=pdf", "-o", "x.vbt", "x.jsonl"],
                ["build", "--field=headline", "-o", "x.vbt", "x.jsonl"],
                ["build", "--field=colour=red", "-o", "x.vbt", "x.jsonl"]):
            ran = index(*arguments)
            self.assertEqual(ran.status, 2, arguments)
            self.assertEqual(ran.out, "")
            self.assertTrue(ran.err.startswith("verbatim-index: "), ran.err)
            self.assertTrue(ran.err.endswith("verbatim-index: try 'verbatim-index --help'\n"), ran.err)
            self.assertFalse(os.path.exists(path("x.vbt")))

    def test_help_and_version(self):
        ran = index("--help")
        self.assertEqual((ran.status, ran.err), (0, ""))
        self.assertTrue(ran.out.startswith("Usage: verbatim-index "))
        self.assertLessEqual(max(map(len, ran.out.splitlines())), 80)
        for command in "build append merge delete check info".split():
            self.assertIn(f"\n  {command} ", ran.out)
        ran = index("--version")
        self.assertEqual(ran.status, 0)
        self.assertRegex(ran.out, r"\Averbatim-index \d+\.\d+\.\d+\n\Z")
        for whole, short in ("--help", "--hel"), ("--version", "--vers"), ("--help", "-h"), ("--version", "-V"):
            self.assertEqual(index(short).out if len(short) == 2 else index(whole).out, index(whole).out)
            for command in "build append merge delete check info".split():
                ran = index(command, short)
                self.assertEqual((ran.status, ran.out, ran.err), (0, index(whole).out, ""), (command, short))

    def test_manual_names_every_option(self):
        page = os.path.join(os.environ["VERBATIM_SOURCE"], "man", "verbatim-index.1")
        with open(page, encoding="utf-8") as file:
            manual = file.read().replace("\\-", "-")
        options = re.findall(r"--[a-z][a-z0-9-]*", index("--help").out)
        self.assertGreater(len(options), 10)
        self.assertEqual(set(re.findall(r"--[a-z][a-z0-9-]*", manual)), set(options))

    def test_what_cannot_be_read_is_status_1_by_name(self):
        ran = index("build", "-o", "y.vbt", "nowhere.jsonl")
        self.assertEqual(ran.status, 1)
        self.assertIn("nowhere.jsonl", ran.err)
        self.assertFalse(os.path.exists(path("y.vbt")))
        for command in ("check", "info"):
            ran = index(command, "nowhere.vbt")
            self.assertEqual((ran.status, ran.out), (1, ""))
            self.assertIn("'nowhere.vbt'", ran.err)
        ran = index("build", "-o", "no/such/folder.vbt", put("x.jsonl", line("x")))
        self.assertEqual(ran.status, 1)
        self.assertIn("no/such/folder.vbt", ran.err)


class Building(unittest.TestCase):
    def test_reads_standard_input(self):
        ran = index("build", "-o", "stdin.vbt", "-", given=line("a") + line("b"))
        self.assertEqual(ran.status, 0, ran.err)
        self.assertEqual(found("stdin.vbt"), ["a", "b"])

    def test_bad_lines_are_named_and_the_others_kept(self):
        put("bad.jsonl", line("a") + '{"id":"b"\n' + line("c") + "\n" + "[1]\n" + line("d"))
        ran = index("build", "-o", "bad.vbt", "bad.jsonl")
        self.assertEqual(ran.status, 0)
        self.assertEqual(found("bad.vbt"), ["a", "c", "d"])
        self.assertRegex(ran.err, r"(?m)^verbatim-index: bad\.jsonl:2: \S")
        self.assertRegex(ran.err, r"(?m)^verbatim-index: bad\.jsonl:5: \S")
        self.assertIn("skipped 2", ran.err)

    def test_strict_stops_at_the_first_bad_line_and_keeps_the_old_index(self):
        index("build", "-o", "old.vbt", "-", given=line("old"))
        put("bad.jsonl", line("a") + "{broken\n" + line("c"))
        ran = index("build", "--strict", "-o", "old.vbt", "bad.jsonl")
        self.assertEqual(ran.status, 1)
        self.assertIn("bad.jsonl:2: ", ran.err)
        self.assertEqual(found("old.vbt"), ["old"])

    def test_dates_that_are_none_are_told(self):
        put("dates.jsonl", '{"body":"a","date":"2015"}\n{"body":"b","date":"01/10/2015"}\n{"body":"c","date":"soon"}\n')
        ran = index("build", "-o", path("dates.vbt"), "dates.jsonl")
        self.assertEqual(ran.status, 0)
        self.assertIn("verbatim-index: did not understand the date of 2 articles, which stays an extra field; the first "
                      "is dates.jsonl:2: '01/10/2015'\n", ran.err)
        put("dates.jsonl", '{"body":"a","date":"2015"}\n{"body":"b"}\n')
        self.assertNotIn("did not", index("build", "-o", path("dates.vbt"), "dates.jsonl").err)

    def test_the_later_of_one_id_wins(self):
        ran = index("build", "-o", "twice.vbt", "-", given=line("a", "first") + line("b") + line("a", "second"))
        self.assertEqual(ran.status, 0)
        self.assertIn("replaced 1", ran.err)
        self.assertEqual(found("twice.vbt", "first"), [])
        self.assertEqual(found("twice.vbt", "second"), ["a"])

    def test_quiet_says_nothing(self):
        ran = index("build", "-q", "-o", "quiet.vbt", "-", given=line("a"))
        self.assertEqual((ran.status, ran.out, ran.err), (0, "", ""))

    def test_fields_may_have_other_names(self):
        given = json.dumps({"key": "a", "headline": "Storm", "text": "wind"}) + "\n"
        ran = index("build", "--field=id=key", "--field=title=headline", "-o", "fields.vbt", "-", given=given)
        self.assertEqual(ran.status, 0, ran.err)
        self.assertEqual(found("fields.vbt", "title:storm"), ["a"])
        self.assertEqual(found("fields.vbt", "wind"), ["a"])

    def test_gzip_is_read_by_its_content(self):
        put("packed.bin", gzip.compress(line("a").encode()))
        ran = index("build", "-o", "packed.vbt", "packed.bin")
        self.assertEqual(ran.status, 0, ran.err)
        self.assertEqual(count("packed.vbt"), 1)

    def test_nothing_stays_behind(self):
        before = set(os.listdir(FOLDER))
        index("build", "-o", "clean.vbt", "-", given=line("a"))
        index("build", "-o", "clean2.vbt", "nowhere.jsonl")
        index("build", "--strict", "--kind=jsonl", "-o", "clean3.vbt", "-", given="{broken\n")
        self.assertEqual(set(os.listdir(FOLDER)) - before, {"clean.vbt"})


class Keeping(unittest.TestCase):
    def setUp(self):
        index("build", "-o", "one.vbt", "-", given=line("a") + line("b", "bee"))
        index("build", "-o", "two.vbt", "-", given=line("b", "wasp") + line("c"))

    def test_settings_are_those_of_the_index(self):
        for command in (["append", "one.vbt", "two.vbt"], ["merge", "-o", "all.vbt", "one.vbt"], ["delete", "one.vbt", "a"]):
            for option in ("--k1=2", "--b=0", "--title-weight=1", "--lang=de", "--no-text", "--no-grams",
                           "--no-classes", "--no-compounds", "--no-titles", "--no-completions", "--no-groups",
                           "--reorder"):
                ran = index(command[0], option, *command[1:])
                self.assertEqual(ran.status, 2, ran.err)
                self.assertIn("'build' alone", ran.err)

    def test_options_are_refused_where_they_mean_nothing(self):
        before = read("one.vbt")
        for command, told in (
                (["append", "-o", "none.vbt", "one.vbt", "two.vbt"], "-o is for 'build' and 'merge' alone"),
                (["delete", "--output=none.vbt", "one.vbt", "a"], "-o is for 'build' and 'merge' alone"),
                (["merge", "--kind=text", "-o", "none.vbt", "one.vbt"], "'build' and 'append' alone"),
                (["delete", "--strict", "one.vbt", "a"], "'build' and 'append' alone"),
                (["check", "--memory=64MB", "one.vbt"], "for what writes an index"),
                (["build", "--json", "-o", "none.vbt", "two.vbt"], "--json is for 'info' alone"),
                (["build", "-o"], "option '-o' needs a value"),
                (["info", "--json=1", "one.vbt"], "option '--json=1' takes no value"),
                (["info", "-x", "one.vbt"], "unknown option '-x'"),
                (["build", "--kind=pdf", "-o", "none.vbt", "two.vbt"], "unknown kind 'pdf': one of text markdown"),
                (["build", "--max-article=0", "-o", "none.vbt", "two.vbt"], "bad size '0' for --max-article")):
            ran = index(*command)
            self.assertEqual(ran.status, 2, ran.err)
            self.assertIn(told, ran.err)
            self.assertFalse(os.path.exists(path("none.vbt")))
        self.assertEqual(read("one.vbt"), before)

    def test_append(self):
        ran = index("append", "one.vbt", put("more.jsonl", line("b", "hornet") + line("d")))
        self.assertEqual(ran.status, 0, ran.err)
        self.assertEqual(found("one.vbt"), ["a", "b", "d"])
        self.assertEqual(found("one.vbt", "bee"), [])
        self.assertEqual(found("one.vbt", "hornet"), ["b"])

    def test_merge(self):
        ran = index("merge", "-o", "all.vbt", "one.vbt", "two.vbt")
        self.assertEqual(ran.status, 0, ran.err)
        self.assertEqual(found("all.vbt"), ["a", "b", "c"])
        self.assertEqual(found("all.vbt", "wasp"), ["b"])
        self.assertEqual(found("all.vbt", "bee"), [])

    def test_delete(self):
        ran = index("delete", "one.vbt", "a")
        self.assertEqual(ran.status, 0, ran.err)
        self.assertEqual(found("one.vbt"), ["b"])
        ran = index("delete", "one.vbt", "b", "zebra")
        self.assertEqual(ran.status, 1)
        self.assertIn("'zebra'", ran.err)
        self.assertEqual(found("one.vbt"), ["b"])

    def test_without_text_nothing_is_made_from_it(self):
        index("build", "--no-text", "-o", "bare.vbt", "-", given=line("a"))
        self.assertEqual(found("bare.vbt", '"doomed to failure"'), ["a"])
        for arguments in (["append", "bare.vbt", put("more.jsonl", line("d"))], ["delete", "bare.vbt", "a"],
                          ["merge", "-o", "all.vbt", "bare.vbt", "one.vbt"]):
            ran = index(*arguments)
            self.assertEqual(ran.status, 1, arguments)
            self.assertIn("'bare.vbt'", ran.err)
        self.assertEqual(found("bare.vbt"), ["a"])

    def test_info(self):
        told = json.loads(index("info", "--json", "one.vbt").out)
        self.assertEqual((told["articles"], told["words"]), (2, 4))
        self.assertEqual(told["bytes"], os.path.getsize(path("one.vbt")))
        ran = index("info", "one.vbt")
        self.assertRegex(ran.out, r"(?m)^articles\s+2$")
        self.assertRegex(ran.out, rf"(?m)^checksum\s+{told['checksum']}$")

    def test_info_tells_of_grams(self):
        self.assertEqual(index("build", "-o", "many.vbt", "-", given=many()).status, 0)
        told = json.loads(index("info", "--json", "many.vbt").out)
        self.assertEqual([told["grams"]["counts"][str(n)] for n in range(2, 9)], [2, 2, 2, 2, 2, 2, 2])
        self.assertLess(told["grams"]["list_bytes"], told["chunks"]["grams"])
        self.assertEqual((told["grams"]["bound"], told["grams"]["least_articles"]), (36000, 2000))
        ran = index("info", "many.vbt")
        self.assertRegex(ran.out, r"(?m)^grams +2 of 2 words, 2 of 3 words, .*2 of 8 words$")
        self.assertRegex(ran.out, rf"(?m)^  their lists +{told['grams']['list_bytes']:,}$")

    def test_without_grams(self):
        self.assertEqual(index("build", "--no-grams", "-o", "bare.vbt", "-", given=many()).status, 0)
        told = json.loads(index("info", "--json", "bare.vbt").out)
        self.assertNotIn("grams", told)
        self.assertNotIn("grams", told["chunks"])
        self.assertRegex(index("info", "bare.vbt").out, r"(?m)^settings .*, no grams$")
        self.assertEqual(len(found("bare.vbt", '"to and to and to"')), 1000)
        self.assertEqual(found("bare.vbt", '"and word7"'), ["7"])
        # What goes on with an index has grams or none as it has.
        self.assertEqual(index("append", "bare.vbt", put("more.jsonl", line("d"))).status, 0)
        self.assertNotIn("grams", json.loads(index("info", "--json", "bare.vbt").out)["chunks"])
        self.assertEqual(index("merge", "-o", "all.vbt", "one.vbt", "bare.vbt").status, 0)
        self.assertIn("grams", json.loads(index("info", "--json", "all.vbt").out)["chunks"])

    def test_check_names_what_is_damaged(self):
        self.assertEqual(index("check", "one.vbt").status, 0)
        with open(path("one.vbt"), "rb") as file:
            whole = bytearray(file.read())
        for place in range(0, len(whole), max(1, len(whole) // 40)):
            damaged = bytearray(whole)
            damaged[place] ^= 0x40
            put("hurt.vbt", bytes(damaged))
            ran = index("check", "hurt.vbt")
            self.assertEqual(ran.status, 1, place)
            self.assertIn("'hurt.vbt'", ran.err)
        put("short.vbt", bytes(whole[:len(whole) // 2]))
        self.assertEqual(index("check", "short.vbt").status, 1)
        self.assertEqual(search("short.vbt", "bee").status, 1)


if __name__ == "__main__":
    unittest.main()
