#include "build/copy_find.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "build/copy_pages.h"
#include "build/copy_sketch.h"
#include "build/copy_text.h"

/* Articles meet by the COPY_KEYS keys of their sketches. Two of which one is as long as the other
 * and four fifths are common share none of eight with a probability of 0.0002; of which one is
 * twice as long, 0.03. */
/* Of the firsts that have a key no more than so many are kept: what many articles have is no sign
 * of a copy, and no set of articles may take more than so many comparisons each. */
enum { FIRSTS_A_KEY = 64 };

/* Keys are told apart that more than one article has, by a bit each. */
enum { BITS_A_KEY_LOG2 = 3, BITS_LOG2_LEAST = 16, BITS_LOG2_MOST = 26 };

/* A pass over all articles takes so many keys into its table; they are parted by their hashes into
 * as many passes as that needs, which depends on the articles alone. */
enum { PASS_KEYS = 1 << 20, TABLE_LOG2_LEAST = 6 };

#define NONE UINT32_MAX
#define HAS_COPIES 0x80000000u /* in first, while it is found */

struct finder {
    const struct copy_search *search;
    uint32_t *first;   /* by place */
    uint32_t *numbers; /* by place; NULL: the place */
    unsigned bits_log2;
    uint64_t *once, *twice; /* bits: keys that some article has, and that more have */
    uint64_t *table;        /* slots of tag << 32 | place + 1; 0: free */
    unsigned table_log2;
    uint32_t used; /* of its slots */
    uint32_t pass, passes;
    uint64_t shared;          /* keys of articles that others have too, at most */
    uint64_t keys[COPY_KEYS]; /* of the article at hand, that others have too */
    uint32_t key_count;
    uint32_t candidates[COPY_KEYS * FIRSTS_A_KEY];
    size_t candidate_count;
    struct copy_sketch window[64]; /* of sketches read last, in the order of numbers */
    uint32_t window_first, window_count;
    struct copy_pages *sketches, *sampled; /* of the spools, by pages */
    struct bytes samples, other_samples;
    uint32_t samples_of; /* the place whose they are; NONE: nobody's */
    enum status status;
};

static uint32_t number_of(const struct finder *finder, uint32_t place)
{
    return finder->numbers ? finder->numbers[place] : place;
}

/* Any, and those in order quickly. */
static const struct copy_sketch *sketch_at(struct finder *finder, uint32_t place)
{
    enum { WINDOW = sizeof finder->window / sizeof *finder->window };
    uint32_t number = number_of(finder, place), left = finder->search->article_count - number;
    if (number - finder->window_first >= finder->window_count) {
        finder->window_first = number;
        finder->window_count = finder->numbers ? 1 : left < WINDOW ? left : WINDOW;
        enum status status =
            copy_pages_read(finder->sketches, (uint64_t)number * sizeof *finder->window,
                            finder->window, finder->window_count * sizeof *finder->window);
        if (finder->status == STATUS_OK)
            finder->status = status;
    }
    return &finder->window[number - finder->window_first];
}

/* --- Keys that several articles have -----------------------------------------------------------*/

static uint64_t bit_of(const struct finder *finder, uint64_t key)
{
    return key * 0x9E3779B97F4A7C15u >> (64 - finder->bits_log2);
}

static bool get_bit(const uint64_t *bits, uint64_t at)
{
    return bits[at / 64] >> at % 64 & 1;
}

static void set_bit(uint64_t *bits, uint64_t at)
{
    bits[at / 64] |= (uint64_t)1 << at % 64;
}

static bool open_bits(struct finder *finder)
{
    finder->bits_log2 = BITS_LOG2_LEAST;
    while (finder->bits_log2 < BITS_LOG2_MOST &&
           (uint64_t)1 << finder->bits_log2 < (uint64_t)finder->search->article_count * COPY_KEYS
                                                  << BITS_A_KEY_LOG2)
        finder->bits_log2++;
    size_t words = (size_t)1 << (finder->bits_log2 - 6);
    finder->once = memory_allocate_zeroed(words, sizeof *finder->once);
    finder->twice = memory_allocate_zeroed(words, sizeof *finder->twice);
    return finder->once && finder->twice;
}

