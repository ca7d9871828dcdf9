"""Quotations as people paste them: stretches of articles with some words changed, dropped, put in or swapped."""
import json
import random

SEED = 60
KINDS = ("change", "drop", "insert", "swap")


def damage(words, times, rnd, kinds=KINDS, strange=None):
    """A copy with so many places damaged, none at either end."""
    words = list(words)
    for _ in range(times):
        place, kind = rnd.randrange(1, len(words) - 2), rnd.choice(kinds)
        if kind == "change":
            words[place] = strange or rnd.choice(words)[::-1]
        elif kind == "drop":
            del words[place]
        elif kind == "insert":
            words.insert(place, rnd.choice(words))
        else:
            words[place], words[place + 1] = words[place + 1], words[place]
    return words


def sample(corpus, count, words=60, damaged=3):
    """(id, text) of so many articles that are long enough, drawn evenly."""
    rnd = random.Random(SEED)
    with open(corpus, "rb") as lines:
        articles = [line for line in lines if len(line) > 100 * words]
    while count:
        article = json.loads(rnd.choice(articles))
        text = article["body"].split()
        if len(text) <= words:
            continue
        start = rnd.randrange(len(text) - words)
        yield article["id"], " ".join(damage(text[start:start + words], damaged, rnd))
        count -= 1


def write(corpus, target, count, words=60):
    with open(target, "w", encoding="utf-8") as out:
        out.writelines("%s\t%s\n" % (name, text) for name, text in sample(corpus, count, words))
