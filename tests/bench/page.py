"""docs/performance.md and its picture, from what one run measured and nothing else."""
import os
import time

import arithmetic
import plot
import rows as rules
from engines import INEXACT, LABELS, OURS

BUSY = 0.5  # a load of the machine at which a building time is not told
COMMANDS = {"TOP_10": "ten best", "TOP_10_COUNT": "ten best and count"}


def number(value):
    return "–" if value is None else "{:,.0f}".format(value) if value >= 100 else "%.1f" % value


def short(value):
    """A ratio."""
    return "–" if value is None else "%.3f" % value if value < 0.1 else "%.2f" % value


def megabytes(value):
    return None if value is None else value / 1e6


def goal_words(goal):
    return "1/%d" % round(1 / goal) if goal < 0.9 and abs(1 / goal - round(1 / goal)) < 1e-9 else "%g" % goal


def table(head, lines):
    return "\n".join(["| %s |" % " | ".join(head), "|%s" % ("---|" * len(head))] +
                     ["| %s |" % " | ".join(line) for line in lines])


class Goals:
    """The lines of the first table."""

    head = ["", "Verbatim", "the best exact other", "ratio", "goal", "reached", "SeekStorm"]

    def __init__(self):
        self.lines = []

    def add(self, title, ours, theirs, whose, goal, seekstorm=None, form=number):
        """A ratio to another engine's figure; goal: None where it is only told."""
        got = arithmetic.ratio(ours, theirs)
        behind = seekstorm is not None and ours > seekstorm
        reached = "–" if None in (got, goal) else "yes" if got <= goal and not behind else "no"
        other = "%s (%s)" % (form(theirs), whose) if theirs is not None else "–"
        self.lines.append([title, form(ours), other, short(got), "≤ " + goal_words(goal) if goal else "", reached if goal else "",
                           form(seekstorm) if seekstorm is not None else ""])

    def bound(self, title, ours, goal, reached, ratio=""):
        """A figure with a bound of its own."""
        self.lines.append([title, ours, "", ratio, goal, "yes" if reached else "no", ""])

    def text(self):
        return table(self.head, self.lines)


# --- queries ------------------------------------------------------------------------------------------

def row_summaries(queries):
    """[(row, {engine: summary})] of the rows that stand."""
    for row in rules.ROWS:
        chosen = [key for key in queries["keys"] if row.holds(key)]
        if chosen:
            yield row, {name: arithmetic.summary([answers[key][1] for key in chosen])
                        for name, answers in queries["results"].items()}


def add_query_goals(goals, queries):
    for row, sums in row_summaries(queries):
        exact = [name for name in sums if name not in INEXACT | OURS]
        for measure, goal in (("mean", row.goal), ("median", row.median_goal)):
            if goal:
                values = {name: s[measure] for name, s in sums.items()}
                whose, theirs = arithmetic.best(values, exact)
                goals.add("%s, µs, %s" % (row.title, measure), values["verbatim"], theirs, LABELS.get(whose), goal,
                          values.get("seekstorm"))


def query_details(queries):
    names = list(queries["results"])
    lines = [[row.title, str(sums["verbatim"]["n"])] +
             ["%s / %s" % (number(sums[n]["mean"]), number(sums[n]["median"])) for n in names]
             for row, sums in row_summaries(queries)]
    slow = [[row.title] + ["%s / %s" % (number(sums[n]["p99"]), number(sums[n]["max"])) for n in names]
            for row, sums in row_summaries(queries)]
    head = [LABELS[n] for n in names]
    return "\n\n".join(["Microseconds a query, mean / median:", table(["", "queries"] + head, lines),
                        "The slowest, 99th percentile / maximum:", table([""] + head, slow), agreement(queries)])


def examples(pairs, form):
    shown = ["`%s` %s" % (row[2], form(value)) for row, value in sorted(pairs.items())[:4]]
    return ", ".join(shown) + (" …" if len(pairs) > 4 else "")


