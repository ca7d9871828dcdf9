/* What is known of a term that a scan came by: enough to choose among many, and to read it later
 * without looking for it again. */
#ifndef VERBATIM_STORE_LEXICON_WORD_H
#define VERBATIM_STORE_LEXICON_WORD_H

#include <stdint.h>

struct lexicon_word {
    uint32_t number;              /* in the lexicon */
    uint32_t df;                  /* articles */
    uint32_t most;                /* no article has it more often */
    uint32_t postings, positions; /* where its lists begin, behind where its block's do, */
    uint16_t entry;   /* and in the block what it tells of them; 0: these three are not known */
    uint8_t distance; /* of one found by edits: how many; else 0 */
};

#endif
