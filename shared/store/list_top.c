#include "store/list_top.h"

#include <string.h>

#include "base/endian.h"

/* --- Gathering ---------------------------------------------------------------------------------*/

void list_top_begin(struct list_top *top)
{
    top->count = 0;
    top->ties = false;
    top->next = (struct list_top_article){0};
}

static bool is_better(const struct list_top_article *a, const struct list_top_article *b)
{
    return a->impact != b->impact ? a->impact > b->impact : a->place < b->place;
}

static void insert(struct list_top *top, const struct list_top_article *article)
{
    uint32_t at = top->count++;
    for (; at && is_better(article, &top->articles[at - 1]); at--)
        top->articles[at] = top->articles[at - 1];
    top->articles[at] = *article;
}

/* An article is not among the ten, or not any more. The tenth that goes is better than all that
 * went before it. */
static void leave_out(struct list_top *top, const struct list_top_article *out, bool tenth)
{
    bool ties = top->articles[LIST_TOP - 1].impact == out->impact;
    if (ties || tenth)
        top->ties = ties;
    if (!ties && (tenth || is_better(out, &top->next)))
        top->next = *out;
}

void list_top_add(struct list_top *top, const struct list_top_article *article)
{
    if (top->count < LIST_TOP) {
        insert(top, article);
        return;
    }
    struct list_top_article last = top->articles[LIST_TOP - 1];
    bool better = is_better(article, &last);
    if (better) {
        top->count--;
        insert(top, article);
    }
    leave_out(top, better ? &last : article, better);
}

/* --- Bytes -------------------------------------------------------------------------------------*/

enum { TF_MOST = (1 << LIST_TOP_TF_BITS) - 1, TITLE_MOST = (1 << LIST_TOP_TITLE_BITS) - 1 };

struct bits { /* the lowest of the first byte first */
    uint8_t bytes[LIST_TOP_MOST_BYTES + sizeof(uint64_t)];
    uint32_t at;
};

static void put(struct bits *bits, uint32_t value, unsigned width)
{
    uint8_t *in = bits->bytes + bits->at / 8;
    store_le64(in, load_le64(in) | (uint64_t)value << bits->at % 8);
    bits->at += width;
}

static uint32_t take(struct bits *bits, unsigned width)
{
    uint64_t value = load_le64(bits->bytes + bits->at / 8) >> bits->at % 8;
    bits->at += width;
    return (uint32_t)(value & (((uint64_t)1 << width) - 1));
}

static bool fits(const struct list_top_article *article)
{
    return article->tf <= TF_MOST && article->title_tf <= TITLE_MOST;
}

static void put_counts(struct bits *bits, const struct list_top_article *article)
{
    put(bits, article->tf, LIST_TOP_TF_BITS);
    put(bits, article->title_tf, LIST_TOP_TITLE_BITS);
}

static void take_counts(struct bits *bits, struct list_top_article *article)
{
    article->tf = take(bits, LIST_TOP_TF_BITS);
    article->title_tf = take(bits, LIST_TOP_TITLE_BITS);
}

void list_top_encode(const struct list_top *top, uint32_t articles, uint8_t *out)
{
    struct bits bits = {0};
    unsigned width = list_top_doc_bits(articles);
    bool good = fits(&top->next);
    memset(out, 0, list_top_bytes(articles));
    for (uint32_t i = 0; i < LIST_TOP; i++) {
        good = good && fits(&top->articles[i]);
        put(&bits, top->articles[i].doc, width);
        put_counts(&bits, &top->articles[i]);
    }
    put_counts(&bits, &top->next);
    put(&bits, top->next.norm, 8);
    put(&bits, top->ties, 1);
    if (good)
        memcpy(out, bits.bytes, list_top_bytes(articles));
}

bool list_top_decode(const uint8_t *in, uint32_t articles, struct list_top *top)
{
    struct bits bits = {0};
    unsigned width = list_top_doc_bits(articles);
    memcpy(bits.bytes, in, list_top_bytes(articles));
    for (uint32_t i = 0; i < LIST_TOP; i++) {
        top->articles[i].doc = take(&bits, width);
        take_counts(&bits, &top->articles[i]);
    }
    take_counts(&bits, &top->next);
    top->next.norm = (uint8_t)take(&bits, 8);
    top->ties = take(&bits, 1);
    top->count = LIST_TOP;
    return top->articles[0].tf > 0;
}
