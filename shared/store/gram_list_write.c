#include "store/gram_list_write.h"

#include <assert.h>

#include "store/list_block.h"
#include "store/list_layout.h"
#include "store/list_sides.h"

struct gram_list {
    const struct impact_model *model;
    const uint8_t *norms;
    struct bytes *lists;
    struct list_sides *sides; /* NULL where there is one block */
    bool titles;
    uint64_t begins; /* in lists */
    uint32_t base;   /* behind the last number of the block before */
    uint64_t cf;
    uint32_t count; /* of the block at hand */
    uint32_t places[LIST_BLOCK], tfs[LIST_BLOCK];
    uint32_t docs[LIST_BLOCK], title_tfs[LIST_BLOCK];
};

static void add_sides(struct gram_list *list)
{
    uint32_t last = list->docs[list->count - 1];
    const struct list_sides_block block = {list->docs, list->tfs, list->title_tfs, list->count};
    list_sides_articles(list->sides, list->model, list->norms, &block);
    list_sides_block(list->sides, last, list->lists->size - list->begins, list->base);
}

static void flush_block(struct gram_list *list)
{
    uint8_t block[LIST_BLOCK_MOST_BYTES];
    if (list->sides)
        add_sides(list);
    for (uint32_t i = 0; i < list->count; i++)
        list->cf += list->tfs[i];
    uint8_t *end = list_block_encode(list->places, list->tfs, list->count, list->base, block);
    bytes_append(list->lists, block, (size_t)(end - block));
    list->base = list->places[list->count - 1] + 1;
    list->count = 0;
}

static void put_articles(struct gram_list *list, const struct gram_article *articles,
                         uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t tf = list->titles ? articles[i].title_tf : articles[i].tf;
        if (tf == 0)
            continue;
        if (list->count == LIST_BLOCK)
            flush_block(list);
        list->places[list->count] = articles[i].place;
        list->tfs[list->count] = tf;
        list->docs[list->count] = articles[i].doc;
        list->title_tfs[list->count++] = articles[i].title_tf;
    }
    flush_block(list);
}

static enum status put_sides(struct gram_list *list, uint32_t df)
{
    struct list_sides *sides = list->sides;
    enum status status = list_sides_end(sides, df, list->model->articles);
    bytes_append_slice(list->lists, bytes_slice(&sides->last));
    bytes_append_slice(list->lists, bytes_slice(&sides->offsets));
    bytes_append_slice(list->lists, bytes_slice(&sides->starts));
    bytes_append_slice(list->lists, bytes_slice(&sides->bounds));
    return status;
}

/* Those of the articles that hold the gram in their title where list->titles, else all; df of them.
 */
static enum status put_list(struct gram_list *list, const struct gram_article *articles,
                            uint32_t count, uint32_t df, struct term_list *out)
{
    struct list_sides sides;
    enum status status = STATUS_OK;
    list->base = list->count = 0;
    list->cf = 0;
    list->begins = list->lists->size;
    list->sides = NULL;
    if (df > LIST_BLOCK) {
        sides = (struct list_sides){0};
        list->sides = &sides;
    }
    put_articles(list, articles, count);
    if (list->sides) {
        status = put_sides(list, df);
        list_sides_release(&sides);
    }
    *out = (struct term_list){
        .df = df, .cf = list->cf, .postings_bytes = list->lists->size - list->begins};
    if (list->cf > UINT32_MAX || out->postings_bytes > UINT32_MAX)
        status = STATUS_LIMIT;
    return list->lists->status != STATUS_OK ? list->lists->status : status;
}

enum status gram_list_write(const struct gram_article *articles, uint32_t count,
                            const struct impact_model *model, const uint8_t *norms,
                            struct bytes *lists, struct gram *gram)
{
    struct gram_list list; /* its arrays are large, and filled where they are looked at */
    uint32_t titles = 0;
    assert(count >= 1);
    list.model = model;
    list.norms = norms;
    list.lists = lists;
    list.titles = false;
    *gram = (struct gram){.one_article = count == 1};
    if (count == 1) {
        gram->all = (struct term_list){.df = 1, .cf = articles->tf};
        gram->place = articles->place;
        gram->tf = articles->tf;
        gram->title_tf = articles->title_tf;
        return STATUS_OK;
    }
    for (uint32_t i = 0; i < count; i++)
        titles += articles[i].title_tf > 0;
    enum status status = put_list(&list, articles, count, count, &gram->all);
    list.titles = true;
    if (status == STATUS_OK && titles)
        status = put_list(&list, articles, count, titles, &gram->titles);
    return status;
}
