/* The chunk "classes", made of the words' lists when all of them are written: so it follows from
 * the file's words and their spellings alone, whichever way those came together.
 *
 * Languages are the default one and those that articles name, where they have a stemmer. Each word
 * is stemmed in its commonest spelling; words are sorted by stem as the words of a text are, and
 * those of one stem laid together. */
#ifndef VERBATIM_BUILD_CLASS_CHUNK_H
#define VERBATIM_BUILD_CLASS_CHUNK_H

#include "base/error.h"
#include "build/gram_ranges.h"
#include "store/class_rule.h"
#include "store/container_write.h"
#include "store/settings.h"

struct class_task {                     /* all borrowed */
    struct container_writer *container; /* lexicon, postings and positions are whole */
    const struct settings *settings;
    struct gram_articles articles;
    struct class_rule rule;
    const struct bytes *spellings; /* the runs of spellings.h */
    const char *beside;
    size_t memory; /* bytes to be taken */
};

enum status class_chunk_write(const struct class_task *task, struct error *error);

#endif
