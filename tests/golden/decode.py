#!/usr/bin/env python3
"""Reads an index from shared/store/FORMAT.md alone, and prints all that stands in it.
    decode.py FILE       one line a fact, in the order of the file; walk.c prints the same through the store

Exits with 1 and a message where the file is not as that page says."""
import struct
import sys
import zlib

from xxh3 import xxh3_64

PAGE = 1 << 16
NAMES = ("settings lexicon postings positions norms title_words dates ids fields text grams classes titles compounds "
         "completions groups order").split()
NEEDED = NAMES[:9]
NO_DATE = (1 << 64) - 1


class Damaged(Exception):
    pass


def demand(good, *what):
    if not good:
        raise Damaged(" ".join(str(part) for part in what))


# --- Numbers ----------------------------------------------------------------------------------------------

class Reader:
    def __init__(self, data, at=0, end=None):
        self.data, self.at, self.end = data, at, len(data) if end is None else end

    def take(self, size):
        demand(size <= self.end - self.at, "reads past an end at", self.at)
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, size):
        return int.from_bytes(self.take(size), "little")

    def numbers(self, size, count):
        return [self.number(size) for _ in range(count)]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.number(1)
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        demand(value < 1 << 64 and (byte or shift == 7), "a varint is not in its shortest form")
        return value

    def string(self):
        return self.take(self.varint())

    def pad(self, size):
        demand(not any(self.take(-self.at % size)), "padding is not zero")

    def done(self):
        demand(self.at == self.end, "bytes are left over at", self.at, "of", self.end)


class Bits:
    """The bits of a stream, the lowest of a byte first."""
    def __init__(self, reader):
        self.reader, self.byte, self.left = reader, 0, 0

    def bit(self):
        if not self.left:
            self.byte, self.left = self.reader.number(1), 8
        self.left -= 1
        self.byte, bit = self.byte >> 1, self.byte & 1
        return bit

    def low(self, width):
        return sum(self.bit() << i for i in range(width))

    def unary(self, n):
        """For each of n numbers, how many zeros stand before its one."""
        highs = []
        for _ in range(n):
            highs.append(0)
            while not self.bit():
                highs[-1] += 1
                demand(sum(highs) < 2 * n, "unary parts are too long")
        return highs

    def done(self):
        demand(self.byte == 0, "bits stand behind the last number")


def rice_bits(bits, head, n):
    width = head & 0x1F
    lows = [bits.low(width) for _ in range(n)]
    highs = bits.unary(n) if head & 0x20 else [0] * n
    values = [low + (high << width) for low, high in zip(lows, highs)]
    demand(max(values) < 1 << 32, "a number over 32 bits")
    return values


def rice(reader, n):
    head, bits = reader.number(1), Bits(reader)
    demand(head < 0x40, "an unknown head")
    values = rice_bits(bits, head, n)
    bits.done()
    return values


def articles_and_counts(reader, n, base):
    head, bits = reader.number(1), Bits(reader)
    demand(head < 0xC0, "an unknown form")
    articles = []
    for gap in rice_bits(bits, head & 0x3F, n):
        articles.append(base + gap)
        base += gap + 1
    counts = [high + 1 for high in bits.unary(n)] if head >> 6 == 1 else [1] * n
    bits.done()
    if head >> 6 == 2:
        counts = [value + 1 for value in rice(reader, n)]
    return articles, counts


# --- The container ----------------------------------------------------------------------------------------

