/* What a pattern makes of a word, character by character. The states of a word's beginnings are
 * kept, so that the next word goes on where it differs. Inside this room only. */
#ifndef VERBATIM_SEARCH_EXPAND_MACHINE_H
#define VERBATIM_SEARCH_EXPAND_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

#define EXPAND_NONE UINT32_MAX

struct expand_machine {
    /* From the state behind `depth` characters to that behind one more. False where no word that
     * begins so can match any more. */
    bool (*step)(struct expand_machine *machine, uint32_t depth, uint32_t c);
    bool (*accepts)(const struct expand_machine *machine, uint32_t depth);
    /* The least character greater than c with which a step from there can succeed; EXPAND_NONE. */
    uint32_t (*next)(const struct expand_machine *machine, uint32_t depth, uint32_t c);
    /* Whether every word that begins so matches. */
    bool (*accepts_all)(const struct expand_machine *machine, uint32_t depth);
    /* Of a word that it accepts: how many edits away it is. NULL: there are none. */
    uint8_t (*distance)(const struct expand_machine *machine, uint32_t depth);
};

/* NULL where the arena ends. */
/* '?' is one character, '*' any number of them: states as bits, one a place in the pattern, all
 * moved at once, so that a word costs its length times the pattern's in words of 64. Source:
 * Baeza-Yates and Gonnet, A new approach to text searching (1992). */
struct expand_machine *expand_wildcard(struct slice pattern, struct arena *arena);
/* The literal characters before the first '?' or '*'. */
struct slice expand_wildcard_prefix(struct slice pattern);
/* Of a pattern whose first '?' or '*' is a '*': the literal characters behind the last one; else
 * empty. Set: whether nothing but one '*' is between, so that both ends decide. */
struct slice expand_wildcard_suffix(struct slice pattern, bool *alone);
/* At most so many insertions, deletions, replacements and swaps of neighbours, no character of
 * which is edited twice: optimal string alignment, only the cells near the diagonal. Source:
 * Boytsov, Indexing methods for approximate dictionary searching (2011), for walking a sorted
 * lexicon. */
struct expand_machine *expand_edits(struct slice word, uint32_t edits, struct arena *arena);

#endif
