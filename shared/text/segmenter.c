#include "text/segmenter.h"

bool segmenter_open(struct segmenter *s, struct sink *sink)
{
    s->sink = sink;
    s->now.spelling = &s->spellings[0];
    s->next.spelling = &s->spellings[1];
    s->spellings[0].stream = hash_stream_open();
    s->spellings[1].stream = hash_stream_open();
    return s->spellings[0].stream && s->spellings[1].stream;
}

void segmenter_release(struct segmenter *s)
{
    for (int i = 0; i < 2; i++) {
        hash_stream_close(s->spellings[i].stream);
        s->spellings[i].stream = NULL;
    }
}

void segmenter_begin(struct segmenter *s)
{
    s->now.shape = SHAPE_NONE;
    s->tie = TIE_NONE;
    s->separator = 0;
    s->gap = JOINT_NONE;
    s->after_cluster = s->after_digit_dot = false;
}

static void put_word(struct segmenter *s, const struct draft *d, const char *text, size_t size)
{
    struct word word = {{text, size}, d->start, d->end, d->joint};
    s->after_cluster = d->shape == SHAPE_CLUSTER;
    s->sink->used += size;
    sink_put(s->sink, &word);
}

static void end_word(struct segmenter *s, uint8_t gap)
{
    char *text = s->sink->bytes + s->sink->used;
    put_word(s, &s->now, text, spelling_write(s->now.spelling, text));
    s->now.shape = SHAPE_NONE;
    s->gap = gap;
}

static void draft_begin(struct draft *d, const struct folded *c, uint8_t joint)
{
    spelling_begin(d->spelling);
    d->start = c->start;
    d->end = c->end;
    d->joint = joint;
    d->run = 0;
    d->dotted = d->grouped = d->ends_in_digit = false;
}

static void draft_add(struct draft *d, const struct folded *c, enum char_class class)
{
    spelling_add(d->spelling, c->code);
    d->ends_in_digit = class == CLASS_DIGIT;
    if (d->run < 4)
        d->run++;
    /* Marks may have changed their order, so neither is sure to grow. */
    if (c->start < d->start)
        d->start = c->start;
    if (c->end > d->end)
        d->end = c->end;
}

static uint8_t first_shape(enum char_class class)
{
    return class == CLASS_LETTER    ? SHAPE_LETTER
           : class == CLASS_DIGIT   ? SHAPE_DIGITS
           : class == CLASS_CLUSTER ? SHAPE_CLUSTER
                                    : SHAPE_WORD;
}

static uint8_t grown_shape(uint8_t shape, enum char_class class)
{
    if (class == CLASS_MARK &&
        (shape == SHAPE_LETTER || shape == SHAPE_INITIALS || shape == SHAPE_CLUSTER))
        return shape;
    return class == CLASS_DIGIT && shape == SHAPE_DIGITS ? SHAPE_DIGITS : SHAPE_WORD;
}

/* The joint of a word that begins here. */
static uint8_t joint_before(const struct segmenter *s, enum char_class class)
{
    if (s->gap == GAP_NOTHING)
        return class == CLASS_CLUSTER || s->after_cluster ? JOINT_SCRIPT : JOINT_OTHER;
    return s->gap == GAP_LAST_DOT ? JOINT_OTHER : s->gap;
}

static void begin_word(struct segmenter *s, const struct folded *c, enum char_class class)
{
    draft_begin(&s->now, c, joint_before(s, class));
    s->now.dotted = s->after_digit_dot;
    s->now.shape = first_shape(class);
    draft_add(&s->now, c, class);
}

/* c stands behind a separator that may join it to the word before: both ways are kept until it is
 * known. */
static void open_tie(struct segmenter *s, enum tie tie, const struct folded *c,
                     enum char_class class)
{
    s->held = s->now;
    s->held_size = spelling_write(s->now.spelling, s->held_text);
    s->tie = tie;
    draft_begin(&s->next, c, JOINT_OTHER);
    s->next.dotted = tie == TIE_POINT;
    s->next.shape = first_shape(class);
    if (tie == TIE_POINT)
        spelling_add(s->now.spelling, '.');
    draft_add(&s->now, c, class);
    draft_add(&s->next, c, class);
}

