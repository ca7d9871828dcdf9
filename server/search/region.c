#include "search/region.h"

#include "text/utf8.h"

enum {
    WORDS_AT_ONCE = 64,
    READS_OF_BLOCK = 16, /* that cost as much as a block */
    PASSED_AT_ONCE = 4096,
    FRONT_WORDS = REGION_CONTEXT_CHARS + 1, /* of a character each: enough in front */
    LONGEST_CHAR = 4,                       /* bytes */
};

struct reading { /* of one region */
    struct region *region;
    struct documents *documents;
    uint32_t doc, from, to;
    struct text_piece left, right; /* the outermost pieces that text holds */
    bool passed;                   /* words in front were passed over */
    bool pass_nothing;             /* they were too short: all are read */
};

void region_release(struct region *region)
{
    bytes_release(&region->text);
    bytes_release(&region->words);
    bytes_release(&region->joining);
}

static enum status begin(struct reading *reading)
{
    struct region *region = reading->region;
    enum status status =
        documents_piece(reading->documents, reading->doc, reading->from, &reading->right);
    if (status != STATUS_OK)
        return status;
    reading->left = reading->right;
    bytes_clear(&region->text);
    bytes_append_slice(&region->text, reading->right.text);
    region->last = reading->right.last;
    return region->text.status;
}

/* STATUS_CORRUPT where the piece that says it is not the first has none before it. */
static enum status neighbour(enum status status)
{
    return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status;
}

static enum status prepend(struct reading *reading)
{
    struct region *region = reading->region;
    enum status status =
        neighbour(documents_piece_before(reading->documents, reading->doc, &reading->left));
    if (status != STATUS_OK)
        return status;
    bytes_clear(&region->joining);
    bytes_append_slice(&region->joining, reading->left.text);
    bytes_append_slice(&region->joining, bytes_slice(&region->text));
    struct bytes old = region->text;
    region->text = region->joining;
    region->joining = old;
    return region->text.status;
}

static enum status append(struct reading *reading)
{
    struct region *region = reading->region;
    enum status status =
        neighbour(documents_piece_after(reading->documents, reading->doc, &reading->right));
    if (status != STATUS_OK)
        return status;
    bytes_append_slice(&region->text, reading->right.text);
    region->last = reading->right.last;
    return region->text.status;
}

/* Whether more characters than anybody looks at lie between two places of the text. */
static bool is_context(const struct region *region, size_t start, size_t end)
{
    size_t bytes = end > start ? end - start : 0;
    if (bytes <= REGION_CONTEXT_CHARS || bytes > LONGEST_CHAR * REGION_CONTEXT_CHARS)
        return bytes > REGION_CONTEXT_CHARS;
    return utf8_length(slice_of(region->text.data + start, bytes)) > REGION_CONTEXT_CHARS;
}

/* Whether the words read reach as far as anybody looks. */
static bool reaches(const struct reading *reading)
{
    const struct region *region = reading->region;
    const struct region_word *words = region_words(region);
    size_t count = region_word_count(region), wanted = reading->to - region->position;
    if (count < wanted || count == 0)
        return false;
    return is_context(region, wanted ? words[wanted - 1].end : 0, words[count - 1].end);
}

/* Whether there is enough in front, or nothing more. */
static bool has_front(const struct reading *reading)
{
    const struct region *region = reading->region;
    if (region->first || reading->from == reading->to)
        return region->first;
    const struct region_word *words = region_words(region);
    return is_context(region, words[0].start, words[reading->from - region->position].start);
}

/* Passes over the words that are too far in front for anybody to look at. */
static bool pass_front(struct reading *reading, struct analyzer *analyzer,
                       struct match_budget *budget)
{
    struct region *region = reading->region;
    size_t front = reading->from - reading->left.position, passed = 0, count = 1;
    if (front > FRONT_WORDS && !reading->pass_nothing)
        for (; passed < front - FRONT_WORDS && count; passed += count) {
            size_t most = front - FRONT_WORDS - passed;
            if (!match_budget_spend(budget, 1))
                return false;
            count = analyzer_skip(analyzer, most < PASSED_AT_ONCE ? most : PASSED_AT_ONCE);
        }
    region->position = reading->left.position + (uint32_t)passed;
    region->first = reading->left.first && passed == 0;
    reading->passed = passed > 0;
    return true;
}

static enum status read_words(struct reading *reading, struct analyzer *analyzer,
                              struct match_budget *budget)
{
    struct region *region = reading->region;
    struct word words[WORDS_AT_ONCE];
    size_t count, reads = 0;
    bytes_clear(&region->words);
    analyzer_begin(analyzer, bytes_slice(&region->text));
    if (!pass_front(reading, analyzer, budget))
        return budget->status;
    while (!reaches(reading) && (count = analyzer_read(analyzer, words, WORDS_AT_ONCE)) > 0) {
        if (reads++ % READS_OF_BLOCK == 0 && !match_budget_spend(budget, 1))
            return budget->status;
        struct region_word *to = (struct region_word *)(void *)bytes_extend(
            &region->words, count * sizeof(struct region_word));
        for (size_t i = 0; to && i < count; i++)
            to[i] = (struct region_word){words[i].start, words[i].end};
        if (!to)
            break;
    }
    region->whole = !reaches(reading);
    if (budget->status != STATUS_OK)
        return budget->status;
    return analyzer_status(analyzer) != STATUS_OK ? analyzer_status(analyzer)
                                                  : region->words.status;
}

/* Adds pieces behind until the words wanted are there with context, then in front likewise. */
enum status region_read(struct region *region, struct documents *documents, uint32_t doc,
                        uint32_t from, uint32_t to, struct analyzer *analyzer,
                        struct match_budget *budget)
{
    struct reading reading = {
        .region = region, .documents = documents, .doc = doc, .from = from, .to = to};
    enum status status = begin(&reading);
    while (status == STATUS_OK) {
        if (reading.left.position > from)
            return STATUS_CORRUPT;
        status = read_words(&reading, analyzer, budget);
        if (status != STATUS_OK)
            break;
        if (!reaches(&reading) && !region->last) {
            status = append(&reading);
            continue;
        }
        if (region_word_count(region) < to - region->position)
            return STATUS_CORRUPT;
        if (has_front(&reading))
            break;
        if (reading.passed) {
            reading.pass_nothing = true;
            continue;
        }
        status = prepend(&reading);
    }
    return status;
}
