/* Lexicon, postings and positions, walked through the read side and compared with each other. */
#include <string.h>

#include "base/endian.h"
#include "base/memory.h"
#include "store/check_state.h"
#include "store/key.h"
#include "store/lexicon_layout.h"
#include "store/lexicon_read.h"
#include "store/list_check.h"
#include "store/postings_read.h"

struct term_check {
    struct check *check;
    const struct lexicon_cursor *cursor;
    bool is_word;        /* of titles and bodies, not of a column */
    bool placed;         /* its positions are counted, being of a word or a whole value */
    uint64_t place_base; /* 0 for a word, else check_value_base */
    struct postings all, titles;
    uint32_t title_at; /* of the titles' current block, the next article */
    struct bytes positions, title_positions;
    struct list_check all_impacts, title_impacts;
};

static void say(struct term_check *term, enum chunk_id chunk, const char *what)
{
    int shown = term->cursor->key.size < 60 ? (int)term->cursor->key.size : 60;
    check_say(term->check, chunk, "%s, in the term '%.*s'", what, shown,
              (const char *)term->cursor->key.data);
}

static bool read_kind(struct term_check *term)
{
    const struct bytes *key = &term->cursor->key;
    uint8_t kind = key->data[0];
    static const char fields[] = "sagl";
    const char *field = key->size > 1 && key->data[1] ? strchr(fields, key->data[1]) : NULL;
    term->is_word = kind != KEY_VALUE && kind != KEY_VALUE_WORD;
    term->placed = kind != KEY_VALUE_WORD;
    term->place_base = 0;
    if (kind == KEY_VALUE && field)
        term->place_base = check_value_base((int)(field - fields));
    return term->is_word || field;
}

/* --- Side arrays against what stands in the blocks ---------------------------------------------*/

static void end_block(struct term_check *term, const struct postings *postings,
                      struct list_check *list)
{
    if (!list_check_block(list, postings))
        say(term, CHUNK_POSTINGS, "the bound of a block is not that of its articles");
}

static void end_list(struct term_check *term, const struct postings *postings,
                     struct list_check *list)
{
    if (!list_check_end(list, postings))
        say(term, CHUNK_POSTINGS, "a k-th best impact or article is not that of its articles");
}

/* The blocks of positions lie one behind the other. */
static void check_directory(struct term_check *term, const struct term_list *list)
{
    uint64_t directory = list_directory_bytes(list->cf), blocks = list_blocks(list->cf), offset = 0;
    const uint8_t *lengths;
    if (directory == 0)
        return;
    enum status status = snapshot_view(term->check->snapshot, CHUNK_POSITIONS,
                                       list->positions_offset + list->positions_bytes - directory,
                                       directory, &lengths);
    if (!check_good(term->check, CHUNK_POSITIONS, status, "a directory cannot be read"))
        return;
    const uint8_t *bases = lengths + blocks * POSITION_LENGTH_BYTES;
    for (uint64_t i = 0; i < blocks; i++) {
        if (i % POSITION_GROUP == 0 &&
            load_le32(bases + i / POSITION_GROUP * POSITION_BASE_BYTES) != offset)
            say(term, CHUNK_POSITIONS, "a base of the directory is not where its block begins");
        offset += load_le16(lengths + i * POSITION_LENGTH_BYTES);
    }
    if (offset != list->positions_bytes - directory)
        say(term, CHUNK_POSITIONS, "the blocks do not fill the list");
}

/* --- Articles ----------------------------------------------------------------------------------*/

/* The next article of the list of titles must be this one, with the first of its positions. */
static void check_title(struct term_check *term, uint32_t doc, uint32_t title_tf)
{
    struct postings *titles = &term->titles;
    if (titles->term->one_article || titles->status != STATUS_OK)
        return;
    if (term->title_at == titles->count) {
        term->title_at = 0;
        if (!postings_next_block(titles) || !postings_read_tfs(titles)) {
            if (titles->status == STATUS_OK)
                say(term, CHUNK_POSTINGS, "its list of titles misses an article");
            return;
        }
    }
    uint32_t at = term->title_at++;
    if (titles->docs[at] != doc || titles->tfs[at] != title_tf)
        say(term, CHUNK_POSTINGS, "its list of titles is not that of its positions in titles");
    else if (postings_read_positions(titles, at, &term->title_positions) &&
             memcmp(term->title_positions.data, term->positions.data, term->title_positions.size) !=
                 0)
        say(term, CHUNK_POSITIONS, "positions of the list of titles differ from its own");
    list_check_article(
        &term->title_impacts, &term->check->model,
        (struct list_top_article){
            .doc = doc, .tf = title_tf, .title_tf = title_tf, .norm = term->check->norms[doc]});
    if (term->title_at == titles->count)
        end_block(term, titles, &term->title_impacts);
}

static uint32_t count_word(struct term_check *term, uint32_t doc, uint32_t tf)
{
    struct check *check = term->check;
    const uint32_t *positions = (const uint32_t *)(const void *)term->positions.data;
    uint32_t title_words = 0, title_tf = 0;
    check_good(check, CHUNK_TITLE_WORDS, columns_title_words(&check->columns, doc, &title_words),
               "it cannot be read");
    while (title_tf < tf && positions[title_tf] < title_words)
        check_titles_word(check, doc, positions[title_tf++], term->cursor->term.number);
    check->words[doc] += tf;
    check->title_words[doc] += title_tf;
    return title_tf;
}

static void count_places(struct term_check *term, uint32_t doc, uint32_t tf)
{
    const uint32_t *positions = (const uint32_t *)(const void *)term->positions.data;
    for (uint32_t i = 0; i < tf; i++)
        term->check->places[doc] += check_place(term->place_base + positions[i]);
}