def agreement(found, what="counted row"):
    """Who counts as whom."""
    void, said = found["void"], []
    if void:
        said.append("Void and left out, as the exact engines do not agree on them, are %d rows: %s." % (
            len(void), examples(void, str)))
    else:
        said.append("All exact engines agree on every %s." % what)
    for name, wrong in found["wrong"].items():
        if wrong:
            said.append("%s counts %s otherwise, its times stand all the same: %s." % (
                LABELS[name], "one row" if len(wrong) == 1 else "%d rows" % len(wrong),
                examples(wrong, lambda pair: "%d instead of %d" % pair)))
    if found.get("tops"):
        said.append("**Verbatim's ten best differ with and without a count**: %s." % (
            ", ".join("`%s`" % query for _, query in found["tops"][:4])))
    return " ".join(said)


def picture(queries):
    lines = [(row.title, {n: s["mean"] for n, s in sums.items()}) for row, sums in row_summaries(queries)]
    names = [(n, LABELS[n]) for n in queries["results"]]
    return plot.draw("A query's mean time, in one thread", lines, names, "Each step of the scale is ten times as long.")


# --- building -----------------------------------------------------------------------------------------

def compared_bytes(chunks, names=rules.COMPARED_CHUNKS):
    """Chunks by these names, and parts of them as grams_lexicon is of grams."""
    return sum(size for chunk, size in chunks.items() if chunk.split("_")[0] in names)


def seconds(record):
    """Until the index is the one that the rows ask and whose bytes are told."""
    return record and record.get("merged_s", record.get("closed_s"))


def first_seconds(record):
    """Until an index can be asked at all."""
    return record and record["index_s"]


def add_building_goals(goals, building):
    now = {n: r for n, r in building["others"].items() if not r.get("earlier") and n not in INEXACT | OURS}
    for title, variant, others in (("building, s", "grams", now),
                                   ("building, the text stored too, s", "text", building["stored"])):
        for what, time_of, goal in (("", seconds, rules.GOAL_BUILDING),
                                    (", beside the first of theirs that can be asked", first_seconds, None)):
            whose, theirs = arithmetic.best({n: time_of(r) for n, r in others.items()}, list(others))
            goals.add(title + what, seconds(building["ours"][variant]), theirs, LABELS.get(whose), goal)
    lucene = megabytes((building["others"].get("lucene") or {}).get("bytes"))
    chunks = {variant: building["info"][variant]["chunks"] for variant in building["info"]}
    for title, variant, names, goal in (
            ("index, MB", "grams", rules.COMPARED_CHUNKS, rules.GOAL_BYTES),
            ("index with `--no-grams`, MB", "no-grams", rules.COMPARED_CHUNKS, rules.GOAL_BYTES_NO_GRAMS),
            ("further tables, MB", "grams", rules.FURTHER_CHUNKS, rules.GOAL_OTHER_CHUNKS)):
        ours = megabytes(compared_bytes(chunks[variant], names))
        if ours:
            goals.add(title, ours, lucene, "Lucene", goal)
    whose, theirs = arithmetic.best({n: r["bytes"] for n, r in building["stored"].items()}, list(building["stored"]))
    goals.add("whole file with the text stored, MB", megabytes(building["ours"]["text"]["bytes"]), megabytes(theirs),
              LABELS.get(whose), rules.GOAL_BYTES_TEXT)
    worst = max(building["peaks"], key=lambda budget: building["peaks"][budget] / budget)
    within = all(arithmetic.within_budget(peak, budget << 20) for budget, peak in building["peaks"].items())
    goals.bound("memory while building, MiB at a budget of %d" % worst, number(building["peaks"][worst] / (1 << 20)),
                "≤ 1.1 × + 64", within)


def building_times(record):
    """Of an index that was made in an earlier run, with its date; none if the machine was busy then."""
    merged = seconds(record)
    if not record.get("earlier"):
        return number(first_seconds(record)), number(merged), number(record.get("cpu_s"))
    if record["load"] > BUSY:
        return "–", "–", "–"
    return "%s (%s)" % (number(first_seconds(record)), record["when"]), number(merged), number(record.get("cpu_s"))


