"""How well the best articles come first: runs the engines over collections with judgements and prints nDCG@10 of
each, as ir_measures has it. See docs/relevance.md."""
import argparse
import os
import sys

import ir_measures
from ir_measures import AP, RR, nDCG

from engines import engines
from judged import ARTICLES, ROOT, collections, corpora_folder

MEASURES = {"nDCG@10": nDCG @ 10, "MRR@10": RR @ 10, "AP@100": AP @ 100}


def scores_of(engine, collection, folder):
    """{measure: value}, every question counted, one without an answer as 0."""
    answers = engine.ask(engine.make(collection, folder), collection.queries)
    path = os.path.join(folder, "run.trec")
    with open(path, "w") as out:
        out.write(answers)
    judged = list(ir_measures.read_trec_qrels(collection.judgements))
    found = ir_measures.calc_aggregate(list(MEASURES.values()), judged, list(ir_measures.read_trec_run(path)))
    return {name: found[measure] for name, measure in MEASURES.items()}


def table(measure, results, names):
    print("\n| %s | %s |" % (measure, " | ".join(names)))
    print("|---|%s" % ("---|" * len(names)))
    for label, scores in results.items():
        cells = ["%.3f" % scores[name][measure] if name in scores else "–" for name in names]
        print("| %s | %s |" % (label, " | ".join(cells)))


def arguments():
    parser = argparse.ArgumentParser(prog="./run relevance", description=__doc__)
    parser.add_argument("--only", default=",".join(ARTICLES), metavar="NAMES", help="some of the collections: %(default)s")
    parser.add_argument("--engines", default="verbatim,lucene,lucene-two,xapian", metavar="NAMES", help="%(default)s")
    parser.add_argument("--shared", default=os.path.join(ROOT, "..", "shared"), metavar="FOLDER",
                        help="where corpora/unpack is")
    parser.add_argument("--work", default=os.path.join(ROOT, "build", "relevance"), metavar="FOLDER")
    return parser.parse_args()


def main():
    asked = arguments()
    os.makedirs(asked.work, exist_ok=True)
    corpora = corpora_folder(asked.shared)
    if not corpora:
        sys.exit("run relevance: there are no corpora in '%s'" % asked.shared)
    found = collections(corpora, asked.only.split(","))
    known, results = engines(asked.work), {}
    for name in asked.engines.split(","):
        engine = known[name]
        if not engine.ready():
            print("%s is not there: left out" % engine.label, file=sys.stderr)
            continue
        results[engine.label] = {each.name: scores_of(engine, each, asked.work) for each in found}
    for measure in MEASURES:
        table(measure, results, [each.name for each in found])


main()
