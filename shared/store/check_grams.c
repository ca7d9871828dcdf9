/* Grams walked through the read side and compared with the rule, with their words and with what
 * they are made of. Whether each stands where it says is not tried: that takes the texts. */
#include "base/endian.h"
#include "base/memory.h"
#include "store/check_state.h"
#include "store/gram_layout.h"
#include "store/grams_read.h"
#include "store/key.h"
#include "store/lexicon_read.h"
#include "store/list_check.h"
#include "store/settings.h"

struct gram_check {
    struct check *check;
    struct grams grams;
    struct lexicon lexicon;
    uint32_t first_word; /* the number of the first term that is a word, not of a column */
    uint8_t *used;       /* of each word, whether a gram has it */
    struct grams_cursor cursor;
    struct gram gram; /* the one at hand, as it is found */
    struct term words[GRAM_WORDS_MOST];
    struct postings leader, title_leader, all, titles;
    uint32_t title_at; /* of the titles' current block, the next article */
    struct list_check all_impacts, title_impacts;
};

static void say(struct gram_check *gram, const char *what)
{
    const uint32_t *terms = gram->cursor.terms;
    check_say(gram->check, CHUNK_GRAMS, "%s, in the gram of %u words, first the terms %u and %u",
              what, (unsigned)gram->cursor.count, (unsigned)terms[0], (unsigned)terms[1]);
}

/* --- What it is made of ------------------------------------------------------------------------*/

static bool read_words(struct gram_check *gram)
{
    struct grams_cursor *cursor = &gram->cursor;
    for (uint32_t i = 0; i < cursor->count; i++) {
        enum status status = STATUS_NOT_FOUND;
        if (cursor->terms[i] >= gram->first_word)
            status = lexicon_read_at(&gram->lexicon, cursor->terms[i], &gram->words[i]);
        if (status == STATUS_NOT_FOUND) {
            say(gram, "a term that is no word");
            return false;
        }
        if (!check_good(gram->check, CHUNK_LEXICON, status, "its entries contradict themselves"))
            return false;
        gram->used[cursor->codes[i]] = 1;
    }
    return true;
}

static enum status find(const struct gram_check *gram, uint32_t from, uint32_t count,
                        struct gram *found)
{
    const struct term *words[GRAM_WORDS_MOST] = {0};
    for (uint32_t i = 0; i < count; i++)
        words[i] = &gram->words[from + i];
    return grams_find(&gram->grams, words, count, found);
}

/* Whether it occurs no more often than what it is made of, by the lists of all articles. */
static bool is_within(const struct gram *gram, const struct term_list *left,
                      const struct term_list *right)
{
    const struct term_list *all = &gram->all;
    return all->df <= left->df && all->df <= right->df && all->cf <= left->cf &&
           all->cf <= right->cf;
}

static void check_rule(struct gram_check *gram)
{
    const struct term_list *left = &gram->words[0].all, *right = &gram->words[1].all;
    uint32_t count = gram->cursor.count;
    struct gram without_last, without_first;
    bool passes;
    if (count == 2) {
        passes = gram_rule_pair(&gram->grams.rule, gram->check->settings->article_count, left->df,
                                right->df);
    } else {
        passes = find(gram, 0, count - 1, &without_last) == STATUS_OK &&
                 find(gram, 1, count - 1, &without_first) == STATUS_OK;
        left = &without_last.all;
        right = &without_first.all;
        passes = passes && gram_rule_longer(&gram->grams.rule, left->df, right->df);
    }
    if (!passes)
        say(gram, "it is not one that the rule picks");
    else if (!is_within(&gram->gram, left, right))
        say(gram, "it has more occurrences than what it is made of");
}

static bool look_up(struct gram_check *gram)
{
    const struct gram *walked = &gram->cursor.gram;
    if (find(gram, 0, gram->cursor.count, &gram->gram) == STATUS_OK &&
        gram->gram.all.df == walked->all.df && gram->gram.place == walked->place &&
        gram->gram.all.postings_offset == walked->all.postings_offset)
        return true;
    say(gram, "it is not found by its words");
    return false;
}

