#include "build/completion_sample.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "store/completions_layout.h"

enum { WORDS_AT_ONCE = 256, TABLE_LEAST = 1 << 14, GAP_MOST = 3 };

/* --- The table ---------------------------------------------------------------------------------*/

static struct sampled *place_of(const struct completion_sample *sample, uint64_t hash)
{
    size_t at = (size_t)hash & (sample->size - 1);
    while (sample->table[at].hash && sample->table[at].hash != hash)
        at = (at + 1) & (sample->size - 1);
    return &sample->table[at];
}

static bool grow(struct completion_sample *sample)
{
    struct completion_sample next = *sample;
    next.size = sample->size ? 2 * sample->size : TABLE_LEAST;
    next.table = memory_allocate_zeroed(next.size, sizeof *next.table);
    if (!next.table) {
        sample->status = STATUS_NO_MEMORY;
        return false;
    }
    for (size_t i = 0; i < sample->size; i++)
        if (sample->table[i].hash)
            *place_of(&next, sample->table[i].hash) = sample->table[i];
    memory_free(sample->table);
    *sample = next;
    return true;
}

static uint64_t hash_of(struct slice text)
{
    uint64_t hash = hash_bytes(text.data, text.size);
    return hash ? hash : 1;
}

/* NULL where memory ends. */
static struct sampled *add(struct completion_sample *sample, uint64_t hash)
{
    if (2 * sample->count >= sample->size && !grow(sample))
        return NULL;
    struct sampled *found = place_of(sample, hash);
    sample->count += found->hash == 0;
    found->hash = hash;
    return found;
}

static struct sampled *find(const struct completion_sample *sample, uint64_t hash)
{
    struct sampled *found = sample->size ? place_of(sample, hash) : NULL;
    return found && found->hash ? found : NULL;
}

void completion_sample_want(struct completion_sample *sample, struct slice phrase)
{
    const char *space = phrase.size ? memchr(phrase.data, ' ', phrase.size) : NULL;
    struct sampled *found = add(sample, hash_of(phrase));
    if (found)
        found->wanted = true;
    while (space) {
        size_t first = (size_t)(space - phrase.data);
        space = memchr(space + 1, ' ', phrase.size - first - 1);
        found = space ? add(sample, hash_of(slice_of(phrase.data, (size_t)(space - phrase.data))))
                      : NULL;
        if (found)
            found->goes_on = true;
    }
}

/* --- Occurrences -------------------------------------------------------------------------------*/

static struct sample_variant *variant_at(const struct completion_sample *sample, uint32_t number)
{
    return (struct sample_variant *)(void *)sample->variants.data + number - 1;
}

static struct slice written_at(const struct completion_sample *sample, uint32_t at, uint32_t size)
{
    return slice_of(sample->written.data + at, size);
}

static uint32_t keep(struct completion_sample *sample, struct slice text)
{
    uint32_t at = (uint32_t)sample->written.size;
    bytes_append_slice(&sample->written, text);
    return at;
}

static void add_variant(struct completion_sample *sample, struct sampled *of, struct slice written)
{
    struct sample_variant fresh = {1, of->variant, keep(sample, written), (uint32_t)written.size};
    bytes_append(&sample->variants, &fresh, sizeof fresh);
    of->variant = (uint32_t)(sample->variants.size / sizeof fresh);
    if (sample->variants.status != STATUS_OK || sample->written.status != STATUS_OK)
        sample->status = STATUS_NO_MEMORY;
}

static void count(struct completion_sample *sample, struct sampled *of, struct slice folded,
                  struct slice written, bool word)
{
    if (slice_equal(folded, written)) {
        of->folded++;
        return;
    }
    for (uint32_t i = of->variant; i; i = variant_at(sample, i)->next) {
        struct sample_variant *variant = variant_at(sample, i);
        if (slice_equal(written_at(sample, variant->at, variant->size), written)) {
            variant->count++;
            return;
        }
    }
    if (word && of->variant == 0) {
        struct sampled_word entry = {keep(sample, folded), (uint32_t)folded.size};
        bytes_append(&sample->words, &entry, sizeof entry);
    }
    add_variant(sample, of, written);
}

