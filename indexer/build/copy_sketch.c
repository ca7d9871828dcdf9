#include "build/copy_sketch.h"

#include <string.h>

#include "base/memory.h"

/* Samples are the hashes below the bound, but where these are fewer than SAMPLES_LEAST, so many of
 * the least; and all of a short body. */
enum { FIRST_RUNS = 256, SAMPLES_LEAST = 32, SHORT_RUNS = 64 };
static const uint64_t bound = (uint64_t)1 << 61;

struct copy_sketcher {
    struct copy_roll roll;
    struct copy_sketch sketch;
    uint64_t first[FIRST_RUNS]; /* hashes of the first runs, whatever they are */
    struct bytes hashes, spare; /* uint64_t: those below the bound */
    uint64_t taken[128];        /* of them, on their way there */
};

struct copy_sketcher *copy_sketcher_open(void)
{
    return memory_allocate_zeroed(1, sizeof(struct copy_sketcher));
}

void copy_sketcher_close(struct copy_sketcher *sketcher)
{
    if (!sketcher)
        return;
    bytes_release(&sketcher->hashes);
    bytes_release(&sketcher->spare);
    memory_free(sketcher);
}

void copy_sketcher_begin(struct copy_sketcher *sketcher)
{
    sketcher->roll = (struct copy_roll){0};
    sketcher->sketch = (struct copy_sketch){0};
    bytes_clear(&sketcher->hashes);
}

void copy_sketcher_title(struct copy_sketcher *sketcher, const struct word *words, size_t count)
{
    enum { BITS = 11 };
    for (size_t i = 0; i < count; i++)
        sketcher->sketch.title =
            (copy_turn(sketcher->sketch.title, BITS) ^ copy_word_hash(words[i].text)) * 5 + 1;
}

/* So few words that no room is asked for within. No branch has to be guessed by the hashes. */
static void take(struct copy_sketcher *sketcher, const struct word *words, size_t count)
{
    struct copy_roll roll = sketcher->roll;
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        if (!copy_roll_word(&roll, words[i].text))
            continue;
        if (sketcher->sketch.runs < FIRST_RUNS)
            sketcher->first[sketcher->sketch.runs] = roll.hash;
        sketcher->sketch.runs++;
        sketcher->sketch.sum += roll.hash;
        sketcher->taken[taken] = roll.hash;
        taken += roll.hash < bound;
    }
    sketcher->roll = roll;
    bytes_append(&sketcher->hashes, sketcher->taken, taken * sizeof *sketcher->taken);
}

void copy_sketcher_words(struct copy_sketcher *sketcher, const struct word *words, size_t count)
{
    enum { AT_ONCE = sizeof sketcher->taken / sizeof *sketcher->taken - 1 };
    for (size_t at = 0; at < count; at += AT_ONCE)
        take(sketcher, words + at, count - at < AT_ONCE ? count - at : AT_ONCE);
}

/* All hashes of a short body in place of those below the bound. */
static void take_all(struct copy_sketcher *sketcher)
{
    struct bytes *hashes = &sketcher->hashes;
    bytes_clear(hashes);
    bytes_append(hashes, sketcher->first, sketcher->sketch.runs * sizeof *sketcher->first);
    copy_hashes_sort(hashes, &sketcher->spare);
    sketcher->sketch.bound = UINT32_MAX;
    if (sketcher->sketch.runs <= SHORT_RUNS || hashes->size <= SAMPLES_LEAST * sizeof(uint64_t))
        return;
    hashes->size = SAMPLES_LEAST * sizeof(uint64_t);
    const uint64_t *items = (const uint64_t *)(const void *)hashes->data;
    sketcher->sketch.bound = (uint32_t)(items[SAMPLES_LEAST - 1] >> 32);
}

