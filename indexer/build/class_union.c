#include "build/class_union.h"

#include "base/memory.h"
#include "store/gram_list_write.h"
#include "store/settings.h"

enum { SPAN_LEAST = 64 * 1024, SPARSE = 64 };

enum status class_union_open(struct class_union *u, size_t memory)
{
    size_t most = memory / (2 * sizeof(uint32_t));
    if (most < SPAN_LEAST)
        most = SPAN_LEAST;
    u->span = u->articles->count < most ? u->articles->count : (uint32_t)most;
    u->span = (u->span + 63) / 64 * 64;
    u->tfs = memory_allocate_zeroed(u->span, sizeof *u->tfs);
    u->title_tfs = memory_allocate_zeroed(u->span, sizeof *u->title_tfs);
    u->marks = memory_allocate_zeroed(u->span / 64 + 1, sizeof *u->marks);
    return u->tfs && u->title_tfs && u->marks ? STATUS_OK : STATUS_NO_MEMORY;
}

void class_union_release(struct class_union *u)
{
    memory_free(u->tfs);
    memory_free(u->title_tfs);
    memory_free(u->marks);
    u->tfs = u->title_tfs = NULL;
    u->marks = NULL;
    bytes_release(&u->touched);
    bytes_release(&u->gathered);
    bytes_release(&u->positions);
    postings_release(&u->postings);
}

/* --- How many ----------------------------------------------------------------------------------*/

/* Marks the articles of a term from first on, as far as the span reaches; how many were not marked.
 */
static uint32_t mark(struct class_union *u, const struct term *term, uint32_t first, bool note)
{
    struct postings *postings = &u->postings;
    uint32_t new = 0, end = first + u->span;
    if (postings_open(postings, u->snapshot, term, false) != STATUS_OK)
        return 0;
    for (bool more = postings_seek(postings, first); more; more = postings_next_block(postings)) {
        uint32_t i = first ? postings_find_in_block(postings, first) : 0;
        for (; i < postings->count && postings->docs[i] < end; i++) {
            uint32_t place = postings->docs[i] - first;
            uint64_t bit = (uint64_t)1 << place % 64;
            if (u->marks[place / 64] & bit)
                continue;
            u->marks[place / 64] |= bit;
            new ++;
            if (note)
                bytes_append(&u->touched, &place, sizeof place);
        }
        if (i < postings->count)
            break;
    }
    return new;
}

static void unmark(struct class_union *u, bool noted)
{
    const uint32_t *touched = (const uint32_t *)(const void *)u->touched.data;
    if (!noted || u->touched.status != STATUS_OK)
        memset(u->marks, 0, u->span / 8);
    else
        for (size_t i = 0; i < u->touched.size / sizeof *touched; i++)
            u->marks[touched[i] / 64] = 0;
    bytes_clear(&u->touched);
}

enum status class_union_count(struct class_union *u, const struct term *terms, uint32_t count,
                              uint32_t *df)
{
    uint64_t sum = 0;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < count; i++)
        sum += terms[i].all.df;
    bool sparse = sum < u->span / SPARSE;
    *df = 0;
    for (uint64_t first = 0; first < u->articles->count && status == STATUS_OK; first += u->span) {
        for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
            *df += mark(u, &terms[i], (uint32_t)first, sparse);
            status = u->postings.status;
        }
        unmark(u, sparse);
    }
    return status;
}

/* --- The list ----------------------------------------------------------------------------------*/

/* The occurrences in the title of an article that has no list for that. */
static uint32_t in_title(struct class_union *u, uint32_t i)
{
    struct postings *postings = &u->postings;
    uint32_t title_words = u->articles->title_words[postings->docs[i]], in = 0;
    if (title_words == 0 || !postings_read_positions(postings, i, &u->positions))
        return 0;
    const uint32_t *positions = (const uint32_t *)(const void *)u->positions.data;
    while (in < u->positions.size / sizeof *positions && positions[in] < title_words)
        in++;
    return in;
}

/* Adds the counts of a term's articles in the span from first on. */
static enum status add_up(struct class_union *u, const struct term *term, uint32_t first,
                          bool titles)
{
    struct postings *postings = &u->postings;
    uint32_t end = first + u->span, *to = titles ? u->title_tfs : u->tfs;
    enum status status = postings_open(postings, u->snapshot, term, titles);
    if (status != STATUS_OK)
        return status;
    for (bool more = postings_seek(postings, first); more; more = postings_next_block(postings)) {
        uint32_t i = first ? postings_find_in_block(postings, first) : 0;
        if (!postings_read_tfs(postings))
            break;
        for (; i < postings->count && postings->docs[i] < end; i++) {
            uint32_t place = postings->docs[i] - first;
            to[place] += postings->tfs[i];
            u->marks[place / 64] |= (uint64_t)1 << place % 64;
            if (term->one_article)
                u->title_tfs[place] += in_title(u, i);
        }
        if (i < postings->count)
            break;
    }
    return postings->status;
}

/* What was added up, as articles; and all is 0 again. */
static void gather(struct class_union *u, uint32_t first)
{
    for (uint32_t word = 0; word < u->span / 64; word++) {
        uint64_t bits = u->marks[word];
        for (; bits; bits &= bits - 1) {
            uint32_t place = word * 64 + (uint32_t)__builtin_ctzll(bits);
            struct gram_article article = {first + place, first + place, u->tfs[place],
                                           u->title_tfs[place]};
            bytes_append(&u->gathered, &article, sizeof article);
            u->tfs[place] = u->title_tfs[place] = 0;
        }
        u->marks[word] = 0;
    }
}

enum status class_union_write(struct class_union *u, const struct term *terms, uint32_t count,
                              struct bytes *lists, struct gram *list)
{
    enum status status = STATUS_OK;
    bytes_clear(&u->gathered);
    for (uint64_t first = 0; first < u->articles->count && status == STATUS_OK; first += u->span) {
        for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
            status = add_up(u, &terms[i], (uint32_t)first, false);
            if (status == STATUS_OK && terms[i].titles.df)
                status = add_up(u, &terms[i], (uint32_t)first, true);
        }
        gather(u, (uint32_t)first);
    }
    if (status == STATUS_OK)
        status = u->gathered.status;
    if (status != STATUS_OK)
        return status;
    return gram_list_write((const struct gram_article *)(const void *)u->gathered.data,
                           (uint32_t)(u->gathered.size / sizeof(struct gram_article)), u->model,
                           u->articles->norms, lists, list);
}
