"""Collections with judgements: articles, questions, and which articles answer which."""
import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Its articles, from the folder of corpora; its questions and judgements are in relevance/NAME.
ARTICLES = {"time": "relevance/time/docs.jsonl", "cranfield": "relevance/cranfield/docs.jsonl",
            "medline": "relevance/medline/docs.jsonl", "fever": "enwiki2015.jsonl"}


class Collection:
    def __init__(self, name, corpora):
        self.name = name
        self.articles = os.path.join(corpora, ARTICLES[name])
        self.queries = os.path.join(corpora, "relevance", name, "queries.tsv")
        self.judgements = os.path.join(corpora, "relevance", name, "qrels.txt")


def corpora_folder(shared):
    """Where the corpora are unpacked; None where there are none."""
    program = os.path.join(shared, "corpora", "unpack")
    if not os.access(program, os.X_OK):
        return None
    return subprocess.run([program], check=True, capture_output=True, text=True).stdout.split("\n")[0]


def collections(corpora, names):
    """Those of the names that are there."""
    found = [Collection(name, corpora) for name in names]
    return [each for each in found
            if all(os.path.exists(path) for path in (each.articles, each.queries, each.judgements))]
