"""The search page in a real browser, over an index built and served by the real programs.

Environment: VERBATIM_BIN, the folder of verbatim-index and verbatim-serve. Exits with 77 where
those, chromedriver or the browser are absent."""

import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

import webdriver

BIN = pathlib.Path(os.environ.get("VERBATIM_BIN", "build/release/bin"))
SKIPPED = 77
FILLERS = 45
PHRASE = '"doomed to failure"'

QUIET = "\n\n".join(
    f"Paragraph {n} of the keeper's log tells of calm water, of oil for the lamp and of bread."
    for n in range(40)
)

ARTICLES = [
    {
        "id": "reef",
        "title": "The lamp on the reef",
        "source": "Harbour Post",
        "author": "Ada Quill",
        "date": "2015-10-01T12:06:00+02:00",
        "url": "https://example.org/reef?a=1&b=2",
        "lang": "en",
        "tags": ["light"],
        "body": f"{QUIET}\n\nThe engineer called it doomed to failure.\n\n{QUIET}\n\n"
        "Years later it was still doomed\nto failure, and still it shone.",
        "edition": "late",
        "place": {"city": "Bristol"},
    },
    {
        "id": "bridge",
        "title": "A bridge of rope",
        "source": "Inland Echo",
        "date": "2014-03",
        "body": "They said “doomed to failure” of the bridge of rope too, and were not wrong.",
    },
    {
        "id": "script",
        "title": "Beware <script>window.hacked = 1</script> in a title",
        "url": "javascript:window.hacked = 2",
        "date": "2013",
        "body": 'It may hold <img src=x onerror="window.hacked = 3"> and <b>a</b> porcelain owl.',
    },
    {
        "id": "emoji",
        "title": "Signs 🏳️‍🌈 before words",
        "date": "2012-02-29",
        "body": "😀😀 𝔘𝔫𝔡 👩‍👩‍👧 signs precede the silver anchor, and follow the silver anchor 😀 too.",
    },
    {
        "id": "a/b ?&#%é",
        "title": "An id with everything",
        "body": "The crooked identifier is found again.",
    },
    {
        "id": "arabic",
        "title": "ميناء قديم",
        "lang": "ar",
        "body": "كان الميناء القديم هادئا في ذلك المساء.",
    },
    {
        "id": "split",
        "title": "Over two paragraphs",
        "date": "2010-05-04T08:09:10Z",
        "body": "Half of it was silent\n\nthunder over the bay.",
    },
] + [
    {
        "id": f"filler-{n:02}",
        "title": f"Harbour report number {n}",
        "source": "Harbour Post",
        "date": f"2011-{n % 12 + 1:02}-{n % 28 + 1:02}",
        "body": f"The harbour was quiet on day {n}. Ferries left the harbour, gulls in their wake.",
    }
    for n in range(FILLERS)
] + [
    {
        "id": "twice",
        "title": "The bell and its hours",
        "body": "On Monday it tolled for hours, and nobody in town could tell who rang, nor why, nor "
        "for whom. On Sunday it tolled for hours, and nobody in town could tell who rang, nor why, "
        "nor for whom.",
    }
]


class Server:
    """verbatim-serve on a port of its own, which can be stopped and started again there."""

    def __init__(self, *indexes):
        self.indexes = [str(one) for one in indexes]
        self.port = webdriver.free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        command = [str(BIN / "verbatim-serve"), *self.indexes, "--port", str(self.port)]
        if os.geteuid() == 0:
            command.append("--root-ok")
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            command, stderr=self.log, env=webdriver.environment_without_proxy()
        )
        webdriver.wait_until(self.ready, 20, "the server")

    def ready(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"verbatim-serve ended with status {self.process.returncode}")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self):
        """Ends it; raises with what it said where it does not end well."""
        if not self.process:
            return
        process, self.process = self.process, None
        process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        self.log.seek(0)
        said = self.log.read()
        self.log.close()
        if status != 0:
            raise RuntimeError(f"verbatim-serve ended with status {status}: {said}")


def build(path, articles):
    source = path.with_suffix(".jsonl")
    source.write_text(
        "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles), encoding="utf-8"
    )
    subprocess.run(
        [str(BIN / "verbatim-index"), "build", "-o", str(path), str(source)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def setUpModule():
    global folder, server, browser
    folder = tempfile.TemporaryDirectory(prefix="verbatim-page-")
    unittest.addModuleCleanup(folder.cleanup)
    path = pathlib.Path(folder.name) / "news.vbt"
    build(path, ARTICLES)
    server = Server(path)
    server.start()
    unittest.addModuleCleanup(lambda: server.stop())
    browser = webdriver.Browser()
    unittest.addModuleCleanup(lambda: browser.close())


class PageTest(unittest.TestCase):
    """Each test begins on a fresh page; none may ask outside or break the security policy."""

    server = None  # another than the module's
    answers_expected_to_fail = ()  # statuses that the console may mention

    def setUp(self):
        self.server = type(self).server or server
        browser.prefer(**{"prefers-color-scheme": "light"})
        browser.go("about:blank")
        browser.console()
        browser.requests()

    def tearDown(self):
        for line in browser.console():
            harmless = line["source"] == "network" and self.failure_expected(line["message"])
            self.assertTrue(line["level"] not in ("SEVERE", "WARNING") or harmless, line)
        for address in browser.requests():
            self.assertTrue(address.startswith((self.server.base, "data:", "about:")), address)
        browser.unsize()

    def failure_expected(self, message):
        return any(str(one) in message for one in self.answers_expected_to_fail)

    def open(self, **place):
        browser.go(self.server.base + "/" + ("?" + urllib.parse.urlencode(place) if place else ""))

    def asked(self, q, **more):
        """Opens a query's own link and waits for its answer."""
        self.open(q=q, **more)
        self.wait_status()

    def wait_status(self, pattern=r"\d"):
        return webdriver.wait_until(
            lambda: (lambda text: text if re.search(pattern, text) else None)(
                browser.text("#status")
            ),
            10,
            pattern,
        )

    def wait_article(self):
        browser.wait("return document.querySelector('#room').checkVisibility()")

    def place(self):
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(browser.address).query))

    def answer_with(self, path, answer):
        """Until the page is left, what it asks of paths that begin so is answered with this."""
        browser.run(
            "const [path, answer] = arguments, real = window.fetch;"
            "window.fetch = (asked, options) => asked.startsWith(path)"
            " ? Promise.resolve(new Response(answer)) : real(asked, options);",
            path,
            json.dumps(answer),
        )


