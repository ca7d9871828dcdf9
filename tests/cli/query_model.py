"""What a query in its canonical form finds, found by walking through lists of words as docs/query-language.md says:
written for tests alone, from that page and not from the parser."""
import re

from constructs_test import Place, any_word, distance, fits_wildcard, near, spans

TOKEN = re.compile(r'\s*(?:(?P<mark>[()])|(?P<sign>[-+](?=\S))|(?P<field>[a-z]+):(?=\S)|'
                   r'(?P<near>(?:NEAR|ADJ)/\d+)(?=\s)|(?P<join>AND|OR)(?=\s)|'
                   r'(?P<quoted>"[^"]*"(?:\*|~\d+|\^[\d.]+)*)|(?P<bare>[^\s()"]+))')


def slot(text):
    """Whether a word fits one place of a phrase."""
    edits = re.fullmatch(r"(\w+)~(\d)?", text)
    if text == "*":
        return any_word
    if edits:
        most = int(edits.group(2) or 2)
        return lambda w: distance(edits.group(1), w) <= most
    if "*" in text or "?" in text:
        return fits_wildcard(text)
    return lambda w: w == text


def phrase(texts, slop):
    slots = [slot(t) for t in texts]

    def find(part):
        found = spans(part, slots, slop)
        # A place for any word at an end: there has to be one.
        return found

    return Place(" ".join(texts), False, find)


class Reader:
    def __init__(self, text):
        self.tokens, at = [], 0
        while text[at:].strip():
            match = TOKEN.match(text, at)
            assert match, (text, at)
            self.tokens.append((match.lastgroup, match.group(match.lastgroup)))
            at = match.end()
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else (None, None)

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def any(self):
        some = [self.all()]
        while self.peek() == ("join", "OR"):
            self.take()
            some.append(self.all())
        return some[0] if len(some) == 1 else Any(some)

    def all(self):
        wanted, unwanted = [], []
        while self.peek()[0] and self.peek() not in (("mark", ")"), ("join", "OR")):
            if self.peek() == ("join", "AND"):
                self.take()
                continue
            sign = self.take()[1] if self.peek()[0] == "sign" else ""
            (unwanted if sign == "-" else wanted).append(self.near())
        return wanted[0] if len(wanted) == 1 and not unwanted else All(wanted, unwanted)

    def near(self):
        left = self.operand("")
        if self.peek()[0] != "near":
            return left
        name, most = self.take()[1].split("/")
        return near(as_place(left), name, int(most), as_place(self.operand("")))

    def operand(self, field):
        kind, text = self.take()
        if kind == "field":
            return self.operand(field + text + ":")
        if kind == "mark":
            inner = self.any()
            assert self.take() == ("mark", ")")
            return inner
        if kind == "quoted":
            return quoted(field, text)
        return bare(field, text)


class Any:
    def __init__(self, some):
        self.some, self.title = some, any(getattr(s, "title", False) for s in some)

    def holds(self, article):
        return any(s.holds(article) for s in self.some)

    def find(self, part):
        return [span for s in self.some for span in s.find(part)]


class All:
    def __init__(self, wanted, unwanted):
        self.wanted, self.unwanted = wanted, unwanted

    def holds(self, article):
        return all(w.holds(article) for w in self.wanted) and not any(u.holds(article) for u in self.unwanted)


class Test:
    def __init__(self, holds):
        self.holds = holds


def as_place(query):
    assert isinstance(query, (Place, Any)), query
    query.text = ""
    return query


def quoted(field, text):
    value, behind = text[1:].rsplit('"', 1)
    if field.endswith("exact:"):
        return characters(field, value)
    if field in ("", "title:"):
        texts = re.split("[ -]+", value)
        if "*" in re.sub(r"[~^][\d.]+", "", behind):
            texts[-1] += "*"
        slop = re.search(r"~(\d+)", behind)
        place = phrase(texts, int(slop.group(1)) if slop else 0)
        place.title = field == "title:"
        return place
    return column(field, value)


def bare(field, text):
    if field.endswith("exact:"):
        return characters(field, text)
    if field in ("", "title:"):
        text = re.sub(r"\^[\d.]+$", "", text)
        if text == "*":
            return Test(lambda article: True)
        place = phrase(text.lstrip("=").split("-"), 0)
        place.title = field == "title:"
        return place
    return column(field, text)


def characters(field, value):
    whole = re.compile(r"(?<![A-Za-z])" + re.escape(value) + r"(?![A-Za-z])")
    texts = slice(0, 1) if field.startswith("title:") else slice(0, 2)
    return Test(lambda a: any(whole.search(t) for t in a.texts[texts]))


def column(field, value):
    if field == "id:":
        return Test(lambda a: a.id == value)
    if field == "date:":
        first, _, last = value.partition("..")
        last = last or (first if ".." not in value else "9")
        return Test(lambda a: a.date is not None and first <= a.date[:len(first)] and a.date[:len(last)] <= last)
    words_of = lambda t: re.findall("[a-z]+", t.lower())
    slots = [slot(t) for t in re.split("[ -]", value)]
    values = (lambda a: [a.source]) if field == "source:" else (lambda a: a.tags)
    return Test(lambda a: any(spans(words_of(v), slots, 0) for v in values(a)))


def reads(query):
    """Whether an article, with id, title, body, texts, source, tags and date, fits the query."""
    reader = Reader(query)
    tree = reader.any()
    assert reader.at == len(reader.tokens), query
    return tree.holds