def building_details(building):
    lines = []
    for title, variant in (("Verbatim", "grams"), ("Verbatim, `--no-grams`", "no-grams"),
                           ("Verbatim, text stored", "text")):
        record = building["ours"][variant]
        lines.append([title, *building_times(record), number(megabytes(record["bytes"]))])
    for suffix, records in (("", building["others"]), (", text stored", building["stored"])):
        for name, record in records.items():
            lines.append([LABELS[name] + suffix, *building_times(record), number(megabytes(record["bytes"]))])
    parts = ["Building, to the first index that can be asked, and until it is merged into the one that the rows above "
             "ask and whose bytes are told, which is what the goal is of; the best of the turns. A time with a date "
             "behind it is from an earlier run, whose index was kept, and is not told if the machine was busy then "
             "(`--rebuild` makes these anew):",
             table(["", "s", "merged, s", "of processors, s", "MB"], lines),
             "What is in Verbatim's files, MB:", chunk_table(building),
             "The most memory held while building with the text stored (VmHWM), the budget given by `--memory`:",
             table(["budget, MiB", "held, MiB", "allowed, MiB"],
                   [[str(b), number(p / (1 << 20)), number(b * 1.1 + 64)] for b, p in building["peaks"].items()])]
    return "\n\n".join(parts)


def beside_lucene(building, variant, size):
    """A size as a ratio to that of Lucene's folder, its text stored too where ours is."""
    record = building["stored" if variant == "text" else "others"].get("lucene")
    return short(arithmetic.ratio(size, record and record["bytes"]))


def chunk_table(building):
    names = list(building["info"]["grams"]["chunks"])
    names += [c for c in building["info"]["text"]["chunks"] if c not in names]
    def cells(size):
        return ["" if size(v) is None else number(size(v) / 1e6) for v in ("grams", "no-grams", "text")]
    lines = [[name] + cells(lambda v: building["info"][v]["chunks"].get(name)) for name in names]
    lines = [line for line in lines if set(line[1:]) - {"0.0", ""}]
    lines.append(["compared above"] + cells(lambda v: compared_bytes(building["info"][v]["chunks"])))
    lines.append(["whole file"] + cells(lambda v: building["info"][v]["bytes"]))
    lines.append(["compared above, beside Lucene"] +
                 [beside_lucene(building, v, compared_bytes(building["info"][v]["chunks"]))
                  for v in ("grams", "no-grams")] + [""])
    lines.append(["whole file, beside Lucene"] +
                 [beside_lucene(building, v, building["info"][v]["bytes"]) for v in ("grams", "no-grams", "text")])
    return table(["", "with grams", "`--no-grams`", "text stored"], lines)


# --- as people ask ------------------------------------------------------------------------------------

def mean_of(lines, name):
    """Of all questions of all lines; None where the engine was not asked."""
    times = [(line["times"][name]["mean"], line["times"][name]["n"]) for line in lines if name in line["times"]]
    count = sum(n for _, n in times)
    return sum(mean * n for mean, n in times) / count if count else None


def add_kinds_goals(goals, kinds):
    for line in kinds["default"]:
        goals.add("as people ask, %s, µs, mean" % line["title"], mean_of([line], "verbatim"),
                  mean_of([line], "lucene"), "Lucene, English", rules.GOAL_DEFAULT)
    for start in ("prefix", "wildcard", "one edit", "two edits", "gaps"):
        lines = [line for line in kinds["tasks"] if line["title"].startswith(start)]
        goals.add("%s, µs, mean" % start, mean_of(lines, "verbatim"), mean_of(lines, "lucene"), "Lucene",
                  rules.GOAL_KINDS)


def kinds_table(lines):
    rows = []
    for line in lines:
        for name, s in line["times"].items():
            ratio = arithmetic.ratio(s["mean"], line["times"]["lucene"]["mean"]) if "lucene" in line["times"] else None
            rows.append([line["title"] if name == "verbatim" else "", LABELS[name], "{:,}".format(s["n"]),
                         *(number(s[k]) for k in ("mean", "median", "p99", "max")),
                         short(ratio) if name == "verbatim" else ""])
    return table(["", "", "questions", "mean", "median", "p99", "max", "mean, beside Lucene"], rows)


