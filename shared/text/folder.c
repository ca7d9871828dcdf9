#include "text/folder.h"

enum { ASK_EVERY_BYTES = 1 << 16 };

static void set_stop(struct folder *f)
{
    f->stop = f->text.size;
    if (f->goes_on && f->text.size - f->at > ASK_EVERY_BYTES)
        f->stop = f->at + ASK_EVERY_BYTES;
}

bool folder_ends(struct folder *f)
{
    if (f->at < f->text.size && !f->goes_on(f->context))
        f->text.size = f->at;
    set_stop(f);
    return f->at == f->text.size;
}

void folder_begin(struct folder *f, struct slice text, size_t at)
{
    f->text = text;
    f->at = at;
    f->turn = 0;
    set_stop(f);
    normalizer_begin(&f->normal);
    folder_read(f, true);
}

static bool take_ready(struct folder *f, struct folded *out, enum char_class *class)
{
    if (!normalizer_take(&f->normal, out))
        return false;
    *class = out->dropped ? CLASS_DROPPED : class_of(out->code);
    return true;
}

/* `first`, which may be none, and the knitting characters behind it, until something is ready. */
static bool knit(struct folder *f, const struct source_char *first, struct folded *out,
                 enum char_class *class)
{
    if (first)
        normalizer_push(&f->normal, first->code, first->start, first->end);
    for (struct source_char *ahead = folder_ahead(f); trait_kind(ahead->trait) == KIND_KNIT;) {
        if (take_ready(f, out, class))
            return true;
        normalizer_push(&f->normal, ahead->code, ahead->start, ahead->end);
        folder_read(f, false);
    }
    if (take_ready(f, out, class))
        return true;
    normalizer_finish(&f->normal);
    return take_ready(f, out, class);
}

static void give_plain(struct folder *f, const struct source_char *c, struct folded *out,
                       enum char_class *class)
{
    *out = (struct folded){trait_fold(c->trait), false, c->start, c->end};
    *class = trait_class(c->trait);
    if (*class != CLASS_MARK)
        f->normal.loses_marks = trait_loses_marks(c->trait);
    else if (f->normal.loses_marks)
        *class = CLASS_DROPPED;
}

bool folder_next(struct folder *f, struct folded *out, enum char_class *class)
{
    if (!folder_idle(f) && knit(f, NULL, out, class))
        return true;
    for (;;) {
        const struct source_char *ahead = folder_ahead(f), *taken = NULL;
        if (ahead->start == ahead->end)
            return false;
        if (trait_kind(ahead->trait) == KIND_PLAIN) {
            taken = folder_take(f);
            if (trait_kind(folder_ahead(f)->trait) == KIND_PLAIN) {
                give_plain(f, taken, out, class);
                return true;
            }
        }
        if (knit(f, taken, out, class))
            return true;
    }
}
