/* Where analyzer_read puts its words: the caller's array, and the bytes of those words that do not
 * stand in the text as they are. Inward.
 *
 * One step of the analyzer may end up to SINK_OVER words at once; those for which the caller's
 * array has no more room come first the next time. */
#ifndef VERBATIM_TEXT_SINK_H
#define VERBATIM_TEXT_SINK_H

#include <string.h>

#include "text/analyzer.h"

enum { SINK_OVER = 4, SINK_BYTES = 64 * 1024 };

struct sink {
    struct word *words; /* the caller's; NULL: words are only counted */
    size_t most, count;
    struct word over[SINK_OVER];
    size_t over_count;
    size_t used; /* of bytes */
    char bytes[SINK_BYTES + WORD_READABLE];
};

/* Whether one more step surely finds room. */
static inline bool sink_has_room(const struct sink *sink)
{
    return sink->count < sink->most && sink->used <= SINK_BYTES - SINK_OVER * WORD_MAX_BYTES;
}

static inline void sink_put(struct sink *sink, const struct word *word)
{
    if (sink->count == sink->most)
        sink->over[sink->over_count++] = *word;
    else if (sink->words)
        sink->words[sink->count++] = *word;
    else
        sink->count++;
}

/* Begins a call of analyzer_read, with the words that the last one had no room for. */
static inline void sink_begin(struct sink *sink, struct word *words, size_t most)
{
    size_t left = sink->over_count;
    sink->words = words;
    sink->most = most;
    sink->count = sink->over_count = sink->used = 0;
    for (size_t i = 0; i < left; i++) {
        struct word word = sink->over[i];
        memmove(sink->bytes + sink->used, word.text.data, word.text.size);
        word.text.data = sink->bytes + sink->used;
        sink->used += word.text.size;
        sink_put(sink, &word);
    }
}

#endif