class TypingTest(PageTest):
    def test_a_typed_phrase_is_found_and_marked(self):
        self.open()
        self.assertTrue(
            browser.run("return document.activeElement === document.querySelector('#box')")
        )
        browser.type("#box", PHRASE)
        self.wait_status(r"^2 articles")
        self.assertRegex(browser.text("#status"), r"^2 articles · [\d.,]+ (µs|ms|s)$")
        browser.wait("return document.querySelectorAll('#hits .hit').length === 2")
        found = browser.texts("#hits .snippet mark")
        self.assertEqual({re.sub(r"\s+", " ", one) for one in found}, {"doomed to failure"})
        self.assertEqual(self.place(), {"q": PHRASE})
        self.assertIn("doomed to failure", browser.title)

    def test_dates_and_sources_are_shown(self):
        self.asked(PHRASE)
        told = sorted(browser.texts("#hits .meta"))
        self.assertEqual(told, ["1 Oct 2015 · Harbour Post", "Mar 2014 · Inland Echo"])
        self.assertEqual(
            sorted(
                browser.run(
                    "return [...document.querySelectorAll('#hits time')].map((e) => e.dateTime)"
                )
            ),
            ["2014-03", "2015-10-01T12:06:00+02:00"],
        )

    def test_every_kind_of_quotation_mark(self):
        for query in ("“silver anchor”", "«silver anchor»", "„silver anchor“", '"silver anchor'):
            with self.subTest(query):
                self.asked(query)
                self.assertRegex(browser.text("#status"), r"^1 article ·")

    def test_older_replies_are_dropped(self):
        self.open()
        browser.run(
            "const real = window.fetch; window.fetch = async (path, options) => {"
            " if (path.includes('q=porcelain')) {"
            "  await new Promise((go) => setTimeout(go, 900)); options = {}; }"
            " return real(path, options); }"
        )
        browser.type("#box", "porcelain owl")
        browser.wait("return !document.querySelector('#waiting').hidden")
        self.assertEqual(browser.text("#status"), "Searching…")
        browser.run("document.querySelector('#box').select()")
        browser.type("#box", "silver anchor")
        self.wait_status(r"^1 article ·")
        browser.run("return new Promise((go) => setTimeout(go, 1200))")
        self.assertEqual(self.place(), {"q": "silver anchor"})
        self.assertEqual(
            browser.run("return document.querySelector('#hits h2 a').dataset.id"), "emoji"
        )
        self.assertFalse(browser.visible("#waiting"))

    def test_a_pasted_quotation_keeps_its_words_apart(self):
        self.open()
        browser.run(
            "const data = new DataTransfer();"
            "data.setData('text/plain', '\"silver\\r\\nanchor\"\\n');"
            "document.querySelector('#box').dispatchEvent("
            " new ClipboardEvent('paste', {clipboardData: data, cancelable: true}))"
        )
        self.wait_status(r"^1 article ·")
        self.assertEqual(self.place(), {"q": '"silver anchor"'})

    def test_line_ends_in_a_link_keep_words_apart(self):
        self.asked('"silver\nanchor"')
        self.assertEqual(browser.run("return document.querySelector('#box').value"), '"silver anchor"')

    def test_a_pasted_word_parted_at_a_line_end_is_found(self):
        for hyphen in "-", "\u2010", "\u00ad":
            self.open()
            browser.run(
                "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);"
                "document.querySelector('#box').dispatchEvent("
                " new ClipboardEvent('paste', {clipboardData: data, cancelable: true}))",
                f'"sil{hyphen} \r\n  ver anchor"\n',
            )
            self.wait_status(r"^1 article ·")
            self.assertEqual(self.place(), {"q": '"sil-ver anchor"'})

    def test_clearing_the_box_comes_back_to_the_start(self):
        self.asked("harbour")
        browser.click("#clear")
        browser.wait("return document.querySelectorAll('#examples li').length === 5")
        self.assertEqual(self.place(), {})

    def test_typing_is_one_step_of_the_history(self):
        self.asked("harbour")
        browser.run("document.querySelector('#box').select()")
        for letters in ("silver", " anch", "or"):
            browser.type("#box", letters)
            browser.wait(
                "return new URLSearchParams(location.search).get('q') === arguments[0]",
                browser.run("return document.querySelector('#box').value.trim()"),
            )
        self.wait_status(r"^1 article ·")
        browser.back()
        self.wait_status(rf"^{FILLERS} articles")
        self.assertEqual(self.place(), {"q": "harbour"})


class ArticleTest(PageTest):
    def hit(self, article, what):
        """Focuses or clicks the link of an article in the list."""
        browser.run(
            "[...document.querySelectorAll('#hits h2 a')]"
            ".find((a) => a.dataset.id === arguments[0])[arguments[1]]()",
            article,
            what,
        )

    def test_it_opens_at_the_hit_and_esc_returns(self):
        self.asked(PHRASE)
        self.hit("reef", "focus")
        browser.press("enter")
        self.wait_article()
        self.assertEqual(browser.text("#reader h1"), "The lamp on the reef")
        self.assertEqual(browser.texts("#reader mark"), ["doomed to failure", "doomed\nto failure"])
        self.assertTrue(browser.on_screen("#reader mark.current"))
        self.assertEqual(browser.text("#step-told"), "1 of 2 marks")
        self.assertEqual(self.place(), {"q": PHRASE, "article": "reef"})
        browser.press("escape")
        browser.wait("return document.querySelector('#list').checkVisibility()")
        self.assertEqual(self.place(), {"q": PHRASE})
        self.assertEqual(browser.run("return document.activeElement.dataset.id"), "reef")

    def test_a_phrase_over_two_paragraphs_is_one_match(self):
        self.open(q='"silent thunder"', article="split")
        self.wait_article()
        self.assertEqual(browser.texts("#reader mark.current"), ["silent", "thunder"])
        self.assertEqual(browser.text("#step-told"), "1 of 1 mark")

    def test_n_and_p_walk_through_the_marks(self):
        self.open(q=PHRASE, article="reef")
        self.wait_article()
        for key, told in (("n", "2 of 2 marks"), ("n", "1 of 2 marks"), ("p", "2 of 2 marks")):
            browser.press(key)
            self.assertEqual(browser.text("#step-told"), told)
            self.assertTrue(browser.on_screen("#reader mark.current"), told)
        browser.click("#step-back")
        self.assertEqual(browser.text("#step-told"), "1 of 2 marks")

    def test_all_that_is_known_is_shown(self):
        self.open(article="reef")
        self.wait_article()
        self.assertEqual(
            browser.text("#reader .byline"),
            "Harbour Post · Ada Quill · 1 October 2015, 12:06 (UTC+02:00) · example.org ↗",
        )
        facts = browser.texts("#reader footer dl > div")
        for fact in ("Idreef", "Tagslight", "Languageen", "editionlate", 'place{"city":"Bristol"}'):
            self.assertIn(fact, facts)
        self.assertEqual(browser.run("return document.querySelector('#reader').lang"), "en")

    def test_a_clock_of_universal_time_is_told(self):
        self.open(article="split")
        self.wait_article()
        self.assertEqual(browser.text("#reader .byline"), "4 May 2010, 08:09 UTC")

    def read(self, article):
        """Opens an article that the server tells so."""
        self.asked(PHRASE)
        self.answer_with("/articles/reef", {"id": "reef", **article})
        self.hit("reef", "click")
        self.wait_article()

    def test_an_article_without_its_text(self):
        self.read({"title": "Bare", "body": None})
        self.assertEqual(browser.text("#reader .body"), "No text is kept of this article.")
        self.assertFalse(browser.visible("#steps"))

    def test_verse_stays_and_wrapped_lines_flow(self):
        even = [f"{n} lines as long as an old machine wrote them or nearly so" for n in range(3)]
        long = "A line as long as no machine wrapped any is a paragraph by itself. " * 2
        verse = "Short lines\nof a song\nare lines"
        body = "\n\n".join(["\n".join(even), verse, f"{long}\nNext"])
        self.read({"title": "Lines", "body": body})
        told = browser.run(
            "return [...document.querySelectorAll('#reader .body p')].map((one) =>"
            " [one.textContent, getComputedStyle(one).whiteSpace.startsWith('pre')])"
        )
        self.assertEqual(
            told, [["\n".join(even), False], [verse, True], [long, False], ["Next", False]]
        )

    def test_a_title_that_begins_the_text_is_read_once(self):
        heading = "return document.querySelector('#reader h1').getBoundingClientRect().height > 9"
        for title, body, seen in (
            ("Told twice", "\n Told twice \nand then more.", False),
            ("Told twice", "It was told twice.", True),
        ):
            with self.subTest(body):
                self.read({"title": title, "body": body})
                self.assertEqual(browser.run(heading), seen)

    def test_esc_comes_back_to_the_same_place_of_a_long_list(self):
        self.asked("harbour")
        browser.click("#more-button")
        browser.wait("return document.querySelectorAll('#hits .hit').length === 40")
        link = "#hits .hit:nth-child(33) h2 a"
        browser.run(f"document.querySelector('{link}').scrollIntoView({{block: 'center'}})")
        before = browser.run("return scrollY")
        self.assertGreater(before, 500)
        browser.click(link)
        self.wait_article()
        browser.press("escape")
        browser.wait("return document.querySelector('#list').checkVisibility()")
        self.assertAlmostEqual(browser.run("return scrollY"), before, delta=2)
        self.assertEqual(
            browser.run(f"return document.activeElement === document.querySelector('{link}')"), True
        )

    def test_a_reload_keeps_the_place(self):
        self.asked("harbour")
        browser.click("#more-button")
        browser.wait("return document.querySelectorAll('#hits .hit').length === 40")
        browser.run("scrollTo(0, 2400); return new Promise((go) => setTimeout(go, 400))")
        browser.reload()
        browser.wait(
            "return document.querySelectorAll('#hits .hit').length === 40"
            " && Math.abs(scrollY - 2400) < 2"
        )

    def test_forward_comes_back_to_the_mark(self):
        self.asked(PHRASE)
        self.hit("reef", "click")
        self.wait_article()
        browser.press("n")
        browser.run("return new Promise((go) => setTimeout(go, 400))")
        browser.press("escape")
        browser.wait("return document.querySelector('#list').checkVisibility()")
        browser.forward()
        self.wait_article()
        self.assertEqual(browser.text("#step-told"), "2 of 2 marks")
        self.assertTrue(browser.on_screen("#reader mark.current"))

    def test_a_mark_in_a_snippet_opens_the_article_there(self):
        self.asked('"silver anchor"')
        browser.run("document.querySelectorAll('#hits .snippet mark')[1].click()")
        self.wait_article()
        self.assertEqual(browser.text("#step-told"), "2 of 2 marks")

    def test_back_and_forward(self):
        self.open()
        browser.type("#box", PHRASE + webdriver.KEYS["enter"])
        self.wait_status(r"^2 articles")
        browser.click("#hits h2 a")
        self.wait_article()
        browser.back()
        browser.wait("return document.querySelector('#list').checkVisibility()")
        browser.back()
        browser.wait("return document.querySelector('#start').checkVisibility()")
        self.assertEqual(browser.run("return document.querySelector('#box').value"), "")
        browser.forward()
        self.wait_status(r"^2 articles")
        self.assertEqual(browser.run("return document.querySelector('#box').value"), PHRASE)
        browser.forward()
        self.wait_article()

    def test_an_article_has_a_link_of_its_own(self):
        self.open(q="crooked", article="a/b ?&#%é")
        self.wait_article()
        self.assertEqual(browser.text("#reader h1"), "An id with everything")
        self.assertEqual(browser.texts("#reader mark"), ["crooked"])
        browser.press("escape")
        self.wait_status(r"^1 article ·")
        self.assertEqual(self.place(), {"q": "crooked"})
        browser.click("#hits h2 a")
        self.wait_article()
        self.assertEqual(browser.text("#reader h1"), "An id with everything")


