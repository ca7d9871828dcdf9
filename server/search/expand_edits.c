#include "query/tree.h"
#include "search/expand_machine.h"
#include "store/key.h"
#include "text/utf8.h"

enum { BAND = 2 * QUERY_EDITS_MOST + 1 };

struct edits_row {       /* behind so many characters of a word */
    uint8_t cells[BAND]; /* the distance to the first depth − edits + i of the sought word's; more
                            than `edits` is edits + 1 */
    uint32_t c;          /* the last of them */
};

struct edits {
    struct expand_machine machine;
    uint32_t *characters; /* of the word that is sought */
    uint32_t count, edits;
    struct edits_row *rows; /* by depth */
};

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The cell of the first j of the word and depth + 1 characters, the last of which is c. */
static uint32_t find_cell(const struct edits *edits, uint32_t depth, uint32_t c, uint32_t i,
                          uint32_t j)
{
    const struct edits_row *row = &edits->rows[depth], *next = &edits->rows[depth + 1];
    const uint32_t *sought = edits->characters;
    uint32_t cell = edits->edits + 1;
    if (j == 0)
        return least(cell, depth + 1);
    cell = least(cell, (uint32_t)row->cells[i] + (sought[j - 1] != c));
    if (i + 1 <= 2 * edits->edits)
        cell = least(cell, (uint32_t)row->cells[i + 1] + 1);
    if (i > 0)
        cell = least(cell, (uint32_t)next->cells[i - 1] + 1);
    if (depth > 0 && j > 1 && sought[j - 2] == c && sought[j - 1] == row->c)
        cell = least(cell, (uint32_t)row[-1].cells[i] + 1);
    return cell;
}

/* A swap needs no look behind a dead row: what it leads to has a living one between. */
static bool edits_step(struct expand_machine *machine, uint32_t depth, uint32_t c)
{
    struct edits *edits = (struct edits *)machine;
    struct edits_row *next = &edits->rows[depth + 1];
    bool alive = false;
    next->c = c;
    for (uint32_t i = 0; i <= 2 * edits->edits; i++) {
        uint32_t j = depth + 1 + i - edits->edits; /* wraps below 0 */
        bool inside = depth + 1 + i >= edits->edits && j <= edits->count;
        next->cells[i] = (uint8_t)(inside ? find_cell(edits, depth, c, i, j) : edits->edits + 1);
        alive = alive || next->cells[i] <= edits->edits;
    }
    return alive;
}

static bool edits_accepts(const struct expand_machine *machine, uint32_t depth)
{
    const struct edits *edits = (const struct edits *)machine;
    uint32_t i = edits->count + edits->edits - depth; /* wraps where depth is greater */
    return depth <= edits->count + edits->edits && i <= 2 * edits->edits &&
           edits->rows[depth].cells[i] <= edits->edits;
}

static uint8_t edits_distance(const struct expand_machine *machine, uint32_t depth)
{
    const struct edits *edits = (const struct edits *)machine;
    return edits->rows[depth].cells[edits->count + edits->edits - depth];
}

static void take_least(uint32_t candidate, uint32_t c, uint32_t *next)
{
    if (candidate > c && candidate < *next)
        *next = candidate;
}

/* Any character where an edit is left, else those that are right somewhere, or swapped. */
static uint32_t edits_next(const struct expand_machine *machine, uint32_t depth, uint32_t c)
{
    const struct edits *edits = (const struct edits *)machine;
    const struct edits_row *row = &edits->rows[depth];
    const uint32_t *sought = edits->characters;
    uint32_t next = EXPAND_NONE;
    for (uint32_t i = 0; i <= 2 * edits->edits; i++) {
        uint32_t j = depth + i - edits->edits; /* wraps below 0 */
        if (row->cells[i] < edits->edits)
            return c + 1;
        if (row->cells[i] == edits->edits && j < edits->count)
            take_least(sought[j], c, &next);
        if (depth > 0 && row[-1].cells[i] < edits->edits && j > 0 && j < edits->count &&
            sought[j] == row->c)
            take_least(sought[j - 1], c, &next);
    }
    return next;
}

static bool edits_accepts_all(const struct expand_machine *machine, uint32_t depth)
{
    (void)machine;
    (void)depth;
    return false;
}

struct expand_machine *expand_edits(struct slice word, uint32_t most, struct arena *arena)
{
    struct edits *made = arena_allocate(arena, 1, sizeof *made);
    if (!made)
        return NULL;
    made->machine = (struct expand_machine){edits_step, edits_accepts, edits_next,
                                            edits_accepts_all, edits_distance};
    made->edits = least(most, QUERY_EDITS_MOST);
    made->characters = arena_allocate(arena, word.size + 1, sizeof *made->characters);
    made->rows = arena_allocate(arena, KEY_MAX_BYTES + 2, sizeof *made->rows);
    if (arena->status != STATUS_OK)
        return NULL;
    for (size_t at = 0; at < word.size;)
        at += utf8_decode(word.data + at, word.size - at, &made->characters[made->count++]);
    for (uint32_t i = 0; i <= 2 * made->edits; i++)
        made->rows[0].cells[i] =
            (uint8_t)(i >= made->edits && i - made->edits <= made->count ? i - made->edits
                                                                         : made->edits + 1);
    return &made->machine;
}
