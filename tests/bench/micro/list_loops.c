/* Lists of an index made up for this: opened, walked, looked up in, with their positions. */
#include "bench/micro/loop.h"

#include "match/starts.h"
#include "random.h"
#include "store/lexicon_read.h"
#include "store/postings_read.h"
#include "unit/store/crafted.h"

enum { ARTICLES = 60000, LISTS = 203, COMMON = 0, OFTEN = 1, SOME = 2, SMALL = 3, LOOK_UPS = 4096 };

static struct crafted crafted;
static struct lexicon lexicon;
static char names[LISTS][8];
static struct term terms[LISTS];
static struct postings postings;
static struct bytes positions, starts, sifted;
static uint32_t targets[LOOK_UPS];

static uint32_t size_of(int list)
{
    static const uint32_t sizes[] = {25000, 5000, 500};
    return list < SMALL ? sizes[list] : 6;
}

static uint32_t draw(uint64_t *random, int list, struct sample_posting *posting, uint32_t *place)
{
    uint32_t used = 0, left = size_of(list);
    for (uint32_t doc = 0; left; doc++) {
        if (random_below(random, ARTICLES - doc) >= left)
            continue;
        *posting = (struct sample_posting){.doc = doc, .tf = 1, .positions = place + used};
        while (posting->tf < 20 && random_below(random, 5) < (list == COMMON ? 4 : 1))
            posting->tf++;
        for (uint32_t i = 0, next = 0; i < posting->tf; i++, next++)
            place[used++] = next += (uint32_t)random_below(random, 400 / posting->tf);
        posting++;
        left--;
    }
    return used;
}

void list_prepare(void)
{
    uint64_t random = 3;
    size_t count = 0;
    for (int list = 0; list < LISTS; list++)
        count += size_of(list);
    crafted_init(&crafted, ARTICLES, LISTS, count, count * 20);
    struct sample_posting *posting = crafted.sample.postings;
    uint32_t *place = crafted.sample.positions;
    for (int list = 0; list < LISTS; list++) {
        snprintf(names[list], sizeof names[list], "t%03d", list);
        crafted.sample.terms[list] =
            (struct sample_term){slice_of_string(names[list]), size_of(list), posting};
        place += draw(&random, list, posting, place);
        posting += size_of(list);
    }
    crafted_open(&crafted);
    scratch_demand(lexicon_open(&lexicon, crafted.snapshot) == STATUS_OK, "lexicon");
    for (int list = 0; list < LISTS; list++)
        lexicon_find(&lexicon, slice_of_string(names[list]), &terms[list]);
    for (int i = 0; i < LOOK_UPS; i++)
        targets[i] = (uint32_t)random_below(&random, ARTICLES);
}

void list_release(void)
{
    bytes_release(&positions);
    bytes_release(&starts);
    bytes_release(&sifted);
    crafted_release(&crafted);
}

static void open_list(int list)
{
    postings_open(&postings, crafted.snapshot, &terms[list], false);
}

static uint64_t open_small(void)
{
    for (int list = SMALL; list < LISTS; list++) {
        open_list(list);
        postings_next_block(&postings);
        loop_keep(&postings);
    }
    return LISTS - SMALL;
}

static uint64_t walk(int list, bool tfs)
{
    open_list(list);
    while (postings_next_block(&postings))
        if (tfs)
            postings_read_tfs(&postings);
    return size_of(list);
}

static uint64_t walk_common(void)
{
    return walk(COMMON, false);
}
static uint64_t walk_often(void)
{
    return walk(OFTEN, false);
}
static uint64_t walk_tfs(void)
{
    return walk(OFTEN, true);
}

/* Every target in the first block, as if each were the next. */
static uint64_t find_in_block(void)
{
    uint32_t sum = 0;
    open_list(COMMON);
    postings_next_block(&postings);
    for (int i = 0; i < LOOK_UPS; i++)
        sum += postings_find_in_block(&postings, targets[i] % 300);
    loop_keep(&sum);
    return LOOK_UPS;
}

static uint64_t seek(int list, uint32_t step)
{
    uint64_t count = 0;
    open_list(list);
    for (uint32_t doc = 0; postings_seek(&postings, doc); doc += step, count++)
        loop_keep(&postings);
    return count;
}

static uint64_t seek_near(void)
{
    return seek(COMMON, 400);
}
static uint64_t seek_far(void)
{
    return seek(COMMON, 4000);
}

static uint64_t read_positions(int list)
{
    uint64_t count = 0;
    open_list(list);
    while (postings_next_block(&postings) && postings_read_tfs(&postings)) {
        for (uint32_t i = 0; i < postings.count; i++, count++) {
            postings_read_positions(&postings, i, &positions);
            loop_keep(positions.data);
        }
    }
    return count;
}

static uint64_t positions_common(void)
{
    return read_positions(COMMON);
}
static uint64_t positions_often(void)
{
    return read_positions(OFTEN);
}

/* An article here and there, so that each takes a block of its own. */
static uint64_t positions_scattered(void)
{
    uint64_t count = 0;
    open_list(COMMON);
    while (postings_next_block(&postings) && postings_read_tfs(&postings)) {
        for (uint32_t i = 10; i < postings.count; i += 60, count++) {
            postings_read_positions(&postings, i, &positions);
            loop_keep(positions.data);
        }
    }
    return count;
}

/* The positions of one article sifted by those of the next, and by the same few words on. */
static uint64_t sift(void)
{
    struct match_budget budget = {0};
    uint64_t count = 0;
    open_list(COMMON);
    while (count < 2000 && postings_next_block(&postings) && postings_read_tfs(&postings)) {
        for (uint32_t i = 0; i < postings.count; i++, count++) {
            postings_read_positions(&postings, i, &positions);
            starts_begin(&sifted, i % 2 ? &starts : &positions, 0, &budget);
            starts_sift(&sifted, i % 2 ? &positions : &starts, 1, &budget);
            loop_keep(sifted.data);
            starts_begin(&starts, &positions, 0, &budget);
        }
    }
    return count;
}

const struct loop list_loops[] = {
    {"open a list of 6 articles", "list", open_small},
    {"walk a list, 2 of 5 articles", "article", walk_common},
    {"walk a list, 1 of 12 articles", "article", walk_often},
    {"walk it with counts", "article", walk_tfs},
    {"seek in a block", "seek", find_in_block},
    {"seek a block, the next but few", "seek", seek_near},
    {"seek a block, far on", "seek", seek_far},
    {"positions, 5 an article", "article", positions_common},
    {"positions, 1.25 an article", "article", positions_often},
    {"positions, here and there", "article", positions_scattered},
    {"read and sift positions, 5 by 5", "article", sift},
    {0},
};
