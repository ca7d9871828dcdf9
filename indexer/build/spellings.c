#include "build/spellings.h"

#include "base/endian.h"
#include "base/memory.h"
#include "build/tally.h"
#include "text/stem.h"

struct joined { /* two words; borrowed from those given, then from what is kept */
    bool any;
    uint8_t how; /* as in the key */
    struct slice left, right;
};

struct spellings {
    struct tally *tally;
    struct slice text;
    struct slice last;    /* of the words before; empty: none, or too long */
    bool linked;          /* it made a chain of the one before it */
    struct joined joined; /* which are not noted yet */
    char kept[3][STEM_WORD_BYTES];
    char key[KEY_MAX_BYTES];
};

struct spellings *spellings_open(size_t memory, struct spool *spool, struct error *error)
{
    struct spellings *spellings = memory_allocate_zeroed(1, sizeof *spellings);
    if (!spellings) {
        spool_close(spool);
        error_set(error, STATUS_NO_MEMORY, "out of memory for counting spellings");
        return NULL;
    }
    spellings->tally = tally_open(memory, spool, error);
    if (spellings->tally)
        return spellings;
    memory_free(spellings);
    return NULL;
}

enum status spelling_key_read(struct slice key, struct spelling_key *read)
{
    *read = (struct spelling_key){.kind = key.size ? (uint8_t)key.data[0] : 0};
    const char *end = key.size ? memchr(key.data + 1, 0, key.size - 1) : NULL;
    if (!end || (read->kind != SPELLING_WRITTEN && read->kind != SPELLING_JOINED))
        return STATUS_IO;
    size_t size = (size_t)(end - key.data) - 1;
    read->first = slice_of(key.data + 1, size);
    read->second = slice_from(key, size + 2);
    if (read->kind == SPELLING_WRITTEN)
        return STATUS_OK;
    if (read->second.size < 2 || read->second.data[read->second.size - 2])
        return STATUS_IO;
    read->how = (uint8_t)read->second.data[read->second.size - 1];
    read->second.size -= 2;
    return STATUS_OK;
}

static size_t put(struct spellings *spellings, size_t at, struct slice part)
{
    memcpy(spellings->key + at, part.data, part.size);
    return at + part.size;
}

/* --- Spellings ---------------------------------------------------------------------------------*/

/* The place of the first byte from `at` on that is not ASCII; end where there is none. */
static size_t find_high(const char *text, size_t at, size_t end)
{
    enum { STEP = 32 };
    for (; at + STEP <= end; at += STEP) {
        uint64_t any = 0;
        for (size_t i = 0; i < STEP; i += 8)
            any |= load_le64(text + at + i);
        if (any & 0x8080808080808080u)
            break;
    }
    while (at < end && !((unsigned char)text[at] & 0x80))
        at++;
    return at;
}

static void note_written(struct spellings *spellings, const struct word *word)
{
    struct slice written = slice_of(spellings->text.data + word->start, word->end - word->start);
    if (word->text.size > STEM_WORD_BYTES || written.size > STEM_WORD_BYTES ||
        slice_equal(word->text, written))
        return;
    spellings->key[0] = SPELLING_WRITTEN;
    size_t size = put(spellings, 1, word->text);
    spellings->key[size++] = 0;
    size = put(spellings, size, written);
    tally_add(spellings->tally, slice_of(spellings->key, size));
}

static void note_all_written(struct spellings *spellings, const struct word *words, size_t count)
{
    const char *text = spellings->text.data;
    size_t end = words[count - 1].end, word = 0;
    for (size_t at = words[0].start; (at = find_high(text, at, end)) < end;) {
        while (word < count && words[word].end <= at)
            word++;
        if (word == count)
            return;
        if (words[word].start <= at) {
            note_written(spellings, &words[word]);
            at = words[word].end;
        } else {
            at = words[word].start;
        }
    }
}

/* --- Joined pairs ------------------------------------------------------------------------------*/

static bool is_number(struct slice word)
{
    return word.data[0] >= '0' && word.data[0] <= '9';
}

/* Of two numbers nothing is noted: 2015-10, 3-0. */
static void note_joined(struct spellings *spellings)
{
    struct joined *joined = &spellings->joined;
    struct slice left = joined->left, right = joined->right;
    joined->any = false;
    if (left.size == 0 || left.size > STEM_WORD_BYTES || right.size > STEM_WORD_BYTES ||
        (is_number(left) && is_number(right)))
        return;
    spellings->key[0] = SPELLING_JOINED;
    size_t size = put(spellings, 1, left);
    spellings->key[size++] = 0;
    size = put(spellings, size, right);
    spellings->key[size++] = 0;
    spellings->key[size++] = (char)joined->how;
    tally_add(spellings->tally, slice_of(spellings->key, size));
}

static bool is_joint(uint8_t joint)
{
    return joint == JOINT_HYPHEN || joint == JOINT_APOSTROPHE;
}

/* Whether the word makes a chain of what it is joined to; a possessive does not. */
static bool links(const struct word *word)
{
    return is_joint(word->joint) &&
           !(word->joint == JOINT_APOSTROPHE && slice_equal(word->text, SLICE("s")));
}

/* Keeps a word of at most STEM_WORD_BYTES beyond the words that were given; a longer one is none.
 */
static struct slice keep(struct slice word, char *to)
{
    if (word.size > STEM_WORD_BYTES)
        return (struct slice){0};
    memmove(to, word.data, word.size);
    return slice_of(to, word.size);
}

/* A pair is noted when it is known what follows it. */
static void note_all_joined(struct spellings *spellings, const struct word *words, size_t count)
{
    struct joined *joined = &spellings->joined;
    for (size_t i = 0; i < count; i++) {
        bool linked = spellings->linked;
        if (!is_joint(words[i].joint) && !joined->any) {
            spellings->linked = false;
            continue;
        }
        spellings->linked = links(&words[i]);
        if (joined->any && spellings->linked)
            joined->how = SPELLING_CHAIN;
        if (joined->any)
            note_joined(spellings);
        if (is_joint(words[i].joint))
            *joined = (struct joined){
                true,
                linked && spellings->linked ? SPELLING_CHAIN : words[i].joint,
                i ? words[i - 1].text : spellings->last,
                words[i].text,
            };
    }
    if (joined->any) {
        joined->left = keep(joined->left, spellings->kept[0]);
        joined->right = keep(joined->right, spellings->kept[1]);
        joined->any = joined->right.size > 0;
    }
    spellings->last = keep(words[count - 1].text, spellings->kept[2]);
}

void spellings_begin(struct spellings *spellings, struct slice text)
{
    if (spellings->joined.any)
        note_joined(spellings);
    spellings->text = text;
    spellings->last = (struct slice){0};
    spellings->linked = false;
}

void spellings_words(struct spellings *spellings, const struct word *words, size_t count)
{
    if (count == 0)
        return;
    note_all_written(spellings, words, count);
    note_all_joined(spellings, words, count);
}

enum status spellings_status(const struct spellings *spellings)
{
    return tally_status(spellings->tally);
}

enum status spellings_finish(struct spellings *spellings, struct error *error)
{
    if (spellings->joined.any)
        note_joined(spellings);
    return tally_finish(spellings->tally, error);
}

const struct bytes *spellings_runs(const struct spellings *spellings)
{
    return tally_runs(spellings->tally);
}

void spellings_close(struct spellings *spellings)
{
    if (!spellings)
        return;
    tally_close(spellings->tally);
    memory_free(spellings);
}
