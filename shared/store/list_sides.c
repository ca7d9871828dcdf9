#include "store/list_sides.h"

#include "store/list_layout.h"

void list_sides_begin(struct list_sides *sides)
{
    bytes_clear(&sides->last);
    bytes_clear(&sides->offsets);
    bytes_clear(&sides->starts);
    bytes_clear(&sides->bounds);
    sides->best.count = 0;
    sides->best.least = 0;
    list_top_begin(&sides->top);
    sides->top_least = sides->most = 0;
    sides->status = STATUS_OK;
}

/* --- Articles ----------------------------------------------------------------------------------*/

/* Returns the greatest. */
static uint32_t find_codes(const struct impact_model *model, const uint8_t *norms,
                           const struct list_sides_block *block, uint32_t codes[LIST_BLOCK])
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        uint8_t norm = norms[block->docs[i]];
        codes[i] = impact_code_by_table(model, block->tfs[i], block->title_tfs[i], norm);
        most = codes[i] > most ? codes[i] : most;
    }
    return most;
}

static void add_top(struct list_sides *sides, const struct impact_model *model, uint8_t norm,
                    const struct list_sides_block *block, uint32_t i)
{
    uint32_t doc = block->docs[i], tf = block->tfs[i], title_tf = block->title_tfs[i];
    double impact = impact_by_table(model, tf, title_tf, norm);
    if (list_top_wants(&sides->top, impact))
        list_top_add(&sides->top, &(struct list_top_article){impact, doc, tf, title_tf, norm,
                                                             impact_place(model, doc)});
}

void list_sides_articles(struct list_sides *sides, const struct impact_model *model,
                         const uint8_t *norms, const struct list_sides_block *block)
{
    uint32_t codes[LIST_BLOCK];
    sides->most = find_codes(model, norms, block, codes);
    if ((uint16_t)sides->most >= sides->best.least)
        for (uint32_t i = 0; i < block->count; i++)
            best_impacts_add(&sides->best, (uint16_t)codes[i]);
    if (sides->most < sides->top_least)
        return;
    for (uint32_t i = 0; i < block->count; i++)
        if (codes[i] >= sides->top_least)
            add_top(sides, model, norms[block->docs[i]], block, i);
    if (sides->top.count == LIST_TOP)
        sides->top_least = impact_code(sides->top.next.impact);
}

/* --- Blocks ------------------------------------------------------------------------------------*/

static void put(struct list_sides *sides, struct bytes *side, uint64_t value)
{
    if (value > UINT32_MAX)
        sides->status = STATUS_LIMIT;
    bytes_put_le32(side, (uint32_t)value);
}

void list_sides_block(struct list_sides *sides, uint32_t last, uint64_t offset, uint64_t start)
{
    put(sides, &sides->last, last);
    put(sides, &sides->offsets, offset);
    put(sides, &sides->starts, start);
    bytes_put_le16(&sides->bounds, (uint16_t)(sides->most >> 16));
    sides->most = 0;
}

static void put_top(struct list_sides *sides, uint32_t articles)
{
    uint8_t top[LIST_TOP_MOST_BYTES];
    list_top_encode(&sides->top, articles, top);
    bytes_append(&sides->bounds, top, list_top_bytes(articles));
}

enum status list_sides_end(struct list_sides *sides, uint32_t df, uint32_t articles)
{
    static const uint16_t ks[] = {10, 100, LIST_BEST_MOST};
    const struct bytes *all[] = {&sides->last, &sides->offsets, &sides->starts, &sides->bounds};
    best_impacts_sort(&sides->best);
    for (uint32_t i = 0; i < list_best_count(df); i++)
        bytes_put_le16(&sides->bounds, sides->best.best[ks[i] - 1]);
    if (list_has_top(df))
        put_top(sides, articles);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i]->status != STATUS_OK)
            sides->status = all[i]->status;
    return sides->status;
}

void list_sides_release(struct list_sides *sides)
{
    bytes_release(&sides->last);
    bytes_release(&sides->offsets);
    bytes_release(&sides->starts);
    bytes_release(&sides->bounds);
}
