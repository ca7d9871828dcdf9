#!/usr/bin/env python3
"""The format's page, its decoder and the programs agree.
    golden_test.py [unittest arguments]      VERBATIM_BIN, VERBATIM_SOURCE, VERBATIM_SHARED from ctest"""
import json
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

import decode
from xxh3 import xxh3_64

BIN = os.environ.get("VERBATIM_BIN", "build/debug/bin")
SOURCE = os.environ.get("VERBATIM_SOURCE", ".")
SHARED = os.environ.get("VERBATIM_SHARED", os.path.join(SOURCE, "../shared"))
TOOLS = os.path.join(os.path.dirname(BIN.rstrip("/")), "tests")
INDEXER = os.path.join(BIN, "verbatim-index")

# From the checks that the xxHash project publishes: bytes of a generator, length, hash.
VECTORS = {0: 0x2D06800538D394C2, 1: 0xC44BDFF4074EECDB, 6: 0x27B56A84CD2D7325, 12: 0xA713DAF0DFBB77E7,
           24: 0xA3FE70BF9D3510EB, 48: 0x397DA259ECBA1F11, 80: 0xBCDEFBBB2C47C90A, 195: 0xCD94217EE362EC3A,
           403: 0xCDEB804D65C6DEA4, 512: 0x617E49599013CB6B, 2048: 0xDD59E2C3A5F038E0, 2099: 0xC6B9D9B3FC9AC765,
           2240: 0x6E73A90539CF2948, 2367: 0xCB37AEB9E5D361ED}


def page_bytes(heading="## A file of two articles"):
    """The bytes that FORMAT.md shows first behind a heading."""
    with open(os.path.join(SOURCE, "shared/store/FORMAT.md"), encoding="utf-8") as file:
        section = file.read().split(heading)[1].split("```")[1]
    data = bytearray()
    for line in section.splitlines():
        match = re.match(r"([0-9a-f]{4})  ((?:[0-9a-f]{2}(?:\*\d+)?(?: |$))+)", line)
        if not match:
            continue
        if int(match[1], 16) != len(data):
            raise AssertionError("line %s does not follow the one before" % match[1])
        for part in match[2].split():
            byte, _, times = part.partition("*")
            data += bytes([int(byte, 16)]) * int(times or 1)
    return bytes(data)


