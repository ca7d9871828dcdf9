#!/usr/bin/env python3
"""The rules of text/analyzer.h once more, slowly, over whole strings; both must agree.

words_model.py TOOL [COUNT], where TOOL is words_tool and COUNT how many random texts. Characters
that this Python's Unicode does not know are left out.
"""
import random
import re
import struct
import subprocess
import sys
import unicodedata as u

IGNORED = re.compile(
    "[\u00ad\u034f\u061c\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")
TYPED = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d",
         "þ": "th"}
LOSE_MARKS = ("LATIN ", "GREEK ", "CYRILLIC ", "ARABIC ", "HEBREW ")
CLUSTERS = (
    "CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA ", "HENTAIGANA ", "KATAKANA ",
    "KATAKANA-HIRAGANA ", "THAI ", "LAO ", "KHMER ", "MYANMAR ", "TIBETAN ", "HANGZHOU",
    "IDEOGRAPHIC ITERATION", "IDEOGRAPHIC CLOSING", "IDEOGRAPHIC NUMBER ZERO",
    "VERTICAL IDEOGRAPHIC ITERATION", "VERTICAL KANA", "OLD CHINESE ITERATION")
APOSTROPHES = set("'`´ʹʻʼʽʾʿˈ΄՚׳ߴߵ᾽᾿῾‘’‛′‵❛❜Ꞌꞌ")
HYPHENS = set("-‐‑‒–֊־᠆⸗⹀⹝゠\U00010ead")
NOT_LETTERS = set("ʺˮ")
NONE, HYPHEN, APOSTROPHE, OTHER, SCRIPT = range(5)


def is_clone(c):
    k = u.normalize("NFKD", c)
    return len(k) > 1 and k[0] == " "


def loses_marks(c):
    return u.category(c)[0] == "L" and u.name(c, "").startswith(LOSE_MARKS)


def is_clustered(c):
    return (u.category(c)[0] == "L" or u.category(c) == "Nl") and u.name(c, "").startswith(CLUSTERS)


def fold(text):
    text = IGNORED.sub("", u.normalize("NFD", IGNORED.sub("", text)))
    text = "".join(c if is_clone(c) else u.normalize("NFKD", c) for c in text)
    text = u.normalize("NFD", IGNORED.sub("", text))
    text = "".join(TYPED.get(f, f) for c in text for f in c.casefold())
    out = []
    for base, marks in groups(text):
        if base and loses_marks(base):
            short = base == "и" and u.normalize("NFC", base + marks)[0] == "й"
            out.append("й" if short else base)
        else:
            out.append(base + marks)
    return u.normalize("NFC", "".join(out))


def groups(text):
    """Each character that is no mark, with its marks; those at the start have an empty one."""
    base, marks = "", ""
    for c in text:
        if u.category(c)[0] == "M":
            marks += c
            continue
        yield base, marks
        base, marks = c, ""
    yield base, marks


def kind(c):
    if c in APOSTROPHES:
        return "'"
    if c in HYPHENS:
        return "-"
    if c in ".,":
        return c
    if c in "\t\n\v\f\r\x85" or u.category(c)[0] == "Z":
        return " "
    if is_clone(c) or c in NOT_LETTERS:
        return "o"
    if is_clustered(c):
        return "C"
    category = u.category(c)
    if "\u1161" <= c <= "\u1175" or "\u11a8" <= c <= "\u11c2":
        return "N"  # vowels and tails of Hangul syllables are no letters by themselves
    return {"L": "L", "M": "M", "N": "D" if category == "Nd" else "N"}.get(category[0], "o")


def spans_of(kinds):
    """Words before any is joined; marks behind a cluster are 'c' in kinds."""
    return [m.span() for m in re.finditer("Cc*|[LMDN]+", kinds)]


def join_initials(kinds):
    return [m.span() for m in re.finditer(r"(?<![LMDN])LM*(?:\.LM*)+(?![LMDN])", kinds)]


def join_numerals(kinds, spans):
    """Pairs (i, i + 1) of spans that are one numeral, as a dictionary from i to '.' or ','."""
    joins = {}
    grouped = False
    for i in range(len(spans) - 1):
        (a, b), (c, d) = spans[i], spans[i + 1]
        digits = set(kinds[a:b]) == {"D"} and set(kinds[c:d]) == {"D"}
        was_grouped, grouped = grouped, False
        if c - b != 1 or not digits:
            continue
        if kinds[b] == ",":
            if d - c == 3 and (was_grouped or (b - a <= 3 and joins.get(i - 1) != ".")):
                joins[i] = ","
                grouped = True
        elif kinds[b] == ".":
            first = i
            while joins.get(first - 1) == ",":
                first -= 1
            start = spans[first][0]
            dotted_before = start >= 2 and kinds[start - 1] == "." and kinds[start - 2] == "D"
            dotted_behind = kinds[d:d + 1] == "." and kinds[d + 1:d + 2] == "D"
            if not dotted_before and not dotted_behind:
                joins[i] = "."
    return joins


def joint_of(gap, cluster, initials_before):
    if " " in gap:
        return NONE
    if initials_before and gap[:1] == "." and gap[1:2] != ".":
        return {"": OTHER, "-": HYPHEN, "'": APOSTROPHE}.get(gap[1:], OTHER)
    return {"": SCRIPT if cluster else OTHER, "-": HYPHEN, "'": APOSTROPHE}.get(gap, OTHER)