/* Whether what stands between two words lets them be one phrase as it is written. */
static bool joins(struct slice gap)
{
    if (gap.size == 1 && gap.data[0] == ' ')
        return true;
    for (size_t i = 0; i < gap.size; i++)
        if ((uint8_t)gap.data[i] <= ' ' || strchr(".,;:!?/()\"", gap.data[i]))
            return false;
    return gap.size > 0 && gap.size <= GAP_MOST;
}

static struct slice between(struct slice text, const struct word *left, const struct word *right)
{
    return slice_of(text.data + left->end, right->start > left->end ? right->start - left->end : 0);
}

static void count_phrases(struct completion_sample *sample, struct slice text,
                          const struct word *words, size_t left)
{
    bytes_clear(&sample->pair);
    bytes_append_slice(&sample->pair, words[0].text);
    for (size_t i = 1; i < left && i < SAMPLE_PHRASE_WORDS; i++) {
        size_t size = words[i].end - words[0].start;
        if ((words[i].joint != JOINT_SCRIPT && !joins(between(text, &words[i - 1], &words[i]))) ||
            size > COMPLETIONS_TEXT_MOST)
            return;
        bytes_put_u8(&sample->pair, ' ');
        bytes_append_slice(&sample->pair, words[i].text);
        if (sample->pair.status != STATUS_OK) { /* clearing it for the next would forget that */
            sample->status = sample->pair.status;
            return;
        }
        struct sampled *found = find(sample, hash_of(bytes_slice(&sample->pair)));
        if (found && found->wanted)
            count(sample, found, bytes_slice(&sample->pair),
                  slice_of(text.data + words[0].start, size), false);
        if (!found || !found->goes_on)
            return;
    }
}

static void count_word(struct completion_sample *sample, struct slice text,
                       const struct word *words, size_t at, size_t all)
{
    const struct word *word = &words[at];
    struct slice gap = at ? between(text, word - 1, word) : (struct slice){0};
    if (word->joint != JOINT_SCRIPT && (gap.size != 1 || gap.data[0] != ' '))
        return;
    size_t size = word->end - word->start;
    struct sampled *of = size <= COMPLETIONS_TEXT_MOST && word->text.size <= COMPLETIONS_TEXT_MOST
                             ? add(sample, hash_of(word->text))
                             : NULL;
    if (of)
        of->wanted = true;
    if (of)
        count(sample, of, word->text, slice_of(text.data + word->start, size), true);
    count_phrases(sample, text, word, all - at);
}

void completion_sample_text(struct completion_sample *sample, struct analyzer *analyzer,
                            struct slice text)
{
    struct word words[WORDS_AT_ONCE];
    analyzer_begin(analyzer, text);
    for (size_t n; (n = analyzer_read(analyzer, words, WORDS_AT_ONCE)) > 0;)
        for (size_t i = 0; i < n && sample->status == STATUS_OK; i++)
            count_word(sample, text, words, i, n);
    if (sample->status == STATUS_OK)
        sample->status = analyzer_status(analyzer);
    if (sample->status == STATUS_OK)
        sample->status = sample->words.status;
}

struct slice completion_sample_shown(const struct completion_sample *sample, struct slice text)
{
    const struct sampled *found = find(sample, hash_of(text));
    const struct sample_variant *best = NULL;
    for (uint32_t i = found ? found->variant : 0; i; i = variant_at(sample, i)->next) {
        const struct sample_variant *variant = variant_at(sample, i);
        struct slice written = written_at(sample, variant->at, variant->size);
        if (!best || variant->count > best->count ||
            (variant->count == best->count &&
             slice_compare(written, written_at(sample, best->at, best->size)) < 0))
            best = variant;
    }
    if (!best || best->count < SAMPLE_LEAST || best->count <= found->folded)
        return (struct slice){0};
    return written_at(sample, best->at, best->size);
}

void completion_sample_release(struct completion_sample *sample)
{
    memory_free(sample->table);
    sample->table = NULL;
    sample->size = 0;
    bytes_release(&sample->variants);
    bytes_release(&sample->written);
    bytes_release(&sample->words);
    bytes_release(&sample->pair);
}
