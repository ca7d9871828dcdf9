#include "text/folder.h"

void folder_begin(struct folder *f, struct slice text, size_t at)
{
    f->text = text;
    f->at = at;
    normalizer_begin(&f->normal);
    folder_read(f);
}

static bool take_ready(struct folder *f, struct folded *out, enum char_class *class)
{
    if (!normalizer_take(&f->normal, out))
        return false;
    *class = out->dropped ? CLASS_DROPPED : class_of(out->code);
    return true;
}

/* `first`, which may be none, and the knitting characters behind it, until something is ready. */
static bool knit(struct folder *f, const struct source_char *first, struct folded *out, enum char_class *class)
{
    if (first)
        normalizer_push(&f->normal, first->code, first->start, first->end);
    while (f->next.trait.kind == KIND_KNIT) {
        if (take_ready(f, out, class))
            return true;
        normalizer_push(&f->normal, f->next.code, f->next.start, f->next.end);
        folder_read(f);
    }
    if (take_ready(f, out, class))
        return true;
    normalizer_finish(&f->normal);
    return take_ready(f, out, class);
}

static void take_plain(struct folder *f, const struct source_char *c, struct folded *out, enum char_class *class)
{
    *out = (struct folded){c->trait.fold, false, c->start, c->end};
    *class = (enum char_class)c->trait.class;
    if (*class != CLASS_MARK)
        f->normal.loses_marks = c->trait.loses_marks;
    else if (f->normal.loses_marks)
        *class = CLASS_DROPPED;
}

bool folder_next(struct folder *f, struct folded *out, enum char_class *class)
{
    if (!folder_idle(f) && knit(f, NULL, out, class))
        return true;
    for (;;) {
        struct source_char now = f->next;
        if (now.start == now.end)
            return false;
        if (now.trait.kind == KIND_PLAIN) {
            folder_read(f);
            if (f->next.trait.kind == KIND_PLAIN) {
                take_plain(f, &now, out, class);
                return true;
            }
            if (knit(f, &now, out, class))
                return true;
        } else if (knit(f, NULL, out, class)) {
            return true;
        }
    }
}
