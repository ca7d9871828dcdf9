"""The command line: what is refused and how it says so; names of indexes, Unix sockets, privileges."""
import json
import os
import re
import shutil
import stat
import subprocess
import time
import unittest

from fixture import FAKE, PATIENCE, Case, need

need(FAKE)


class Command(Case):
    def run_with(self, *arguments, root_ok=True):
        done = subprocess.run([FAKE, *(['--root-ok'] if root_ok else []), *arguments], cwd=self.folder,
                              capture_output=True, text=True, timeout=30)
        return done.returncode, done.stdout, done.stderr

    def test_usage_errors(self):
        self.write_fake()
        for arguments, words in (((), 'no index file'), (('--port=x', 'news.vbt'), "not 'x'"),
                                 (('--port=65536', 'news.vbt'), 'from 0 to 65535'), (('--port=', 'news.vbt'), 'port'),
                                 (('--port=-1', 'news.vbt'), 'port'), (('--budget-ms=2001', 'news.vbt'), '2000'),
                                 (('--budget-ms=0', 'news.vbt'), 'from 1'), (('--threads=0', 'news.vbt'), 'threads'),
                                 (('--cache=x', 'news.vbt'), 'cache'),
                                 (('--connections=0', 'news.vbt'), 'connections'), (('--wrong', 'news.vbt'), 'wrong'),
                                 (('--listen=example.org', 'news.vbt'), 'numeric'),
                                 (('--listen=0.0.0.0', 'news.vbt'), '--allow-host'),
                                 (('--listen=::', 'news.vbt'), '--allow-host'),
                                 (('--allow-host=http://x', 'news.vbt'), 'allow-host'),
                                 (('--cors=*', 'news.vbt'), 'origin'), (('--cors=http://a/b', 'news.vbt'), 'origin'),
                                 (('a=news.vbt', 'a=news.vbt'), "named 'a'"), (('a/b=news.vbt',), 'letters'),
                                 (('=news.vbt',), 'name'), (('a=',), "empty in 'a='"),
                                 (('a=news.vbt,,news.vbt',), "empty in 'a=news.vbt,,news.vbt'"),
                                 (('--quiet', '-xv', 'news.vbt'), "unknown option '-x'"),
                                 (('--port',), "option '--port' needs a value"),
                                 (('--quiet=1',), "option '--quiet=1' takes no value")):
            status, out, err = self.run_with(*arguments)
            self.assertEqual((status, out), (2, ''), arguments)
            self.assertIn(words, err)
            self.assertRegex(err, r"^verbatim-serve: [a-z-'\"][^\n]*\nverbatim-serve: try 'verbatim-serve --help'\n$")

    def test_failures(self):
        self.write_fake()
        self.assertEqual(self.run_with('none.vbt')[0], 1)
        self.assertIn("'none.vbt'", self.run_with('none.vbt')[2])
        server = self.start()
        status, _, err = self.run_with(f'--port={server.port}', 'news.vbt')
        self.assertEqual(status, 1)
        self.assertIn(f"cannot listen on '127.0.0.1 port {server.port}': Address already in use; --port takes another",
                      err)

    def test_help_and_version(self):
        status, out, err = self.run_with('--help')
        self.assertEqual((status, err), (0, ''))
        self.assertTrue(out.startswith('Usage: verbatim-serve'))
        self.assertLessEqual(max(map(len, out.splitlines())), 80)
        status, out, _ = self.run_with('--version')
        self.assertEqual(status, 0)
        self.assertRegex(out, r'^verbatim-serve \d+\.\d+\.\d+\n$')

    @unittest.skipUnless(os.geteuid() == 0, 'only root is refused')
    def test_root_is_refused(self):
        self.write_fake()
        status, _, err = self.run_with('news.vbt', root_ok=False)
        self.assertEqual(status, 2)
        self.assertIn('--root-ok', err)

    def test_names_of_indexes(self):
        for name in ('a.vbt', 'b.vbt', 'c d.vbt'):
            self.write_fake(name)
        server = self.start('a.vbt', 'other=b.vbt', 'both=a.vbt,b.vbt', 'c d.vbt')
        listed = json.loads(server.get('/indexes').text())['indexes']
        self.assertEqual([i['name'] for i in listed], ['a', 'other', 'both', 'c-d'])
        self.assertEqual(json.loads(server.get('/search?q=x&index=other').text())['index']['name'], 'other')
        self.assertEqual(json.loads(server.get('/search?q=x').text())['index']['name'], 'a')
        self.assertIn('index=other', server.get('/search?q=x&index=other').text())

    def test_files_with_odd_names(self):
        self.write_fake('a=b,c.vbt')
        server = self.start('a=b,c.vbt')
        self.assertEqual(json.loads(server.get('/indexes').text())['indexes'][0]['name'], 'a-b-c')

    def test_unix_socket(self):
        path = self.path('socket')
        server = self.start('--unix-socket=' + path)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertEqual(server.get('/search?q=a').status, 200)
        self.check_problem(server.ask('/', host='evil.test'), 421)
        self.assertEqual(self.run_with('--unix-socket=' + path, 'news.vbt')[0], 1)
        self.assertEqual(server.get('/search?q=a').status, 200)
        self.assertEqual(server.stop()[0], 0)
        self.assertFalse(os.path.exists(path))

    def test_unix_socket_left_behind(self):
        path = self.path('socket')
        server = self.start('--unix-socket=' + path)
        server.process.kill()
        server.process.wait()
        self.assertTrue(os.path.exists(path))
        self.assertEqual(self.start('--unix-socket=' + path).get('/healthz').status, 200)
        with open(self.path('file'), 'w') as file:
            file.write('precious')
        self.assertEqual(self.run_with('--unix-socket=' + self.path('file'), 'news.vbt')[0], 1)
        with open(self.path('file')) as file:
            self.assertEqual(file.read(), 'precious')

    def test_allowed_hosts(self):
        server = self.start('--allow-host=news.test', '--allow-host=proxy.test:8443')
        for host, status in (('news.test', 200), (f'news.test:{server.port}', 200), ('NEWS.test', 200),
                             ('proxy.test:8443', 200), ('proxy.test', 421), (f'proxy.test:{server.port}', 421),
                             ('news.test.', 421), ('news.test:1', 421), (server.host, 200)):
            self.assertEqual(server.ask('/', host=host).status, status, host)
        self.assertEqual(server.ask('/', headers={'Origin': 'https://proxy.test:8443'}).status, 200)
        self.assertEqual(server.ask('/', headers={'Origin': 'http://evil.test'}).status, 403)

    def test_it_listens_on_the_loopback_alone(self):
        server = self.start()
        with open('/proc/net/tcp') as file:
            listening = [line.split()[1] for line in file if line.split()[3] == '0A']
        self.assertIn(f'0100007F:{server.port:04X}', listening)
        self.assertNotIn(f'00000000:{server.port:04X}', listening)

    def test_the_sandbox_is_closed(self):
        self.assertEqual(self.restrictions('--timeout=10'), ('1', '2'))
        self.assertEqual(self.restrictions('--no-sandbox'), ('0', '0'))

    def restrictions(self, option):
        server = self.start(option)
        if any('not restricted' in line for line in server.log):
            self.skipTest(server.log[0])
        with open(f'/proc/{server.process.pid}/status') as file:
            text = file.read()
        found = tuple(re.search(rf'^{name}:\s+(\d)', text, re.M).group(1) for name in ('NoNewPrivs', 'Seccomp'))
        with open(f'/proc/{server.process.pid}/maps') as file:
            if 'libasan' in (maps := file.read()) or 'libtsan' in maps:
                self.skipTest('a build with sanitizers has no sandbox')
        return found

    def test_what_it_says(self):
        server = self.start()
        server.stop()
        self.assertEqual([re.sub(r'\d{4,}', 'PORT', line) for line in server.log[:2]],
                         ['verbatim-serve: listening on http://127.0.0.1:PORT/', 'verbatim-serve: stopping'])


