/* The files of a searcher, opened, and which of their articles later files hide. */
#ifndef VERBATIM_SEARCH_COLLECTION_H
#define VERBATIM_SEARCH_COLLECTION_H

#include "base/error.h"
#include "store/classes_read.h"
#include "store/columns_read.h"
#include "store/completions_read.h"
#include "store/compounds_read.h"
#include "store/grams_read.h"
#include "store/groups_read.h"
#include "store/impact.h"
#include "store/lexicon_read.h"
#include "store/snapshot.h"
#include "store/titles_read.h"

struct collection_file {
    struct snapshot *snapshot; /* owned */
    const struct settings *settings;
    struct lexicon lexicon;
    struct columns columns;
    struct grams grams;
    struct compounds compounds;
    struct classes classes;
    bool has_language;
    struct class_language language; /* if it has: its own, of which it has classes */
    struct titles titles;
    struct completions completions;
    struct groups groups;
    struct impact_model model;
    uint8_t *hidden; /* a bit an article, whose id a later file holds; owned; NULL: none */
    uint64_t hidden_count;
};

struct collection { /* immutable once open; any thread */
    struct collection_file *files;
    size_t file_count;
    uint64_t article_count; /* hidden ones among them: what idf counts by */
    uint64_t hidden_count;
};

/* STATUS_OK, or the cause in the error; to be closed whatever comes. */
enum status collection_open(struct collection *collection, const char *const *paths, size_t count,
                            struct error *error);
void collection_close(struct collection *collection);

static inline bool collection_hides(const struct collection_file *file, uint32_t doc)
{
    return file->hidden && (file->hidden[doc / 8] >> doc % 8 & 1);
}

#endif