/* --- Its lists ---------------------------------------------------------------------------------*/

static void add(const struct gram_check *gram, struct list_check *list, uint32_t doc, uint32_t tf,
                uint32_t title_tf)
{
    list_check_article(
        list, &gram->check->model,
        (struct list_top_article){
            .doc = doc, .tf = tf, .title_tf = title_tf, .norm = gram->check->norms[doc]});
}

/* Whether so many words can hold so many occurrences of the gram. */
static bool has_room(const struct gram_check *gram, uint32_t words, uint32_t tf)
{
    return tf == 0 || (uint64_t)tf + gram->cursor.count - 1 <= words;
}

/* How often the article's title has it, by the list of titles, whose next article it may be. */
static uint32_t take_title(struct gram_check *gram, uint32_t doc)
{
    struct postings *titles = &gram->titles;
    if (gram->title_at == titles->count) {
        gram->title_at = 0;
        if (!postings_next_block(titles) || !postings_read_tfs(titles))
            return 0;
    }
    if (titles->docs[gram->title_at] != doc)
        return 0;
    uint32_t tf = titles->tfs[gram->title_at++];
    if (titles->bounds)
        add(gram, &gram->title_impacts, doc, tf, tf);
    if (gram->title_at == titles->count && !list_check_block(&gram->title_impacts, titles))
        say(gram, "the bound of a block is not that of its titles");
    return tf;
}

static void check_article(struct gram_check *gram, uint32_t i)
{
    const struct check *check = gram->check;
    uint32_t doc = gram->all.docs[i], tf = gram->all.tfs[i];
    uint32_t title_tf = gram->gram.one_article ? gram->gram.title_tf : take_title(gram, doc);
    if (title_tf > tf || !has_room(gram, check->words[doc], tf) ||
        !has_room(gram, check->title_words[doc], title_tf))
        say(gram, "an article has it more often than it can");
    if (gram->all.bounds)
        add(gram, &gram->all_impacts, doc, tf, title_tf);
}

static bool lists_are_good(struct gram_check *gram)
{
    enum status status = gram->all.status != STATUS_OK ? gram->all.status : gram->titles.status;
    if (status == STATUS_CORRUPT)
        say(gram, "its lists contradict themselves");
    else if (status != STATUS_OK)
        gram->check->status = status;
    return status == STATUS_OK;
}

static void walk_lists(struct gram_check *gram)
{
    uint64_t occurrences = 0;
    while (postings_next_block(&gram->all) && postings_read_tfs(&gram->all)) {
        for (uint32_t i = 0; i < gram->all.count; i++) {
            occurrences += gram->all.tfs[i];
            check_article(gram, i);
        }
        if (!list_check_block(&gram->all_impacts, &gram->all))
            say(gram, "the bound of a block is not that of its articles");
    }
    if (!lists_are_good(gram))
        return;
    if (occurrences != gram->gram.all.cf)
        say(gram, "its counts do not add up");
    if (gram->title_at != gram->titles.count || postings_next_block(&gram->titles))
        say(gram, "its list of titles has articles that its own does not");
    if (!list_check_end(&gram->all_impacts, &gram->all) ||
        !list_check_end(&gram->title_impacts, &gram->titles))
        say(gram, "a k-th best impact or article is not that of its articles");
}

static void check_lists(struct gram_check *gram)
{
    const struct snapshot *snapshot = gram->check->snapshot;
    const struct term *leader = &gram->words[gram->gram.leader];
    gram->title_at = 0;
    list_check_begin(&gram->all_impacts);
    list_check_begin(&gram->title_impacts);
    if (postings_open(&gram->leader, snapshot, leader, false) == STATUS_OK &&
        postings_open(&gram->title_leader, snapshot, leader, false) == STATUS_OK &&
        postings_open_gram(&gram->all, snapshot, &gram->gram, false, &gram->leader) == STATUS_OK &&
        postings_open_gram(&gram->titles, snapshot, &gram->gram, true, &gram->title_leader) ==
            STATUS_OK)
        walk_lists(gram);
    else
        say(gram, "its lists cannot be opened");
    postings_release(&gram->titles);
    postings_release(&gram->all);
    postings_release(&gram->title_leader);
    postings_release(&gram->leader);
}