class KeyboardTest(PageTest):
    def focused(self):
        return browser.run("return document.activeElement.dataset.id ?? document.activeElement.id")

    def test_arrows_walk_and_enter_opens(self):
        self.asked(PHRASE)
        order = browser.run(
            "return [...document.querySelectorAll('#hits h2 a')].map((a) => a.dataset.id)"
        )
        browser.press("/")
        self.assertEqual(self.focused(), "box")
        self.assertEqual(browser.run("return document.querySelector('#box').value"), PHRASE)
        walked = []
        for key in ("down", "down", "down", "up"):
            browser.press(key)
            walked.append(self.focused())
        self.assertEqual(walked, [order[0], order[1], order[1], order[0]])
        browser.press("up")
        self.assertEqual(self.focused(), "box")
        browser.press("down", "enter")
        self.wait_article()
        self.assertEqual(self.place()["article"], order[0])

    def test_esc_in_the_list_comes_to_the_box(self):
        self.asked(PHRASE)
        browser.press("down", "escape")
        self.assertEqual(self.focused(), "box")

    def test_help_opens_and_closes(self):
        self.asked(PHRASE)
        browser.press("?")
        self.assertTrue(browser.visible("#help"))
        browser.press("escape")
        self.assertFalse(browser.visible("#help"))
        self.assertTrue(browser.visible("#list"))

    def test_more_by_keyboard_comes_to_the_first_new_answer(self):
        self.asked("harbour")
        self.assertEqual(browser.text("#more-told"), f"20 of {FILLERS} shown")
        browser.run("document.querySelector('#more-button').focus()")
        browser.press("enter")
        browser.wait("return document.querySelectorAll('#hits .hit').length === 40")
        browser.wait(
            "return document.activeElement"
            " === document.querySelector('#hits .hit:nth-child(21) h2 a')"
        )
        browser.run("document.querySelector('#more-button').click()")
        browser.wait(f"return document.querySelectorAll('#hits .hit').length === {FILLERS}")
        self.assertFalse(browser.visible("#more"))
        ids = browser.run(
            "return [...document.querySelectorAll('#hits h2 a')].map((a) => a.dataset.id)"
        )
        self.assertEqual(len(set(ids)), FILLERS)


class TrustTest(PageTest):
    def test_markup_stays_text(self):
        self.asked("porcelain owl")
        self.assertEqual(browser.text("#hits h2"), ARTICLES[2]["title"])
        browser.click("#hits h2 a")
        self.wait_article()
        self.assertEqual(browser.text("#reader h1"), ARTICLES[2]["title"])
        self.assertEqual(browser.text("#reader .body"), ARTICLES[2]["body"])
        self.assertEqual(
            browser.run("return document.querySelectorAll('main script, main img, main b').length"),
            0,
        )
        self.assertIsNone(browser.run("return window.hacked ?? null"))

    def test_a_script_address_is_no_link(self):
        self.open(article="script")
        self.wait_article()
        links = browser.run(
            "return [...document.querySelectorAll('#room a')].map((a) => a.protocol)"
        )
        self.assertEqual(set(links), {"http:"})
        self.assertIn("javascript:window.hacked = 2", browser.text("#reader footer"))

    def test_a_web_address_is_a_safe_link(self):
        self.open(article="reef")
        self.wait_article()
        self.assertEqual(
            browser.run("const a = document.querySelector('.byline a'); return [a.href, a.rel]"),
            ["https://example.org/reef?a=1&b=2", "noopener noreferrer"],
        )

    def test_marks_count_code_points(self):
        self.asked('"silver anchor"')
        self.assertEqual(browser.texts("#hits .snippet mark"), ["silver anchor"] * 2)
        browser.click("#hits h2 a")
        self.wait_article()
        self.assertEqual(browser.texts("#reader mark"), ["silver anchor"] * 2)
        self.assertEqual(browser.text("#reader .body"), ARTICLES[3]["body"])

    def test_marks_in_titles_count_code_points(self):
        self.asked("title:words")
        self.assertEqual(browser.texts("#hits h2 mark"), ["words"])

    def test_policy_forbids_what_is_not_ours(self):
        self.open()
        blocked = browser.run(
            "return new Promise((done) => {"
            " document.addEventListener('securitypolicyviolation',"
            "  (event) => done(event.effectiveDirective));"
            " const script = document.createElement('script');"
            " script.textContent = 'window.hacked = 4';"
            " document.body.append(script); setTimeout(() => done('nothing'), 2000); })"
        )
        self.assertEqual(blocked, "script-src-elem")
        self.assertIsNone(browser.run("return window.hacked ?? null"))
        browser.console()  # the violation was asked for


