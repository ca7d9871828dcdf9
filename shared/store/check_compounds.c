/* Compounds compared with the rule and with the words that they are made of. How often each is
 * joined is not tried: that takes the texts. */
#include "base/memory.h"
#include "store/check_state.h"
#include "store/compounds_read.h"
#include "store/lexicon_read.h"
#include "store/settings.h"

struct compound_check {
    struct check *check;
    struct compounds compounds;
    struct lexicon lexicon;
    struct bytes keys; /* of all terms up to the last that was asked for; see place */
    uint64_t *places;  /* where each term's key begins in keys */
    struct compound before;
};

static void say(struct compound_check *compound, uint32_t number, const char *what)
{
    check_say(compound->check, CHUNK_COMPOUNDS, "%s, in entry %u", what, (unsigned)number);
}

static struct slice key_of(const struct compound_check *compound, uint32_t term)
{
    return slice_of(compound->keys.data + compound->places[term],
                    compound->places[term + 1] - compound->places[term]);
}

static bool read_keys(struct compound_check *compound)
{
    struct lexicon_cursor cursor = {0};
    uint64_t count = compound->lexicon.term_count, at = 0;
    compound->places = memory_allocate_zeroed((size_t)count + 1, sizeof *compound->places);
    lexicon_seek(&cursor, &compound->lexicon, (struct slice){0});
    while (compound->places && at < count && lexicon_next(&cursor)) {
        bytes_append_slice(&compound->keys, bytes_slice(&cursor.key));
        compound->places[++at] = compound->keys.size;
    }
    enum status status = compound->places ? cursor.status : STATUS_NO_MEMORY;
    lexicon_cursor_release(&cursor);
    return check_good(compound->check, CHUNK_LEXICON,
                      status == STATUS_OK ? compound->keys.status : status,
                      "its entries contradict themselves") &&
           at == count;
}

static bool is_word(const struct compound_check *compound, uint32_t term)
{
    return term < compound->lexicon.term_count && (uint8_t)key_of(compound, term).data[0] >= 3;
}

static void check_closed(struct compound_check *compound, uint32_t number,
                         const struct compound *entry)
{
    struct bytes closed = {0};
    struct term term = {.number = COMPOUND_NO_TERM}, left = {0}, right = {0};
    enum status found = lexicon_read_at(&compound->lexicon, entry->left, &left);
    if (found == STATUS_OK)
        found = lexicon_read_at(&compound->lexicon, entry->right, &right);
    bytes_append_slice(&closed, key_of(compound, entry->left));
    bytes_append_slice(&closed, key_of(compound, entry->right));
    enum status status = lexicon_find(&compound->lexicon, bytes_slice(&closed), &term);
    if (status == STATUS_NOT_FOUND) {
        term = (struct term){.number = COMPOUND_NO_TERM};
        status = STATUS_OK;
    }
    if (status == STATUS_OK)
        status = found;
    if (check_good(compound->check, CHUNK_LEXICON, status, "it cannot be searched")) {
        if (term.number != entry->closed)
            say(compound, number, "its closed word is another");
        if (!compound_rule_closed(entry->kind, entry->joined, term.all.cf) ||
            !compound_rule_joined(entry->joined, entry->apart) || entry->joined == 0 ||
            !compound_rule_words(entry->kind, key_of(compound, entry->left),
                                 key_of(compound, entry->right)) ||
            !compound_rule_often(entry->joined, left.all.df, right.all.df))
            say(compound, number, "it is not one by the rule");
    }
    bytes_release(&closed);
}

static void check_entry(struct compound_check *compound, uint32_t number,
                        const struct compound *entry)
{
    const struct compound *before = &compound->before;
    if (number && (before->left > entry->left ||
                   (before->left == entry->left && before->right >= entry->right)))
        say(compound, number, "it does not ascend");
    if (!is_word(compound, entry->left) || !is_word(compound, entry->right))
        say(compound, number, "a term that is no word");
    else
        check_closed(compound, number, entry);
    compound->before = *entry;
}

static void check_order(struct compound_check *compound)
{
    struct compound entry, before = {0};
    uint32_t number, last = 0;
    for (uint32_t i = 0; i < compound->compounds.count; i++) {
        if (compounds_closed_number(&compound->compounds, i, &number) != STATUS_OK ||
            compounds_at(&compound->compounds, number, &entry) != STATUS_OK ||
            (i &&
             (before.closed > entry.closed || (before.closed == entry.closed && last >= number)))) {
            check_say(compound->check, CHUNK_COMPOUNDS, "its order by closed words is wrong at %u",
                      (unsigned)i);
            return;
        }
        before = entry;
        last = number;
    }
}

static void walk(struct compound_check *compound)
{
    for (uint32_t i = 0; i < compound->compounds.count; i++) {
        struct compound entry;
        enum status status = compounds_at(&compound->compounds, i, &entry);
        if (!check_good(compound->check, CHUNK_COMPOUNDS, status, "an entry contradicts itself"))
            return;
        check_entry(compound, i, &entry);
    }
    check_order(compound);
}

void check_compounds(struct check *check)
{
    struct compound_check compound = {.check = check};
    enum status status = compounds_open(&compound.compounds, check->snapshot);
    if (check_good(check, CHUNK_COMPOUNDS, status, "its size is not that of its entries") &&
        compound.compounds.count &&
        check_good(check, CHUNK_LEXICON, lexicon_open(&compound.lexicon, check->snapshot),
                   "it cannot be opened") &&
        read_keys(&compound))
        walk(&compound);
    memory_free(compound.places);
    bytes_release(&compound.keys);
}
