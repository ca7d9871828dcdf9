#include "build/copy_sketch.h"

#include <string.h>

#include "base/memory.h"

/* Samples are an eighth of the hashes, but about SAMPLES of a body whose eighth is less, and all of
 * a short one: those below a bound that depends on how many there are. */
enum { SAMPLES = 32, SHORT_RUNS = 48, FIRST_RUNS = 8 * SAMPLES };

/* A large body that repeats itself takes no more room than its different runs. */
enum { SORT_BYTES = 1 << 20 };

static const uint64_t least_bound = (uint64_t)1 << 61;

struct copy_sketcher {
    struct copy_roll roll;
    struct copy_sketch sketch;
    uint64_t first[FIRST_RUNS]; /* hashes of the first runs, whatever they are */
    struct bytes hashes, spare; /* uint64_t: those below the least bound */
    size_t sort_at;             /* hashes are sorted, each kept once, when they are so many bytes */
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
    sketcher->sort_at = SORT_BYTES;
}

void copy_sketcher_title(struct copy_sketcher *sketcher, const struct word *words,
                         const struct short_key *keys, size_t count)
{
    enum { BITS = 11 };
    uint64_t title = sketcher->sketch.title;
    for (size_t i = 0; i < count; i++)
        title = (copy_turn(title, BITS) ^ copy_key_hash(words[i].text, &keys[i])) * 5 + 1;
    sketcher->sketch.title = title;
}

static void drop_repeated(struct copy_sketcher *sketcher)
{
    copy_hashes_sort(&sketcher->hashes, &sketcher->spare);
    if (sketcher->hashes.size > sketcher->sort_at / 2)
        sketcher->sort_at *= 2;
}

/* So few words that no room is asked for within. No branch has to be guessed by the hashes. */
static void take(struct copy_sketcher *sketcher, const struct word *words,
                 const struct short_key *keys, size_t count)
{
    struct copy_roll roll = sketcher->roll;
    uint32_t runs = sketcher->sketch.runs;
    uint64_t sum = sketcher->sketch.sum;
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        if (!copy_roll_word(&roll, copy_key_hash(words[i].text, &keys[i])))
            continue;
        if (runs < FIRST_RUNS)
            sketcher->first[runs] = roll.hash;
        runs++;
        sum += roll.hash;
        sketcher->taken[taken] = roll.hash;
        taken += roll.hash < least_bound;
    }
    sketcher->roll = roll;
    sketcher->sketch.runs = runs;
    sketcher->sketch.sum = sum;
    bytes_append(&sketcher->hashes, sketcher->taken, taken * sizeof *sketcher->taken);
    if (sketcher->hashes.size >= sketcher->sort_at)
        drop_repeated(sketcher);
}

void copy_sketcher_words(struct copy_sketcher *sketcher, const struct word *words,
                         const struct short_key *keys, size_t count)
{
    enum { AT_ONCE = sizeof sketcher->taken / sizeof *sketcher->taken - 1 };
    for (size_t at = 0; at < count; at += AT_ONCE)
        take(sketcher, words + at, keys + at, count - at < AT_ONCE ? count - at : AT_ONCE);
}

/* Chooses among all hashes of a body of at most FIRST_RUNS; returns the bound. */
static uint64_t choose(struct copy_sketcher *sketcher)
{
    uint32_t runs = sketcher->sketch.runs, taken = 0;
    uint64_t bound = runs <= SHORT_RUNS ? UINT64_MAX : UINT64_MAX / runs * SAMPLES;
    struct bytes *hashes = &sketcher->hashes;
    bytes_clear(hashes);
    uint64_t *to = bytes_extend(hashes, (runs + 1) * sizeof *to);
    for (uint32_t i = 0; to && i < runs; i++) {
        to[taken] = sketcher->first[i];
        taken += runs <= SHORT_RUNS || sketcher->first[i] < bound;
    }
    hashes->size = taken * sizeof *to;
    return bound;
}

static void put_samples(struct copy_sketch *sketch, const uint64_t *hashes, struct bytes *samples)
{
    sketch->samples_at = samples->size;
    uint8_t *to = bytes_extend(samples, sketch->sample_count * sizeof(uint32_t));
    for (uint32_t i = 0; to && i < sketch->sample_count; i++, to += sizeof(uint32_t)) {
        uint32_t half = (uint32_t)(hashes[i] >> 32);
        memcpy(to, &half, sizeof half);
    }
}

enum status copy_sketcher_end(struct copy_sketcher *sketcher, struct bytes *sketches,
                              struct bytes *samples)
{
    struct copy_sketch *sketch = &sketcher->sketch;
    struct bytes *hashes = &sketcher->hashes;
    uint64_t bound = sketch->runs <= FIRST_RUNS ? choose(sketcher) : least_bound;
    copy_hashes_sort(hashes, &sketcher->spare);
    const uint64_t *items = bytes_items(hashes);
    sketch->bound = (uint32_t)(bound >> 32);
    sketch->sample_count = (uint32_t)(hashes->size / sizeof *items);
    sketch->kept = sketch->sample_count < COPY_KEYS ? sketch->sample_count : COPY_KEYS;
    if (sketch->kept)
        memcpy(sketch->keys, items, sketch->kept * sizeof *items);
    put_samples(sketch, items, samples);
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
