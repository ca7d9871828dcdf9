#!/usr/bin/env python3
"""The benchmark's own sums, on numbers small enough to be done by hand."""
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import arithmetic
import corpus
import engines
import measures
import page
import plot
from rows import ROWS

PHRASE, COUNT = ("TOP_10", "phrase", "a b"), ("TOP_10_COUNT", "phrase", "a b")


class Sums(unittest.TestCase):
    def test_summary(self):
        got = arithmetic.summary([4.0, 1.0, 1.0, 2.0])
        self.assertEqual(got, {"n": 4, "mean": 2.0, "median": 1.5, "p99": 4.0, "max": 4.0})

    def test_percentile(self):
        hundred = list(range(100, 0, -1))
        self.assertEqual(arithmetic.percentile(hundred, 0.99), 99)
        self.assertEqual(arithmetic.percentile(hundred, 0.5), 50)
        self.assertEqual(arithmetic.percentile(hundred, 1.0), 100)
        self.assertEqual(arithmetic.percentile([7], 0.01), 7)

    def test_best_of_keeps_the_lesser_time(self):
        first = {PHRASE: (-1, 5.0, "1"), COUNT: (3, 9.0, "1")}
        then = {PHRASE: (-1, 6.0, "1"), COUNT: (3, 8.0, "1")}
        self.assertEqual(arithmetic.best_of(first, then), {PHRASE: (-1, 5.0, "1"), COUNT: (3, 8.0, "1")})
        self.assertEqual(arithmetic.best_of({}, then), then)

    def test_best_of_refuses_a_count_that_changes(self):
        with self.assertRaises(ValueError):
            arithmetic.best_of({COUNT: (3, 1.0, "")}, {COUNT: (4, 1.0, "")})

    def test_ratio(self):
        self.assertEqual(arithmetic.ratio(2, 8), 0.25)
        self.assertIsNone(arithmetic.ratio(2, None))
        self.assertIsNone(arithmetic.ratio(None, 8))

    def test_best(self):
        means = {"x": 5.0, "y": 3.0, "z": 1.0, "w": None}
        self.assertEqual(arithmetic.best(means, ["x", "y", "w"]), ("y", 3.0))
        self.assertEqual(arithmetic.best(means, ["w", "absent"]), (None, None))

    def test_growth_exponent(self):
        sizes = [1, 2, 4, 8]
        self.assertAlmostEqual(arithmetic.growth_exponent(sizes, [3 * n for n in sizes]), 1.0)
        self.assertAlmostEqual(arithmetic.growth_exponent(sizes, [3, 3, 3, 3]), 0.0)
        self.assertAlmostEqual(arithmetic.growth_exponent(sizes, [n ** 0.5 for n in sizes]), 0.5)

    def test_budget(self):
        self.assertTrue(arithmetic.within_budget(int(1.1 * (64 << 20)) + (64 << 20), 64 << 20))
        self.assertFalse(arithmetic.within_budget(int(1.1 * (64 << 20)) + (64 << 20) + 2, 64 << 20))


class Void(unittest.TestCase):
    results = {
        "ours": {PHRASE: (-1, 1.0, ""), COUNT: (10, 1.0, "")},
        "exact": {PHRASE: (7, 2.0, ""), COUNT: (10, 2.0, "")},
        "inexact": {PHRASE: (9, 3.0, ""), COUNT: (40, 3.0, "")},
    }

    def test_agreement(self):
        self.assertEqual(arithmetic.void_rows(self.results, {"ours", "exact"}), {})

    def test_only_counted_rows_can_be_void(self):
        void = arithmetic.void_rows(self.results, {"ours", "exact", "inexact"})
        self.assertEqual(void, {COUNT: {"ours": 10, "exact": 10, "inexact": 40}})

    def test_wrong_rows(self):
        self.assertEqual(arithmetic.wrong_rows(self.results, "inexact", "exact"), {COUNT: (40, 10)})
        self.assertEqual(arithmetic.wrong_rows(self.results, "ours", "exact"), {})

    def test_rows_that_not_all_answered_are_left_out(self):
        partly = dict(self.results, exact={PHRASE: (7, 2.0, "")})
        self.assertEqual(arithmetic.common_rows(partly), {PHRASE})
        self.assertEqual(arithmetic.common_rows({}), set())

    def test_tops_with_and_without_a_count(self):
        same = {PHRASE: (-1, 1.0, "1:2.0 5:1.0"), COUNT: (10, 1.0, "1:2.0 5:1.0")}
        self.assertEqual(arithmetic.differing_tops(same), [])
        same[PHRASE] = (-1, 1.0, "1:2.0 6:1.0")
        self.assertEqual(arithmetic.differing_tops(same), [("phrase", "a b")])


