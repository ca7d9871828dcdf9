/* One worker's reading of a unit: its words go to an inverter, its fields and text to packed
 * blocks, and what its columns need to a small table. One thread at a time. */
#ifndef VERBATIM_BUILD_UNIT_READ_H
#define VERBATIM_BUILD_UNIT_READ_H

#include "base/error.h"
#include "build/inverter.h"
#include "build/unit.h"
#include "store/documents_write.h"

struct article_numbers { /* what the columns keep of an article */
    uint32_t words;      /* of title and body */
    uint32_t title_words;
    uint64_t date; /* packed */
};

struct reading {                    /* what came of a unit */
    struct bytes numbers;           /* struct article_numbers, one an article */
    struct bytes sketches, samples; /* of copy_sketch.h; none where they are not made */
    struct bytes batches; /* struct packed_documents, one a batch; released by reading_release */
    enum status status;
};

struct container_writer;
struct spellings;
struct unit_reader; /* owned */

enum bodies { BODIES_FORGOTTEN, BODIES_PLAIN, BODIES_SQUEEZED };

struct unit_reader_options {
    size_t memory;
    enum bodies
        bodies;     /* those that are kept only until the file is written need not be squeezed */
    bool spellings; /* are to be noted */
    bool sketches;  /* of bodies are to be made */
    struct container_writer *container; /* borrowed; for spools */
};

struct unit_reader *unit_reader_open(const struct unit_reader_options *options,
                                     struct error *error);
void unit_reader_read(struct unit_reader *reader, const struct unit *unit, struct reading *reading);
struct inverter *unit_reader_inverter(struct unit_reader *reader);   /* borrowed */
struct spellings *unit_reader_spellings(struct unit_reader *reader); /* likewise; or NULL */
/* Frees what only reading needs; the runs can be read then. */
enum status unit_reader_finish(struct unit_reader *reader, struct error *error);
void unit_reader_drop_words(struct unit_reader *reader); /* the inverter is gone then */
void unit_reader_close(struct unit_reader *reader);      /* NULL is allowed */

void reading_release(struct reading *reading);

#endif
