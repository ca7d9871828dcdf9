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
    size_t at;      /* where the fast path goes on */
    bool general;   /* the general path is under way, in folder */
    bool ended;
    bool always_general;
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

enum status analyzer_status(const struct analyzer *analyzer)
{
    (void)analyzer; /* all memory is had when it is opened */
    return STATUS_OK;
}

void analyzer_begin(struct analyzer *analyzer, struct slice text)
{
    analyzer->text = text;
    analyzer->at = 0;
    analyzer->general = analyzer->ended = false;
    analyzer->sink.over_count = 0;
    segmenter_begin(&analyzer->segmenter);
}

/* The general path, up to an ASCII space, the end or a full sink. */
static void read_generally(struct analyzer *a)
{
    struct folded c;
    enum char_class class;
    while (sink_has_room(&a->sink)) {
        if (!folder_next(&a->folder, &c, &class)) {
            c = (struct folded){' ', false, a->text.size, a->text.size};
            segmenter_push(&a->segmenter, &c, CLASS_SPACE);
            a->ended = true;
            return;
        }
        segmenter_push(&a->segmenter, &c, class);
        if (class == CLASS_SPACE && !a->always_general && folder_idle(&a->folder) &&
            ascii_is_space(a->text.data[c.start])) {
            a->general = false;
            a->at = folder_place(&a->folder);
            return;
        }
    }
}

static void read_fast(struct analyzer *a)
{
    uint8_t *gap = &a->segmenter.gap;
    if (a->always_general)
        a->general = true;
    else
        a->at = ascii_read(a->text, a->at, gap, &a->sink, &a->general);
    if (a->general)
        folder_begin(&a->folder, a->text, a->at);
    else
        a->ended = a->at == a->text.size;
}

size_t analyzer_read(struct analyzer *analyzer, struct word *words, size_t most)
{
    sink_begin(&analyzer->sink, words, most);
    while (!analyzer->ended && sink_has_room(&analyzer->sink)) {
        if (analyzer->general)
            read_generally(analyzer);
        else
            read_fast(analyzer);
    }
    return analyzer->sink.count;
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