def kinds_details(kinds):
    return "\n\n".join([
        "The same words without any sign, over the text as it was written: inflections, stop words and all bonuses on "
        "our side, the English analyzer and BM25 on Lucene's. Ten best, µs:", kinds_table(kinds["default"]),
        "luceneutil's questions over the folded text. Lucene takes the fifty nearest words of an edit, gives prefixes "
        "and wildcards one score, and counts a gap's words in any order; here every word counts, and is ranked. "
        "Ten best, µs:", kinds_table(kinds["tasks"])])


# --- the rest -----------------------------------------------------------------------------------------

def once_details(once):
    lines = []
    for line in once["lines"]:
        stands = " (%s stand)" % "{:,}".format(line["standing"]) if line["command"].endswith("COUNT") else ""
        exact = {name: s["mean"] for name, s in line["times"].items() if name not in INEXACT | OURS}
        ratio = short(arithmetic.ratio(line["times"]["verbatim"]["mean"], arithmetic.best(exact, list(exact))[1]))
        for name, s in line["times"].items():
            lines.append([line["title"] + ", " + COMMANDS[line["command"]] + stands if name == "verbatim" else "",
                          LABELS[name], "{:,}".format(s["n"]),
                          *(number(s[k]) for k in ("mean", "median", "p99", "max")),
                          ratio if name == "verbatim" else ""])
    text = "Each phrase is asked once, in a process that was asked nothing else of the kind, so that nothing is warm " \
           "but the page cache; Java and its compiler are then cold as well. Microseconds:"
    head = ["", "", "phrases", "mean", "median", "p99", "max", "mean, beside the best exact other"]
    return "\n\n".join([text, table(head, lines),
                        agreement(once, "phrase")])


def exponent(growth, command):
    return arithmetic.growth_exponent([line["share"] for line in growth],
                                      [line["cost"][command]["mean"] for line in growth])


def add_growth_goal(goals, growth):
    worst = max(exponent(growth, command) for command in COMMANDS)
    goals.bound("growth of a phrase's cost: corpus to the power of", "%.2f" % worst, "< 1", worst < 1)


def growth_details(growth):
    first = growth[0]
    lines = [["1/%d" % round(1 / line["share"]) if line["share"] < 1 else "all"] +
             ["%s / %s" % (number(line["cost"][c]["mean"]), number(line["cost"][c]["median"])) for c in COMMANDS] +
             ["%.2f ×" % (line["cost"]["TOP_10"]["mean"] / first["cost"]["TOP_10"]["mean"])] for line in growth]
    return "The same phrases on parts of the corpus, µs, mean / median:\n\n" + table(
        ["articles", *COMMANDS.values(), "ten best, beside 1/8"], lines)


def add_opening_goal(goals, opening):
    for state, title in (("warm", "open to first answer, ms"), ("cold", "the same, nothing of the file in memory, ms")):
        worst = max(line["first"]["median"] for (_, s), line in opening.items() if s == state)
        goals.bound(title, "%.1f" % (worst / 1000), "< 10", worst < rules.GOAL_OPEN_US)


def opening_details(opening):
    titles = {"grams": "without text", "text": "with text", "warm": "in the page cache",
              "cold": "not in the page cache"}
    lines = [["%s, %s MB, %s" % (titles[v], number(line["bytes"] / 1e6), titles[state]),
              number(line["open"]["median"]), number(line["first"]["median"]), number(line["first"]["max"])]
             for (v, state), line in opening.items()]
    return "Opening a file and answering a first phrase in a fresh process, µs:\n\n" + table(
        ["", "open, median", "and first answer, median", "maximum"], lines)


def batch_details(batch):
    threads = list(batch[0]["seconds"])
    lines = [[line["title"], "{:,}".format(line["asked"])] +
             ["%.2f s, %s/s" % (line["seconds"][t], number(line["asked"] / line["seconds"][t])) for t in threads]
             for line in batch]
    return "`verbatim-search --batch`, ten hits a phrase as JSON, the whole process:\n\n" + table(
        ["", "phrases"] + ["%d thread%s" % (t, "s" if t > 1 else "") for t in threads], lines)