/* --- The chunk ---------------------------------------------------------------------------------*/

static void check_shape(struct gram_check *gram)
{
    const struct grams *grams = &gram->grams;
    uint64_t blocks = chunk_padded(grams->list_bytes);
    uint64_t words = grams->tables + 2 * (uint64_t)GRAMS_ENTRY_BYTES * grams->block_count;
    uint64_t behind = words + (uint64_t)GRAMS_WORD_BYTES * grams->word_count;
    if (!check_zeros(gram->check, CHUNK_GRAMS, GRAMS_RULE_BYTES, GRAMS_HEAD_BYTES) ||
        !check_zeros(gram->check, CHUNK_GRAMS, grams->list_bytes, blocks) ||
        !check_zeros(gram->check, CHUNK_GRAMS, blocks + grams->block_bytes, grams->tables) ||
        !check_zeros(gram->check, CHUNK_GRAMS, behind, chunk_padded(behind)))
        check_say(gram->check, CHUNK_GRAMS, "bytes between its parts are not zero");
}

static void check_words(struct gram_check *gram)
{
    const uint8_t *words;
    uint32_t count = gram->grams.word_count;
    uint64_t at = gram->grams.tables + 2 * (uint64_t)GRAMS_ENTRY_BYTES * gram->grams.block_count;
    enum status status = snapshot_view(gram->check->snapshot, CHUNK_GRAMS, at,
                                       (uint64_t)GRAMS_WORD_BYTES * count, &words);
    if (!check_good(gram->check, CHUNK_GRAMS, status, "its words cannot be read"))
        return;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *word = words + (size_t)GRAMS_WORD_BYTES * i;
        if (i && load_le32(word) <= load_le32(word - GRAMS_WORD_BYTES))
            check_say(gram->check, CHUNK_GRAMS, "its words do not ascend at %u", (unsigned)i);
        if (!gram->used[i])
            check_say(gram->check, CHUNK_GRAMS, "word %u stands in no gram", (unsigned)i);
    }
}

static void walk(struct gram_check *gram)
{
    struct grams_cursor *cursor = &gram->cursor;
    cursor->grams = &gram->grams;
    while (gram->check->status == STATUS_OK && grams_next(cursor)) {
        if (!read_words(gram) || !look_up(gram))
            continue;
        check_rule(gram);
        check_lists(gram);
    }
    if (!check_good(gram->check, CHUNK_GRAMS, cursor->status, "its entries contradict themselves"))
        return;
    if (cursor->block_number && cursor->lists != gram->grams.list_bytes)
        check_say(gram->check, CHUNK_GRAMS, "its lists do not fill their place");
    check_words(gram);
}

static bool find_first_word(struct gram_check *gram)
{
    struct lexicon_cursor cursor = {0};
    enum status status = lexicon_open(&gram->lexicon, gram->check->snapshot);
    if (status == STATUS_OK) {
        lexicon_seek(&cursor, &gram->lexicon, KEY_FIRST_WORD);
        gram->first_word = lexicon_next(&cursor) ? cursor.term.number : UINT32_MAX;
        status = cursor.status;
        lexicon_cursor_release(&cursor);
    }
    return check_good(gram->check, CHUNK_LEXICON, status, "its entries contradict themselves");
}

void check_grams(struct check *check)
{
    struct gram_check *gram = memory_allocate_zeroed(1, sizeof *gram);
    if (!gram) {
        check->status = STATUS_NO_MEMORY;
        return;
    }
    gram->check = check;
    enum status status = grams_open(&gram->grams, check->snapshot);
    if (check_good(check, CHUNK_GRAMS, status, "its head or footer contradicts it") &&
        gram->grams.present && find_first_word(gram)) {
        gram->used = memory_allocate_zeroed((size_t)gram->grams.word_count + 1, 1);
        if (!gram->used)
            check->status = STATUS_NO_MEMORY;
    }
    if (gram->used) {
        check_shape(gram);
        walk(gram);
    }
    memory_free(gram->used);
    memory_free(gram);
}