class Rows(unittest.TestCase):
    def held_by(self, row):
        return [r.title for r in ROWS if r.holds(row)]

    def test_each_query_is_in_its_rows(self):
        self.assertEqual(self.held_by(("TOP_10", "phrase", "bora bora")), ["phrase, ten best"])
        self.assertEqual(self.held_by(("TOP_10_COUNT", "phrase", "to be or not to be")),
                         ["phrase, ten best and exact count", "phrase of stop words, ten best and count"])
        self.assertEqual(self.held_by(("TOP_10", "term", "the")), ["one word, ten best"])
        self.assertEqual(self.held_by(("COUNT", "phrase", "bora bora")), [])


class Engines(unittest.TestCase):
    def test_answers_are_read(self):
        text = "TOP_10\tphrase\ta b\t-1\t5.25\t7:1.5000 9:1.2500\nTOP_10_COUNT\tphrase\ta b\t0\t2.00\t\n"
        self.assertEqual(engines.read_answers(text), {PHRASE: (-1, 5.25, "7:1.5000 9:1.2500"), COUNT: (0, 2.0, "")})

    def test_numbers_are_read(self):
        self.assertEqual(engines.read_numbers("noise\nindex_s\t1.50\tmerged_s\t2.00\tbytes\t12\n"),
                         {"index_s": 1.5, "merged_s": 2.0, "bytes": 12.0})

    def test_an_index_is_prepared_for_its_corpus_alone(self):
        with tempfile.TemporaryDirectory() as work:
            record = os.path.join(work, "index-x.json")
            engines.write_record(record, "corpus 1", {"index_s": 1.0})
            self.assertEqual(engines.read_record(record, "corpus 1")["index_s"], 1.0)
            self.assertIsNone(engines.read_record(record, "corpus 2"))
            self.assertIsNone(engines.read_record(record + "none", "corpus 1"))


class Corpus(unittest.TestCase):
    def test_a_slice_is_spread(self):
        with tempfile.TemporaryDirectory() as work:
            whole, part = os.path.join(work, "whole"), os.path.join(work, "part")
            with open(whole, "w") as out:
                out.write("".join("%d\n" % n for n in range(10)))
            corpus.write_slice(whole, part, 4)
            with open(part) as lines:
                self.assertEqual(lines.read().split(), ["0", "4", "8"])

    def test_words_of_a_query(self):
        self.assertEqual(corpus.folded("U.S. oil-Industry"), "u s oil industry")