static void keep_tie(struct segmenter *s)
{
    static const uint8_t shapes[] = {0, SHAPE_DIGITS, SHAPE_FRACTION, SHAPE_INITIALS};
    s->now.shape = shapes[s->tie];
    s->now.grouped = s->tie == TIE_COMMA;
    s->tie = TIE_NONE;
}

/* They are two words: the first ends, the second is the open one. */
static void break_tie(struct segmenter *s)
{
    char *text = s->sink->bytes + s->sink->used;
    struct draft joined = s->now;
    if (s->held.shape == SHAPE_INITIALS)
        s->held.end = s->separator_end;
    memcpy(text, s->held_text, s->held_size);
    put_word(s, &s->held, text, s->held_size);
    s->now = s->next;
    s->next = joined;
    s->tie = TIE_NONE;
}

static bool in_words(enum char_class class)
{
    return class >= CLASS_MARK && class < CLASS_CLUSTER;
}

/* Whether c was taken as one more of the part behind the separator. */
static bool grow_tie(struct segmenter *s, const struct folded *c, enum char_class class)
{
    bool grows = s->tie == TIE_COMMA   ? class == CLASS_DIGIT && s->next.run < 3
                 : s->tie == TIE_POINT ? class == CLASS_DIGIT && !s->separator
                                       : class == CLASS_MARK;
    if (grows) {
        draft_add(&s->now, c, class);
        draft_add(&s->next, c, class);
    }
    return grows;
}

/* c follows the part behind a separator. Returns whether that is all there is to do with it. */
static bool push_tied(struct segmenter *s, const struct folded *c, enum char_class class)
{
    if (grow_tie(s, c, class))
        return true;
    if (s->tie == TIE_POINT && class == CLASS_DOT && !s->separator) {
        s->separator = CLASS_DOT; /* a digit behind it would make it a dotted sequence */
        return true;
    }
    bool glued = in_words(class) && !(s->separator && class != CLASS_DIGIT);
    if (glued || (s->tie == TIE_COMMA && s->next.run != 3))
        break_tie(s);
    else
        keep_tie(s);
    return false;
}

/* c stands behind a word and a dot or comma. Returns whether that is all there is to do with it. */
static bool push_separated(struct segmenter *s, const struct folded *c, enum char_class class)
{
    const struct draft *now = &s->now;
    bool dot = s->separator == CLASS_DOT;
    enum tie tie = TIE_NONE;
    s->separator = 0;
    if (dot && class == CLASS_LETTER &&
        (now->shape == SHAPE_LETTER || now->shape == SHAPE_INITIALS))
        tie = TIE_INITIAL;
    else if (dot && class == CLASS_DIGIT && now->shape == SHAPE_DIGITS && !now->dotted)
        tie = TIE_POINT;
    else if (!dot && class == CLASS_DIGIT && now->shape == SHAPE_DIGITS &&
             (now->grouped || now->run <= 3))
        tie = TIE_COMMA;
    if (tie != TIE_NONE) {
        open_tie(s, tie, c, class);
        return true;
    }
    s->after_digit_dot = dot && now->ends_in_digit;
    bool last_dot = dot && class != CLASS_DOT && now->shape == SHAPE_INITIALS;
    if (last_dot)
        s->now.end = s->separator_end;
    end_word(s, last_dot ? GAP_LAST_DOT : gap_after(GAP_NOTHING, CLASS_DOT));
    return false;
}

/* c follows a word's character. Returns whether that is all there is to do with it. */
static bool push_inside(struct segmenter *s, const struct folded *c, enum char_class class)
{
    bool cluster = s->now.shape == SHAPE_CLUSTER;
    if (class == CLASS_DOT || class == CLASS_COMMA) {
        s->separator = (uint8_t) class;
        s->separator_end = c->end;
        return true;
    }
    if (in_words(class) && !(cluster && class != CLASS_MARK)) {
        s->now.shape = grown_shape(s->now.shape, class);
        draft_add(&s->now, c, class);
        return true;
    }
    end_word(s, GAP_NOTHING);
    return false;
}

