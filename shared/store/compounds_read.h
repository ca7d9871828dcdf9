/* Compounds in: two words that are written joined as often as apart, and the word that writes them
 * closed. Any thread. */
#ifndef VERBATIM_STORE_COMPOUNDS_READ_H
#define VERBATIM_STORE_COMPOUNDS_READ_H

#include "store/compound_rule.h"
#include "store/snapshot.h"

enum {
    COMPOUNDS_ENTRY_BYTES = 24,
    COMPOUNDS_NUMBER_BYTES = 4,
    COMPOUNDS_FOOTER_BYTES = 8,
};

#define COMPOUND_NO_TERM UINT32_MAX

struct compound {
    uint32_t left, right; /* terms */
    uint32_t closed;      /* COMPOUND_NO_TERM where the text never writes them closed */
    uint32_t joined;      /* times, by the kind */
    uint32_t apart;       /* times */
    enum compound_kind kind;
};

struct compounds { /* no memory of its own; valid as long as its snapshot */
    const struct snapshot *snapshot;
    bool present; /* the file has the chunk; else nothing is found */
    uint32_t count;
    uint32_t closed_count; /* of them with a closed word; count where that could not be told */
};

/* A file without the chunk opens too. Entries that cannot be read are left for who asks for them.
 */
enum status compounds_open(struct compounds *compounds, const struct snapshot *snapshot);
/* The entry of a number; STATUS_NOT_FOUND where there are fewer. */
enum status compounds_at(const struct compounds *compounds, uint32_t number,
                         struct compound *compound);
/* Of "a b" or "a-b": the compound of two words. STATUS_NOT_FOUND where they are none. */
enum status compounds_pair(const struct compounds *compounds, uint32_t left, uint32_t right,
                           struct compound *compound);
/* Of "ab": the `which`-th pair, from 0, that the closed word is another spelling of.
 * STATUS_NOT_FOUND where there are fewer. A closed word that stands nowhere has no term: whoever is
 * asked for one tries its parts by compounds_pair. */
enum status compounds_closed(const struct compounds *compounds, uint32_t closed, uint32_t which,
                             struct compound *compound);
/* For check: the number that stands at a place of those that are ordered by closed term. */
enum status compounds_closed_number(const struct compounds *compounds, uint32_t place,
                                    uint32_t *number);

#endif