/* At most as many keys of articles are shared as twice those that were met before. */
static void note_keys(struct finder *finder)
{
    uint64_t met = 0;
    for (uint32_t place = 0; place < finder->search->article_count; place++) {
        const struct copy_sketch *sketch = sketch_at(finder, place);
        for (uint32_t i = 0; i < sketch->kept; i++) {
            uint64_t at = bit_of(finder, sketch->keys[i]);
            bool before = get_bit(finder->once, at);
            set_bit(before ? finder->twice : finder->once, at);
            met += before;
        }
    }
    finder->shared = 2 * met;
    finder->passes = (uint32_t)(finder->shared / PASS_KEYS) + 1;
}

/* --- The table of firsts -----------------------------------------------------------------------*/

static uint64_t tag_of(uint64_t key)
{
    return key << 32;
}

static uint32_t slot_of(const struct finder *finder, uint64_t key)
{
    return (uint32_t)(key * 0xD6E8FEB86659FD93u >> (64 - finder->table_log2));
}

/* Twice as many slots as keys in a pass, or a little less where passes differ. */
static bool open_table(struct finder *finder)
{
    finder->table_log2 = TABLE_LOG2_LEAST;
    while ((uint64_t)1 << finder->table_log2 < 2 * (finder->shared / finder->passes + 1))
        finder->table_log2++;
    finder->table = memory_allocate(sizeof *finder->table << finder->table_log2);
    return finder->table != NULL;
}

static bool is_of_pass(const struct finder *finder, uint64_t key)
{
    return get_bit(finder->twice, bit_of(finder, key)) &&
           (key * 0xC2B2AE3D27D4EB4Fu >> 32) % finder->passes == finder->pass;
}

/* The keys of a sketch that others have too and that are looked at in this pass. */
static void choose_keys(struct finder *finder, const struct copy_sketch *sketch)
{
    finder->key_count = 0;
    for (uint32_t i = 0; i < sketch->kept; i++) {
        finder->keys[finder->key_count] = sketch->keys[i];
        finder->key_count += is_of_pass(finder, sketch->keys[i]);
    }
}

/* The firsts of a key among the candidates; of a tag that two keys have, both keys' firsts. */
static void look_up(struct finder *finder, uint64_t key)
{
    uint32_t mask = (1u << finder->table_log2) - 1;
    size_t most = sizeof finder->candidates / sizeof *finder->candidates;
    for (uint32_t at = slot_of(finder, key); finder->table[at]; at = (at + 1) & mask)
        if (finder->table[at] >> 32 == tag_of(key) >> 32 && finder->candidate_count < most)
            finder->candidates[finder->candidate_count++] = (uint32_t)finder->table[at] - 1;
}

static void put(struct finder *finder, uint64_t key, uint32_t place)
{
    uint32_t mask = (1u << finder->table_log2) - 1, at = slot_of(finder, key), same = 0;
    for (; finder->table[at]; at = (at + 1) & mask)
        same += finder->table[at] >> 32 == tag_of(key) >> 32;
    if (same >= FIRSTS_A_KEY || finder->used >= mask / 4 * 3)
        return;
    finder->table[at] = tag_of(key) | (place + 1);
    finder->used++;
}

/* --- Article by article ------------------------------------------------------------------------*/

