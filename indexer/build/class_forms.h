/* The commonest spelling of each word that has more than the one it is folded to.
 *
 * Spellings are compared as shared/text/written.h gives them; of two that are equally common it is
 * the folded one, then the first bytewise. Of more than CLASS_FORMS_MOST of one word those bytewise
 * last in the text are not counted. */
#ifndef VERBATIM_BUILD_CLASS_FORMS_H
#define VERBATIM_BUILD_CLASS_FORMS_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/spool.h"
#include "store/snapshot.h"

enum { CLASS_FORMS_MOST = 256 };

struct merge_options { /* borrowed */
    size_t memory;
    const char *beside;
};

/* Appends words and their commonest spellings, where that is not the folded one, to the spool in
 * the order of the lexicon; runs is an array of struct run of spellings.h, which stays as it is. */
enum status class_forms_write(const struct bytes *runs, const struct merge_options *options,
                              const struct snapshot *snapshot, struct spool *forms,
                              struct error *error);

struct class_forms { /* reads them again; one thread; release when done */
    const struct spool *spool;
    uint64_t at;
    struct bytes buffer;
    size_t read;                 /* of the buffer */
    struct slice word, spelling; /* the next ones; size 0 at the end */
    enum status status;          /* sticky */
};

void class_forms_begin(struct class_forms *forms, const struct spool *spool);
/* The spelling of a word; words ascend from call to call. */
struct slice class_forms_of(struct class_forms *forms, struct slice word);
void class_forms_release(struct class_forms *forms);

#endif
