#include "text/normalizer.h"

#include <assert.h>
#include <string.h>

#include "text/charfold.h"

enum { CYRILLIC_I = 0x0438, CYRILLIC_SHORT_I = 0x0439, BREVE = 0x0306, CLASS_ABOVE = 230 };

void normalizer_begin(struct normalizer *n)
{
    n->loses_marks = n->has_base = n->breve_composes = false;
    n->part_count = n->mark_count = n->ready_count = n->ready_at = 0;
    n->last_class = 0;
}

static void put_ready(struct normalizer *n, struct folded c)
{
    assert(n->ready_count < NORMALIZER_READY);
    n->ready[n->ready_count++] = c;
}

/* What was open for composition is done. */
static void close_base(struct normalizer *n)
{
    if (n->has_base)
        put_ready(n, n->base);
    for (size_t i = 0; i < n->mark_count; i++)
        put_ready(n, n->marks[i]);
    n->has_base = false;
    n->mark_count = 0;
}

static void open_base(struct normalizer *n, struct folded c)
{
    close_base(n);
    n->base = c;
    n->has_base = true;
    if (!char_is_mark(c.code)) {
        n->loses_marks = char_loses_marks(c.code);
        n->breve_composes = c.code == CYRILLIC_I;
    }
}

/* The mark goes, but its base reaches as far in the text. й alone keeps its breve. */
static void drop_mark(struct normalizer *n, struct folded c, uint8_t class)
{
    if (!n->has_base) {
        c.dropped = true;
        c.code = 0;
        put_ready(n, c);
        return;
    }
    if (c.code == BREVE && n->breve_composes)
        n->base.code = CYRILLIC_SHORT_I;
    if (class == 0 || class >= CLASS_ABOVE)
        n->breve_composes = false;
    if (c.end > n->base.end)
        n->base.end = c.end;
}

static bool compose_with_base(struct normalizer *n, const struct folded *c, uint8_t class)
{
    bool blocked = n->mark_count && (class == 0 || n->last_class >= class);
    uint32_t composite = n->has_base && !blocked ? char_compose(n->base.code, c->code) : 0;
    if (!composite)
        return false;
    n->base.code = composite;
    if (c->end > n->base.end)
        n->base.end = c->end;
    return true;
}

/* The next character of canonical order, case-folded. */
static void compose(struct normalizer *n, struct folded c)
{
    uint8_t class = (uint8_t)char_combining_class(c.code);
    if (n->loses_marks && char_is_mark(c.code)) {
        drop_mark(n, c, class);
        return;
    }
    if (compose_with_base(n, &c, class))
        return;
    if (class == 0) {
        open_base(n, c);
        return;
    }
    if (n->mark_count == NORMALIZER_MARKS)
        close_base(n);
    n->marks[n->mark_count++] = c;
    n->last_class = class;
}

/* Stable, for the few marks that text has. */
static void order_few(struct normalizer *n)
{
    for (size_t i = 1; i < n->part_count; i++) {
        struct folded part = n->parts[i];
        uint8_t class = n->classes[i];
        size_t at = i;
        for (; at > 0 && n->classes[at - 1] > class; at--) {
            n->parts[at] = n->parts[at - 1];
            n->classes[at] = n->classes[at - 1];
        }
        n->parts[at] = part;
        n->classes[at] = class;
    }
}

/* By counting, so that no text makes it slow. */
static void order_many(struct normalizer *n)
{
    size_t places[257] = {0};
    struct folded sorted[NORMALIZER_MARKS + 1];
    for (size_t i = 0; i < n->part_count; i++)
        places[n->classes[i] + 1]++;
    for (size_t i = 1; i < 257; i++)
        places[i] += places[i - 1];
    for (size_t i = 0; i < n->part_count; i++)
        sorted[places[n->classes[i]]++] = n->parts[i];
    memcpy(n->parts, sorted, n->part_count * sizeof *sorted);
}

static void settle(struct normalizer *n)
{
    enum { FEW = 24 };
    if (n->part_count > FEW)
        order_many(n);
    else
        order_few(n);
    for (size_t i = 0; i < n->part_count; i++) {
        uint32_t codes[CHAR_DECOMPOSED_MAX];
        size_t count = char_fold_case(n->parts[i].code, codes);
        for (size_t j = 0; j < count; j++)
            compose(n, (struct folded){codes[j], false, n->parts[i].start, n->parts[i].end});
    }
    n->part_count = 0;
}

void normalizer_push(struct normalizer *n, uint32_t code_point, size_t start, size_t end)
{
    uint32_t codes[CHAR_DECOMPOSED_MAX];
    size_t count = char_decompose(code_point, codes);
    for (size_t i = 0; i < count; i++) {
        uint8_t class = (uint8_t)char_combining_class(codes[i]);
        if (class == 0 || n->part_count > NORMALIZER_MARKS)
            settle(n);
        n->classes[n->part_count] = class;
        n->parts[n->part_count++] = (struct folded){codes[i], false, start, end};
    }
}

void normalizer_finish(struct normalizer *n)
{
    settle(n);
    close_base(n);
}