class Golden(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="verbatim-golden-")
        self.path = os.path.join(self.folder, "index.vbt")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def write(self, *arguments):
        subprocess.run([os.path.join(TOOLS, "golden_write"), self.path, *map(str, arguments)], check=True)
        with open(self.path, "rb") as file:
            return file.read()

    def build(self, *paths, options=()):
        if not os.path.exists(INDEXER):
            self.skipTest("there is no verbatim-index")
        subprocess.run([INDEXER, "build", "--quiet", *options, "-o", self.path, *paths], check=True)
        with open(self.path, "rb") as file:
            return file.read()

    def compare(self, data):
        """What the decoder and the store read; returns what the decoder read."""
        index = decode.Decoded(data)
        walked = subprocess.run([os.path.join(TOOLS, "golden_walk"), self.path], check=True, stdout=subprocess.PIPE)
        decoded = "".join(line + "\n" for line in decode.lines(index)).encode()
        if walked.stdout != decoded:
            pairs = zip(walked.stdout.splitlines(), decoded.splitlines())
            self.fail("the store and the decoder differ: %s" % next((p for p in pairs if p[0] != p[1]), "in length"))
        return index

    def test_hash_is_xxh3(self):
        data, state = bytearray(), 2654435761
        for _ in range(max(VECTORS)):
            data.append(state >> 56 & 255)
            state = state * 11400714785074694797 & (1 << 64) - 1
        for length, value in VECTORS.items():
            self.assertEqual(xxh3_64(data[:length]), value, length)

    def test_page_shows_what_is_written(self):
        self.assertEqual(page_bytes().hex(" "), self.write("tiny").hex(" "))
        index = decode.Decoded(page_bytes())
        self.assertEqual([found for found, *_ in index.terms[b"rain"][1:2]], [[(0, [0, 1030]), (1, [0])]])
        self.assertEqual([found for found, *_ in index.terms[b"rain"][2:]], [[(0, [0])]])

    def test_page_shows_grams(self):
        self.write("tiny-grams")
        with open(self.path, "rb") as file:
            index = self.compare(file.read())
        self.assertEqual(page_bytes("## `grams`").hex(" "), index.chunks["grams"].hex(" "))
        self.assertEqual(index.grams[4, 3], (([(0, 2, 0)], None, None, None), None))

    def test_page_shows_classes(self):
        self.write("tiny-classes")
        with open(self.path, "rb") as file:
            index = self.compare(file.read())
        self.assertEqual(page_bytes("## `classes`").hex(" "), index.chunks["classes"].hex(" "))
        self.assertEqual([c[0] for c in index.classes["en"]], [[3, 6], [1, 4], [2, 5]])

    def test_page_shows_titles(self):
        self.write("tiny-classes")
        with open(self.path, "rb") as file:
            index = self.compare(file.read())
        self.assertEqual(page_bytes("## `titles`").hex(" "), index.chunks["titles"].hex(" "))
        self.assertEqual(index.titles, [(xxh3_64(struct.pack("<I", 3)), 0)])

    def test_page_shows_completions(self):
        self.write("tiny-classes")
        with open(self.path, "rb") as file:
            index = self.compare(file.read())
        self.assertEqual(page_bytes("## `completions`").hex(" "), index.chunks["completions"].hex(" "))

    def test_page_shows_groups(self):
        self.write("tiny-classes")
        with open(self.path, "rb") as file:
            index = self.compare(file.read())
        self.assertEqual(page_bytes("## `groups`").hex(" "), index.chunks["groups"].hex(" "))
        self.assertEqual(index.groups, [[0, 1]])

    def test_samples(self):
        # seed, articles, vocabulary, words of titles and bodies, batch, no text
        for options in ((1, 0, 3, 1, 1, 0, 0), (2, 1, 3, 200, 3000, 0, 0), (3, 129, 30, 3, 20, 0, 0),
                        (4, 1500, 60, 6, 40, 100, 0), (5, 12, 3000, 8, 20000, 5, 0), (6, 300, 500, 0, 50, 50, 1)):
            with self.subTest(options=options):
                self.compare(self.write("sample", *options))

    def test_samples_with_grams(self):
        # as above, then the bound, the least df, most words of ranked grams, dense
        for options in ((1, 0, 3, 1, 1, 0, 0, 1, 1, 2, 0), (2, 1, 3, 20, 60, 0, 0, 1, 1, 2, 0),
                        (3, 129, 30, 6, 20, 0, 0, 1, 1, 8, 0), (4, 1500, 60, 6, 40, 0, 1, 400, 20, 2, 0),
                        (5, 300, 12, 8, 50, 0, 1, 400, 30, 8, 2), (6, 300, 12, 8, 50, 0, 1, 0, 100, 0, 0)):
            with self.subTest(options=options):
                self.assertEqual(bool(self.compare(self.write("sample", *options)).grams), options[1] > 0)

    def test_best_articles(self):
        # of few lengths, so that many impacts are equal; the last of titles with a word more than seven times
        for options in ((8, 1400, 2, 0, 9, 0, 1), (9, 1500, 3, 4, 12, 0, 1), (10, 1400, 1, 20, 3, 0, 1)):
            with self.subTest(options=options):
                index = self.compare(self.write("sample", *options))
                tops = [everywhere[3] for _, everywhere, _ in index.terms.values() if len(everywhere[0]) >= 1000]
                self.assertTrue(tops)
                self.assertEqual(options[0] == 10, None in tops)
        # lists of runs of words, whose numbers are ranks
        index = self.compare(self.write("sample", 11, 2500, 3, 5, 30, 0, 1, 1, 1, 2, 0))
        self.assertTrue([everywhere for everywhere, _ in index.grams.values() if everywhere[3]])

    def test_samples_with_classes(self):
        # as above, then the bound and what a word's number leaves a rest by, in two languages
        for options in ((1, 0, 3, 1, 1, 0, 0, 1, 1, 2, 0, 1, 2, 3), (2, 1, 3, 20, 60, 0, 0, 1, 1, 2, 0, 1, 2, 3),
                        (3, 129, 30, 6, 20, 0, 0, 1, 1, 8, 0, 600, 5, 20), (4, 1500, 60, 6, 40, 0, 1, 400, 20, 2, 0, 12000, 7, 9),
                        (5, 300, 12, 8, 50, 0, 1, 400, 30, 8, 2, 1, 0, 4), (6, 40, 900, 4, 50, 0, 1, 1, 9, 2, 0, 40, 301, 0)):
            with self.subTest(options=options):
                index = self.compare(self.write("sample", *options))
                self.assertEqual(any(index.classes.values()), options[1] > 0)

    def test_decoder_sees_damage(self):
        data = self.write("sample", 7, 20, 40, 3, 30, 0, 0, 1, 1, 2, 0, 20, 5, 7)
        chance = random.Random(7)
        for at in chance.sample(range(len(data)), 300):
            damaged = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1:]
            with self.assertRaises(decode.Damaged, msg=at):
                decode.Decoded(damaged)

    def test_sample_articles(self):
        articles = os.path.join(SOURCE, "data/articles")
        if not os.path.isdir(articles):
            self.skipTest("there is no data/articles")
        self.assertGreater(len(self.compare(self.build(articles)).fields), 0)
        self.assertEqual(self.compare(self.build(articles, options=["--no-text"])).pieces, [])

    def test_reordered_articles(self):
        articles = os.path.join(SOURCE, "data/articles")
        if not os.path.isdir(articles):
            self.skipTest("there is no data/articles")
        plain = self.compare(self.build(articles))
        index = self.compare(self.build(articles, options=["--reorder"]))
        self.assertIsNone(plain.order)
        self.assertEqual([index.fields[index.order.index(i)] for i in range(len(index.order))], plain.fields)

    def test_best_articles_of_a_reordered_list(self):
        """Many of equal impact: the ten are those that came first."""
        chance, source = random.Random(12), os.path.join(self.folder, "ties.jsonl")
        with open(source, "w") as out:
            for i in range(1300):
                words = ["t%dw%d" % (i % 7, chance.randrange(9)) for _ in range(chance.choice([5, 9]))]
                out.write(json.dumps({"id": "a%d" % i, "body": " ".join(words + ["the"] * chance.randrange(1, 3))}) + "\n")
        index = self.compare(self.build(source, options=["--reorder"]))
        ten = index.terms[b"the"][1][3][0]
        places = [index.order[article] for article, _, _ in ten]
        self.assertEqual(places, sorted(places))
        self.assertNotEqual([article for article, _, _ in ten], sorted(article for article, _, _ in ten))
        subprocess.run([INDEXER, "check", self.path], check=True, capture_output=True)

    def test_shared_articles(self):
        articles = os.path.join(SHARED, "articles")
        if not os.path.isdir(articles):
            self.skipTest("there is no %s" % articles)
        self.assertGreater(len(self.compare(self.build(articles)).fields), 0)

    def test_articles_with_all_grams(self):
        """The builder's grams, where the rule picks every run of words, and where it picks some."""
        for articles in (os.path.join(SOURCE, "data/articles"), os.path.join(SHARED, "articles")):
            if not os.path.isdir(articles):
                continue
            for bound, least_df in ((1, 1), (30, 2), (100, 3)):
                with self.subTest(articles=articles, bound=bound):
                    subprocess.run([os.path.join(TOOLS, "golden_build"), self.path, str(bound), str(least_df), articles],
                                   check=True)
                    with open(self.path, "rb") as file:
                        self.assertGreater(len(self.compare(file.read()).grams), 0)

    def test_builder_against_brute_force(self):
        """Words of ASCII letters alone, so that one line here knows what they are and where."""
        chance = random.Random(11)
        vocabulary = ["".join(chance.choices("abcdefgh", k=chance.randrange(2, 9))) for _ in range(600)]
        articles = []
        for i in range(700):
            text = [chance.choice(vocabulary[:int(chance.paretovariate(0.5)) + 1 if chance.random() < 0.8 else 600])
                    for _ in range(chance.choice([1, 20, 90, 4000 if i % 100 == 0 else 200]))]
            articles.append({"id": "n%d" % i, "title": " ".join(chance.sample(vocabulary, i % 5)),
                             "body": chance.choice([" ", "\n", ", ", "; "]).join(text).capitalize()})
        with open(os.path.join(self.folder, "articles.jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(article) + "\n" for article in articles)
        index = self.compare(self.build(os.path.join(self.folder, "articles.jsonl"), options=["--threads", "2"]))
        expected = {}
        for number, article in enumerate(articles):
            title = re.findall("[a-z]+", article["title"].lower())
            start = len(title) + 1024 if title else 0
            body = re.findall("[a-z]+", article["body"].lower())
            for position, word in list(enumerate(title)) + list(enumerate(body, start)):
                expected.setdefault(word.encode(), {}).setdefault(number, []).append(position)
        found = {key: dict(lists[1][0]) for key, lists in index.terms.items() if key[0] > 2}
        self.assertEqual(found, expected)
        bodies = {}
        for number, _, _, piece in index.pieces:
            bodies[number] = bodies.get(number, b"") + piece
        self.assertEqual(bodies, {i: a["body"].encode() for i, a in enumerate(articles)})


if __name__ == "__main__":
    sys.exit(unittest.main())
