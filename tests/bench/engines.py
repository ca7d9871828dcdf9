"""The engines: how each is built, how its index is made and asked. The contract is told in
verbatim_bench.c; the programs of the others lie in the folder of peers."""
import glob
import json
import os
import resource
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


# As tables and the picture call them.
LABELS = {"verbatim": "Verbatim", "verbatim-reordered": "Verbatim reordered", "lucene": "Lucene",
          "lucene-bp": "Lucene reordered", "tantivy": "Tantivy", "seekstorm": "SeekStorm", "xapian": "Xapian",
          "fts5": "FTS5"}
INEXACT = {"seekstorm"}
OURS = {"verbatim", "verbatim-reordered"}  # whatever we are compared with, it is none of these


def say(text):
    print(text, file=sys.stderr, flush=True)


def children_seconds():
    """Of processors, that programs took which we started and which have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def read_numbers(text):
    """The last line of `PEER index`: names and numbers by turns."""
    words = text.strip().split("\n")[-1].split("\t")
    return {name: float(value) for name, value in zip(words[::2], words[1::2])}


def read_answers(text):
    """What `PEER query` printed: {(command, kind, query): (count, microseconds, ids)}."""
    rows = {}
    for line in text.splitlines():
        command, kind, query, count, us, ids = (line.split("\t") + [""])[:6]
        rows[command, kind, query] = (int(count), float(us), ids.strip())
    return rows


def write_record(path, corpus, numbers):
    with open(path, "w") as out:
        json.dump(dict(numbers, corpus=corpus, when=time.strftime("%Y-%m-%d %H:%M")), out)


def read_record(path, corpus):
    """What was written when the index was made, if it was made of this corpus; else None."""
    try:
        with open(path) as file:
            record = json.load(file)
    except (OSError, ValueError):
        return None
    return record if record["corpus"] == corpus else None


class Engine:
    """exact: its counts are right by promise. stores: it can store the text. prepared: its index is slow to
    make and is kept between runs. few: it answers so slowly that two rounds must do. setting: what its program
    finds in the environment."""

    def __init__(self, name, command, artifact=None, recipe=None, words=(), stores=False, prepared=False, few=False,
                 setting=None):
        self.name, self.label, self.exact = name, LABELS[name], name not in INEXACT
        self.command, self.artifact, self.recipe, self.words = command, artifact, recipe, list(words)
        self.stores, self.prepared, self.few, self.setting = stores, prepared, few, setting or {}

    def ready(self):
        """Builds the program where it is not there yet; whether it is there now."""
        if not self.command:
            return False
        if self.artifact and not glob.glob(self.artifact):
            say("%s: building the program" % self.label)
            if subprocess.run(self.recipe, shell=True, stdout=subprocess.DEVNULL).returncode != 0:
                return False
        return True

    def run(self, words, **setting):
        environment = dict(os.environ, **self.setting, **setting)
        done = subprocess.run(self.command + words, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError("%s %s ended with %d: %s" % (self.label, words[0], done.returncode,
                                                              done.stderr.strip()[-500:]))
        return done.stdout

    def build(self, articles, folder, **setting):
        for path in (folder, folder + ".db", folder + "-compact"):
            shutil.rmtree(path, ignore_errors=True) if os.path.isdir(path) else os.path.exists(path) and os.remove(path)
        before = children_seconds()
        numbers = read_numbers(self.run(["index", articles, folder, *self.words], **setting))
        return dict(numbers, cpu_s=children_seconds() - before)

    def ask(self, folder, queries, rounds):
        return read_answers(self.run(["query", folder, queries, str(rounds)]))


def java_home():
    """Of the newest JDK from 21 on."""
    found = []
    for compiler in glob.glob("/usr/lib/jvm/*/bin/javac"):
        run = subprocess.run([compiler, "-version"], capture_output=True, text=True)
        digits = (run.stdout + run.stderr).split()[-1].split(".")[0]
        if digits.isdigit() and int(digits) >= 21:
            found.append((int(digits), os.path.dirname(os.path.dirname(compiler))))
    return max(found)[1] if found else None


def lucene(peers):
    home, folder = java_home(), os.path.join(peers, "lucene")
    jars = ":".join(os.path.join(folder, "target", p) for p in ("*", "dependency/*"))
    command = ["%s/bin/java" % home, "--add-modules", "jdk.incubator.vector", "-cp", jars, "Peer"]
    recipe = "cd '%s' && JAVA_HOME='%s' mvn -q package dependency:copy-dependencies" % (folder, home)
    common = {"command": home and command, "recipe": recipe,
              "artifact": os.path.join(folder, "target", "dependency", "lucene-core-*.jar")}
    return [Engine("lucene", stores=True, **common),
            Engine("lucene-bp", words=["bp"], prepared=True, **common)]


def cargo(peers, name, flags="", **more):
    program = os.path.join(peers, name, "target", "release", name + "-peer")
    there = shutil.which("cargo") or os.path.exists(program)
    recipe = "cd '%s' && RUSTFLAGS='%s' cargo build -q --release" % (os.path.join(peers, name), flags)
    return Engine(name, there and [program], program, recipe, **more)


def compiled(peers, name, call):
    folder = os.path.join(peers, name)
    program = os.path.join(folder, "peer")
    return Engine(name, [program], program, "cd '%s' && %s" % (folder, call), prepared=True, few=True)


def others(peers):
    flags = "$(pkg-config --cflags --libs %s)"
    return lucene(peers) + [
        cargo(peers, "tantivy", stores=True),
        cargo(peers, "seekstorm", "-C target-cpu=native", words=["rich"], prepared=True),
        compiled(peers, "xapian", "g++ -O2 peer.cc -o peer " + flags % "xapian-core jansson"),
        compiled(peers, "fts5", "gcc -O2 peer.c -o peer " + flags % "sqlite3 jansson"),
    ]


def verbatim(programs):
    command = [os.path.join(programs, "verbatim-bench")]
    return [Engine("verbatim", command, stores=True),
            Engine("verbatim-reordered", command, setting={"REORDER": "1"})]


def available(programs, peers, wanted):
    """Ours and those of the others that are there or can be built; says which are not."""
    found = []
    for engine in verbatim(programs) + (others(peers) if peers else []):
        if wanted and engine.name not in wanted and engine.name != "verbatim":
            continue
        if engine.ready():
            found.append(engine)
        else:
            say("left out, as it cannot be built here: %s" % engine.label)
    return found
