#include "build/reorder_bisect.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "base/pool.h"
#include "build/reorder_log.h"

enum {
    LEAF_ARTICLES = 16, /* a range of no more is not halved: it goes by its old order */
    ROUNDS_MOST = 12,
    TERM_NUMBERS = 1 << 16,
    GAINS = 1024, /* different ones that are told apart, in steps of … */
    GAIN_STEP_LOG2 = REORDER_LOG_BITS - 3,
    GAIN_NONE = GAINS / 2,
    RANGES_A_THREAD = 8, /* so many and more are halved to their ends side by side */
};

struct range { /* of articles, that will be halved in the middle */
    uint32_t first, count;
};

struct half_counts { /* of a term: the range's articles that have it */
    uint32_t left, right;
};

struct workspace {                           /* one thread's */
    struct half_counts counts[TERM_NUMBERS]; /* all 0 between ranges */
    int32_t pulls[TERM_NUMBERS];             /* to the right; of term 0, which is none, always 0 */
    uint16_t met[TERM_NUMBERS];              /* the terms of the range at hand */
    uint32_t met_count;
    uint32_t left[GAINS], right[GAINS]; /* articles of each gain, in the halves */
};

struct bisection {
    struct bisect_record *records;
    uint32_t *places;
    uint16_t *gains; /* of each article */
    struct workspace *workspaces;
    struct bytes ranges; /* struct range: those that are halved next */
};

static uint32_t left_count(const struct range *range)
{
    return range->count / 2;
}

/* --- What a change of halves gains -------------------------------------------------------------*/

static void count_terms(const struct bisection *b, struct workspace *w, const struct range *range)
{
    const struct bisect_record *records = b->records + range->first;
    uint32_t middle = left_count(range);
    w->met_count = 0;
    for (uint32_t i = 0; i < range->count; i++)
        for (int j = 0; j < BISECT_TERMS && records[i].terms[j]; j++) {
            uint16_t term = records[i].terms[j];
            struct half_counts *counts = &w->counts[term];
            if (counts->left + counts->right == 0)
                w->met[w->met_count++] = term;
            counts->left += i < middle;
            counts->right += i >= middle;
        }
}

static void forget_terms(struct workspace *w)
{
    for (uint32_t i = 0; i < w->met_count; i++)
        w->counts[w->met[i]] = (struct half_counts){0};
}

/* A term pulls to where more articles have it. What pulls one article to the right pulls another as
 * much back, so that those of the same terms have nothing to gain by changing places. */
static void weigh_terms(struct workspace *w)
{
    for (uint32_t i = 0; i < w->met_count; i++) {
        const struct half_counts *counts = &w->counts[w->met[i]];
        int32_t left = counts->left ? reorder_log(counts->left) : 0;
        int32_t right = counts->right ? reorder_log(counts->right) : 0;
        w->pulls[w->met[i]] = right - left;
    }
}

static uint16_t gain_number(int32_t gain)
{
    int32_t number = (gain >> GAIN_STEP_LOG2) + GAIN_NONE;
    return (uint16_t)(number < 0 ? 0 : number < GAINS ? number : GAINS - 1);
}

static void weigh_articles(const struct bisection *b, struct workspace *w,
                           const struct range *range)
{
    uint32_t middle = left_count(range);
    memset(w->left, 0, sizeof w->left);
    memset(w->right, 0, sizeof w->right);
    for (uint32_t i = 0; i < range->count; i++) {
        const struct bisect_record *record = &b->records[range->first + i];
        int32_t pull = 0;
        for (int j = 0; j < BISECT_TERMS; j++)
            pull += w->pulls[record->terms[j]];
        uint16_t gain = gain_number(i < middle ? pull : -pull);
        b->gains[range->first + i] = gain;
        (i < middle ? w->left : w->right)[gain]++;
    }
}

/* --- Changing halves ---------------------------------------------------------------------------*/

struct cut { /* who of a half goes: all above the gain, and the first few of it */
    int gain;
    uint32_t few;
};

/* How many go from each half: the best of one for the best of the other, as long as both together
 * gain more than `least`. */
static uint32_t find_cuts(const struct workspace *w, int least, struct cut *left, struct cut *right)
{
    uint32_t pairs = 0, used_left = 0, used_right = 0;
    int l = GAINS - 1, r = GAINS - 1;
    for (;;) {
        for (; l >= 0 && w->left[l] == used_left; l--)
            used_left = 0;
        for (; r >= 0 && w->right[r] == used_right; r--)
            used_right = 0;
        if (l < 0 || r < 0 || l + r - 2 * GAIN_NONE <= least)
            break;
        uint32_t rest_left = w->left[l] - used_left, rest_right = w->right[r] - used_right;
        uint32_t n = rest_left < rest_right ? rest_left : rest_right;
        used_left += n;
        used_right += n;
        pairs += n;
    }
    *left = (struct cut){l, used_left};
    *right = (struct cut){r, used_right};
    return pairs;
}

static uint32_t next_to_go(const uint16_t *gains, uint32_t at, struct cut *cut)
{
    for (;; at++) {
        if (gains[at] > cut->gain)
            return at;
        if (gains[at] == cut->gain && cut->few) {
            cut->few--;
            return at;
        }
    }
}

static void move_counts(struct workspace *w, const struct bisect_record *record, int to_right)
{
    for (int j = 0; j < BISECT_TERMS && record->terms[j]; j++) {
        struct half_counts *counts = &w->counts[record->terms[j]];
        counts->left -= (uint32_t)to_right;
        counts->right += (uint32_t)to_right;
    }
}