class StatesTest(PageTest):
    def test_the_empty_box_teaches_by_questions_that_find_something(self):
        self.open()
        browser.wait("return document.querySelectorAll('#examples li .total').length === 5")
        for n in range(1, 6):
            with self.subTest(n):
                self.open()
                link = f"#examples li:nth-child({n}) a"
                browser.wait(f"return document.querySelector('{link}') !== null")
                told = browser.text(f"#examples li:nth-child({n}) .total")
                self.assertRegex(told, r"^[1-9][\d,]* articles?$")
                browser.click(link)
                self.assertTrue(self.wait_status().startswith(told + " ·"), told)

    def test_the_questions_of_a_bare_index_find_something_too(self):
        body = "Somebody wrote sentences without titles, dates, sources or languages."
        bare = pathlib.Path(folder.name) / "bare.vbt"
        build(bare, [{"id": f"bare {n}", "body": f"{body} {n}"} for n in range(2)])
        self.server = Server(bare)
        self.server.start()
        self.addCleanup(self.server.stop)
        self.open()
        browser.wait("return document.querySelectorAll('#examples li').length === 5")
        for told in browser.texts("#examples li .total"):
            self.assertRegex(told, r"^[12] articles?$")

    def test_a_link_keeps_the_order(self):
        self.asked("harbour", sort="date")
        dates = browser.run(
            "return [...document.querySelectorAll('#hits time')].map((e) => e.dateTime)"
        )
        self.assertEqual(dates, sorted(dates))
        browser.click("#sorting [data-sort='-date']")
        browser.wait("return document.querySelector('#hits time').dateTime > '2011-12'")
        dates = browser.run(
            "return [...document.querySelectorAll('#hits time')].map((e) => e.dateTime)"
        )
        self.assertEqual(dates, sorted(dates, reverse=True))
        self.assertEqual(self.place(), {"q": "harbour", "sort": "-date"})

    def test_nothing_found_says_why_and_what_to_do(self):
        self.asked('"harbour xylophone"')
        browser.wait("return document.querySelector('#nothing').checkVisibility()")
        self.assertIn("xylophone", browser.text("#nothing p"))
        self.assertEqual(browser.text("#nothing .offers li .total"), f"{FILLERS} articles")
        browser.click("#nothing .offers a")
        self.wait_status(rf"^{FILLERS} articles")
        self.assertFalse(browser.visible("#nothing"))

    def test_every_question_offered_finds_what_it_says(self):
        for query in (
            '"anchor owl"',
            '"silver anchor" -"the silver"',
            "silver -anchor",
            'harbour source:"Nobody\'s Gazette"',
            '"porcelain owl" source:"Inland Echo"',
        ):
            with self.subTest(query):
                self.asked(query)
                browser.wait("return document.querySelector('#nothing').checkVisibility()")
                offers = browser.texts("#nothing .offers code")
                self.assertTrue(offers)
                totals = browser.texts("#nothing .offers .total")
                for offer, total in zip(offers, totals):
                    self.asked(offer)
                    self.assertTrue(browser.text("#status").startswith(total + " ·"), offer)

    def test_a_question_that_finds_nothing_is_not_offered(self):
        answer = {
            "total": {"value": 0, "relation": "eq"},
            "hits": [],
            "why": {
                "message": "the two words stand nowhere together",
                "relaxations": [
                    {"query": "finds nothing", "total": 0},
                    {"query": "finds some", "total": 3},
                    {"total": 4},
                ],
            },
        }
        self.open()
        self.answer_with("/search?q=x&", answer)
        browser.type("#box", "x" + webdriver.KEYS["enter"])
        browser.wait("return document.querySelector('#nothing').checkVisibility()")
        self.assertEqual(browser.text("#nothing p"), "The two words stand nowhere together.")
        self.assertEqual(browser.texts("#nothing .offers code"), ["finds some"])
        self.assertEqual(browser.texts("#nothing .offers .total"), ["3 articles"])

    def test_a_long_question_is_offered_as_a_quotation(self):
        text = '"they said it was doomed to failure and then nobody wrote another word"'
        self.asked(text)
        browser.wait("return document.querySelector('#nothing').checkVisibility()")
        browser.run("document.querySelector('#nothing > p > a').click()")
        browser.wait("return document.querySelectorAll('#quoted .hit').length > 0")
        self.assertEqual(self.place(), {"view": "quote"})
        self.assertEqual(browser.run("return document.querySelector('#pasted').value"), text)
        self.asked('"doomed owl"')
        browser.wait("return document.querySelector('#nothing').checkVisibility()")
        self.assertNotIn("check it as a quotation", browser.text("#nothing"))
        text = text.strip('"') + " of which nothing is here"
        self.asked(text)
        self.assertIn("need not be there. Or check it as a quotation.", browser.text("#aside"))
        browser.click("#aside a")
        browser.wait("return document.querySelectorAll('#quoted .hit').length > 0")
        self.assertEqual(browser.run("return document.querySelector('#pasted').value"), text)

    def test_half_typed_words_leave_the_list_for_a_while(self):
        self.asked(PHRASE)
        seen = browser.run(
            "const box = document.querySelector('#box');"
            "const status = document.querySelector('#status');"
            "box.value = '\"doomed to failure xy';"
            "box.dispatchEvent(new InputEvent('input', {bubbles: true}));"
            "return new Promise((done) => { const look = setInterval(() => {"
            " if (!status.textContent.startsWith('0 articles')) return;"
            " clearInterval(look);"
            " done([document.querySelector('#nothing').checkVisibility(),"
            "       document.querySelectorAll('#hits .hit').length,"
            "       document.querySelector('#hits').matches('.stale')]); }, 5); })"
        )
        self.assertEqual(seen, [False, 2, True])
        browser.wait("return document.querySelector('#nothing').checkVisibility()")
        self.assertEqual(browser.texts("#hits .hit"), [])

    def test_any_string_is_a_question(self):
        self.open()
        browser.wait("return document.querySelectorAll('#examples li').length === 5")
        for query in (
            '"',
            "((",
            "-",
            "OR OR",
            "title:",
            "\\",
            "date:x..y",
            "<b>&amp;",
            "%00",
            "🙂" * 40,
            "%%%%",
            "'",
        ):
            with self.subTest(query):
                self.asked(query)
                self.assertEqual(browser.text("#notice"), "")

    def test_narrow_pages_scroll_down_only(self):
        browser.size(320, 640)
        for place in (
            {},
            {"q": PHRASE},
            {"q": "harbour"},
            {"q": "xylophone" * 9},
            {"q": PHRASE, "article": "reef"},
            {"article": "script"},
            {"q": "silver", "article": "emoji"},
        ):
            with self.subTest(place):
                self.open(**place)
                browser.wait(
                    "return document.querySelector("
                    " '#examples li, #hits li, #nothing h2, #reader h1')"
                )
                width, room = browser.run(
                    "const page = document.documentElement;"
                    "return [page.scrollWidth, page.clientWidth]"
                )
                self.assertLessEqual(room, 320)
                self.assertLessEqual(width, room)
        browser.click("#help-open")
        self.assertLessEqual(
            browser.run("const help = document.querySelector('#help'); return help.scrollWidth"),
            320,
        )

    def test_contrast_in_light_and_dark(self):
        pairs = [
            ("--ink", "--paper"),
            ("--soft", "--paper"),
            ("--accent", "--paper"),
            ("--ink", "--sheet"),
            ("--soft", "--sheet"),
            ("--accent", "--wash"),
            ("--mark-ink", "--mark"),
        ]
        for scheme, dark in (("light", False), ("dark", True)):
            browser.prefer(**{"prefers-color-scheme": scheme})
            self.open()
            paper = self.luminance("--paper")
            self.assertEqual(paper < 0.1, dark)
            for ink, ground in pairs:
                with self.subTest(f"{scheme} {ink} on {ground}"):
                    high, low = sorted((self.luminance(ink), self.luminance(ground)), reverse=True)
                    self.assertGreaterEqual((high + 0.05) / (low + 0.05), 4.5)

    def luminance(self, variable):
        """Relative luminance as WCAG 2.2 defines it."""
        color = browser.run(
            "const probe = document.createElement('i'); probe.style.color = `var(${arguments[0]})`;"
            "document.body.append(probe); const color = getComputedStyle(probe).color;"
            "probe.remove(); return color",
            variable,
        )
        channels = [int(one) / 255 for one in re.findall(r"\d+", color)[:3]]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def test_what_an_answer_admits_is_told(self):
        answer = {
            "query": {
                "text": "x",
                "parsed": "x",
                "any_words": True,
                "words": [],
                "repairs": ["closed an open quotation at the end"],
            },
            "index": {"name": "canned", "checksum": "0", "articles": 1234567},
            "took_us": 1234567,
            "total": {"value": 12345, "relation": "gte"},
            "partial": "the time ended",
            "hits": [
                {
                    "rank": 1,
                    "id": "reef",
                    "title": "Canned",
                    "snippets": [],
                    "phrase_count": 3,
                    "also_in": [{"id": "bridge", "title": "Its copy", "source": ["Inland Echo"]}],
                }
            ],
        }
        self.open()
        self.answer_with("/search?q=x&", answer)
        browser.type("#box", "x" + webdriver.KEYS["enter"])
        self.wait_status(r"^at least 12,345 articles · 1\.2 s$")
        for told in (
            "This answer is not whole: the time ended.",
            "No article holds all of these words",
            "Closed an open quotation at the end.",
        ):
            self.assertIn(told, browser.text("#aside"))
        self.assertEqual(browser.text("#library-size"), "1,234,567 articles")
        self.assertIn("+ 3 more occurrences", browser.text("#hits .foot"))
        browser.click("#hits summary")
        browser.click("#hits details a")
        self.wait_article()
        self.assertEqual(browser.text("#reader h1"), "A bridge of rope")

    def test_a_list_of_which_the_index_was_replaced_is_asked_for_anew(self):
        self.asked("harbour")
        other = {
            "index": {"name": "news", "checksum": "another", "articles": 1},
            "total": {"value": 21, "relation": "eq"},
            "hits": [{"id": "of another index", "title": "Of another index"}],
        }
        self.answer_with("/search?q=harbour&limit=20&offset=20", other)
        browser.click("#more-button")
        browser.wait("return document.querySelectorAll('#hits .hit').length === 40")
        self.assertNotIn("Of another index", browser.texts("#hits h2"))

    def test_other_spellings_are_told(self):
        answer = {
            "query": {
                "spellings": [{"written": "harbor", "searched": ["harbor", "harbour", "harbors"]}],
                "also_written": [
                    {"text": "harbour lamp", "articles": 4},
                    {"text": "harbour lights", "query": '"harbour lights"', "articles": 3},
                ],
            },
            "total": {"value": 1, "relation": "eq"},
            "hits": [{"id": "reef"}],
        }
        self.open()
        self.answer_with("/search?q=x&", answer)
        browser.type("#box", "x" + webdriver.KEYS["enter"])
        self.wait_status("^1 article$")
        told = browser.text("#aside")
        self.assertIn("Also searched: “harbour”, “harbors”.", told)
        self.assertIn("Also written: harbour lamp (4), harbour lights (3).", told)
        offered = browser.run(
            "return [...document.querySelectorAll('#aside a')]"
            ".map((one) => new URL(one.href).searchParams.get('q'))"
        )
        self.assertEqual(offered, ['"harbour lamp"', '"harbour lights"'])

    def test_little_motion_and_paper(self):
        browser.prefer(**{"prefers-reduced-motion": "reduce"})
        self.asked(PHRASE)
        moving = (
            "return getComputedStyle(document.querySelector('#waiting'), '::before').animationName"
        )
        self.assertEqual(browser.run(moving), "none")
        browser.prefer()
        self.assertEqual(browser.run(moving), "waiting")
        browser.devtools("Emulation.setEmulatedMedia", media="print")
        self.assertFalse(browser.visible("#ask"))
        self.assertTrue(browser.visible("#hits"))
        browser.devtools("Emulation.setEmulatedMedia", media="")

    def test_names_and_roles_for_screen_readers(self):
        self.asked(PHRASE)
        nodes = browser.devtools("Accessibility.getFullAXTree")["nodes"]
        named = {
            (node["role"]["value"], node["name"]["value"])
            for node in nodes
            if not node["ignored"] and "name" in node and "role" in node
        }
        for expected in (
            ("searchbox", "Search the articles"),
            ("button", "Clear"),
            ("button", "Help"),
            ("link", "A bridge of rope"),
            ("button", "newest"),
        ):
            self.assertIn(expected, named)
        roles = {role for role, _ in named}
        self.assertTrue(
            {"main", "search", "status", "list", "listitem", "mark", "heading"} <= roles, roles
        )
        nameless = [
            node
            for node in nodes
            if not node["ignored"]
            and not node.get("name", {}).get("value")
            and node["role"]["value"] in ("button", "link", "searchbox", "combobox")
        ]
        self.assertEqual(nameless, [])

    def test_text_runs_its_own_way(self):
        self.asked("الميناء")
        self.assertEqual(
            browser.run("return getComputedStyle(document.querySelector('.snippet')).direction"),
            "rtl",
        )


