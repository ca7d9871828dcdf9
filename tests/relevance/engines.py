"""What ranks: Verbatim, and beside it Lucene and Xapian as they come. Each makes an index of a collection and prints
of every question the best hundred articles in TREC's form."""
import glob
import os
import subprocess

from judged import ROOT

HERE = os.path.join(ROOT, "tests", "relevance")
WANTED = 100


def run(words, **setting):
    """What the program printed. What it complained of is told where it failed."""
    done = subprocess.run(words, capture_output=True, text=True, **setting)
    if done.returncode != 0:
        raise RuntimeError("%s ended with %d: %s" % (words[0], done.returncode, done.stderr.strip()[-500:]))
    return done.stdout


class Verbatim:
    """The default configuration, whatever the collection, but for op=or: any of the words, as the others do."""
    label = "Verbatim"
    programs = os.path.join(ROOT, "build", "release", "bin")

    def ready(self):
        return True

    def make(self, collection, folder):
        path = os.path.join(folder, "verbatim-%s.vbt" % collection.name)
        run([os.path.join(self.programs, "verbatim-index"), "build", "--quiet", "-o", path, collection.articles])
        return path

    def ask(self, index, queries):
        return run([os.path.join(self.programs, "verbatim-search"), "--quiet", "--batch=" + queries, "--format=trec",
                    "--op=or", "--limit=%d" % WANTED, "--snippets=0", index])


class Lucene:
    """The English analyzer and BM25, with title and body as one field or as the sum of two."""
    folder = os.path.join(HERE, "lucene")

    def __init__(self, label, fields, work):
        self.label, self.fields, self.target = label, fields, os.path.join(work, "lucene")

    def command(self):
        home = max(glob.glob("/usr/lib/jvm/*2[1-9]*/bin/java"), default=None)
        return home and [home, "-cp", "%s/*:%s/dependency/*" % (self.target, self.target), "Ranked"]

    def ready(self):
        if not self.command():
            return False
        if not glob.glob(os.path.join(self.target, "*.jar")):
            java = os.path.dirname(os.path.dirname(self.command()[0]))
            run(["mvn", "-q", "-f", self.folder, "-DbuildDirectory=" + self.target, "package",
                 "dependency:copy-dependencies"], env=dict(os.environ, JAVA_HOME=java))
        return True

    def make(self, collection, folder):
        path = os.path.join(folder, "lucene-" + collection.name)
        run([*self.command(), "index", collection.articles, path])
        return path

    def ask(self, index, queries):
        return run([*self.command(), "ask", index, queries, *self.fields])


class Xapian:
    label = "Xapian, English"
    command = ["/usr/bin/python3", os.path.join(HERE, "xapian_ranked.py")]

    def ready(self):
        return subprocess.run([*self.command[:1], "-c", "import xapian"], capture_output=True).returncode == 0

    def make(self, collection, folder):
        path = os.path.join(folder, "xapian-" + collection.name)
        run([*self.command, "index", collection.articles, path])
        return path

    def ask(self, index, queries):
        return run([*self.command, "ask", index, queries])


def engines(work):
    return {"verbatim": Verbatim(), "lucene": Lucene("Lucene English, one field", ["all"], work),
            "lucene-two": Lucene("Lucene English, title + body", ["title", "body"], work), "xapian": Xapian()}