class Page(unittest.TestCase):
    rows = [("TOP_10", "and", "a b"), ("TOP_10", "and", "c d")]

    def lines(self, times):
        """Of the first table, for engines that took these microseconds for two queries."""
        results = {name: {row: (-1, us, "") for row, us in zip(self.rows, pair)} for name, pair in times.items()}
        goals = page.Goals()
        page.add_query_goals(goals, {"results": results, "keys": set(self.rows)})
        return goals.lines

    def test_a_goal_that_is_reached(self):
        self.assertEqual(self.lines({"verbatim": (10.0, 20.0), "tantivy": (30.0, 30.0), "lucene": (90.0, 10.0)}),
                         [["all words (AND), ten best, µs, mean", "15.0", "30.0 (Tantivy)", "0.50", "≤ 1/2", "yes", ""]])

    def test_a_goal_that_is_missed(self):
        line, = self.lines({"verbatim": (16.0, 16.0), "tantivy": (30.0, 30.0)})
        self.assertEqual(line[3:6], ["0.53", "≤ 1/2", "no"])

    def test_the_inexact_engine_bounds_but_is_not_the_best(self):
        line, = self.lines({"verbatim": (10.0, 10.0), "tantivy": (30.0, 30.0), "seekstorm": (9.0, 9.0)})
        self.assertEqual(line[2:], ["30.0 (Tantivy)", "0.33", "≤ 1/2", "no", "9.0"])
        line, = self.lines({"verbatim": (8.0, 10.0), "tantivy": (30.0, 30.0), "seekstorm": (9.0, 9.0)})
        self.assertEqual(line[5], "yes")

    def test_what_is_ours_is_not_the_best_other(self):
        line, = self.lines({"verbatim": (10.0, 10.0), "verbatim-reordered": (9.0, 9.0), "tantivy": (30.0, 30.0)})
        self.assertEqual(line[2:4], ["30.0 (Tantivy)", "0.33"])

    def test_nobody_to_compare_with(self):
        line, = self.lines({"verbatim": (10.0, 10.0)})
        self.assertEqual(line[2:6], ["–", "–", "≤ 1/2", "–"])

    def test_what_is_compared_of_a_file(self):
        chunks = {"lexicon": 1, "postings": 2, "positions": 4, "grams": 8, "norms": 16, "title_words": 32, "ids": 64}
        self.assertEqual(page.compared_bytes(chunks), 31)

    def test_the_least_time_of_two_builds(self):
        first = {"index_s": 3.0, "merged_s": 5.0, "peak_bytes": 7}
        then = {"index_s": 2.0, "merged_s": 6.0, "peak_bytes": 4}
        self.assertEqual(measures.least(first, then), {"index_s": 2.0, "merged_s": 5.0, "peak_bytes": 7})

    def test_building_is_beside_the_index_that_is_asked(self):
        record = {"index_s": 2.0, "merged_s": 2.0, "bytes": 9}
        other = {"index_s": 3.0, "merged_s": 5.0, "bytes": 9}
        goals = page.Goals()
        page.add_building_goals(goals, {
            "ours": {v: record for v in ("grams", "no-grams", "text")}, "others": {"tantivy": other},
            "stored": {"tantivy": other}, "info": {v: {"chunks": {}} for v in ("grams", "no-grams")}, "peaks": {64: 1}})
        self.assertEqual(goals.lines[0][:6], ["building, s", "2.0", "5.0 (Tantivy)", "0.40", "≤ 1/2", "yes"])
        self.assertEqual(goals.lines[1][1:6], ["2.0", "3.0 (Tantivy)", "0.67", "", ""])
        self.assertIn("stored", goals.lines[2][0])

    def test_times_of_a_busy_machine_are_not_told(self):
        record = {"index_s": 2.0, "merged_s": 3.0, "cpu_s": 4.0, "load": 3.0, "when": "2026-01-01"}
        self.assertEqual(page.building_times(record), ("2.0", "3.0", "4.0"))
        record["earlier"] = True
        self.assertEqual(page.building_times(record), ("–", "–", "–"))
        record["load"] = 0.1
        self.assertEqual(page.building_times(record), ("2.0 (2026-01-01)", "3.0", "4.0"))

    def test_growth_beside_the_corpus(self):
        growth = [{"share": share, "cost": {c: {"mean": mean, "median": mean} for c in page.COMMANDS}}
                  for share, mean in ((0.25, 2.0), (1, 4.0))]
        goals = page.Goals()
        page.add_growth_goal(goals, growth)
        self.assertEqual(goals.lines[0][1:6], ["0.50", "", "", "< 1", "yes"])
        self.assertIn("| 1/4 | 2.0 / 2.0 |", page.growth_details(growth))
        self.assertIn("2.00 ×", page.growth_details(growth))


class Plot(unittest.TestCase):
    def test_places_on_the_scale(self):
        scale = plot.Scale(1, 1000, 0, 300)
        self.assertEqual([round(scale.at(v)) for v in (1, 10, 100, 1000)], [0, 100, 200, 300])
        self.assertEqual(list(scale.decades()), [1, 10, 100, 1000])

    def test_marks_are_not_lost(self):
        names = [("verbatim", "Verbatim"), ("lucene", "Lucene")]
        drawn = plot.draw("t", [("row", {"verbatim": 3.0, "lucene": 30.0}), ("other", {"lucene": 7.0})], names, "note")
        self.assertEqual(drawn.count("<title>"), 3)
        self.assertIn(">3.0</text>", drawn)


if __name__ == "__main__":
    unittest.main()