def read_container(data):
    demand(data[:8] == b"VERBATIM" and len(data) >= 128, "not an index")
    version, page_log2, required, _, size, sums, pages, table, count, zero, table_sum = struct.unpack_from(
        "<IIQQQQQQIIQ", data, 8)
    demand(struct.unpack_from("<Q", data, 120)[0] == xxh3_64(data[:120]), "the header fails its sum")
    demand((version, page_log2, required & ~3, zero) == (2, 16, 0, 0) and not any(data[80:120]), "an unknown header")
    demand(size == len(data) and sums % 64 == 0 and sums >= 128, "another size")
    demand(pages == -(-sums // PAGE) and table == sums + 8 * pages and size == table + 32 * count, "parts out of place")
    demand(table_sum == xxh3_64(data[sums:]), "sums and table fail their sum")
    for page in range(pages):
        stored, = struct.unpack_from("<Q", data, sums + 8 * page)
        demand(stored == xxh3_64(data[max(128, PAGE * page):min(sums, PAGE * (page + 1))]), "page", page, "fails its sum")
    chunks = read_table(data, table, count, sums)
    demand(required & 1 == ("order" in chunks), "an order without its feature, or the other way round")
    demand(required & 2 == 0 or "text" in chunks, "leads without text")
    return chunks, table_sum, bool(required & 2)


def read_table(data, table, count, sums):
    chunks, end, order = {}, 128, []
    for i in range(count):
        padded, offset, size = struct.unpack_from("<16sQQ", data, table + 32 * i)
        name = padded.rstrip(b"\0").decode()
        order.append(NAMES.index(name))
        aligned = -(-end // 64) * 64
        demand(offset == aligned and not any(data[end:aligned]), "chunk", name, "is out of place")
        chunks[name] = data[offset:offset + size]
        end = offset + size
    demand(-(-end // 64) * 64 == sums and not any(data[end:sums]), "the chunks do not fill the body")
    demand(order == sorted(set(order)) and set(NEEDED) <= set(chunks), "chunks are missing or out of order")
    return chunks


def read_settings(chunk):
    demand(len(chunk) == 64, "settings of another size")
    (articles, flags, words, title_words, lengths, k1, b, weight, zero, lang) = struct.unpack("<IIQQQIIII16s", chunk)
    demand(flags <= 1 and zero == 0, "unknown settings")
    return dict(articles=articles, text=flags, words=words, title_words=title_words, lengths=lengths, k1=k1, b=b,
                title_weight=weight, lang=lang.rstrip(b"\0").decode())


# --- Terms ------------------------------------------------------------------------------------------------

class Entry:
    def __init__(self):
        self.titles = self.one = self.positions = None


def read_sizes(reader, df):
    return df, df + reader.varint(), reader.varint(), reader.varint()


def read_counts(reader):
    entry, head = Entry(), reader.varint()
    df, has_titles = head >> 1, head & 1
    demand(df and not (df == 1 and has_titles), "an entry of no articles")
    if df > 1:
        entry.all = read_sizes(reader, df)
        if has_titles:
            entry.titles = read_sizes(reader, reader.varint())
        return entry
    entry.one, cf = reader.varint(), reader.varint()
    if cf > 4:
        entry.all = (1, cf, 0, reader.varint())
        return entry
    entry.all, entry.positions = (1, cf, 0, 0), from_gaps([reader.varint() for _ in range(cf)])
    return entry


def from_gaps(values):
    positions = []
    for value in values:
        positions.append(value if not positions else positions[-1] + 1 + value)
    return positions


def read_lexicon(chunk):
    terms, data_bytes, blocks, per_block = struct.unpack_from("<QQII", chunk, len(chunk) - 24)
    demand(per_block == 32 and blocks == -(-terms // 32), "a lexicon of other blocks")
    tail = Reader(chunk, data_bytes)
    tail.pad(8)
    keys, offsets = tail.numbers(8, blocks), tail.numbers(8, blocks)
    demand(tail.at == len(chunk) - 24, "a lexicon of another size")
    demand(blocks == 0 or offsets[0] == 0, "the first block is elsewhere")
    postings = positions = 0
    before = b""
    for number, start in enumerate(offsets):
        reader = Reader(chunk, start, (offsets + [data_bytes])[number + 1])
        demand((reader.varint(), reader.varint()) == (postings, positions), "lists with a hole between")
        key = b""
        for i in range(min(32, terms - 32 * number)):
            shared = reader.varint()
            key, suffix = key[:shared], reader.string()
            demand(len(key) == shared and (i or not shared), "a key shares what there is not")
            key += suffix
            demand(before < key and len(key) <= 1026, "keys do not ascend")
            demand(i == 0 or not before[shared:] or before[shared] != suffix[0], "a key shares less than it could")
            demand(i or keys[number] == int.from_bytes(key[:8].ljust(8, b"\0"), "big"), "a wrong key number")
            entry = read_counts(reader)
            yield key, entry, postings, positions
            for sizes in (entry.all, entry.titles or (0, 0, 0, 0)):
                postings += sizes[2]
                positions += sizes[3]
            before = key
        reader.done()
    yield None, None, postings, positions


def read_top(reader, number_bits):
    """The best articles and what follows them, each (article, tf, title tf), that one (norm, tf, title tf); whether
    others are as good as the last. None where none are stored."""
    bits = Bits(reader)
    ten = [(bits.low(number_bits), bits.low(10), bits.low(3)) for _ in range(10)]
    (tf, title_tf), norm, ties = (bits.low(10), bits.low(3)), bits.low(8), bits.bit()
    bits.done()
    if ten[0][1]:
        return ten, (norm, tf, title_tf), ties
    demand(not any(map(any, ten)) and not any((tf, title_tf, norm, ties)), "half a list of best articles")
    return None


def read_postings(chunk, offset, sizes, file_articles, of_gram=False, ranks=None):
    """Articles, their counts, the bounds of blocks, the k-th best impacts, the best articles. ranks: the articles of
    the leader, where the numbers are ranks among them."""
    df, cf, size = sizes[:3]
    blocks = -(-df // 128)
    many = blocks > 1
    number_bits = max(file_articles - 1, 0).bit_length()
    end = offset + size - (14 * blocks + (6 if df >= 1000 else 4) if many else 0)
    end -= -(-(10 * (number_bits + 13) + 22) // 8) if df >= 1000 else 0
    lasts = starts = offsets = bounds = best = top = None
    if many:
        tail = Reader(chunk, end, offset + size)
        lasts, offsets, starts = tail.numbers(4, blocks), tail.numbers(4, blocks), tail.numbers(4, blocks)
        bounds, best = tail.numbers(2, blocks), tail.numbers(2, 3 if df >= 1000 else 2)
        top = read_top(tail, number_bits) if df >= 1000 else None
        tail.done()
    articles, tfs, reader = [], [], Reader(chunk, offset, end)
    for block in range(blocks):
        n = min(128, df - 128 * block)
        base = articles[-1] + 1 if articles else 0
        demand(not many or (reader.at == offset + offsets[block] and
                            starts[block] == (base if of_gram else sum(tfs))), "a block elsewhere")
        numbers, counts = articles_and_counts(reader, n, base)
        articles += numbers
        tfs += counts
        demand(not ranks or articles[-1] < len(ranks), "a rank that the leader does not have")
        last = ranks[articles[-1]] if ranks else articles[-1]
        demand(not many or lasts[block] == last, "a block with another last article")
    reader.done()
    demand(sum(tfs) == cf, "counts do not add up to cf")
    return [ranks[rank] for rank in articles] if ranks else articles, tfs, bounds, best, top


def read_positions(chunk, offset, sizes):
    cf, size = sizes[1], sizes[3]
    blocks = -(-cf // 128)
    groups = -(-blocks // 16)
    end = offset + size - (2 * blocks + 4 * groups if blocks > 1 else 0)
    lengths = bases = None
    if blocks > 1:
        tail = Reader(chunk, end, offset + size)
        lengths, bases = tail.numbers(2, blocks), tail.numbers(4, groups)
    values, reader = [], Reader(chunk, offset, end)
    for block in range(blocks):
        start = reader.at
        demand(blocks == 1 or block % 16 or bases[block // 16] == start - offset, "a block of positions elsewhere")
        values += rice(reader, min(128, cf - 128 * block))
        demand(blocks == 1 or lengths[block] == reader.at - start, "a block of positions of another size")
    reader.done()
    return values


def split(values, tfs):
    at = 0
    for tf in tfs:
        yield from_gaps(values[at:at + tf])
        at += tf


def read_term(chunks, entry, postings, positions):
    """Its list, then its list of titles: [(article, positions)], bounds, best, top."""
    if entry.one is not None:
        found = entry.positions or from_gaps(read_positions(chunks["positions"], positions, entry.all))
        return ([(entry.one, found)], None, None, None), None
    lists = []
    for sizes in (entry.all, entry.titles):
        if not sizes:
            lists.append(None)
            continue
        articles, tfs, *sides = read_postings(chunks["postings"], postings, sizes, len(chunks["norms"]))
        values = read_positions(chunks["positions"], positions, sizes)
        lists.append((list(zip(articles, split(values, tfs))), *sides))
        postings += sizes[2]
        positions += sizes[3]
    return lists


# --- Grams ------------------------------------------------------------------------------------------------

class Rule:
    def __init__(self, head, articles):
        (self.words_most, self.least_df, self.bound, self.look_up, self.candidate, self.ranked_words,
         self.dense) = struct.unpack_from("<IIQQQII", head)
        self.articles = articles
        demand(2 <= self.words_most <= 8 and self.least_df > 0 and not any(head[40:64]) and
               max(self.bound, self.look_up, self.candidate) <= 1 << 31, "an unknown rule of grams")

    def pair(self, left, right):
        each = self.look_up * self.articles + self.candidate * max(left, right)
        return min(left, right) * each >= self.bound * self.articles

    def leader(self, dfs):
        """The place of the word in whose list the numbers of a gram are ranks; None where they are articles."""
        least = dfs.index(min(dfs))
        return least if len(dfs) <= self.ranked_words and dfs[least] * self.dense < self.articles else None


def read_grams(chunk, articles, term_articles):
    """The rule, and {term numbers: (list, titles)}, each None or [(article, tf)], bounds, best, top; of a gram in one
    article the list is [(article, tf, title tf)]. term_articles: of each term number."""
    rule, counts = Rule(chunk[:64], articles), struct.unpack_from("<7Q", chunk, len(chunk) - 72)
    list_bytes, block_bytes = struct.unpack_from("<QQ", chunk, len(chunk) - 88)
    blocks, words, per_block, zero = struct.unpack_from("<IIII", chunk, len(chunk) - 16)
    demand(per_block == 64 and zero == 0 and blocks == sum(-(-count // 64) for count in counts), "grams of other blocks")
    demand(not any(counts[rule.words_most - 1:]), "grams of too many words")
    tail = Reader(chunk, list_bytes)
    tail.pad(8)
    first = tail.at
    tail.take(block_bytes)
    tail.pad(8)
    keys, offsets, words = tail.numbers(8, blocks), tail.numbers(8, blocks), tail.numbers(4, words)
    tail.pad(8)
    demand(tail.at == len(chunk) - 88 and words == sorted(set(words)), "grams of another size")
    demand(offsets[:1] in ([], [first]), "the first block of grams is elsewhere")
    grams, block, lists = {}, 0, 64
    for n, count in enumerate(counts, 2):
        before = ()
        for at in range(0, count, 64):
            reader = Reader(chunk, offsets[block], (offsets + [first + block_bytes])[block + 1])
            demand(reader.varint() == lists, "lists of grams with a hole between")
            codes = read_codes(reader, n, min(64, count - at), divmod(keys[block], 1 << 32))
            for code, sizes in zip(codes, list(read_gram_sizes(reader, len(codes)))):
                demand(before < code, "grams do not ascend")
                terms = tuple(words[c] for c in code)
                lists, grams[terms] = read_gram(chunk, lists, sizes, rule, [term_articles[term] for term in terms])
                before = code
            reader.done()
            block += 1
    demand(lists == list_bytes and sorted({term for terms in grams for term in terms}) == words, "lists or words left over")
    return rule, grams


def read_codes(reader, n, count, key):
    columns, codes = [rice(reader, count) for _ in range(n)], []
    for i in range(count):
        code = []
        for j in range(n):
            value = columns[j][i]
            if i and code == codes[-1][:j]:
                value += codes[-1][j] + (j == n - 1)
            elif not i and j < 2:
                demand(value == 0, "a first gram that is not its key's")
                value = key[j]
            code.append(value)
        codes.append(code)
    return [tuple(code) for code in codes]


def read_gram_sizes(reader, count):
    """df, cf, place or bytes of lists, title df, title cf, bytes of titles: of each gram."""
    def column(concerned):
        which = [i for i in range(count) if concerned(i)]
        return dict(zip(which, rice(reader, len(which)) if which else []))
    doubled, more = column(lambda i: True), column(lambda i: True)
    sizes, places = column(lambda i: doubled[i] > 1), column(lambda i: doubled[i] < 2)
    titles = column(lambda i: doubled[i] & 1)
    title_more, title_sizes = column(lambda i: i in titles and i in sizes), column(lambda i: i in titles and i in sizes)
    for i in range(count):
        df, title_df = doubled[i] // 2 + 1, titles.get(i, -1) + 1
        yield (df, df + more[i], sizes[i] if df > 1 else places[i], title_df,
               title_df + title_more.get(i, 0), title_sizes.get(i, 0))


def read_gram(chunk, at, sizes, rule, word_articles):
    """Where the lists behind it begin, and the gram."""
    df, cf, size, title_df, title_cf, title_size = sizes
    leader = rule.leader([len(articles) for articles in word_articles])
    ranks = None if leader is None else word_articles[leader]
    if df == 1:
        demand(size < (len(ranks) if ranks else rule.articles) and title_df <= cf, "a gram of an article that is not")
        return at, (([(ranks[size] if ranks else size, cf, title_df)], None, None, None), None)
    articles, tfs, *sides = read_postings(chunk, at, (df, cf, size - title_size), rule.articles, True, ranks)
    titles = None
    if title_df:
        found, title_tfs, *title_sides = read_postings(chunk, at + size - title_size, (title_df, title_cf, title_size),
                                                       rule.articles, True, ranks)
        titles = (list(zip(found, title_tfs)), *title_sides)
    return at + size, ((list(zip(articles, tfs)), *sides), titles)


def expected_grams(rule, terms, title_words):
    """What must be there by the rule: {term numbers: {article: (tf, title tf)}}, from every run of words."""
    texts, dfs, expected = {}, {}, {}
    for number, (key, (_, everywhere, _)) in enumerate(terms.items()):
        if key[0] < 3:
            continue
        dfs[number] = len(everywhere[0])
        for article, positions in everywhere[0]:
            texts.setdefault(article, {}).update((position, number) for position in positions)
    shorter = {}
    for n in range(2, rule.words_most + 1):
        grams = {}
        for article, text in texts.items():
            for position in text:
                gram = tuple(text.get(position + i) for i in range(n))
                if None in gram:
                    continue
                if n == 2:
                    good = rule.pair(*map(dfs.get, gram))
                else:
                    good = min(len(shorter.get(part, ())) for part in (gram[:-1], gram[1:])) >= rule.least_df
                if good:
                    tf, title_tf = grams.setdefault(gram, {}).get(article, (0, 0))
                    grams[gram][article] = (tf + 1, title_tf + (position < title_words[article]))
        expected.update(grams)
        shorter = grams
    return expected


# --- Classes ----------------------------------------------------------------------------------------------

def read_classes(chunk, articles):
    """bound, cost and {language: [(terms, df, (list, titles) or None)]}, the lists as those of grams."""
    list_bytes, entry_bytes, classes, members, bound, cost, languages, zero = struct.unpack_from("<6QII", chunk, len(chunk) - 56)
    demand(zero == 0 and max(bound, cost) <= 1 << 31, "an unknown rule of classes")
    tail = Reader(chunk, list_bytes, len(chunk) - 56)
    tail.pad(8)
    entries = tail.at
    tail.take(entry_bytes)
    tail.pad(8)
    offsets = tail.numbers(8, classes) + [entry_bytes]
    pairs = [(tail.number(4), tail.number(4)) for _ in range(members)]
    table = [(tail.take(16).rstrip(b"\0").decode(), *tail.numbers(8, 4)) for _ in range(languages)]
    tail.done()
    demand([row[0] for row in table] == sorted({row[0] for row in table}) and offsets[0] == 0, "languages do not ascend")
    found, lists, first_member, first_class = {}, 0, 0, 0
    for code, *numbers in table:
        demand(numbers[::2] == [first_member, first_class], "languages do not follow each other")
        found[code], named = [], []
        for number in range(numbers[3]):
            reader = Reader(chunk, entries + offsets[first_class + number], entries + offsets[first_class + number + 1])
            terms = from_gaps([reader.varint() for _ in range(reader.varint())])
            demand(len(terms) > 1, "a class of one word")
            named += [(term, number) for term in terms]
            df, listed = divmod(reader.varint(), 2)
            both = None
            if listed:
                lists, both = read_class_lists(chunk, reader, df, lists, articles)
            reader.done()
            found[code].append((terms, df, both))
        demand(pairs[first_member:first_member + numbers[1]] == sorted(named), "members are not the classes'")
        first_member, first_class = first_member + numbers[1], first_class + numbers[3]
    demand((lists, first_member, first_class) == (list_bytes, members, classes), "classes left over")
    return bound, cost, found


def read_class_lists(chunk, reader, df, lists, file_articles):
    """Where the next class's begin, and the two."""
    cf, at, size, title_df = df + reader.varint(), reader.varint(), reader.varint(), reader.varint()
    demand(at == lists and df > 1, "lists of classes with a hole between")
    articles, tfs, *sides = read_postings(chunk, at, (df, cf, size), file_articles, True)
    if not title_df:
        return at + size, ((list(zip(articles, tfs)), *sides), None)
    title_cf, title_size = title_df + reader.varint(), reader.varint()
    found, title_tfs, *title_sides = read_postings(chunk, at + size, (title_df, title_cf, title_size),
                                                   file_articles, True)
    return at + size + title_size, ((list(zip(articles, tfs)), *sides), (list(zip(found, title_tfs)), *title_sides))


# --- Compounds --------------------------------------------------------------------------------------------

def read_compounds(chunk):
    """[(left, right, closed or None, joined, apart, kind)]"""
    count, = struct.unpack_from("<Q", chunk, len(chunk) - 8)
    reader = Reader(chunk, 0, len(chunk) - 8)
    entries = [tuple(reader.numbers(4, 6)) for _ in range(count)]
    by_closed = reader.numbers(4, count)
    reader.done()
    demand(all(a[:2] < b[:2] for a, b in zip(entries, entries[1:])), "compounds do not ascend")
    demand(by_closed == sorted(range(count), key=lambda i: (entries[i][2], i)), "compounds in another order by closed word")
    return [(*e[:2], e[2] if e[2] < 2 ** 32 - 1 else None, *e[3:]) for e in entries]


# --- Titles -----------------------------------------------------------------------------------------------

def read_groups(chunk):
    """[articles of a group]"""
    count = int.from_bytes(chunk[-8:], "little")
    demand(len(chunk) == 12 * count + 8, "groups that do not fill their chunk")
    articles, begins, members = (struct.unpack_from("<%dI" % count, chunk, 4 * count * i) for i in range(3))
    groups, at = [], 0
    for i, member in enumerate(members):
        if member >> 31:
            groups.append([m & 0x7FFFFFFF for m in members[at:i + 1]])
            demand(len(groups[-1]) > 1, "a group of one")
            at = i + 1
    demand(at == count, "a group that does not end")
    expected = sorted((article, begin) for group, begin in zip(groups, starts(groups)) for article in group)
    demand(list(zip(articles, begins)) == expected and len(set(articles)) == count, "articles of other groups")
    return groups


def starts(groups):
    at = 0
    for group in groups:
        yield at
        at += len(group)


def read_titles(chunk):
    """The code of the language, None where there is none; [(hash, article)]"""
    demand(len(chunk) >= 16 and (len(chunk) - 16) % 12 == 0 and not chunk[-1], "titles that do not fill their chunk")
    reader = Reader(chunk, 0, len(chunk) - 16)
    entries = [(reader.number(8), reader.number(4)) for _ in range((len(chunk) - 16) // 12)]
    demand(all(a < b for a, b in zip(entries, entries[1:])), "titles do not ascend")
    return chunk[-16:].rstrip(b"\0").decode() or None, entries


# --- Completions ------------------------------------------------------------------------------------------

def read_completions(chunk):
    """Two tables, phrases (articles, 0, text, shown) and titles (weight, article, text, b""), each in blocks beside
    their greatest weights; the greatest df of a word in each block of the lexicon."""
    numbers = struct.unpack_from("<QQQQQ", chunk, len(chunk) - 40)
    at, tables = 0, []
    for size, count in (numbers[:2], numbers[2:4]):
        blocks = -(-count // 32)
        offsets = at + size + -(at + size) % 8
        best = offsets + 8 * blocks
        starts = list(struct.unpack_from("<%dQ" % blocks, chunk, offsets)) + [size]
        demand(starts[0] == 0 and not any(chunk[at + size:offsets]), "a table with bytes between its parts")
        found = [read_completion_block(Reader(chunk, at + start, at + end), min(32, count - 32 * i), len(tables))
                 for i, (start, end) in enumerate(zip(starts, starts[1:]))]
        texts = [entry[2] for block in found for entry in block]
        demand(all(a < b if not tables else a <= b for a, b in zip(texts, texts[1:])), "completions do not ascend")
        bests = list(struct.unpack_from("<%dI" % blocks, chunk, best))
        demand(bests == [max(entry[0] for entry in block) for block in found], "another greatest weight of a block")
        tables.append((found, bests))
        at = best + 4 * blocks + -(best + 4 * blocks) % 8
        demand(not any(chunk[best + 4 * blocks:at]), "a table with bytes behind its end")
    words = list(struct.unpack_from("<%dI" % numbers[4], chunk, at))
    end = at + 4 * numbers[4]
    demand(end + -end % 8 == len(chunk) - 40 and not any(chunk[end:len(chunk) - 40]), "completions do not fill their chunk")
    return tables, words


def read_completion_block(reader, count, titles):
    entries, text = [], b""
    for i in range(count):
        shared, before = reader.varint(), text
        text = text[:shared] + reader.string()
        demand(shared <= len(before) and 1 <= len(text) <= 255 and (i or not shared), "a text that is none")
        demand(text[shared:shared + 1] != before[shared:shared + 1] or text == before, "a text that shares more than it says")
        weight = reader.varint()
        entries.append((weight, reader.varint(), text, b"") if titles else (weight, 0, text, reader.string()))
    reader.done()
    return entries


# --- Impacts ----------------------------------------------------------------------------------------------

def length(norm):
    return norm if norm < 24 else min(3 * 2 ** ((norm - 24) // 8) * (8 + (norm - 24) % 8), 2 ** 32 - 1)


class Impacts:
    def __init__(self, settings, order=None):
        self.order = order
        k1, b = settings["k1"] / 1000.0, settings["b"] / 1000.0
        average = settings["lengths"] / settings["articles"] if settings["lengths"] else 1
        self.saturation = [k1 * ((1 - b) + (b * length(norm)) / average) for norm in range(256)]
        self.extra = settings["title_weight"] / 1000.0 - 1

    def of(self, tf, title_tf, norm):
        weighted = tf + self.extra * title_tf
        return weighted / (weighted + self.saturation[norm])


def least_not_less(impact):
    return next(q for q in range(max(0, int(impact * 65535) - 2), 65536) if q / 65535.0 >= impact)


def greatest_not_greater(impact):
    return next(q for q in range(min(65535, int(impact * 65535) + 2), -1, -1) if q / 65535.0 <= impact)


def best_articles(found, impacts, order):
    """What read_top is to read: found is [(article, tf, title tf, norm)], impacts those of each."""
    ranked = sorted(zip(impacts, found), key=lambda pair: (-pair[0], order[pair[1][0]] if order else pair[1][0]))
    ten, least = [article[:3] for _, article in ranked[:10]], ranked[9][0]
    worse = next((article for impact, article in ranked[10:] if impact < least), (0, 0, 0, 0))
    follows = worse[3], worse[1], worse[2]
    if any(tf > 1023 or title_tf > 7 for _, tf, title_tf in ten + [follows]):
        return None
    return ten, follows, int(ranked[10][0] == least)


def check_sides(model, found, bounds, best, top):
    """found: [(article, tf, title tf, norm)]."""
    if bounds is None:
        demand(best is None and top is None, "best impacts without bounds")
        return
    impacts = [model.of(*article[1:]) for article in found]
    for block, bound in enumerate(bounds):
        demand(bound == least_not_less(max(impacts[128 * block:128 * block + 128])), "a wrong bound")
    ranked = sorted(impacts, reverse=True)
    for k, value in zip((10, 100, 1000), best):
        demand(value == greatest_not_greater(ranked[k - 1]), "a wrong k-th best impact")
    demand(len(found) < 1000 or top == best_articles(found, impacts, model.order), "other best articles")


# --- Articles ---------------------------------------------------------------------------------------------

def read_blocks(chunk, entry_bytes):
    data_bytes, blocks, zero = struct.unpack_from("<QII", chunk, len(chunk) - 16)
    tail = Reader(chunk, data_bytes, len(chunk) - 16)
    tail.pad(8)
    entries = [tail.take(entry_bytes) for _ in range(blocks)]
    tail.done()
    demand(zero == 0, "an unknown footer")
    offsets = [int.from_bytes(entry[:8], "little") for entry in entries] + [data_bytes]
    demand(offsets[0] == 0, "the first block is elsewhere")
    for i, entry in enumerate(entries):
        first, inflated = struct.unpack_from("<II", entry, 8)
        content = zlib.decompress(chunk[offsets[i]:offsets[i + 1]])
        demand(len(content) == inflated, "a block of another size")
        yield first, content, entry[16:]


def read_fields(chunk):
    article = 0
    for first, content, _ in read_blocks(chunk, 16):
        demand(first == article, "fields of another article")
        reader = Reader(content)
        while reader.at < reader.end:
            yield article, read_record(Reader(reader.string()))
            article += 1


def read_record(reader):
    names = ("id", "title", "url", "shown")
    record = {name: reader.string() for name in names}
    record["date"] = reader.number(8)
    for name in ("source", "author", "tag", "lang"):
        record[name] = [reader.string() for _ in range(reader.varint())]
    record["extra"] = reader.string()
    reader.done()
    return record


def read_text(chunk, fields, leads):
    """(article, byte, position or None where it follows from the title, piece)"""
    before, end = -1, 0
    for first, content, entry in read_blocks(chunk, 32):
        byte, position, zero = struct.unpack("<QII", entry)
        reader = Reader(content)
        heads = [(reader.varint(), reader.varint(), reader.varint() if leads else 0) for _ in range(reader.varint())]
        article = first
        for i, (difference, size, lead) in enumerate(heads):
            demand((difference == 0) == (i == 0) and size + lead > 0 and zero == 0, "pieces out of order")
            article += difference
            at = byte if i == 0 else 0
            shown = fields[article]["shown"]
            demand(lead == 0 or at == 0 and lead <= len(shown), "a beginning that the shown title has not")
            piece = shown[:lead] + reader.take(size)
            demand(at or not leads or not piece[lead:] or shown[lead:lead + 1] != piece[lead:lead + 1], "a beginning stored twice")
            demand((article == before and at == end) if at else article > before, "a body does not go on")
            yield article, at, position if i == 0 else None, piece
            before, end = article, at + len(piece)
        reader.done()


def title_words(chunk, articles):
    reader = Reader(chunk)
    width = reader.number(1)
    demand(width in (0, 1, 2, 4), "title words of another width")
    counts = reader.numbers(width, articles) if width else [0] * articles
    reader.done()
    return counts


def dates(chunk, articles):
    if not chunk:
        return [NO_DATE] * articles
    reader = Reader(chunk)
    found = reader.numbers(8, articles)
    reader.done()
    demand(set(found) != {NO_DATE}, "dates, but no date")
    return found


def order(chunk, articles):
    reader = Reader(chunk)
    places = reader.numbers(4, articles)
    reader.done()
    demand(sorted(places) == list(range(articles)), "an order that is none")
    return places


# --- All of it --------------------------------------------------------------------------------------------

class Decoded:
    """terms: key → (list, titles), each [(article, positions)], bounds, best, top."""

    def __init__(self, data):
        self.chunks, self.checksum, leads = read_container(data)
        self.settings = read_settings(self.chunks["settings"])
        articles = self.settings["articles"]
        self.norms = list(self.chunks["norms"])
        self.title_words = title_words(self.chunks["title_words"], articles)
        self.dates = dates(self.chunks["dates"], articles)
        ids = Reader(self.chunks["ids"])
        self.ids = [(ids.number(8), ids.number(4)) for _ in range(articles)]
        ids.done()
        self.fields = [record for _, record in read_fields(self.chunks["fields"])]
        self.pieces = list(read_text(self.chunks["text"], self.fields, leads)) if self.settings["text"] else []
        self.order = order(self.chunks["order"], articles) if "order" in self.chunks else None
        self.terms = {}
        for key, entry, postings, positions in read_lexicon(self.chunks["lexicon"]):
            if key is not None:
                self.terms[key] = (entry, *read_term(self.chunks, entry, postings, positions))
        demand((postings, positions) == (len(self.chunks["postings"]), len(self.chunks["positions"])),
               "lists do not fill their chunks")
        self.rule, self.grams = None, {}
        if "grams" in self.chunks:
            self.rule, self.grams = read_grams(self.chunks["grams"], articles, [
                [article for article, _ in everywhere[0]] for _, everywhere, _ in self.terms.values()])
        self.class_bound = self.class_cost = None
        self.classes = {}
        if "classes" in self.chunks:
            self.class_bound, self.class_cost, self.classes = read_classes(self.chunks["classes"], articles)
        self.compounds = read_compounds(self.chunks["compounds"]) if "compounds" in self.chunks else []
        self.title_language, self.titles = None, None
        if "titles" in self.chunks:
            self.title_language, self.titles = read_titles(self.chunks["titles"])
        self.completions = read_completions(self.chunks["completions"]) if "completions" in self.chunks else None
        self.groups = read_groups(self.chunks["groups"]) if "groups" in self.chunks else []
        self.check()

    def check(self):
        demand(len(self.norms) == len(self.fields) == self.settings["articles"], "columns of other sizes")
        demand(self.ids == sorted((xxh3_64(f["id"]), i) for i, f in enumerate(self.fields)), "ids are not the articles'")
        demand(self.dates == [f["date"] for f in self.fields], "dates are not the fields'")
        self.check_lists()
        for article, byte, position, _ in self.pieces:
            t = self.title_words[article]
            demand(byte or position in (None, t + 1024 if t else 0), "a body begins at another position")

    def check_lists(self):
        words, in_titles = [0] * len(self.norms), [0] * len(self.norms)
        impacts = Impacts(self.settings, self.order)
        for key, (entry, everywhere, titles) in self.terms.items():
            expected, found, title_found = [], [], []
            for article, positions in everywhere[0]:
                demand(positions[-1] <= 2 ** 31 - 2, "a position over the limit")
                title = [p for p in positions if p < self.title_words[article]] if key[0] > 2 else []
                if title:
                    expected.append((article, title))
                    title_found.append((article, len(title), len(title), self.norms[article]))
                found.append((article, len(positions), len(title), self.norms[article]))
                words[article] += len(positions) if key[0] > 2 else 0
                in_titles[article] += len(title)
            check_sides(impacts, found, *everywhere[1:])
            if entry.one is None:
                demand((titles[0] if titles else []) == expected, "a list of titles that is not its positions'")
                check_sides(impacts, title_found, *(titles or (0, None, None, None))[1:])
        self.check_grams(impacts)
        self.check_classes(impacts)
        self.check_compounds()
        self.check_titles()
        self.check_completions()
        self.check_groups()
        demand(in_titles == self.title_words, "titles of other lengths")
        demand(sum(words) == self.settings["words"], "words do not add up")
        demand(sum(in_titles) == self.settings["title_words"], "words in titles do not add up")
        for count, norm in zip(words, self.norms):
            demand(norm <= 242 and length(norm) <= count < length(norm + 1), "a norm that is not its article's")
        demand(sum(map(length, self.norms)) == self.settings["lengths"], "lengths do not add up")

    def check_grams(self, impacts):
        expected = expected_grams(self.rule, self.terms, self.title_words) if self.rule else {}
        demand(set(expected) == set(self.grams), "grams that the rule does not name, or not all of them")
        for gram, (everywhere, titles) in self.grams.items():
            found, articles = everywhere[0], sorted(expected[gram].items())
            if len(found) == 1:
                demand(found == [(article, *tfs) for article, tfs in articles], "a gram of another article")
                continue
            demand(found == [(article, tf) for article, (tf, _) in articles], "a list that is not its gram's")
            in_titles = [(article, title_tf) for article, (_, title_tf) in articles if title_tf]
            demand((titles[0] if titles else []) == in_titles, "a list of titles that is not its gram's")
            check_sides(impacts, [(article, *tfs, self.norms[article]) for article, tfs in articles], *everywhere[1:])
            if titles:
                check_sides(impacts, [(article, tf, tf, self.norms[article]) for article, tf in in_titles], *titles[1:])

    def check_compounds(self):
        keys, numbers = list(self.terms), {key: i for i, key in enumerate(self.terms)}
        for left, right, closed, joined, apart, kind in self.compounds:
            dicts = [dict(self.terms[keys[term]][1][0]) for term in (left, right)]
            together = sum(len({p + 1 for p in positions} & set(dicts[1].get(article, ())))
                           for article, positions in dicts[0].items())
            demand(min(keys[left][0], keys[right][0]) > 2 and numbers.get(keys[left] + keys[right]) == closed,
                   "a compound of other words")
            cf = 0 if closed is None else sum(len(p) for _, p in self.terms[keys[closed]][1][0])
            demand(joined >= max(1, apart) and 100 * joined >= min(map(len, dicts)) and kind in (0, 1) and
                   (cf <= 10 * joined if kind == 0 else (10 if cf < 10 else 50) * cf <= joined),
                   "a compound against the rule")
            words = [keys[term].decode() for term in (left, right)]
            demand(len("".join(words)) >= 4 and not (kind and words[1] == "s") and
                   not (words[0][-1] in "0123456789" and words[1][0] in "0123456789"), "a compound of such words")
            demand(joined + apart <= together, "a compound more often than its words stand together")

    def check_titles(self):
        if self.titles is None:
            return
        stands_for = {term: terms[0] for terms, _, _ in self.classes[self.title_language] for term in terms} \
            if self.title_language else {}
        words = [[0] * count for count in self.title_words]
        for number, (key, (_, everywhere, _)) in enumerate(self.terms.items()):
            for article, positions in everywhere[0] if key[0] > 2 else ():
                for position in positions:
                    if position < self.title_words[article]:
                        words[article][position] = stands_for.get(number, number)
        left = set(self.titles)
        for article, (numbers, record) in enumerate(zip(words, self.fields)):
            hashes = [xxh3_64(b"".join(struct.pack("<I", number) for number in numbers[:count]))
                      for count in range(1, len(numbers) + 1)]
            demand(not hashes or (hashes[-1], article) in left, "a title that is missing")
            bracketed = record["title"].endswith(b")")
            left -= {(hash, article) for hash in (hashes if bracketed else hashes[-1:])}
            demand(sum((hash, article) in self.titles for hash in hashes) <= 1 + bracketed, "a title too often")
        demand(not left, "titles of other words")

    def check_groups(self):
        order = self.order or range(len(self.norms))
        places = [[order[article] for article in group] for group in self.groups]
        demand(all(p == sorted(p) for p in places) and [p[0] for p in places] == sorted(p[0] for p in places),
               "groups in another order than articles came")

    def check_completions(self):
        if self.completions is None:
            return
        (phrases, titles), words = self.completions
        keys = list(self.terms)
        dfs = [len(everywhere[0]) if key[0] > 2 else 0 for key, (_, everywhere, _) in self.terms.items()]
        demand(words == [max(dfs[at:at + 32]) for at in range(0, len(dfs), 32)], "another greatest df of a block of words")
        numbers = {key: i for i, key in enumerate(keys)}
        for articles, _, text, shown in (entry for block in phrases[0] for entry in block):
            terms = tuple(numbers.get(word, -1) for word in text.split(b" "))
            demand(-1 not in terms and len(shown) <= 255, "a phrase of what is no word")
            found = dfs[terms[0]] if len(terms) == 1 else len(self.grams[terms][0][0]) if terms in self.grams else 0
            demand(found == articles, "a phrase of other articles")
        for weight, article, _, _ in (entry for block in titles[0] for entry in block):
            demand(2 <= weight and self.title_words[article], "a title of an article that has none")

    def check_classes(self, impacts):
        terms = list(self.terms.items())
        for terms_of_class, df, both in (found for classes in self.classes.values() for found in classes):
            expected, dfs = {}, []
            for key, (_, everywhere, _) in (terms[number] for number in terms_of_class):
                demand(key[0] > 2, "a class of what is no word")
                dfs.append(len(everywhere[0]))
                for article, positions in everywhere[0]:
                    tf, title_tf = expected.get(article, (0, 0))
                    in_title = sum(p < self.title_words[article] for p in positions)
                    expected[article] = tf + len(positions), title_tf + in_title
            demand(df == len(expected), "a class of other articles")
            demand((both is not None) == (df > 1 and (sum(dfs) - max(dfs)) * self.class_cost >= self.class_bound),
                   "a list, or none, against the rule of classes")
            if both:
                found, titles, counts = both[0], both[1], sorted(expected.items())
                demand(found[0] == [(article, tf) for article, (tf, _) in counts], "a list that is not its class's")
                in_titles = [(article, title_tf) for article, (_, title_tf) in counts if title_tf]
                demand((titles[0] if titles else []) == in_titles, "a list of titles that is not its class's")
                check_sides(impacts, [(article, *tfs, self.norms[article]) for article, tfs in counts], *found[1:])
                if titles:
                    check_sides(impacts, [(article, tf, tf, self.norms[article]) for article, tf in in_titles], *titles[1:])


def class_lines(index):
    for code, classes in index.classes.items():
        yield "classes %s %d %d" % (code, index.class_bound, index.class_cost)
        for terms, df, both in classes:
            yield "class %d: %s" % (df, " ".join(map(str, terms)))
            for name, found in zip(("all", "titles"), both or ()):
                if found:
                    yield "%s %d %d" % (name, len(found[0]), sum(p[1] for p in found[0]))
                    for numbers in found[0]:
                        yield " ".join(map(str, numbers))
                    if found[1]:
                        yield "bounds %s best %s" % (" ".join(map(str, found[1])), " ".join(map(str, found[2])))
                    if found[3]:
                        yield "top %s %d" % (" ".join("%d:%d:%d" % article for article in (*found[3][0], found[3][1])),
                                             found[3][2])


def compound_lines(index):
    for left, right, closed, *rest in index.compounds:
        yield "compound %d %d %s %d %d %d" % (left, right, "-" if closed is None else closed, *rest)


def title_lines(index):
    for hash, article in index.titles or ():
        yield "title %016x %d" % (hash, article)


def group_lines(index):
    for group in index.groups:
        yield " ".join(["group", *map(str, group)])


def completion_lines(index):
    tables, words = index.completions or ((), ())
    for kind, (blocks, bests) in enumerate(tables):
        for block, best in zip(blocks, bests):
            for weight, article, text, shown in block:
                yield "completion %d %d %d %s %s" % (kind, weight, article, text.hex(), shown.hex())
            yield "best %d" % best
    for best in words:
        yield "best %d" % best


def gram_lines(index):
    rule = index.rule
    if rule:
        yield "rule %d %d %d %d %d %d %d" % (rule.words_most, rule.least_df, rule.bound, rule.look_up, rule.candidate,
                                             rule.ranked_words, rule.dense)
    for gram, both in index.grams.items():
        yield "gram %s" % " ".join(map(str, gram))
        for name, found in zip(("all", "titles"), both):
            if not found:
                continue
            postings, bounds, best, top = found
            yield "%s %d %d" % (name, len(postings), sum(p[1] for p in postings))
            for numbers in postings:
                yield " ".join(map(str, numbers))
            if bounds:
                yield "bounds %s best %s" % (" ".join(map(str, bounds)), " ".join(map(str, best)))
            if top:
                yield "top %s %d" % (" ".join("%d:%d:%d" % article for article in (*top[0], top[1])), top[2])


def lines(index):
    s = index.settings
    yield "checksum %016x" % index.checksum
    yield "settings %d %d %d %d %d %d %d %d %s" % (s["articles"], s["text"], s["words"], s["title_words"], s["lengths"],
                                                    s["k1"], s["b"], s["title_weight"], s["lang"])
    for key, (entry, *both) in index.terms.items():
        yield "term %s" % key.hex()
        for name, found in zip(("all", "titles"), both):
            if not found:
                continue
            postings, bounds, best, top = found
            yield "%s %d %d" % (name, len(postings), sum(len(p) for _, p in postings))
            for article, positions in postings:
                yield "%d: %s" % (article, " ".join(map(str, positions)))
            if bounds:
                yield "bounds %s best %s" % (" ".join(map(str, bounds)), " ".join(map(str, best)))
            if top:
                yield "top %s %d" % (" ".join("%d:%d:%d" % article for article in (*top[0], top[1])), top[2])
    yield from gram_lines(index)
    yield from class_lines(index)
    yield from compound_lines(index)
    yield from title_lines(index)
    yield from completion_lines(index)
    yield from group_lines(index)
    for i, fields in enumerate(index.fields):
        yield "article %d norm %d title words %d date %x" % (i, index.norms[i], index.title_words[i], index.dates[i])
        for name in ("id", "title", "url", "shown", "source", "author", "tag", "lang", "extra"):
            values = fields[name] if isinstance(fields[name], list) else [fields[name]]
            yield " ".join([name] + [value.hex() or "-" for value in values])
    for article, byte, position, piece in index.pieces:
        t = index.title_words[article]
        position = position if byte else t + 1024 if t else 0
        yield "piece %d %d %d %s" % (article, byte, position, piece.hex())
    for value, article in index.ids:
        yield "hash %016x %d" % (value, article)
    for place in index.order or []:
        yield "place %d" % place


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    try:
        index = Decoded(data)
    except (Damaged, zlib.error, struct.error, ValueError) as error:
        sys.exit("decode.py: %s: %s" % (sys.argv[1], error))
    for line in lines(index):
        print(line)


if __name__ == "__main__":
    main()