static bool check_article(struct term_check *term, uint32_t i)
{
    struct check *check = term->check;
    struct postings *all = &term->all;
    uint32_t doc = all->docs[i], tf = all->tfs[i], title_tf = 0;
    if (!postings_read_positions(all, i, &term->positions))
        return false;
    if (term->placed)
        count_places(term, doc, tf);
    if (term->is_word)
        title_tf = count_word(term, doc, tf);
    if (title_tf)
        check_title(term, doc, title_tf);
    list_check_article(&term->all_impacts, &check->model,
                       (struct list_top_article){
                           .doc = doc, .tf = tf, .title_tf = title_tf, .norm = check->norms[doc]});
    return true;
}

static bool lists_are_good(struct term_check *term)
{
    enum status status = term->all.status != STATUS_OK ? term->all.status : term->titles.status;
    if (status == STATUS_CORRUPT)
        say(term, CHUNK_POSTINGS, "its lists contradict themselves");
    else if (status != STATUS_OK)
        term->check->status = status;
    return status == STATUS_OK;
}

static void check_lists(struct term_check *term)
{
    while (postings_next_block(&term->all) && postings_read_tfs(&term->all)) {
        for (uint32_t i = 0; i < term->all.count; i++)
            if (!check_article(term, i))
                break;
        end_block(term, &term->all, &term->all_impacts);
    }
    if (!lists_are_good(term))
        return;
    if (term->title_at != term->titles.count || postings_next_block(&term->titles))
        say(term, CHUNK_POSTINGS, "its list of titles has more articles than its positions");
    end_list(term, &term->all, &term->all_impacts);
    end_list(term, &term->titles, &term->title_impacts);
    check_directory(term, &term->cursor->term.all);
    check_directory(term, &term->cursor->term.titles);
}

static void check_term(struct term_check *term)
{
    const struct term *found = &term->cursor->term;
    if (!read_kind(term))
        say(term, CHUNK_LEXICON, "the key is of no known kind");
    if (!term->is_word && found->titles.df)
        say(term, CHUNK_LEXICON, "a column's key has a list of titles");
    term->title_at = 0;
    list_check_begin(&term->all_impacts);
    list_check_begin(&term->title_impacts);
    enum status status = postings_open(&term->all, term->check->snapshot, found, false);
    if (status == STATUS_OK)
        status = postings_open(&term->titles, term->check->snapshot, found, true);
    if (status == STATUS_OK)
        check_lists(term);
    else if (status == STATUS_CORRUPT)
        say(term, CHUNK_POSTINGS, "its lists contradict themselves");
    else
        term->check->status = status;
    postings_release(&term->all);
    postings_release(&term->titles);
}

/* --- The lexicon -------------------------------------------------------------------------------*/

/* What the array of keys says of a block, and whether it leads to the block's first and last term.
 */
static void check_lookup(struct check *check, const struct lexicon *lexicon, struct slice key,
                         uint64_t number)
{
    const uint8_t *first;
    struct term found;
    uint64_t within = number % LEXICON_BLOCK, at = number / LEXICON_BLOCK * LEXICON_ENTRY_BYTES;
    if (within == 0 && (snapshot_view(check->snapshot, CHUNK_LEXICON, lexicon->keys_offset + at,
                                      LEXICON_ENTRY_BYTES, &first) != STATUS_OK ||
                        load_le64(first) != lexicon_key_number(key)))
        check_say(check, CHUNK_LEXICON, "the key of block %llu is not its first",
                  (unsigned long long)(number / LEXICON_BLOCK));
    if ((within == 0 || within == LEXICON_BLOCK - 1) &&
        lexicon_find(lexicon, key, &found) != STATUS_OK)
        check_say(check, CHUNK_LEXICON, "term %llu is not found by its key",
                  (unsigned long long)number);
}

static void check_end(struct check *check, const struct lexicon_cursor *cursor, uint64_t count)
{
    if (!check_good(check, CHUNK_LEXICON, cursor->status, "its entries contradict themselves"))
        return;
    if (count != cursor->lexicon->term_count)
        check_say(check, CHUNK_LEXICON, "it has fewer terms than it says");
    if (cursor->postings_offset != snapshot_chunk_bytes(check->snapshot, CHUNK_POSTINGS))
        check_say(check, CHUNK_POSTINGS, "its lists do not fill it");
    if (cursor->positions_offset != snapshot_chunk_bytes(check->snapshot, CHUNK_POSITIONS))
        check_say(check, CHUNK_POSITIONS, "its lists do not fill it");
}

void check_terms(struct check *check)
{
    struct lexicon lexicon;
    struct lexicon_cursor cursor = {0};
    struct term_check *term;
    uint64_t count = 0;
    if (!check_good(check, CHUNK_LEXICON, lexicon_open(&lexicon, check->snapshot),
                    "its footer contradicts it"))
        return;
    term = memory_allocate_zeroed(1, sizeof *term);
    if (!term) {
        check->status = STATUS_NO_MEMORY;
        return;
    }
    *term = (struct term_check){.check = check, .cursor = &cursor};
    lexicon_seek(&cursor, &lexicon, (struct slice){0});
    for (; check->status == STATUS_OK && lexicon_next(&cursor); count++) {
        check_lookup(check, &lexicon, bytes_slice(&cursor.key), count);
        check_term(term);
    }
    if (check->status == STATUS_OK)
        check_end(check, &cursor, count);
    lexicon_cursor_release(&cursor);
    bytes_release(&term->positions);
    bytes_release(&term->title_positions);
    memory_free(term);
}
