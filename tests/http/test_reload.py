"""New index files under load: no request fails, no answer mixes two, a bad file changes nothing."""
import json
import os
import signal
import threading
import time
import unittest

from fixture import FAKE, Case, need

need(FAKE)

RELOADS = 50


class Reload(Case):
    def generation(self, server):
        return json.loads(server.get('/readyz').text())['generation']

    def wait_generation(self, server, number):
        self.servers[0].wait_for(f'generation {number}:')
        self.assertEqual(self.generation(server), number)

    def test_a_replaced_file_is_taken(self):
        server = self.start()
        self.write_fake(checksum='second', articles=99)
        self.wait_generation(server, 2)
        answer = json.loads(server.get('/search?q=a').text())
        self.assertEqual(answer['index'], {'name': 'news', 'checksum': 'second', 'articles': 99})
        self.assertEqual(server.metric('verbatim_reloads_total'), 1)

    def test_sighup_takes_the_same_file_again(self):
        server = self.start()
        tag = server.get('/search?q=a').header('ETag')
        server.signal(signal.SIGHUP)
        self.wait_generation(server, 2)
        self.assertEqual(server.get('/search?q=a').header('ETag'), tag)

    def test_an_etag_ends_with_its_index(self):
        server = self.start()
        tag = server.get('/search?q=a').header('ETag')
        self.assertEqual(server.get('/search?q=a', If_None_Match=tag).status, 304)
        self.write_fake(checksum='second')
        self.wait_generation(server, 2)
        self.assertEqual(server.get('/search?q=a', If_None_Match=tag).status, 200)

    def test_bad_files_change_nothing(self):
        server = self.start()
        for number, damage in enumerate((self.corrupt, self.truncate, self.remove), start=1):
            damage()
            server.signal(signal.SIGHUP)
            server.wait_for("keeps answering for 'news'", number)
            answer = json.loads(server.get('/search?q=a').text())
            self.assertEqual(answer['index']['checksum'], 'c0ffee')
            ready = server.get('/readyz')
            self.assertEqual(ready.status, 200)
            self.assertIn('news.vbt', json.loads(ready.text())['reload_error'])
        self.assertGreaterEqual(server.metric('verbatim_reload_failures_total'), 3)
        self.write_fake(checksum='mended')
        server.wait_for('checksum mended')
        self.assertNotIn('reload_error', json.loads(server.get('/readyz').text()))

    def corrupt(self):
        with open(self.path('bad'), 'w') as file:
            file.write('nothing of the kind\n')
        os.rename(self.path('bad'), self.path('news.vbt'))

    def truncate(self):
        with open(self.path('bad'), 'w') as file:
            file.write('fake')
        os.rename(self.path('bad'), self.path('news.vbt'))

    def remove(self):
        os.remove(self.path('news.vbt'))

    def test_a_bad_file_is_tried_once(self):
        server = self.start()
        self.corrupt()
        server.wait_for('keeps answering')
        time.sleep(1.6)  # three more looks
        self.assertEqual(len([line for line in server.log if 'keeps answering' in line]), 1)

    def test_one_of_two_indexes(self):
        self.write_fake('a.vbt', 'aaa')
        self.write_fake('b.vbt', 'bbb')
        server = self.start('one=a.vbt', 'two=b.vbt')
        with open(self.path('bad'), 'w') as file:
            file.write('x')
        os.rename(self.path('bad'), self.path('a.vbt'))
        server.wait_for("keeps answering for 'one'")
        self.write_fake('b.vbt', 'b2')
        server.wait_for('checksum b2')
        for name, checksum in (('one', 'aaa'), ('two', 'b2')):
            answer = json.loads(server.get('/search?q=a&index=' + name).text())
            self.assertEqual(answer['index']['checksum'], checksum)

    def test_no_request_fails_under_load(self):
        server = self.start('--threads=3')
        failed, asked, stop = [], [0] * 6, threading.Event()

        def ask(number):
            connection = server.connect()
            while not stop.is_set():
                batch = number % 3 == 0
                body = b'hits:3\n' * 20 if batch else b''
                first = 'POST /search/batch' if batch else 'GET /search?q=hits:3'
                connection.send(f'{first} HTTP/1.1\r\nHost: {server.host}\r\n'
                                f'Content-Length: {len(body)}\r\n\r\n'.encode() + body)
                reply = connection.reply()
                if reply is None or reply.status != 200:
                    failed.append(reply)
                    return
                seen = {json.loads(line)['index']['checksum'] for line in reply.text().splitlines()}
                if len(seen) != 1:
                    failed.append(seen)
                asked[number] += 1
            connection.close()

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
        for thread in threads:
            thread.start()
        number, until = 1, time.monotonic() + 60
        # On a busy machine reloads go on until every client has had its share of answers.
        while number <= RELOADS or (min(asked) <= 5 and not failed and time.monotonic() < until):
            number += 1
            self.write_fake(checksum=f'g{number}', articles=number)
            server.signal(signal.SIGHUP)
            server.wait_for(f'generation {number}:')
        stop.set()
        for thread in threads:
            thread.join()
        self.assertEqual(failed, [])
        self.assertGreater(min(asked), 5)
        with open(f'/proc/{server.process.pid}/status') as file:
            self.assertIn('VmRSS', file.read())

    def test_nothing_is_left_behind(self):
        server = self.start()
        fds = f'/proc/{server.process.pid}/fd'
        self.assertEqual(server.get('/search?q=a').status, 200)
        before = len(os.listdir(fds))
        for number in range(1, 101):
            if number % 2:
                self.corrupt()
            else:
                self.write_fake(checksum=f'g{number}')
            server.signal(signal.SIGHUP)
            server.wait_for("keeps answering" if number % 2 else 'generation', (number + 1) // 2)
        server.wait_metric('verbatim_http_connections', 1)
        self.assertLessEqual(abs(len(os.listdir(fds)) - before), 1)

    def test_damage_found_in_the_background(self):
        self.write_fake(checksum='damaged')
        server = self.start('news.vbt')
        server.wait_for('fails its checksum')
        self.assertEqual(server.get('/readyz').status, 200)
        self.assertEqual(server.get('/search?q=a').status, 200)
        self.assertEqual(server.metric('verbatim_index_damaged{index="news"}'), 1)
        self.assertIs(json.loads(server.get('/indexes').text())['indexes'][0]['verified'], False)


if __name__ == '__main__':
    unittest.main()