enum status copy_sketcher_end(struct copy_sketcher *sketcher, struct bytes *sketches,
                              struct bytes *samples)
{
    struct copy_sketch *sketch = &sketcher->sketch;
    struct bytes *hashes = &sketcher->hashes;
    copy_hashes_sort(hashes, &sketcher->spare);
    sketch->bound = (uint32_t)(bound >> 32);
    if (sketch->runs <= SHORT_RUNS ||
        (sketch->runs <= FIRST_RUNS && hashes->size < SAMPLES_LEAST * sizeof(uint64_t)))
        take_all(sketcher);
    const uint64_t *items = (const uint64_t *)(const void *)hashes->data;
    sketch->sample_count = (uint32_t)(hashes->size / sizeof *items);
    sketch->kept = sketch->sample_count < COPY_KEYS ? sketch->sample_count : COPY_KEYS;
    sketch->samples_at = samples->size;
    if (sketch->kept)
        memcpy(sketch->keys, items, sketch->kept * sizeof *items);
    for (uint32_t i = 0; i < sketch->sample_count; i++) {
        uint32_t half = (uint32_t)(items[i] >> 32);
        bytes_append(samples, &half, sizeof half);
    }
    bytes_append(sketches, sketch, sizeof *sketch);
    if (hashes->status != STATUS_OK)
        return hashes->status;
    return samples->status == STATUS_OK ? sketches->status : samples->status;
}

/* --- Two of them -------------------------------------------------------------------------------*/

static uint64_t count_below(const uint32_t *samples, uint64_t count, uint32_t below)
{
    while (count && samples[count - 1] >= below)
        count--;
    return count;
}

static uint64_t count_common(const uint32_t *a, uint64_t m, const uint32_t *b, uint64_t n)
{
    uint64_t common = 0;
    for (uint64_t i = 0, j = 0; i < m && j < n;) {
        uint32_t x = a[i], y = b[j];
        common += x == y;
        i += x <= y;
        j += y <= x;
    }
    return common;
}

/* So many of `less` samples are common with a probability of 0.9995 where four fifths of the runs
 * are: the mean less 3.3 times the deviation of a binomial distribution, which is 0.4 of the root.
 * Whole numbers, so that all machines agree. */
static bool is_enough(uint64_t common, uint64_t less)
{
    enum { SQUARE = 44 }; /* (3.3 · 0.4 · COPY_DENOMINATOR)², rounded up */
    uint64_t mean = COPY_NUMERATOR * less, seen = COPY_DENOMINATOR * common;
    return seen >= mean || (mean - seen) * (mean - seen) <= SQUARE * less;
}

/* Likewise whether the longer one may have COPY_LONGER times as many runs at most. */
static bool may_be_as_long(uint64_t less, uint64_t more)
{
    enum { SQUARE = 11 }; /* 3.3² */
    uint64_t most = COPY_LONGER * less;
    return more <= most ||
           (more - most) * (more - most) <= SQUARE * (more + COPY_LONGER * COPY_LONGER * less);
}

enum copy_verdict copy_sketches_compare(const struct copy_sketch *a, const uint32_t *a_samples,
                                        const struct copy_sketch *b, const uint32_t *b_samples)
{
    uint32_t below = a->bound < b->bound ? a->bound : b->bound;
    bool whole = below == UINT32_MAX;
    uint64_t m = whole ? a->sample_count : count_below(a_samples, a->sample_count, below);
    uint64_t n = whole ? b->sample_count : count_below(b_samples, b->sample_count, below);
    uint64_t less = m < n ? m : n, common = count_common(a_samples, m, b_samples, n);
    if (whole) {
        bool titles = less >= COPY_FEW || a->title == b->title;
        return titles && common >= copy_rule_least(m, n) ? COPY_YES : COPY_NO;
    }
    if (a->sum == b->sum && a->runs == b->runs)
        return COPY_YES;
    bool may = is_enough(common, less) && may_be_as_long(less, m < n ? n : m);
    return may ? COPY_OPEN : COPY_NO;
}
