"""HTTP under load: wrk against verbatim-serve, and against the same library with a fixed reply."""
import os
import re
import shutil
import subprocess
import urllib.parse
import urllib.request

import engines
from engines import say

HERE = os.path.dirname(os.path.abspath(__file__))
CONNECTIONS = (1, 64)
TURNS, SECONDS = 4, 2  # many short ones: one connection goes at one of two speeds, as the processors are chosen
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A server in a process of its own, from its start to its end."""

    def __init__(self, command, port_pattern):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        self.port = None
        while self.port is None:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError("%s did not start" % command[0])
            found = re.search(port_pattern, line)
            self.port = int(found.group(1)) if found else None

    def cpu_seconds(self):
        with open("/proc/%d/stat" % self.process.pid) as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def blocks(self):
        """Blocks of stored fields and text read so far: kept inflated, and all; zeros of another server."""
        try:
            with urllib.request.urlopen("http://127.0.0.1:%d/metrics" % self.port) as reply:
                text = reply.read().decode("latin-1")
        except OSError:
            return 0, 0
        kept, others = (sum(map(int, re.findall(r'verbatim_blocks_total\{.*kept="%s"\} (\d+)' % answer, text)))
                        for answer in ("yes", "no"))
        return kept, kept + others

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def serve_fixed(bench, threads):
    return Server([bench.program("verbatim-fixed-reply"), str(threads)], r"^(\d+)$")


def serve_index(bench, threads):
    path = os.path.join(bench.ours_at("text"), "bench.vbt")
    root = ["--root-ok"] if os.geteuid() == 0 else []
    return Server([bench.program("verbatim-serve"), "--port=0", "--threads=%d" % threads, *root, path],
                  r"listening on http://[^:]+:(\d+)/")


def paths_file(bench, name, phrases):
    def write(target):
        with open(target, "w") as out:
            for phrase in phrases():
                out.write("/search?mode=phrase&limit=10&q=%s\n" % urllib.parse.quote_plus(phrase))
    return bench.corpus.made("paths-%s.txt" % name, write)


def row_phrases(bench):
    with open(bench.corpus.rows()) as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [row[2] for row in rows if row[:2] == ["TOP_10", "phrase"]]


def run_wrk(server, connections, paths, suffix, seconds):
    kept, read = server.blocks()
    before, wrk_before = server.cpu_seconds(), engines.children_seconds()
    said = subprocess.run(["wrk", "-t1", "-c%d" % connections, "-d%ds" % seconds, "-s",
                           os.path.join(HERE, "phrases.lua"), "http://127.0.0.1:%d" % server.port, "--", paths, suffix],
                          check=True, capture_output=True, text=True).stdout
    numbers = engines.read_numbers(said)
    if numbers["errors"]:
        raise RuntimeError("%d requests failed" % numbers["errors"])
    cpu_seconds, wrk_seconds = server.cpu_seconds() - before, engines.children_seconds() - wrk_before
    kept, read = (now - then for now, then in zip(server.blocks(), (kept, read)))
    return {"per_s": numbers["requests"] / numbers["us"] * 1e6, "p50": numbers["p50_us"], "p99": numbers["p99_us"],
            "cpu_us": cpu_seconds * 1e6 / numbers["requests"], "wrk_busy": wrk_seconds * 1e6 / numbers["us"],
            "kept": kept / read if read else None,
            "bytes": numbers["bytes"] / numbers["requests"]}


def measure_http(bench):
    """Each kind of request with one connection and with 64, in turns, the best of them; None without wrk."""
    if not shutil.which("wrk"):
        say("left out, as there is no wrk: HTTP")
        return None
    threads = os.cpu_count() or 1
    rows = paths_file(bench, "rows", lambda: row_phrases(bench))
    once = paths_file(bench, "once", lambda: bench.corpus.standing(50000))
    kinds = [("a fixed reply of 4 kB", "fixed", rows, ""),
             ("a phrase, ten hits", "index", rows, "&snippets=0"),
             ("a phrase, ten hits with snippets", "index", rows, "&snippets=1"),
             ("phrases asked once, ten hits with snippets", "index", once, "&snippets=1")]
    found = {}
    with serve_fixed(bench, threads) as fixed, serve_index(bench, threads) as index:
        servers = {"fixed": fixed, "index": index}
        for _ in range(1 if bench.corpus.quick else TURNS):
            for title, server, paths, suffix in kinds:
                for connections in CONNECTIONS:
                    say("HTTP: %s, connections %d" % (title, connections))
                    run = run_wrk(servers[server], connections, paths, suffix, SECONDS)
                    older = found.get((title, connections))
                    if older is None or run["per_s"] > older["per_s"]:
                        found[title, connections] = run
    return {"threads": threads, "kinds": [kind[0] for kind in kinds], "runs": found}
