#include "text/analyzer.h"

#include "base/bytes.h"
#include "base/memory.h"
#include "text/ascii.h"
#include "text/folder.h"
#include "text/segmenter.h"
#include "text/sink.h"
#include "text/utf8.h"

struct analyzer {
    struct slice text;
    bool general; /* the general path is under way, in folder */
    bool ended;
    bool always_general;
    struct ascii ascii;
    struct folder folder;
    struct segmenter segmenter;
    struct sink sink;
};

struct analyzer *analyzer_open(void)
{
    struct analyzer *a = memory_allocate(sizeof *a);
    if (!a)
        return NULL;
    a->always_general = false;
    analyzer_watch(a, NULL, NULL);
    a->segmenter.spellings[0].stream = a->segmenter.spellings[1].stream = NULL;
    if (!segmenter_open(&a->segmenter, &a->sink)) {
        analyzer_close(a);
        return NULL;
    }
    analyzer_begin(a, (struct slice){0});
    return a;
}

void analyzer_close(struct analyzer *analyzer)
{
    if (!analyzer)
        return;
    segmenter_release(&analyzer->segmenter);
    memory_free(analyzer);
}

void analyzer_use_general_path(struct analyzer *analyzer, bool on)
{
    analyzer->always_general = on;
}

void analyzer_watch(struct analyzer *analyzer, bool (*goes_on)(void *context), void *context)
{
    analyzer->folder.goes_on = goes_on;
    analyzer->folder.context = context;
}

enum status analyzer_status(const struct analyzer *analyzer)
{
    (void)analyzer; /* all memory is had when it is opened */
    return STATUS_OK;
}

void analyzer_begin(struct analyzer *analyzer, struct slice text)
{
    analyzer->text = text;
    analyzer->general = analyzer->ended = false;
    analyzer->sink.over_count = 0;
    ascii_begin(&analyzer->ascii, text);
    segmenter_begin(&analyzer->segmenter);
}

static void end_text(struct analyzer *a)
{
    struct folded space = {' ', false, a->text.size, a->text.size};
    segmenter_push(&a->segmenter, &space, CLASS_SPACE);
    a->ended = true;
}

/* Whether the fast path can go on behind the character c that came last. */
static bool leaves_general_path(const struct analyzer *a, const struct folded *c,
                                enum char_class class)
{
    size_t place = folder_place(&a->folder);
    return class == CLASS_SPACE && !a->always_general && folder_idle(&a->folder) &&
           ascii_is_space(a->text.data[c->start]) &&
           (place == a->text.size || (unsigned char)a->text.data[place] < 0x80);
}

/* The general path, up to an ASCII space, the end or a full sink. */
static void read_generally(struct analyzer *a)
{
    struct folded c;
    enum char_class class;
    while (sink_has_room(&a->sink)) {
        segmenter_run(&a->segmenter, &a->folder);
        if (!sink_has_room(&a->sink))
            return;
        if (!folder_next(&a->folder, &c, &class)) {
            end_text(a);
            return;
        }
        segmenter_push(&a->segmenter, &c, class);
        if (leaves_general_path(a, &c, class)) {
            a->general = false;
            a->ascii.at = folder_place(&a->folder);
            return;
        }
    }
}

/* The fast path; returns whether it cannot go on in this call. */
static bool read_fast(struct analyzer *a)
{
    bool pause = false;
    a->general = a->always_general || ascii_read(&a->ascii, &a->segmenter.gap, &a->sink, &pause);
    if (a->general)
        folder_begin(&a->folder, a->text, a->ascii.at);
    else
        a->ended = a->ascii.at == a->text.size;
    return pause;
}

size_t analyzer_read(struct analyzer *analyzer, struct word *words, size_t most)
{
    bool pause = false;
    sink_begin(&analyzer->sink, words, most);
    ascii_forget(&analyzer->ascii);
    while (!analyzer->ended && !pause && sink_has_room(&analyzer->sink)) {
        if (analyzer->general)
            read_generally(analyzer);
        else
            pause = read_fast(analyzer);
    }
    return analyzer->sink.count;
}

size_t analyzer_skip(struct analyzer *analyzer, size_t most)
{
    return analyzer_read(analyzer, NULL, most);
}

void analyzer_fold_value(struct analyzer *analyzer, struct slice value, struct bytes *out)
{
    struct folder *f = &analyzer->folder;
    size_t before = out->size;
    bool space = false;
    struct folded c;
    enum char_class class;
    analyzer->ended = true;
    analyzer->sink.over_count = 0;
    folder_begin(f, value, 0);
    while (folder_next(f, &c, &class)) {
        if (class == CLASS_SPACE)
            space = true;
        if (class == CLASS_SPACE || class == CLASS_DROPPED)
            continue;
        if (space && out->size > before)
            bytes_put_u8(out, ' ');
        space = false;
        char encoded[4];
        bytes_append(out, encoded, utf8_encode(c.code, encoded));
    }
}