def add_quotation_goal(goals, found):
    goals.bound("checking a quotation of 60 words, the slowest, ms", "%.1f" % (found["us"]["max"] / 1000),
                "< %d" % (rules.GOAL_QUOTATION_US / 1000), found["us"]["max"] < rules.GOAL_QUOTATION_US)


def quotation_details(found):
    us = found["us"]
    return ("Stretches of 60 words of the articles as they were written, three places of each changed, dropped, put in or "
            "swapped, checked against all of them, µs; of %d of %d the article that they are from comes first; of "
            "some another one holds as much:\n\n" % (found["first"], us["n"])) + table(
        ["", "quotations", "mean", "median", "p99", "max"],
        [["runs, articles, differences", str(us["n"])] + [number(us[k]) for k in ("mean", "median", "p99", "max")]])


def add_suggestion_goal(goals, found):
    slowest = max(us["max"] for us in found["kinds"].values())
    goals.bound("suggestions while typing, the slowest, µs", number(slowest), "< {:,}".format(rules.GOAL_SUGGESTIONS_US),
                slowest < rules.GOAL_SUGGESTIONS_US)


def suggestion_details(found):
    return ("Texts as they are being typed, every length of the last word, over the articles as they were written; each "
            "asked once by a fresh process, the best of the turns, µs. The slowest is `%s`:\n\n" % (
                found["slowest"].replace("|", "\\|"))) + table(
        ["", "texts", "mean", "median", "99.9 %", "max"],
        [[kind, "{:,}".format(us["n"])] + [number(us[k]) for k in ("mean", "median", "p999", "max")]
         for kind, us in found["kinds"].items()])


def add_http_goals(goals, http):
    fixed, plain, snippets, once = http["kinds"]
    for kind, goal in ((plain, rules.GOAL_HTTP), (snippets, rules.GOAL_HTTP_SNIPPETS)):
        for connections in (1, 64):
            runs = [http["runs"][k, connections]["per_s"] for k in (kind, fixed)]
            goals.bound("HTTP, %s, %d connection%s, requests/s" % (kind, connections, "s" if connections > 1 else ""),
                        number(runs[0]), "≥ %g × a fixed reply" % goal, runs[0] >= goal * runs[1],
                        "%.2f" % (runs[0] / runs[1]))
    cpu = http["runs"][once, 1]["cpu_us"]
    goals.bound("HTTP, %s, µs of CPU" % once, number(cpu), "≤ %d" % rules.GOAL_SNIPPETS_CPU_US,
                cpu <= rules.GOAL_SNIPPETS_CPU_US)


def percent(share):
    return "" if share is None else "%.0f %%" % (100 * share)


def http_details(http):
    lines = []
    for kind in http["kinds"]:
        for connections in (1, 64):
            run = http["runs"][kind, connections]
            beside = run["per_s"] / http["runs"][http["kinds"][0], connections]["per_s"]
            lines.append([kind, str(connections), number(run["per_s"]), "%.2f" % beside, number(run["p50"]),
                          number(run["p99"]), number(run["cpu_us"]), number(run["bytes"]),
                          percent(run["wrk_busy"]), percent(run["kept"])])
    return ("wrk beside the server on the same processors; both servers have %d threads of the same library. "
            "The file has the text stored; nothing is squeezed. Where wrk's one thread is busy all the time, the "
            "server could do more than the figure says. Blocks kept: of the stored fields and text that were read, "
            "how much was still inflated from an earlier question:\n\n" % http["threads"]) + table(
        ["request", "connections", "requests/s", "beside a fixed reply", "p50, µs", "p99, µs",
         "CPU a request, µs", "bytes", "wrk busy", "blocks kept"], lines)


# --- the page -----------------------------------------------------------------------------------------

PARTS = [("building", "Building and size", add_building_goals, building_details),
         ("queries", "One query at a time", add_query_goals, query_details),
         ("kinds", "Questions as people ask them", add_kinds_goals, kinds_details),
         ("once", "Phrases asked once", None, once_details),
         ("growth", "Growth", add_growth_goal, growth_details),
         ("open", "Opening", add_opening_goal, opening_details),
         ("batch", "Batches", None, batch_details),
         ("quotations", "Quotations", add_quotation_goal, quotation_details),
         ("suggestions", "Suggestions", add_suggestion_goal, suggestion_details),
         ("http", "HTTP", add_http_goals, http_details)]