static void stretch(struct segmenter *s, const struct folded *c)
{
    if (s->now.shape != SHAPE_NONE && !s->separator)
        s->now.end = s->next.end = c->end > s->now.end ? c->end : s->now.end;
}

void segmenter_push(struct segmenter *s, const struct folded *c, enum char_class class)
{
    if (class == CLASS_DROPPED) {
        stretch(s, c);
        return;
    }
    if (s->tie != TIE_NONE && push_tied(s, c, class))
        return;
    if (s->separator && push_separated(s, c, class))
        return;
    if (s->now.shape != SHAPE_NONE && push_inside(s, c, class))
        return;
    if (class >= CLASS_MARK)
        begin_word(s, c, class);
    else
        s->gap = gap_after(s->gap, class);
    s->after_digit_dot = false;
}

/* Letters behind a letter. All that changes is held in registers. */
static void run_letters(struct segmenter *s, struct folder *f)
{
    struct source_char *ahead = folder_ahead(f);
    size_t start = ahead->start, end = ahead->end, took = 0;
    struct trait trait = ahead->trait;
    uint32_t code = ahead->code, next_code;
    bool loses_marks = false;
    while (trait_class(trait) == CLASS_LETTER && trait_kind(trait) == KIND_PLAIN && end < f->stop) {
        size_t n = utf8_decode_inline(f->text.data + end, f->text.size - end, &next_code);
        struct trait next = trait_of(next_code);
        if (trait_drops(next) && folder_loses_marks(trait)) {
            end += n;
            continue;
        }
        if (trait_kind(next) != KIND_PLAIN)
            break;
        spelling_add(s->now.spelling, trait_fold(trait));
        loses_marks = trait_loses_marks(trait);
        took = start = end;
        end += n;
        trait = next;
        code = next_code;
    }
    *ahead = (struct source_char){start, end, trait, code};
    f->at = end;
    if (took) {
        f->normal.loses_marks = loses_marks;
        s->now.end = took;
        s->now.shape = SHAPE_WORD;
        s->now.ends_in_digit = false;
    }
}

static bool cluster_ahead(struct folder *f)
{
    struct trait trait = folder_ahead(f)->trait;
    return trait_kind(trait) == KIND_PLAIN && trait_class(trait) == CLASS_CLUSTER;
}

/* A character whose fold is itself is borrowed from the text, but for its last few. */
static struct slice cluster_text(struct segmenter *s, const struct folder *f,
                                 const struct source_char *c)
{
    if (trait_fold(c->trait) == c->code && f->text.size - c->start >= WORD_READABLE)
        return slice_of(f->text.data + c->start, c->end - c->start);
    char *text = s->sink->bytes + s->sink->used;
    size_t size = utf8_encode_inline(trait_fold(c->trait), text);
    s->sink->used += size;
    return slice_of(text, size);
}

/* Clusters of one character each. No word is open. */
static void run_clusters(struct segmenter *s, struct folder *f)
{
    while (sink_has_room(s->sink) && cluster_ahead(f)) {
        const struct source_char *c = folder_take(f);
        struct trait behind = folder_ahead(f)->trait;
        if (trait_kind(behind) != KIND_PLAIN || trait_class(behind) == CLASS_MARK) {
            folder_untake(f);
            return;
        }
        struct word word = {cluster_text(s, f, c), c->start, c->end,
                            joint_before(s, CLASS_CLUSTER)};
        sink_put(s->sink, &word);
        s->gap = GAP_NOTHING;
        s->after_cluster = true;
        s->after_digit_dot = false;
        f->normal.loses_marks = false;
    }
}

void segmenter_run(struct segmenter *s, struct folder *f)
{
    if (!folder_idle(f) || s->tie != TIE_NONE || s->separator)
        return;
    if (s->now.shape == SHAPE_WORD || s->now.shape == SHAPE_LETTER)
        run_letters(s, f);
    if (!cluster_ahead(f))
        return;
    if (s->now.shape != SHAPE_NONE)
        end_word(s, GAP_NOTHING);
    run_clusters(s, f);
}
