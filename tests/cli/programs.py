"""The programs, run from outside as a person or a script runs them."""
import atexit
import os
import shutil
import subprocess
import tempfile

BIN = os.environ["VERBATIM_BIN"]
# What a sanitizer finds is no status that the programs have.
for _name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
    os.environ[_name] = ":".join(filter(None, [os.environ.get(_name), "exitcode=99"]))
FOLDER = tempfile.mkdtemp(prefix="verbatim-cli-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def path(name):
    return os.path.join(FOLDER, name)


def put(name, text):
    with open(path(name), "wb") as file:
        file.write(text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text)
    return path(name)


class Ran:
    def __init__(self, status, out, err):
        self.status = status
        self.raw = out
        self.out = out.decode("utf-8")  # fails where a reply is no UTF-8
        self.err = err.decode("utf-8")


def run(program, *arguments, given=b"", environment=None):
    command = [os.path.join(BIN, program)] + [str(a) for a in arguments]
    env = dict(os.environ, LC_ALL="C", **(environment or {}))
    done = subprocess.run(command, input=given.encode() if isinstance(given, str) else given,
                          capture_output=True, env=env, cwd=FOLDER, timeout=60, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


def search(*arguments, **named):
    return run("verbatim-search", *arguments, **named)


def index(*arguments, **named):
    return run("verbatim-index", *arguments, **named)
