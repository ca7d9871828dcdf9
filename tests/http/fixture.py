"""The server as a test starts it, and a client that sends exactly the bytes it is given."""
import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SKIPPED = 77
BIN = os.environ.get('VERBATIM_BIN', '')
FAKE = os.path.join(BIN, '..', 'tests', 'verbatim-serve-fake')
SERVE = os.path.join(BIN, 'verbatim-serve')
INDEX = os.path.join(BIN, 'verbatim-index')
SEARCH = os.path.join(BIN, 'verbatim-search')
PATIENCE = 30  # seconds until a test gives up on what should take milliseconds


def need(*programs):
    for program in programs:
        if not os.access(program, os.X_OK):
            print(f'skipped: there is no {program}')
            sys.exit(SKIPPED)


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name):
        values = self.all(name)
        return values[0] if values else None

    def text(self):
        body = gzip.decompress(self.body) if self.header('Content-Encoding') == 'gzip' else self.body
        return body.decode('utf-8')


class Connection:
    """One connection; reads replies by their own framing, so that several may come on it."""

    def __init__(self, address, timeout=PATIENCE):
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.settimeout(timeout)
        self.buffer = b''
        try:
            self.socket.connect(address)
        except OSError:
            self.socket.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def more(self):
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b''
        self.buffer += data
        return bool(data)

    def until(self, mark):
        while mark not in self.buffer:
            if not self.more():
                return None
        head, self.buffer = self.buffer.split(mark, 1)
        return head

    def exactly(self, size):
        while len(self.buffer) < size:
            if not self.more():
                raise EOFError(f'{size - len(self.buffer)} bytes are missing')
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data

    def chunks(self):
        while True:
            line = self.until(b'\r\n')
            if line is None:
                raise EOFError('the chunks do not end')
            size = int(line, 16)
            data = self.exactly(size)
            self.exactly(2)
            if size == 0:
                return
            yield data

    def reply(self, head=False):
        """The next reply, or None where the connection ended instead."""
        top = self.until(b'\r\n\r\n')
        if top is None:
            return None
        first, *lines = top.decode('latin-1').split('\r\n')
        headers = [tuple(part.strip() for part in line.split(':', 1)) for line in lines]
        reply = Reply(int(first.split()[1]), headers, b'')
        if head or reply.status in (204, 304):
            return reply
        if reply.status == 100:
            return self.reply()
        if reply.header('Transfer-Encoding') == 'chunked':
            reply.body = b''.join(self.chunks())
        elif reply.header('Content-Length') is not None:
            reply.body = self.exactly(int(reply.header('Content-Length')))
        else:
            while self.more():
                pass
            reply.body, self.buffer = self.buffer, b''
        return reply

    def ended(self):
        """Whether the server closes it now, without saying more."""
        try:
            return not self.more()
        except socket.timeout:
            return False


class Server:
    def __init__(self, program, arguments, folder):
        self.log = []
        self.process = subprocess.Popen([program, '--root-ok', *arguments], cwd=folder, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.address = None
        self.said = threading.Condition()
        self.reader = threading.Thread(target=self.read_log, daemon=True)
        self.reader.start()
        try:
            line = self.wait_for('listening on ')
        except AssertionError:
            self.stop()
            raise
        found = re.search(r'http://(127\.0\.0\.1|\[::1\]):(\d+)/', line)
        self.port = int(found.group(2)) if found else None
        self.host = f'127.0.0.1:{self.port}' if found else 'localhost'
        self.address = ('127.0.0.1', self.port) if found else re.search(r'unix:(.*)', line).group(1)

    def read_log(self):
        for line in self.process.stderr:
            with self.said:
                self.log.append(line.rstrip('\n'))
                self.said.notify_all()
        with self.said:
            self.log.append('(end of log)')
            self.said.notify_all()

    def wait_for(self, text, count=1):
        """The first log line that holds the text, once there are so many."""
        end = time.monotonic() + PATIENCE
        with self.said:
            while True:
                found = [line for line in self.log if text in line]
                if len(found) >= count:
                    return found[0]
                left = end - time.monotonic()
                if left <= 0 or '(end of log)' in self.log:
                    raise AssertionError(f'{text!r} not said {count} times:\n' + '\n'.join(self.log))
                self.said.wait(left)

    def connect(self, timeout=PATIENCE):
        return Connection(self.address, timeout)

    def raw(self, data, head=False):
        """The reply to exactly these bytes on a connection of their own."""
        with self.connect() as connection:
            connection.send(data)
            return connection.reply(head)

    def ask(self, target, method='GET', headers=(), body=None, host=None):
        lines = [f'{method} {target} HTTP/1.1', f'Host: {host or self.host}', 'Connection: close']
        lines += [f'{name}: {value}' for name, value in dict(headers).items()]
        if body is not None:
            lines.append(f'Content-Length: {len(body)}')
        data = '\r\n'.join(lines).encode() + b'\r\n\r\n' + (body or b'')
        return self.raw(data, head=method == 'HEAD')

    def get(self, target, **headers):
        return self.ask(target, headers={name.replace('_', '-'): value for name, value in headers.items()})

    def batch(self, body, target='/search/batch', headers=()):
        return self.ask(target, 'POST', headers, body)

    def metric(self, name):
        found = re.search(r'^%s (\S+)$' % re.escape(name), self.get('/metrics').text(), re.M)
        return float(found.group(1)) if found else None

    def wait_metric(self, name, value):
        end = time.monotonic() + PATIENCE
        while self.metric(name) != value:
            if time.monotonic() > end:
                raise AssertionError(f'{name} is {self.metric(name)}, not {value}')
            time.sleep(0.02)

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        """Returns the exit status and how many seconds the end took."""
        start = time.monotonic()
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.reader.join()
        self.process.stderr.close()
        return status, time.monotonic() - start


class Case(unittest.TestCase):
    """A folder, servers that end with the test, and an eye on what sanitizers say."""

    program = FAKE

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='verbatim-http-')
        self.servers = []
        self.addCleanup(shutil.rmtree, self.folder)
        self.addCleanup(self.stop_all)

    def stop_all(self):
        for server in self.servers:
            status, _ = server.stop()
            log = '\n'.join(server.log)
            self.assertNotIn('Sanitizer', log, log)
            self.assertIn(status, (0, -signal.SIGKILL), log)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write_fake(self, name='news.vbt', checksum='c0ffee', articles=12):
        """Replaced by renaming, as the indexer does it."""
        with open(self.path(name + '.new'), 'w') as file:
            file.write(f'fake {checksum} {articles}\n')
        os.rename(self.path(name + '.new'), self.path(name))

    def start(self, *arguments):
        if not arguments or arguments[-1].startswith('-'):
            self.write_fake()
            arguments = (*arguments, 'news.vbt')
        port = () if any(a.startswith(('--port', '--unix-socket')) for a in arguments) else ('--port=0',)
        server = Server(self.program, [*port, *arguments], self.folder)
        self.servers.append(server)
        return server

    def check_problem(self, reply, status, *words):
        import json
        self.assertIsNotNone(reply, 'the connection ended without a reply')
        self.assertEqual(reply.status, status, reply.body)
        self.assertEqual(reply.header('Content-Type'), 'application/problem+json')
        problem = json.loads(reply.text())
        self.assertEqual(problem['status'], status)
        for word in words:
            self.assertIn(word, problem['detail'])
        return problem
