/* Sizes of the chunk "completions"; FORMAT.md lays it out. */
#ifndef VERBATIM_STORE_COMPLETIONS_LAYOUT_H
#define VERBATIM_STORE_COMPLETIONS_LAYOUT_H

enum {
    COMPLETIONS_BLOCK = 32,        /* entries */
    COMPLETIONS_TEXT_MOST = 255,   /* bytes of a folded text, and of how it is shown */
    COMPLETIONS_OFFSET_BYTES = 8,  /* of a block */
    COMPLETIONS_BEST_BYTES = 4,    /* the greatest weight of a block */
    COMPLETIONS_FOOTER_BYTES = 40, /* of both tables bytes of blocks and entries; blocks of words */
};

enum completion_kind { COMPLETION_PHRASES, COMPLETION_TITLES, COMPLETION_KINDS };

#endif
