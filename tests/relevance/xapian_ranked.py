"""Xapian as it comes: the English stemmer and stop words, BM25, any of the query's words. The same two commands
as Ranked.java's."""
import json
import shutil
import sys

import xapian

WANTED = 100
STOP_WORDS = """a about an and are as at be by for from how in is it of on or that the this to was what when where
who will with""".split()


def make_index(articles, folder):
    shutil.rmtree(folder, ignore_errors=True)
    database = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    with open(articles, encoding="utf-8") as lines:
        for line in lines:
            article, document = json.loads(line), xapian.Document()
            generator.set_document(document)
            generator.index_text(article.get("title") or "")
            generator.increase_termpos()
            generator.index_text(article.get("body") or "")
            document.set_data(article["id"])
            database.add_document(document)
    database.commit()


def ask(folder, queries):
    database, parser = xapian.Database(folder), xapian.QueryParser()
    stopper = xapian.SimpleStopper()
    for word in STOP_WORDS:
        stopper.add(word)
    parser.set_stemmer(xapian.Stem("en"))
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    parser.set_stopper(stopper)
    parser.set_default_op(xapian.Query.OP_OR)
    with open(queries, encoding="utf-8") as lines:
        for line in lines:
            name, text = line.rstrip("\n").split("\t", 1)
            enquire = xapian.Enquire(database)
            enquire.set_query(parser.parse_query(text, 0))
            for match in enquire.get_mset(0, WANTED):
                print(name, "Q0", match.document.get_data().decode(), match.rank + 1, match.weight, "xapian")


if sys.argv[1] == "index":
    make_index(sys.argv[2], sys.argv[3])
else:
    ask(sys.argv[2], sys.argv[3])