def listed(group):
    """The system calls of a group of systemd's, as it says itself; None where there is no systemd."""
    if not shutil.which('systemd-analyze'):
        return None
    done = subprocess.run(['systemd-analyze', 'syscall-filter', group], capture_output=True, text=True, timeout=30)
    calls = set()
    for line in map(str.strip, done.stdout.splitlines()[1:]):
        if line and not line.startswith('#'):
            calls |= listed(line) if line.startswith('@') else {line}
    return calls


def traces():
    """Whether there is strace, and it may."""
    return shutil.which('strace') and subprocess.run(['strace', '-qq', '-o', os.devnull, 'true'], timeout=30,
                                                     stderr=subprocess.DEVNULL).returncode == 0


@unittest.skipIf(os.environ.get('VERBATIM_SANITIZED'), 'sanitizers make calls of their own')
@unittest.skipUnless(traces(), 'there is no strace')
class Unit(Case):
    """The unit for systemd, which ends a process at a call that its filter does not name."""

    def calls(self):
        traced = self.path('traced')
        with open(traced, 'w') as file:
            file.write(f'#!/bin/sh\nexec strace -D -f -q -o calls {FAKE} --root-ok "$@"\n')
        os.chmod(traced, 0o755)
        self.program = traced
        server = self.start()
        self.assertEqual(server.get('/search?q=a').status, 200)
        self.assertEqual(server.batch(b'a\nb\n').status, 200)
        self.assertEqual(server.stop()[0], 0)
        text, end = '', time.monotonic() + PATIENCE
        while f'{server.process.pid} +++ exited' not in re.sub(' +', ' ', text) and time.monotonic() < end:
            time.sleep(0.02)  # strace goes on a little longer
            with open(self.path('calls')) as file:
                text = file.read()
        return set(re.findall(r'^\d+ +(\w+)\(', text, re.M)) - {'execve'}

    def test_its_filter_names_every_call(self):
        with open(os.path.join(os.environ['VERBATIM_SOURCE'], 'server', 'verbatim-serve.service.in')) as file:
            names = ' '.join(re.findall(r'^SystemCallFilter=(.*)$', file.read(), re.M)).split()
        calls = self.calls()
        self.assertIn('mmap', calls)
        self.assertEqual([name for name in names if name[0] == '@'], ['@system-service'])
        group = listed('@system-service')
        self.assertEqual({call for call in calls if call == 'seccomp' or call.startswith('landlock_')} - set(names), set())
        if group is not None:
            self.assertEqual(calls - group - set(names), set())


if __name__ == '__main__':
    unittest.main()