NOTES = """\
- All engines index the same folded words with positions, and store ids; k1 is 1.2 and b 0.75. Ten best means that no
  engine is asked for a count. Ids are fetched after the clock has stopped, but for FTS5, whose statement joins them.
  Verbatim's, SeekStorm's and FTS5's times hold parsing the query; Lucene, Tantivy and Xapian are handed words that
  are parted already, and Lucene's query is made already.
- The best other is the one with the least mean or median in that row, of those that promise exact counts. SeekStorm,
  with all its n-grams and a file several times as large, is compared for time alone. A row is reached when it keeps
  its goal and is not behind SeekStorm.
- Verbatim reordered is the same program with `--reorder`; nothing is compared with it.
- The size compared with Lucene's is words, postings, positions, grams and norms. The whole files, with ids and dates,
  are below; Lucene's and the others' sizes are whole folders, ids among them.
- A repeated pass over the same queries finds the processor's caches warm, for every engine alike. "Phrases asked
  once" tells what is left of a figure without that."""


def order(found):
    """Parts of the first table: queries first."""
    return sorted((p for p in PARTS if found.get(p[0])), key=lambda p: p[0] != "queries")


def goals_table(found):
    goals = Goals()
    for name, _, add, _ in order(found):
        if add:
            add(goals, found[name])
    return goals.text()


def machine():
    with open("/proc/cpuinfo") as file:
        text = file.read()
    models = [line.split(":")[1].strip() for line in text.splitlines() if line.startswith("model name")]
    vectors = [said for flag, said in (("avx512bw", "AVX-512"), ("avx2", "AVX2")) if flag in text.split()]
    with open("/proc/meminfo") as file:
        memory = int(file.readline().split()[1]) / (1 << 20)
    return "%d × %s%s, %.0f GiB of memory" % (len(models), models[0] if models else "unknown",
                                              " with " + vectors[0] if vectors else "", memory)


def render(found, size, options, load):
    intro = """# How fast is Verbatim?

`./run bench` measured this and wrote this page, {when}: {articles:,} articles, {words:.1f} million words,
{mb:.0f} MB of folded text; {machine}. Times of queries are microseconds in
one thread, the best of {passes} passes, no cache of results. Load of the machine when it began: {load:.2f}.""".format(
        when=time.strftime("%-d %B %Y"), articles=size["articles"], words=size["words"] / 1e6, mb=size["bytes"] / 1e6,
        machine=machine(), passes=options.rounds * options.turns, load=load)
    image = "![Mean times of all engines, row by row, on a logarithmic scale](performance.svg)"
    repeat = """## How to repeat it

    ./run bench                      # everything; builds what is missing; writes this page
    ./run bench --quick              # a ninth of the articles, a few minutes; prints the page
    ./run bench --only queries,http  # some parts: %s
    ./run bench --engines tantivy    # beside some engines: lucene lucene-bp tantivy seekstorm xapian fts5
    ./run bench --rebuild            # make also those indexes anew that are kept between runs

The other engines' programs are looked for in `../shared/peers` (`--peers FOLDER`), and the corpus in
`../shared/corpora`. Lucene takes a JDK from 21 on and Maven, Tantivy and SeekStorm cargo; what is not there is left
out. Indexes and questions are kept in `build/bench-work` (`--work FOLDER`).""" % " ".join(p[0] for p in PARTS)
    sections = [intro, goals_table(found)] + ([image] if found.get("queries") else []) + [repeat, "## What is compared",
                                                                                          NOTES]
    for name, title, _, details in PARTS:
        if found.get(name):
            sections += ["## " + title, details(found[name])]
    return "\n\n".join(sections) + "\n"


def write(folder, text, found):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "performance.md"), "w") as out:
        out.write(text)
    if found.get("queries"):
        with open(os.path.join(folder, "performance.svg"), "w") as out:
            out.write(picture(found["queries"]))