class NarrowTest(PageTest):
    """How the answers lie in time, and whose they are."""

    def open_panel(self, q):
        self.asked(q)
        browser.wait("return document.querySelectorAll('#sparks i').length > 1")
        browser.click("#narrow-open")
        browser.wait("return document.querySelector('#narrow').checkVisibility()")

    def facet(self, name):
        return browser.run(
            "const room = [...document.querySelectorAll('.facets section')]"
            ".find((one) => one.querySelector('h2').textContent === arguments[0]);"
            "return room && [...room.querySelectorAll('li')].map((row) => [...row.children]"
            ".map((one) => one.textContent))",
            name,
        )

    def test_a_small_chart_tells_when(self):
        self.asked("harbour")
        browser.wait("return document.querySelectorAll('#sparks i').length > 1")
        self.assertEqual(browser.text("#narrow-told"), "Jan – Dec 2011")
        self.assertFalse(browser.visible("#narrow"))

    def test_the_small_chart_is_as_tall_as_what_it_counts(self):
        self.asked("the")
        browser.wait("return document.querySelectorAll('#sparks i').length > 1")
        heights, counts = browser.run(
            "return fetch('/timeline?q=the').then((reply) => reply.json()).then((told) => ["
            "[...document.querySelectorAll('#sparks i')].map((one) => parseFloat(one.style.height)),"
            "told.buckets.map((one) => one.articles)])"
        )
        per = -(-len(counts) // 40)
        sums = [sum(counts[i : i + per]) for i in range(0, len(counts), per)]
        self.assertGreater(max(sums), 1)
        self.assertEqual(len(heights), len(sums))
        for height, number in zip(heights, sums):
            self.assertAlmostEqual(height, number and max(8, 100 * number / max(sums)), places=2)

    def test_sources_are_counted_and_narrow(self):
        self.open_panel("the")
        sources = dict(self.facet("Source"))
        self.assertEqual(sources, {"Harbour Post": str(FILLERS + 1), "Inland Echo": "1"})
        browser.run(
            "[...document.querySelectorAll('.facets a')]"
            ".find((one) => one.textContent === 'Inland Echo').click()"
        )
        self.wait_status(r"^1 article ·")
        self.assertEqual(self.place(), {"q": 'the source:"Inland Echo"'})
        self.assertEqual(
            browser.run("return document.querySelector('#box').value"), 'the source:"Inland Echo"'
        )

    def test_many_sources_are_shown_when_asked_for(self):
        values = [{"value": f"Paper {n}", "articles": 20 - n} for n in range(9)]
        self.open()
        self.answer_with("/search?q=harbour&limit=0&", {"facets": {"source": values}})
        browser.type("#box", "harbour" + webdriver.KEYS["enter"])
        browser.wait("return document.querySelectorAll('#sparks i').length > 1")
        browser.click("#narrow-open")
        browser.wait("return document.querySelector('#narrow').checkVisibility()")
        self.assertEqual(self.facet("Source"), [[f"Paper {n}", str(20 - n)] for n in range(6)])
        self.assertEqual(browser.text(".facets button"), "3 more")
        browser.click(".facets button")
        self.assertEqual(self.facet("Source"), [[f"Paper {n}", str(20 - n)] for n in range(9)])
        self.assertEqual(browser.run("return document.activeElement.textContent"), "Paper 6")
        self.assertFalse(browser.visible(".facets button"))

    def test_a_condition_is_taken_out_again(self):
        self.open_panel('harbour source:"Harbour Post"')
        browser.click(".facets a[aria-current]")
        self.wait_status(rf"^{FILLERS} articles")
        self.assertEqual(self.place(), {"q": "harbour"})

    def test_what_has_no_bar_is_counted_beside(self):
        buckets = [{"date": f"2011-0{month}", "articles": month} for month in (1, 2, 3)]
        for coarser, undated, told in (
            (1, 2, "1 article dated less exactly, 2 without a date"),
            (0, 1000, "1,000 without a date"),
            (0, 0, ""),
        ):
            with self.subTest(told):
                self.open()
                self.answer_with(
                    "/timeline", {"buckets": buckets, "coarser": coarser, "undated": undated}
                )
                browser.type("#box", "harbour" + webdriver.KEYS["enter"])
                browser.wait("return document.querySelectorAll('#sparks i').length === 3")
                browser.click("#narrow-open")
                browser.wait("return document.querySelector('#narrow').checkVisibility()")
                self.assertEqual(browser.text(".ends span"), told)

    def test_one_source_but_several_authors_and_tags(self):
        facets = {
            "source": ["Harbour Post", "Inland Echo"],
            "author": ["quill", "x"],
            "tag": ["light", "y"],
            "lang": ["en", "fr"],
        }
        answer = {
            "total": {"value": 5, "relation": "eq"},
            "hits": [{"id": "reef"}],
            "facets": {
                name: [{"value": value, "articles": 1} for value in values]
                for name, values in facets.items()
            },
        }
        self.open()
        self.answer_with("/search?", answer)
        rest = 'x source:"Harbour Post" author:x tag:y lang:en'
        browser.type("#box", rest + webdriver.KEYS["enter"])
        browser.wait("return document.querySelector('#narrow-open').checkVisibility()")
        browser.click("#narrow-open")
        browser.wait("return document.querySelectorAll('.facets a').length === 8")
        links = browser.run(
            "return [...document.querySelectorAll('.facets a')].map((one) =>"
            " [one.textContent, new URL(one.href).searchParams.get('q')])"
        )
        narrowed = dict(links)
        self.assertEqual(narrowed["Inland Echo"], 'x author:x tag:y lang:en source:"Inland Echo"')
        self.assertEqual(narrowed["quill"], f"{rest} author:quill")
        self.assertEqual(narrowed["light"], f"{rest} tag:light")
        self.assertEqual(narrowed["fr"], 'x source:"Harbour Post" author:x tag:y lang:fr')
        self.assertEqual(narrowed["y"], 'x source:"Harbour Post" author:x lang:en')

    def test_dates_are_taken_out_together(self):
        self.open_panel("harbour date:2011")
        self.assertEqual(browser.texts("#narrow > p > a"), ["All dates"])
        browser.click("#narrow > p > a")
        self.wait_status(rf"^{FILLERS} articles")
        self.assertEqual(self.place(), {"q": "harbour"})
        self.open_panel("harbour")
        self.assertEqual(browser.texts("#narrow > p > a"), [])

    def test_bars_are_months_and_narrow(self):
        self.open_panel("harbour")
        months = [sum(n % 12 == month for n in range(FILLERS)) for month in range(12)]
        names = browser.run(
            "return [...document.querySelectorAll('.chart a')].map((bar) => bar.ariaLabel)"
        )
        self.assertEqual(
            [int(re.search(r": (\d+) articles?$", name)[1]) for name in names], months
        )
        self.assertTrue(names[2].startswith("March 2011"), names[2])
        browser.run("document.querySelector('.chart a').focus()")
        browser.press("right")
        browser.press("right")
        browser.press("enter")
        self.wait_status(rf"^{months[2]} articles")
        self.assertEqual(self.place(), {"q": "harbour date:2011-03"})

    def test_any_question_is_narrowed_as_a_whole(self):
        for query, narrowed in (
            ("bridge OR harbour", '(bridge OR harbour) source:"Inland Echo"'),
            ('"the', '"the" source:"Inland Echo"'),
        ):
            with self.subTest(query):
                self.open_panel(query)
                links = browser.run(
                    "return [...document.querySelectorAll('#narrow a')].map((one) =>"
                    " new URL(one.href).searchParams.get('q'))"
                )
                self.assertIn(narrowed, links)


class LinesTest(PageTest):
    """Each occurrence on a line of its own."""

    def test_every_occurrence_has_a_line(self):
        self.asked("harbour")
        browser.click("#viewing [data-view=lines]")
        self.wait_status(rf"^{FILLERS} articles, {3 * FILLERS} occurrences")
        self.assertEqual(self.place(), {"q": "harbour", "view": "lines"})
        for shown in (100, 3 * FILLERS):
            browser.click("#more-button")
            browser.wait(
                "return document.querySelectorAll('#hits .line').length === arguments[0]", shown
            )
        self.assertEqual(len(browser.texts("#hits h2 a")), FILLERS)
        self.assertEqual({one.lower() for one in browser.texts("#hits mark")}, {"harbour"})

    def test_a_line_opens_the_article_there(self):
        self.asked(PHRASE, view="lines")
        self.wait_status("3 occurrences")
        browser.run(
            "[...document.querySelectorAll('.match')].filter((one) => one.dataset.id === 'reef')"
            "[1].click()"
        )
        self.wait_article()
        self.assertEqual(browser.text("#step-told"), "2 of 2 marks")


    def test_a_line_is_known_by_what_stands_before_it(self):
        self.asked("tolled", view="lines")
        self.wait_status("2 occurrences")
        for n in (2, 1):
            browser.run("document.querySelectorAll('.match')[arguments[0]].click()", n - 1)
            self.wait_article()
            self.assertEqual(browser.text("#step-told"), f"{n} of 2 marks")
            browser.press("escape")
            browser.wait("return document.querySelector('#list').checkVisibility()")


class QuotationTest(PageTest):
    """A pasted paragraph, and what of it stands where."""

    PASTED = (
        "They said “doomed to failure” of the bridge of wire too, and were not wrong.\n"
        "Nobody else ever wrote what follows here."
    )

    def setUp(self):
        super().setUp()
        self.open()
        browser.run("sessionStorage.clear()")

    def paste(self, text):
        browser.run(
            "const field = document.querySelector('#pasted'); field.value = arguments[0];"
            "field.dispatchEvent(new InputEvent('input', {bubbles: true}))",
            text,
        )

    def test_what_stands_word_for_word_is_marked(self):
        self.open()
        browser.wait("return document.querySelector('#check').checkVisibility()")
        browser.click("#check")
        self.assertEqual(self.place(), {"view": "quote"})
        self.paste(self.PASTED)
        browser.wait("return document.querySelectorAll('#quoted .hit').length > 0")
        self.assertEqual(
            [re.sub(r"\W+$", "", one) for one in browser.texts("#verdict mark")],
            ["They said “doomed to failure” of the bridge of", "too, and were not wrong"],
        )
        self.assertRegex(browser.text("#quotation-status"), r"^14 of its 22 words stand in one ")
        first = "#quoted .hit:first-child "
        self.assertEqual(browser.text(first + "h2"), "A bridge of rope")
        self.assertIn("wire", browser.text(first + "del"))
        self.assertIn("rope", browser.text(first + "ins"))
        browser.click(first + "h2 a")
        self.wait_article()
        self.assertGreater(len(browser.texts("#reader mark")), 0)
        browser.press("escape")
        browser.wait("return document.querySelectorAll('#quoted .hit').length > 0")
        self.assertEqual(
            browser.run("return document.querySelector('#pasted').value"), self.PASTED
        )

    def test_a_comma_stays_at_the_word_that_differs(self):
        self.open(view="quote")
        self.paste("They said “doomed to failure” of the bridge of rope also, and were not wrong.")
        browser.wait("return document.querySelectorAll('#quoted .hit').length > 0")
        self.assertIn("rope also too, and were", browser.text("#quoted .hit:first-child .compared"))

    def answered(self, text, answer):
        """Pastes a text of which the server says this."""
        self.open(view="quote")
        self.answer_with("/quote", answer)
        self.paste(text)
        browser.wait("return / · /.test(document.querySelector('#quotation-status').innerText)")

    def test_runs_that_overlap_or_touch_are_one_mark(self):
        runs = [(20, 24), (0, 12), (8, 15), (15, 18), (2, 6)]
        self.answered(
            "abcdefgh ijkl mnopqrst uvwxyz",
            {
                "words": 5,
                "took_us": 1,
                "runs": [{"start": start, "end": end, "words": 1} for start, end in runs],
                "articles": [],
            },
        )
        self.assertEqual(browser.texts("#verdict mark"), ["abcdefgh ijkl mnop", "st u"])

    def test_what_stands_elsewhere_in_an_article_is_no_part_of_the_comparison(self):
        text = "one two three four five six"
        runs = [(0, 7, True), (8, 13, False), (14, 18, True)]
        differs = [{"start": 7, "end": 14, "written": {"text": "2½"}}]
        self.answered(
            text,
            {
                "words": 6,
                "took_us": 1,
                "runs": [{"start": 0, "end": 18, "words": 4}],
                "total_articles": {"value": 1, "relation": "eq"},
                "articles": [
                    {
                        "id": "counted",
                        "covered": 4,
                        "runs": [
                            {"start": start, "end": end, "words": 2, "in_order": in_order}
                            for start, end, in_order in runs
                        ],
                        "differs": differs,
                    }
                ],
            },
        )
        self.assertEqual(browser.texts(".compared mark"), ["one two", "four"])
        self.assertEqual(browser.texts(".compared del"), ["three"])
        self.assertEqual(browser.texts(".compared ins"), ["2½"])
        self.assertEqual(browser.text("#quoted .foot"), "4 of 6 words word for word")

    def test_a_quotation_opens_its_article_at_the_longest_part(self):
        self.open(view="quote")
        self.paste("Of the keeper's log: the engineer called it doomed to failure.")
        browser.wait("return document.querySelectorAll('#quoted .hit').length > 0")
        browser.click("#quoted h2 a")
        self.wait_article()
        self.assertEqual(self.place()["q"], '"the engineer called it doomed to failure"')

    def test_a_whole_quotation(self):
        self.open(view="quote")
        self.paste("The engineer called it doomed to failure.")
        browser.wait("return / · /.test(document.querySelector('#quotation-status').innerText)")
        self.assertRegex(browser.text("#quotation-status"), "^All of its 7 words stand in one ")

    def test_what_nobody_wrote(self):
        self.open(view="quote")
        self.paste("Entirely invented sentences were printed nowhere whatsoever.")
        browser.wait("return /No part/.test(document.querySelector('#quotation-status').innerText)")
        self.assertEqual(browser.texts("#quoted .hit"), [])

    def test_slashes_are_typed_not_obeyed(self):
        self.open(view="quote")
        browser.type("#pasted", "and/or?")
        self.assertEqual(browser.run("return document.querySelector('#pasted').value"), "and/or?")


class HelpTest(PageTest):
    def test_every_example_finds_something(self):
        self.open()
        browser.click("#help-open")
        browser.wait("return !document.querySelector('#constructs').textContent.includes('lights')")
        queries = browser.texts("#constructs code")
        self.assertGreaterEqual(len(queries), 10)
        for query in queries:
            with self.subTest(query):
                self.asked(query)
                self.assertNotRegex(browser.text("#status"), r"^0 articles")

    def test_an_example_runs(self):
        self.open()
        browser.click("#help-open")
        browser.wait("return !document.querySelector('#constructs').textContent.includes('lights')")
        query = browser.texts("#constructs code")[1]
        browser.run("document.querySelectorAll('#constructs a')[1].click()")
        self.wait_status()
        self.assertEqual(self.place(), {"q": query})
        self.assertFalse(browser.visible("#help"))


class CompletionsTest(PageTest):
    def test_words_half_typed_are_completed(self):
        self.open()
        browser.type("#box", "porcel")
        browser.wait("return document.querySelectorAll('#completions a').length > 0")
        self.assertIn("porcelain", browser.text("#completions a"))
        browser.click("#completions a")
        self.wait_status(r"^1 article ·")
        self.assertEqual(browser.texts("#completions a"), [])

    def test_what_the_box_holds_is_not_offered(self):
        self.open()
        browser.type("#box", "porcelain")
        browser.wait(
            "return performance.getEntriesByType('resource')"
            ".some((one) => one.name.endsWith('/suggest?q=porcelain&limit=5') && one.responseEnd)"
        )
        browser.run("return new Promise((done) => setTimeout(done, 100))")
        self.assertNotIn("porcelain", browser.texts("#completions a"))

    def test_words_that_need_not_be_there_are_told(self):
        self.asked("the harbour")
        self.assertIn("“the” need not be there", browser.text("#aside"))

    def test_a_misspelt_word_is_offered_mended(self):
        self.asked("porcelian owl")
        browser.wait("return document.querySelector('#aside a') !== null")
        self.assertRegex(browser.text("#aside"), "Did you mean porcelain owl")
        browser.click("#aside a")
        self.wait_status(r"^1 article ·")


class AccessibilityTest(PageTest):
    """axe-core finds nothing, whatever the page shows."""

    PLACES = (
        ({}, "#examples li"),
        ({"q": PHRASE}, "#hits li"),
        ({"q": "harbour", "view": "lines"}, "#hits li"),
        ({"q": '"harbour xylophone"'}, "#nothing h2"),
        ({"q": PHRASE, "article": "reef"}, "#reader h1"),
        ({"view": "quote"}, "#pasted"),
    )

    def setUp(self):
        super().setUp()
        path = pathlib.Path(os.environ.get("VERBATIM_AXE", "build/axe/axe.min.js"))
        if not path.is_file():
            self.skipTest(f"axe-core is not at {path}: ./run test fetches it")
        self.axe = path.read_text(encoding="utf-8")

    def check(self, what):
        browser.run(self.axe + "; window.axe = axe")
        found = browser.run(
            "return axe.run(document, {resultTypes: ['violations']}).then((told) =>"
            " told.violations.map((one) => one.id + ': ' + one.nodes.map((n) => n.html).join(' ')))"
        )
        self.assertEqual(found, [], what)

    def test_axe_finds_nothing(self):
        for scheme in ("light", "dark"):
            browser.prefer(**{"prefers-color-scheme": scheme})
            for place, shown in self.PLACES:
                with self.subTest(f"{scheme} {place}"):
                    self.open(**place)
                    browser.wait(f"return document.querySelector('{shown}') !== null")
                    self.check(place)

    def test_axe_finds_nothing_in_panels(self):
        self.asked("the")
        browser.wait("return document.querySelectorAll('#sparks i').length > 1")
        browser.click("#narrow-open")
        browser.wait("return document.querySelector('#narrow').checkVisibility()")
        self.check("narrow")
        browser.click("#help-open")
        self.check("help")


class TroubleTest(PageTest):
    answers_expected_to_fail = (404, 400, "ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "ERR_SOCKET")

    def test_an_article_that_is_not_there(self):
        self.open(q="harbour", article="no-such-article")
        browser.wait("return document.querySelector('#notice').textContent !== ''")
        self.assertEqual(browser.text("#notice h2"), "This article is not here.")
        browser.click("#notice a")
        self.wait_status(r"articles ·")
        self.assertEqual(self.place(), {"q": "harbour"})
        browser.back()
        browser.wait("return document.querySelector('#notice').textContent !== ''")
        browser.press("/")
        browser.run("document.querySelector('#box').select()")
        browser.type("#box", "silver anchor")
        self.wait_status(r"^1 article ·")
        self.assertEqual(browser.text("#notice"), "")

    def test_a_refusal_is_told_in_the_servers_words(self):
        self.open(q="harbour", index="no-such-index")
        browser.wait("return document.querySelector('#notice').textContent !== ''")
        told = browser.run(
            "return fetch('/search?q=harbour&index=no-such-index').then((reply) => reply.json())"
        )
        self.assertIn(told["detail"].rstrip(".")[1:], browser.text("#notice p"))
        browser.click("#notice a")
        self.wait_status(r"articles ·")
        self.assertEqual(self.place(), {"q": "harbour"})

    def test_a_server_that_went_away_and_came_back(self):
        self.asked(PHRASE)
        server.stop()
        try:
            browser.run("document.querySelector('#box').select()")
            browser.type("#box", "silver anchor")
            browser.wait("return document.querySelector('#notice').textContent !== ''")
            self.assertEqual(browser.text("#notice h2"), "The server does not answer.")
            self.assertTrue(browser.visible("#notice button"))
            browser.run("document.querySelector('#notice button').focus()")
            browser.run("return new Promise((go) => setTimeout(go, 2000))")
            self.assertTrue(browser.run("return document.activeElement.matches('#notice button')"))
            self.assertEqual(browser.texts("#hits .hit"), [])
        finally:
            server.start()
        self.wait_status(r"^1 article ·")
        self.assertEqual(browser.text("#notice"), "")
        self.assertEqual(
            browser.run("return document.querySelector('#hits h2 a').dataset.id"), "emoji"
        )


class LibraryTest(PageTest):
    def test_one_index_is_named(self):
        self.open()
        browser.wait("return document.querySelector('#library-size').textContent !== ''")
        self.assertEqual(browser.text("#library-size"), f"{len(ARTICLES)} articles")
        self.assertFalse(browser.visible("#chooser"))


class SeveralIndexesTest(PageTest):
    @classmethod
    def setUpClass(cls):
        small = pathlib.Path(folder.name) / "small.vbt"
        build(small, [{"id": "one", "title": "Alone", "body": "The harbour of the other index."}])
        cls.server = Server(f"large={server.indexes[0]}", f"small={small}")
        cls.server.start()
        cls.addClassCleanup(cls.server.stop)

    def test_they_can_be_chosen_from(self):
        self.asked("harbour")
        self.assertRegex(browser.text("#status"), rf"^{FILLERS} articles")
        browser.wait("return document.querySelector('#chooser').checkVisibility()")
        self.assertEqual(browser.texts("#chooser option"), ["large", "small"])
        browser.run(
            "const chooser = document.querySelector('#chooser'); chooser.value = 'small';"
            "chooser.dispatchEvent(new Event('change', {bubbles: true}))"
        )
        self.wait_status(r"^1 article ·")
        self.assertEqual(self.place(), {"q": "harbour", "index": "small"})
        browser.click("#hits h2 a")
        self.wait_article()
        self.assertEqual(browser.text("#reader h1"), "Alone")


class CopiesTest(PageTest):
    """A story that stands in many papers, among others that tell of the same."""

    STORY = (
        "The ferry struck the pier at dawn, the harbour master told us, and forty people went "
        "ashore over planks while tugs kept her from the rocks until the tide had turned again."
    )
    COPIES = 14
    OTHERS = 25

    @classmethod
    def setUpClass(cls):
        copies = pathlib.Path(folder.name) / "copies.vbt"
        build(
            copies,
            [
                {"id": f"copy-{n:02}", "title": f"Headline {n}", "date": "2001", "body": cls.STORY}
                for n in range(cls.COPIES)
            ]
            + [
                {
                    "id": f"other-{n:02}",
                    "title": f"Note {n}",
                    "date": "2002",
                    "body": f"A ferry left at {n} past noon.",
                }
                for n in range(cls.OTHERS)
            ],
        )
        cls.server = Server(copies)
        cls.server.start()
        cls.addClassCleanup(cls.server.stop)

    def test_what_is_shown_counts_near_copies_too(self):
        every = self.COPIES + self.OTHERS
        self.asked("ferry", sort="date")
        self.assertTrue(browser.text("#status").startswith(f"{every} articles"))
        self.assertEqual(browser.text("#hits summary"), f"also in {self.COPIES - 1} near-copies")
        shown = 20 + self.COPIES - 1
        self.assertEqual(browser.text("#more-told"), f"{shown} of {every} shown")
        self.assertEqual(browser.text("#more-button"), f"Show {every - shown} more")
        browser.click("#more-button")
        browser.wait(
            "return document.querySelectorAll('#hits .hit').length === arguments[0]",
            1 + self.OTHERS,
        )
        self.assertFalse(browser.visible("#more"))

    def test_a_group_is_gone_into_and_left(self):
        self.asked("ferry", sort="date")
        first = browser.run("return document.querySelector('#hits h2 a').dataset.id")
        browser.click("#hits summary")
        named = browser.texts("#hits details li")
        self.assertEqual(named[-1], f"all {self.COPIES}")
        browser.click("#hits details li:last-child a")
        self.wait_status(rf"^{self.COPIES} articles")
        self.assertEqual(self.place(), {"q": "ferry", "sort": "date", "group": first})
        ids = browser.run(
            "return [...document.querySelectorAll('#hits h2 a')].map((a) => a.dataset.id)"
        )
        self.assertEqual(sorted(ids), [f"copy-{n:02}" for n in range(self.COPIES)])
        self.assertIn("These are near-copies of one another.", browser.text("#aside"))
        browser.click("#aside a")
        self.wait_status(rf"^{self.COPIES + self.OTHERS} articles")
        self.assertEqual(self.place(), {"q": "ferry", "sort": "date"})
        self.assertNotIn("near-copies of one another", browser.text("#aside"))


def absent():
    """What is missing for these tests, or None."""
    if not webdriver.programs():
        return "chromedriver and chromium"
    for name in ("verbatim-index", "verbatim-serve"):
        if not os.access(BIN / name, os.X_OK):
            return str(BIN / name)
    return None


if __name__ == "__main__":
    missing = absent()
    if missing:
        print(f"skipped: {missing} is not here", file=sys.stderr)
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
