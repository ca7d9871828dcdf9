"""One picture: a line of dots for each row, a dot for each engine, on a scale of decades. Plain SVG."""
import math
from xml.sax.saxutils import escape

WIDTH, LEFT, RIGHT, TOP, STEP = 860, 300, 30, 84, 42
COLOURS = {"verbatim": "#c2410c", "verbatim-reordered": "#fdba74", "lucene": "#1d4ed8", "lucene-bp": "#60a5fa",
           "tantivy": "#15803d", "seekstorm": "#7e22ce", "xapian": "#64748b", "fts5": "#a3a3a3"}
FONT = "font-family=\"system-ui, sans-serif\""


class Scale:
    """Values to places, by their logarithm."""

    def __init__(self, least, most, start, end):
        self.low, self.high = math.floor(math.log10(least)), math.ceil(math.log10(most))
        self.start, self.end = start, end

    def at(self, value):
        share = (math.log10(value) - self.low) / max(1, self.high - self.low)
        return self.start + share * (self.end - self.start)

    def decades(self):
        return (10 ** power for power in range(self.low, self.high + 1))


def number(value):
    return "{:,.0f}".format(value) if value >= 100 else "%.1f" % value


def decade(value):
    return "%g µs" % value if value < 1000 else "%g ms" % (value / 1000) if value < 1e6 else "%g s" % (value / 1e6)


def text(x, y, words, anchor="start", size=13, colour="#1f2937", weight="normal"):
    return '<text x="%.1f" y="%.1f" %s font-size="%d" fill="%s" text-anchor="%s" font-weight="%s">%s</text>' % (
        x, y, FONT, size, colour, anchor, weight, escape(words))


def grid(scale, bottom):
    for value in scale.decades():
        x = scale.at(value)
        yield '<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#e5e7eb"/>' % (x, TOP - 14, x, bottom)
        yield text(x, bottom + 18, decade(value), "middle", 12, "#6b7280")


def legend(names):
    x = 16
    for name, label in names:
        yield '<circle cx="%.1f" cy="50" r="%d" fill="%s"/>' % (x + 5, 6 if name == "verbatim" else 5, COLOURS[name])
        yield text(x + 16, 54, label, size=12)
        x += 34 + 6.7 * len(label)


def dots(scale, y, values, labels):
    """One line; our own dot last, so that it lies on top."""
    there = [name for name in labels if name in values]
    ends = [scale.at(values[name]) for name in there]
    yield '<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#d1d5db" stroke-width="2"/>' % (
        min(ends), y, max(ends), y)
    for name in sorted(there, key=lambda n: n == "verbatim"):
        yield '<circle cx="%.1f" cy="%d" r="%d" fill="%s" stroke="#fff"><title>%s: %s µs</title></circle>' % (
            scale.at(values[name]), y, 7 if name == "verbatim" else 5, COLOURS[name], escape(labels[name]),
            number(values[name]))
    if "verbatim" in values:
        yield text(scale.at(values["verbatim"]), y - 11, number(values["verbatim"]), "middle", 12,
                   COLOURS["verbatim"], "bold")


def draw(title, lines, names, note):
    """lines: [(row, {name: microseconds})]; names: [(name, label)] in the legend's order."""
    every = [value for _, values in lines for value in values.values()]
    scale = Scale(min(every), max(every), LEFT, WIDTH - RIGHT)
    bottom = TOP + STEP * len(lines)
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" role="img">' % (
        WIDTH, bottom + 52, WIDTH), '<rect width="100%" height="100%" fill="#fff"/>',
        text(16, 26, title, size=16, weight="bold"), *legend(names), *grid(scale, bottom)]
    for place, (row, values) in enumerate(lines):
        y = TOP + STEP * place + STEP // 2
        parts += [text(LEFT - 18, y + 4, row, "end"), *dots(scale, y, values, dict(names))]
    parts += [text(16, bottom + 42, note, size=12, colour="#6b7280"), "</svg>"]
    return "\n".join(parts) + "\n"
