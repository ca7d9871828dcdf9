"""The rows of the benchmark and what each is to cost beside the best exact engine."""

STOP_WORDS = set("a an and are as at be but by for had he his if in into is it no not of on or such that the their "
                 "then there these they this to was will with who what end one day best all been fact other hand first "
                 "time thing same say king people united states america hill".split())


def only_stop_words(query):
    return all(word in STOP_WORDS for word in query.split())


class Row:
    """A line of the table: which queries it holds, and the goals for its ratios of means and medians."""

    def __init__(self, title, command, kind, goal, stop=False, median_goal=None):
        self.title, self.command, self.kind, self.stop = title, command, kind, stop
        self.goal, self.median_goal = goal, median_goal

    def holds(self, row):
        command, kind, query = row
        return (command, kind) == (self.command, self.kind) and (not self.stop or only_stop_words(query))


ROWS = [
    Row("phrase, ten best", "TOP_10", "phrase", 1 / 12, median_goal=1 / 4),
    Row("phrase, ten best and exact count", "TOP_10_COUNT", "phrase", 1 / 20),
    Row("phrase of stop words, ten best", "TOP_10", "phrase", 1 / 60, stop=True),
    Row("phrase of stop words, ten best and count", "TOP_10_COUNT", "phrase", 1 / 60, stop=True),
    Row("all words (AND), ten best", "TOP_10", "and", 1 / 2),
    Row("any word (OR), ten best", "TOP_10", "or", 1 / 3),
    Row("one word, ten best", "TOP_10", "term", 1 / 4),
]

GOAL_DEFAULT = 1     # of means, beside Lucene's English analyzer
GOAL_KINDS = 1 / 2   # of the mean of all kinds' questions, beside Lucene

GOAL_BUILDING = 1 / 2
GOAL_BYTES, GOAL_BYTES_NO_GRAMS = 1.28, 0.90  # beside Lucene: words, positions, grams, lexicon, norms
GOAL_BYTES_TEXT = 0.90                        # the whole file beside whole folders
GOAL_OTHER_CHUNKS = 0.15                      # beside Lucene: classes, titles, compounds, completions
GOAL_OPEN_US = 10000
GOAL_QUOTATION_US = 20000                     # the slowest of a thousand
GOAL_SUGGESTIONS_US = 1000                    # the slowest of all
GOAL_HTTP, GOAL_HTTP_SNIPPETS = 0.5, 0.2      # beside a fixed reply
GOAL_SNIPPETS_CPU_US = 500

# Chunks of an index file that an index of the others holds too, and those that are ours alone.
COMPARED_CHUNKS = ("lexicon", "postings", "positions", "grams", "norms")
FURTHER_CHUNKS = ("classes", "titles", "compounds", "completions")