static int compare_places(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void find_candidates(struct finder *finder)
{
    finder->candidate_count = 0;
    for (uint32_t i = 0; i < finder->key_count; i++)
        look_up(finder, finder->keys[i]);
    if (finder->candidate_count > 1)
        qsort(finder->candidates, finder->candidate_count, sizeof *finder->candidates,
              compare_places);
}

static enum status read_samples(struct finder *finder, const struct copy_sketch *sketch,
                                struct bytes *samples)
{
    size_t size = sketch->sample_count * sizeof(uint32_t);
    bytes_clear(samples);
    uint8_t *to = bytes_extend(samples, size);
    if (!to && size)
        return samples->status;
    return size ? copy_pages_read(finder->sampled, sketch->samples_at, to, size) : STATUS_OK;
}

static enum status compare_sketches(struct finder *finder, const struct copy_sketch *sketch,
                                    uint32_t place, const struct copy_sketch *other,
                                    enum copy_verdict *verdict)
{
    enum status status = STATUS_OK;
    if (finder->samples_of != place)
        status = read_samples(finder, sketch, &finder->samples);
    finder->samples_of = status == STATUS_OK ? place : NONE;
    if (status == STATUS_OK)
        status = read_samples(finder, other, &finder->other_samples);
    if (status == STATUS_OK)
        *verdict = copy_sketches_compare(sketch, bytes_items(&finder->samples), other,
                                         bytes_items(&finder->other_samples));
    return status;
}

static bool is_copy(struct finder *finder, const struct copy_sketch *sketch, uint32_t place,
                    uint32_t first)
{
    const struct copy_search *search = finder->search;
    struct copy_sketch other;
    enum copy_verdict verdict = COPY_NO;
    uint32_t number = number_of(finder, first);
    enum status status =
        copy_pages_read(finder->sketches, (uint64_t)number * sizeof other, &other, sizeof other);
    if (status == STATUS_OK)
        status = compare_sketches(finder, sketch, place, &other, &verdict);
    bool copy = verdict == COPY_YES;
    if (status == STATUS_OK && verdict == COPY_OPEN)
        status = copy_texts_compare(search->texts, number_of(finder, place), number, &copy);
    if (finder->status == STATUS_OK)
        finder->status = status;
    return copy;
}

/* One that others are copies of, found in a pass before, stays a first. */
static void find_first(struct finder *finder, const struct copy_sketch *sketch, uint32_t place)
{
    find_candidates(finder);
    for (size_t i = 0; i < finder->candidate_count && finder->status == STATUS_OK; i++) {
        uint32_t first = finder->candidates[i];
        if ((i && first == finder->candidates[i - 1]) || !is_copy(finder, sketch, place, first))
            continue;
        finder->first[place] = first;
        finder->first[first] |= HAS_COPIES;
        return;
    }
}

static bool is_first(const struct finder *finder, uint32_t place)
{
    return (finder->first[place] & ~HAS_COPIES) == place;
}

static void run_pass(struct finder *finder)
{
    memset(finder->table, 0, sizeof *finder->table << finder->table_log2);
    finder->used = 0;
    for (uint32_t place = 0; place < finder->search->article_count && finder->status == STATUS_OK;
         place++) {
        const struct copy_sketch *sketch = sketch_at(finder, place);
        choose_keys(finder, sketch);
        if (finder->key_count == 0 || !is_first(finder, place))
            continue;
        if (!(finder->first[place] & HAS_COPIES))
            find_first(finder, sketch, place);
        for (uint32_t i = 0; i < finder->key_count && is_first(finder, place); i++)
            put(finder, finder->keys[i], place);
    }
}

static void find_all(struct finder *finder)
{
    note_keys(finder);
    memory_free(finder->once);
    finder->once = NULL;
    if (finder->shared == 0 || finder->status != STATUS_OK)
        return;
    if (!open_table(finder))
        finder->status = STATUS_NO_MEMORY;
    for (; finder->pass < finder->passes && finder->status == STATUS_OK; finder->pass++)
        run_pass(finder);
}

static bool number_places(struct finder *finder)
{
    uint32_t count = finder->search->article_count;
    if (!finder->search->places)
        return true;
    finder->numbers = memory_allocate((size_t)count * sizeof *finder->numbers);
    for (uint32_t i = 0; finder->numbers && i < count; i++)
        finder->numbers[finder->search->places[i]] = i;
    return finder->numbers != NULL;
}

static bool open_finder(struct finder *finder)
{
    finder->sketches = copy_pages_open(finder->search->sketches);
    finder->sampled = copy_pages_open(finder->search->samples);
    return finder->sketches && finder->sampled && number_places(finder) && open_bits(finder);
}

static void close_finder(struct finder *finder)
{
    copy_pages_close(finder->sketches);
    copy_pages_close(finder->sampled);
    memory_free(finder->numbers);
    memory_free(finder->once);
    memory_free(finder->twice);
    memory_free(finder->table);
    bytes_release(&finder->samples);
    bytes_release(&finder->other_samples);
    memory_free(finder);
}

enum status copy_find(const struct copy_search *search, uint32_t *first)
{
    struct finder *finder = memory_allocate_zeroed(1, sizeof *finder);
    if (!finder)
        return STATUS_NO_MEMORY;
    finder->search = search;
    finder->samples_of = NONE;
    finder->first = first;
    for (uint32_t place = 0; place < search->article_count; place++)
        first[place] = place;
    if (open_finder(finder))
        find_all(finder);
    else
        finder->status = STATUS_NO_MEMORY;
    for (uint32_t place = 0; place < search->article_count; place++)
        first[place] &= ~HAS_COPIES;
    enum status status = finder->status;
    close_finder(finder);
    return status;
}
