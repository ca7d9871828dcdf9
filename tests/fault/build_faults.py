#!/usr/bin/env python3
"""Whatever happens to a build, the old index stays whole and nothing lies beside it after the next run.

strace makes the N-th system call of a kind fail, or kills the program when it has made N of whichever kind,
for each STRIDE-th N there is; rows of the same kind begin one later each, so that together they try the more.
The limits are real ones: a file-size limit, and as root a full disk (a small tmpfs).
    build_faults.py [unittest arguments]      VERBATIM_BIN names the folder of the programs;
                                              VERBATIM_LONG=1: every N (minutes)
"""
import errno
import hashlib
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

# Each run takes a while, under a sanitizer a long one. And mmap is its own there, not the program's.
SANITIZED = bool(os.environ.get("VERBATIM_SANITIZED"))
STRIDE = 11 if SANITIZED else 1 if os.environ.get("VERBATIM_LONG") else 5
FREQUENT = ("pwrite64", "pread64", "openat", "mmap")  # others are few: each of them is tried
INDEXER = os.path.join(os.environ.get("VERBATIM_BIN", "build/release/bin"), "verbatim-index")
FAILURES = [("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("pwrite64", "EDQUOT"), ("pread64", "EIO"),
            ("fsync", "EIO"), ("renameat,rename,renameat2", "EIO"), ("linkat", "ENOSPC"), ("openat", "EMFILE"),
            ("mmap", "ENOMEM"), ("ftruncate", "EIO")]


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def write_articles(path, seed, count, words_most=120):
    """Of 1,500 articles and more, the run of words that ends each is a gram, whose parts are written too."""
    chance = random.Random(seed)
    words = ["w%d" % int(chance.paretovariate(0.7)) for _ in range(4000)]
    with open(path, "w") as out:
        for i in range(count):
            body = " ".join(chance.choice(words) for _ in range(chance.randrange(5, words_most)))
            out.write(json.dumps({"id": "a%d" % i, "title": "Article %d" % i, "body": body + " the state of the art"}) + "\n")


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="verbatim-fault-")
        cls.old_input = os.path.join(cls.folder, "old.jsonl")
        cls.new_input = os.path.join(cls.folder, "new.jsonl")
        write_articles(cls.old_input, 1, 40)
        write_articles(cls.new_input, 2, 1600, 8)
        cls.old = cls.build_reference("old", cls.old_input)
        cls.new = cls.build_reference("new", cls.new_input)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def build_reference(cls, name, source, *options):
        path = os.path.join(cls.folder, "reference-" + name, "x.vbt")
        os.makedirs(os.path.dirname(path))
        subprocess.run([INDEXER, "build", "--quiet", *options, "-o", path, source], check=True)
        return path

    def fresh_place(self):
        place = tempfile.mkdtemp(dir=self.folder)
        target = os.path.join(place, "x.vbt")
        shutil.copy(self.old, target)
        return place, target

    threads = 1
    options = ()
    memory = "64MB"  # so little that everything goes through temporary files

    def command(self, target):
        return [INDEXER, "build", "--quiet", "--threads=%d" % self.threads, "--memory=" + self.memory, *self.options,
                "-o", target, self.new_input]

    def injected(self, target, inject, trace="/dev/null"):
        return subprocess.run(["strace", "-f", "-qq", "-o", trace, "-e", "inject=" + inject] + self.command(target),
                              capture_output=True, text=True, errors="replace")

    def check_after(self, place, target, published=False):
        """Old or, where the rename had happened, new; and a rerun leaves just the right file."""
        self.assertIn(digest(target), {digest(self.old)} | ({digest(self.new)} if published else set()))
        subprocess.run(self.command(target), check=True)
        self.assertEqual(digest(target), digest(self.new))
        self.assertEqual(os.listdir(place), ["x.vbt"])
        shutil.rmtree(place)

    def test_killed_at_every_call(self):
        points = 0
        for n in range(1, 5000, STRIDE):
            place, target = self.fresh_place()
            run = self.injected(target, "all:signal=KILL:when=%d" % n)
            self.check_after(place, target, published=True)
            if run.returncode == 0:
                break
            points += 1
        print("killed at %d system calls" % points)
        self.assertGreater(points, 100 // STRIDE)

    def test_killed_at_random_times(self):
        chance = random.Random(3)
        for _ in range(20):
            place, target = self.fresh_place()
            run = subprocess.Popen(self.command(target))
            try:
                run.wait(timeout=chance.random() * 0.05)
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
            self.check_after(place, target, published=True)

    def loader_calls(self, calls):
        """How many such calls there are before the program itself begins: those are not ours."""
        trace = os.path.join(self.folder, "loader")
        subprocess.run(["strace", "-f", "-qq", "-o", trace, "-e", "trace=" + calls, INDEXER, "--version"],
                       check=True, capture_output=True)
        with open(trace) as f:
            return sum("(" in line for line in f)

    def fail_everywhere(self, calls, cause, onward, stride=STRIDE, begin=0):
        failed, first = 0, self.loader_calls(calls) + 1
        if calls in FREQUENT:
            first += begin % stride
        else:
            stride = 1
        trace = os.path.join(self.folder, "trace")
        for n in range(first, first + 5000, stride):
            place, target = self.fresh_place()
            run = self.injected(target, "%s:error=%s:when=%d%s" % (calls, cause, n, "+" if onward else ""), trace)
            self.assertNotIn(run.returncode, (-6, -11, 134, 139), run.stderr)
            if run.returncode == 0:
                self.assertEqual(digest(target), digest(self.new))
                shutil.rmtree(place)
                if not self.was_injected(trace):
                    break
                if self.tolerated(calls) and n > first + 60:
                    break
                continue
            failed += 1
            self.assertEqual(run.returncode in (1, 127), True, run.stderr)
            if run.returncode == 1:
                self.assertRegex(run.stderr, r"^verbatim-index: .+", run.stderr)
            if run.returncode == 1 and not self.tolerated(calls) and "clone" not in calls:
                self.assertIn(os.strerror(getattr(errno, cause)), run.stderr)
                self.assertIn("x.vbt", run.stderr)
            durable = "durability unknown" not in run.stderr
            if durable:
                self.assertEqual(digest(target), digest(self.old), run.stderr)
            self.check_after(place, target, published=not durable)
        return failed

    @staticmethod
    def was_injected(trace):
        with open(trace, errors="replace") as f:
            return any("(INJECTED)" in line for line in f)

    @staticmethod
    def tolerated(calls):
        """Calls that the program or the loader may try and do without."""
        return calls in ("openat", "mmap")

    def test_failing_calls(self):
        for row, (calls, cause) in enumerate(FAILURES):
            if SANITIZED and calls == "mmap":
                continue
            for onward in (False, True):
                with self.subTest(calls=calls, cause=cause, onward=onward):
                    failed = self.fail_everywhere(calls, cause, onward, begin=2 * row + onward)
                    print("%s %s%s: failed cleanly at %d points" % (calls, cause, " and on" if onward else "", failed))

    def test_failing_calls_of_several_threads(self):
        """strace counts each thread's calls, so which one fails is a matter of chance; what follows is not."""
        self.threads = 3
        for calls, cause in (("pwrite64", "ENOSPC"), ("pread64", "EIO"), ("clone3,clone", "EAGAIN")):
            with self.subTest(calls=calls):
                self.assertGreater(self.fail_everywhere(calls, cause, True), 0)

    def test_failing_calls_of_a_build_in_memory(self):
        """Temporary files hold nothing then."""
        self.memory = "1GB"
        for calls, cause in (("pwrite64", "ENOSPC"), ("fsync", "EIO"), ("mmap", "ENOMEM")):
            if SANITIZED and calls == "mmap":
                continue
            for onward in (False, True):
                with self.subTest(calls=calls, cause=cause, onward=onward):
                    self.assertGreater(self.fail_everywhere(calls, cause, onward), 0)

    def test_a_reordered_build(self):
        """Articles wait in temporary files of their own, and are read from there one by one."""
        self.options = ("--reorder",)
        self.new = self.build_reference("reordered", self.new_input, "--reorder")
        for n in range(1, 9000, 97 * STRIDE):
            place, target = self.fresh_place()
            run = self.injected(target, "all:signal=KILL:when=%d" % n)
            self.check_after(place, target, published=True)
            if run.returncode == 0:
                break
        for calls, cause, stride in (("pwrite64", "ENOSPC", 3), ("pread64", "EIO", 97), ("clone3,clone", "EAGAIN", 1)):
            with self.subTest(calls=calls, cause=cause):
                self.assertGreater(self.fail_everywhere(calls, cause, True, stride * STRIDE), 0)

    def test_short_writes(self):
        """A write that takes some of the bytes, or is interrupted, is gone on with."""
        shim = os.path.join(os.path.dirname(os.path.dirname(INDEXER)), "tests", "short_writes.so")
        self.assertTrue(os.access(shim, os.R_OK), shim)
        place, target = self.fresh_place()
        environment = dict(os.environ, LD_PRELOAD=shim, ASAN_OPTIONS="verify_asan_link_order=0")
        subprocess.run(self.command(target), check=True, env=environment)
        self.assertEqual(digest(target), digest(self.new))
        shutil.rmtree(place)

    def test_order_of_publication(self):
        place, target = self.fresh_place()
        trace = os.path.join(self.folder, "trace")
        subprocess.run(["strace", "-f", "-qq", "-y", "-o", trace, "-e",
                        "trace=write,pwrite64,fsync,rename,renameat,renameat2,linkat"] + self.command(target), check=True)
        with open(trace, errors="replace") as f:
            lines = f.readlines()
        renames = [i for i, l in enumerate(lines) if re.search(r"\brename(at2?)?\(", l)]
        self.assertEqual(len(renames), 1, lines)
        syncs = [i for i, l in enumerate(lines) if "fsync(" in l]
        self.assertEqual([s < renames[0] for s in syncs], [True, False], "one fsync of the file, then one of its folder")
        self.assertIn("<%s>" % place, lines[syncs[1]])
        file = re.search(r"fsync\(\d+<([^>]*)>", lines[syncs[0]]).group(1)
        late = [l for l in lines[syncs[0] + 1:] if "write" in l and "<%s>" % file in l]
        self.assertEqual(late, [], "nothing is written to the file behind its fsync")
        shutil.rmtree(place)

    def test_two_appends_at_once(self):
        """One that opened the index before the other replaced it gives up: nothing of the other is lost."""
        place, target = self.fresh_place()
        append = [INDEXER, "append", "--quiet", target, self.new_input]
        late = subprocess.Popen(["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=flock:delay_enter=1500000"] +
                                append, stderr=subprocess.PIPE, text=True)
        time.sleep(0.7)
        subprocess.run(append, check=True)
        after = digest(target)
        message = late.communicate()[1]
        self.assertEqual(late.returncode, 1, message)
        self.assertIn("try again", message)
        self.assertEqual(digest(target), after)
        self.assertEqual(os.listdir(place), ["x.vbt"])
        shutil.rmtree(place)

    def test_file_size_limit(self):
        whole = os.path.getsize(self.new)
        for limit in sorted({0, 1, 4096, whole // 4, whole // 2, whole - 1}):
            place, target = self.fresh_place()
            run = subprocess.run(self.command(target), capture_output=True, text=True,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
            self.assertEqual(run.returncode, 1, run.stderr)
            self.assertIn("File too large", run.stderr)
            self.check_after(place, target)

    def test_full_disk(self):
        place = tempfile.mkdtemp(dir=self.folder)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", place], capture_output=True).returncode:
            self.skipTest("cannot mount a tmpfs")
        try:
            target = os.path.join(place, "x.vbt")
            shutil.copy(self.old, target)
            size, done = 64, False
            while not done:
                size += 64
                self.assertLess(size, 8192)
                subprocess.run(["mount", "-o", "remount,size=%dk" % max(size, 256), place], check=True)
                run = subprocess.run(self.command(target), capture_output=True, text=True)
                done = run.returncode == 0
                if not done:
                    self.assertIn("No space left on device", run.stderr)
                    self.assertEqual(digest(target), digest(self.old))
                self.assertEqual(os.listdir(place), ["x.vbt"])
            self.assertEqual(digest(target), digest(self.new))
        finally:
            subprocess.run(["umount", place])


if __name__ == "__main__":
    if not shutil.which("strace") or not os.access(INDEXER, os.X_OK):
        print("skipped: strace or verbatim-index is not there")
        sys.exit(77)
    unittest.main()
