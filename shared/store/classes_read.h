/* Classes of words in: from a language and a word to the words that share its stem. */
#ifndef VERBATIM_STORE_CLASSES_READ_H
#define VERBATIM_STORE_CLASSES_READ_H

#include "base/slice.h"
#include "store/class_rule.h"
#include "store/gram.h"
#include "store/snapshot.h"

struct classes { /* no memory of its own; valid as long as its snapshot */
    const struct snapshot *snapshot;
    bool present; /* the file has the chunk; else it has no language */
    struct class_rule rule;
    uint64_t list_bytes, entry_bytes, class_count, member_count;
    uint64_t entries, offsets, members, languages; /* where they begin in the chunk */
    uint32_t language_count;
};

/* A file without the chunk opens too. */
enum status classes_open(struct classes *classes, const struct snapshot *snapshot);

struct class_language {
    const struct classes *classes; /* borrowed */
    char code[16];                 /* with a zero behind it; as stem_language gives it */
    uint64_t first_member, members, first_class, class_count;
};

/* The language of a number. STATUS_NOT_FOUND where there are fewer. Any thread. */
enum status classes_language_at(const struct classes *classes, uint32_t number,
                                struct class_language *language);
/* By its code. STATUS_NOT_FOUND where the file has no classes of it. Any thread. */
enum status classes_language(const struct classes *classes, const char *code,
                             struct class_language *language);

struct word_class {
    uint32_t number;  /* in its language */
    uint32_t members; /* at least 2 */
    uint32_t df;      /* articles that hold one of them */
    bool has_list;    /* the articles of all of them are `list`: as a gram's that holds no ranks */
    struct gram list; /* for postings_open_class; its offsets are in the chunk "classes" */
    struct slice terms; /* as they lie in the file; borrowed from the snapshot */
};

/* The class of the term of this number. STATUS_NOT_FOUND where no other word of the language shares
 * its stem. Any thread. */
enum status class_language_find(const struct class_language *language, uint32_t term,
                                struct word_class *found);
/* The class of a number of the language; STATUS_NOT_FOUND where there are fewer. Any thread. */
enum status class_language_read(const struct class_language *language, uint64_t number,
                                struct word_class *found);

/* The words of a class, ascending by term; each is less than the number of terms only where the
 * file is sound, as lexicon_read_at tells. */
struct class_members {  /* one thread; no memory of its own */
    struct slice terms; /* what is left of them */
    uint32_t left;
    uint64_t next;
    enum status status; /* sticky */
};

struct class_members class_members_of(const struct word_class *class);
/* False at the end or with a bad status. */
bool class_members_next(struct class_members *members, uint32_t *term);

#endif