def words(text):
    folded = fold(text)
    kinds = re.sub("CM*", lambda m: "C" + "c" * (len(m[0]) - 1), "".join(map(kind, folded)))
    spans = spans_of(kinds)
    initials = {a: b for a, b in join_initials(kinds)}
    joins = join_numerals(kinds, spans)
    out = []
    last = None
    i = 0
    while i < len(spans):
        a, b = spans[i]
        word = folded[a:b]
        if a in initials:
            b = initials[a]
            word = folded[a:b].replace(".", "")
            while spans[i][1] < b:
                i += 1
        while i in joins:
            word += ("." if joins[i] == "." else "") + folded[slice(*spans[i + 1])]
            i += 1
            b = spans[i][1]
        cluster = kinds[a] == "C" or (last is not None and kinds[last[0]] == "C")
        joint = NONE if last is None else joint_of(kinds[last[1]:a], cluster, last[0] in initials)
        out.append((joint, word))
        last = (a, b)
        i += 1
    return out


# A text is drawn from one or two of these, so that the same few things meet often.
POOLS = [
    list("ab.. ,1-'"), list("aB1. "), list("12.,,000 a"), list("0123456789,."), list("aUS.. -’'"),
    list("xyz-–—'’ʼ`´ \t"),
    ["1", "22", "333", "4444", ",", ".", " ", "a", "東", "½", "²", "१", "Ⅷ"],
    ["e", "\u0301", "\u0323", "\u0338", "=", "é", "ø", "\u00ad", "\u200d", "-", "."],
    ["и", "й", "Й", "\u0306", "\u0301", "\u0323", "\u034f", "ё", " ", "\u20dd"],
    ["α", "ᾳ", "\u0345", "\u0301", "Σ", "ς", "ᾼ", "か", "\u3099", "`"],
    ["か", "が", "\u3099", "\u309a", "ｶ", "ﾞ", "ー", "ｰ", "東", "々", "〇", "a", "1", "・", "。", "."],
    ["ក", "\u17d2", "ា", "မ", "ာ", "ြ", "န", "်", "ก", "ำ", "ั", "ะ", "ལ", "\u0fb1", "\u0f71",
     "\u0f72", "๑", "ລ", "ຳ", "."],
    ["ᄀ", "ᅡ", "ᆨ", "가", "각", "힣", "\u302e", "ㅏ", "a", "."],
    ["ন", "\u09c7", "\u09be", "\u09d7", "\u09bc", "\u0bc6", "\u0bbe", "क", "\u093c", "\u094d", "ष",
     "क़", "ि", ".", "\u0903", "a"],
    ["ﷺ", "ﬁ", "ß", "ẞ", "ŉ", "ǰ", "ΐ", "İ", "ı", "ﬃ", "ſ", "℀", "…", "․", "．", "，", "⒈", "１", "ª"],
    ["¨", "´", "΅", "῭", "\u0301", "\u0300", "˘", "ͺ", "ﹰ", "ﱞ", "゛", "a", " ", "‾", "\u0385"],
    ["\u0644", "\u0627", "\u0654", "أ", "\u064b", "\u0640", "ﻻ", "\u05d0", "\u05b7", "\ufb2e",
     "\u05be", "\u05f4", "\u05f3", "\u0670"],
    ["\U0001F468", "\u200d", "\ufe0f", "1", "\u20e3", "a", "\U0001F1FA", "\U0001D400", "\U0001D7D8",
     "\U00020000", "\U0002F800"],
    [b"\xed", b"\x80", b"\xc3", b"\xe2\x80", b"\xf0\x9f\x98", b"\xed\xa0\x80", b"\xff", "é", "a",
     "1", ".", "-", "\u0301"],
]


def random_texts(seed, count):
    r = random.Random(seed)
    assigned = [chr(c) for c in range(0x110000) if u.category(chr(c)) not in ("Cn", "Cs", "Co")]
    marks = [c for c in assigned if u.combining(c) or u.category(c)[0] == "M"]
    for n in range(count):
        if n % 4 == 0:
            pool = r.sample(assigned, 3) + r.sample(marks, 2) + ["a", ".", "1"]
        elif n % 4 == 1:
            pool = r.choice(POOLS) + r.choice(POOLS) + [" "]
        else:
            pool = r.choice(POOLS)
        parts = [r.choice(pool) for _ in range(r.randint(1, 14))]
        yield b"".join(p if isinstance(p, bytes) else p.encode() for p in parts)


def single_texts():
    for c in range(0x110000):
        if u.category(chr(c)) not in ("Cn", "Cs"):
            yield chr(c).encode()
            yield ("a" + chr(c) + "b").encode()


def expected_line(text):
    return "".join(f"{joint}:{word} " for joint, word in words(text.decode("utf-8", "replace")))


def check(tool, path, texts):
    framed = b"".join(struct.pack("<I", len(t)) + t for t in texts)
    out = subprocess.run([tool, path], input=framed, stdout=subprocess.PIPE, check=True).stdout
    lines = out.decode("utf-8").split("\n")[:-1]
    wrong = 0
    assert len(lines) == len(texts), "a line is missing"
    for text, line in zip(texts, lines):
        expected = expected_line(text)
        if line != expected:
            wrong += 1
            if wrong <= 20:
                print(f"{path}: {text!r}\n  expected {ascii(expected)}\n  got      {ascii(line)}")
    return wrong


def main():
    tool, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 30000
    texts = list(random_texts(1, count)) + list(single_texts())
    wrong = check(tool, "fast", texts) + check(tool, "general", texts)
    print(f"{len(texts)} texts, {wrong} wrong")
    sys.exit(wrong != 0)


main()
