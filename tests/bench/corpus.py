"""The corpus of the benchmark, folded, its slices and its questions, made once in the work folder."""
import json
import os
import random
import re
import subprocess
import sys

QUICK_ARTICLES = 30000
SAMPLED = 6000
BATCH = 50000
SEED = 4


def folded(query):
    """The tokens that the corpus is folded to."""
    return " ".join(re.findall(r"[a-z0-9]+", query.lower()))


def write_slice(source, target, step):
    """Every step-th line."""
    with open(source, "rb") as lines, open(target, "wb") as out:
        out.writelines(line for number, line in enumerate(lines) if number % step == 0)


def write_head(source, target, count):
    with open(source, "rb") as lines, open(target, "wb") as out:
        out.writelines(line for _, line in zip(range(count), lines))


def unpack(shared):
    """Where the corpora lie."""
    said = subprocess.run([os.path.join(shared, "corpora", "unpack")], check=True, capture_output=True, text=True)
    return said.stdout.split()[-1]


class Corpus:
    """Files of the work folder, each made when it is first asked for."""

    def __init__(self, work, peers, shared, quick):
        self.root, self.peers, self.shared, self.quick = work, peers, shared, quick
        self.folder = os.path.join(work, "quick") if quick else work
        os.makedirs(self.folder, exist_ok=True)
        self._corpora = None

    @property
    def corpora(self):
        self._corpora = self._corpora or unpack(self.shared)
        return self._corpora

    def path(self, name):
        return os.path.join(self.folder, name)

    def made(self, name, make):
        path = self.path(name)
        if not os.path.exists(path):
            make(path + ".part")
            os.rename(path + ".part", path)
        return path

    def run_peer_script(self, script, *words):
        subprocess.run([sys.executable, os.path.join(self.peers, script), *words], check=True,
                       stdout=subprocess.DEVNULL)

    def fold(self, target):
        print("folding the corpus", file=sys.stderr, flush=True)
        self.run_peer_script("normalise.py", target, "200", os.path.join(self.corpora, "enwiki2015.jsonl"))

    def articles(self):
        """{"id","text"} lines."""
        if self.quick:
            whole = Corpus(self.root, self.peers, self.shared, False)
            return self.made("bench.jsonl", lambda t: write_head(whole.articles(), t, QUICK_ARTICLES))
        return self.made("bench.jsonl", self.fold)

    def part(self, step):
        """1/step of the articles, spread evenly."""
        return self.made("bench-%d.jsonl" % step, lambda t: write_slice(self.articles(), t, step))

    def rows(self):
        """The query file of all engines."""
        queries = os.path.join("queries", "search_benchmark_game.jsonl")
        return self.made("queries.tsv", lambda t: self.run_peer_script(
            "queries.py", self.articles(), os.path.join(self.corpora, queries), "1", t))

    def size(self):
        """Articles, words and bytes."""
        def count(target):
            articles = words = 0
            with open(self.articles()) as lines:
                for line in lines:
                    articles, words = articles + 1, words + line.count(" ") + 1
            with open(target, "w") as out:
                json.dump({"articles": articles, "words": words, "bytes": os.path.getsize(self.articles())}, out)
        with open(self.made("size.json", count)) as file:
            return json.load(file)

    # --- phrases that are asked once -----------------------------------------------------------

    def web_queries(self, most=7):
        """TREC's million queries (60,000 of them), of two words to so many: most stand nowhere."""
        with open(os.path.join(self.corpora, "queries", "trec_million_query.tsv"), encoding="utf-8",
                  errors="replace") as lines:
            found = [folded(line.partition("\t")[2]) for line in lines]
        return [q for q in dict.fromkeys(found) if 2 <= len(q.split()) <= most]

    def tasks(self):
        """luceneutil's phrases."""
        with open(os.path.join(self.corpora, "queries", "luceneutil_wikimedium_10M.tasks")) as lines:
            found = [re.match(r'\w+Phrase: "([^"]+)"(?!~)', line) for line in lines]
        return list(dict.fromkeys(folded(m.group(1)) for m in found if m and " " in m.group(1)))

    def standing(self, count):
        """Phrases of two to seven words drawn from the articles."""
        def draw(target):
            rnd, lines = random.Random(SEED), set()
            with open(self.articles()) as articles:
                texts = [line for line in articles if rnd.random() < 0.25]
            with open(target, "w") as out:
                while len(lines) < BATCH:
                    words, n = json.loads(rnd.choice(texts))["text"].split(" "), rnd.randint(2, 7)
                    start = rnd.randrange(max(1, len(words) - n))
                    phrase = " ".join(words[start:start + n])
                    if phrase not in lines and " " in phrase:
                        lines.add(phrase)
                        out.write(phrase + "\n")
        with open(self.made("standing.txt", draw)) as phrases:
            return phrases.read().split("\n")[:count]

    def phrase_rows(self, name, command, phrases):
        """A query file of these phrases."""
        def write(target):
            with open(target, "w") as out:
                out.writelines("%s\tphrase\t%s\n" % (command, phrase) for phrase in phrases())
        return self.made("%s-%s.tsv" % (name, command), write)