static void change_places(const struct bisection *b, struct workspace *w, uint32_t left,
                          uint32_t right)
{
    struct bisect_record record = b->records[left];
    uint32_t place = b->places[left];
    move_counts(w, &b->records[left], 1);
    move_counts(w, &b->records[right], -1);
    b->records[left] = b->records[right];
    b->places[left] = b->places[right];
    b->records[right] = record;
    b->places[right] = place;
}

/* One round; how many pairs changed places. */
static uint32_t improve(const struct bisection *b, struct workspace *w, const struct range *range,
                        int least)
{
    struct cut left_cut, right_cut;
    weigh_terms(w);
    weigh_articles(b, w, range);
    uint32_t pairs = find_cuts(w, least, &left_cut, &right_cut);
    uint32_t left = range->first, right = left + left_count(range);
    for (uint32_t i = 0; i < pairs; i++, left++, right++) {
        left = next_to_go(b->gains, left, &left_cut);
        right = next_to_go(b->gains, right, &right_cut);
        change_places(b, w, left, right);
    }
    return pairs;
}

/* --- Halving -----------------------------------------------------------------------------------*/

struct leaf_entry {
    uint32_t place;
    struct bisect_record record;
};

static int by_place(const void *a, const void *b)
{
    const struct leaf_entry *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

static void end_leaf(const struct bisection *b, const struct range *range)
{
    struct leaf_entry entries[LEAF_ARTICLES];
    for (uint32_t i = 0; i < range->count; i++)
        entries[i] = (struct leaf_entry){b->places[range->first + i], b->records[range->first + i]};
    qsort(entries, range->count, sizeof *entries, by_place);
    for (uint32_t i = 0; i < range->count; i++) {
        b->places[range->first + i] = entries[i].place;
        b->records[range->first + i] = entries[i].record;
    }
}

static void halve(const struct bisection *b, struct workspace *w, const struct range *range)
{
    count_terms(b, w, range);
    for (int round = 0; round < ROUNDS_MOST; round++)
        if (improve(b, w, range, round) <= range->count / 1024)
            break;
    forget_terms(w);
}

static struct range half_of(const struct range *range, int which)
{
    uint32_t left = left_count(range);
    if (which == 0)
        return (struct range){range->first, left};
    return (struct range){range->first + left, range->count - left};
}

static void halve_to_the_end(const struct bisection *b, struct workspace *w, struct range range)
{
    if (range.count <= LEAF_ARTICLES) {
        end_leaf(b, &range);
        return;
    }
    halve(b, w, &range);
    halve_to_the_end(b, w, half_of(&range, 0));
    halve_to_the_end(b, w, half_of(&range, 1));
}

/* --- Side by side ------------------------------------------------------------------------------*/

struct task {
    const struct bisection *bisection;
    struct range range;
    bool to_the_end;
};

static void run_task(void *context, size_t worker)
{
    const struct task *task = context;
    struct workspace *w = &task->bisection->workspaces[worker];
    if (task->to_the_end)
        halve_to_the_end(task->bisection, w, task->range);
    else
        halve(task->bisection, w, &task->range);
}

/* All ranges once, or to their ends. */
static bool run_ranges(struct bisection *b, struct pool *pool, bool to_the_end)
{
    const struct range *ranges = (const struct range *)(const void *)b->ranges.data;
    size_t count = b->ranges.size / sizeof *ranges;
    struct task *tasks = memory_allocate_zeroed(count, sizeof *tasks);
    for (size_t i = 0; tasks && i < count; i++) {
        tasks[i] = (struct task){b, ranges[i], to_the_end};
        pool_submit(pool, run_task, &tasks[i]);
    }
    pool_wait(pool);
    memory_free(tasks);
    return tasks != NULL;
}

static bool divide_ranges(struct bisection *b)
{
    struct bytes halves = {0};
    const struct range *ranges = (const struct range *)(const void *)b->ranges.data;
    for (size_t i = 0; i < 2 * (b->ranges.size / sizeof *ranges); i++) {
        struct range half = half_of(&ranges[i / 2], (int)(i % 2));
        bytes_append(&halves, &half, sizeof half);
    }
    bytes_release(&b->ranges);
    b->ranges = halves;
    return halves.status == STATUS_OK;
}

/* A range that is small goes to its end at once, so the order does not hang on how many ranges were
 * halved side by side before. */
static bool run(struct bisection *b, struct pool *pool, uint32_t count)
{
    struct range all = {0, count};
    bytes_append(&b->ranges, &all, sizeof all);
    bool good = b->ranges.status == STATUS_OK;
    size_t most = RANGES_A_THREAD * pool_threads(pool);
    for (size_t n = 1; good && n < most && count / n > 4 * LEAF_ARTICLES; n *= 2)
        good = run_ranges(b, pool, false) && divide_ranges(b);
    return good && run_ranges(b, pool, true);
}

enum status bisect(struct bisect_record *records, uint32_t *places, uint32_t count, size_t threads)
{
    struct bisection b = {.records = records, .places = places};
    struct pool *pool = pool_open(threads);
    bool good = pool != NULL;
    reorder_log_init();
    b.gains = memory_allocate(((size_t)count + 1) * sizeof *b.gains);
    b.workspaces = memory_allocate_zeroed(threads, sizeof *b.workspaces);
    if (good && b.gains && b.workspaces)
        good = run(&b, pool, count);
    else
        good = false;
    pool_close(pool);
    bytes_release(&b.ranges);
    memory_free(b.gains);
    memory_free(b.workspaces);
    return good ? STATUS_OK : STATUS_NO_MEMORY;
}
