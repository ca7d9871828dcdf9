#include "search/expand_machine.h"
#include "store/key.h"
#include "text/utf8.h"

enum { ASCII = 128 };

struct wildcard {
    struct expand_machine machine;
    uint32_t *characters;  /* of the pattern without its '*'; ANY: '?' */
    uint32_t count, width; /* characters; 64-bit words of a state */
    uint64_t *stars;       /* a bit a place at which there is a '*' */
    uint64_t *fits;        /* of each ASCII character: the places whose own it is */
    uint64_t *states;      /* by depth: the places at which the pattern may be */
};

static const uint32_t ANY = UINT32_MAX;

static void set(uint64_t *bits, uint32_t place)
{
    bits[place / 64] |= (uint64_t)1 << place % 64;
}

static bool has(const uint64_t *bits, uint32_t place)
{
    return bits[place / 64] >> place % 64 & 1;
}

static void find_fits(const struct wildcard *wildcard, uint32_t c, uint64_t *fits)
{
    memset(fits, 0, wildcard->width * sizeof *fits);
    for (uint32_t i = 0; i < wildcard->count; i++)
        if (wildcard->characters[i] == c || wildcard->characters[i] == ANY)
            set(fits, i);
}

/* A place stays where it has a '*', and moves on where the character is its own. */
static bool wildcard_step(struct expand_machine *machine, uint32_t depth, uint32_t c)
{
    struct wildcard *wildcard = (struct wildcard *)machine;
    uint32_t width = wildcard->width;
    const uint64_t *from = wildcard->states + (size_t)depth * width;
    uint64_t *to = wildcard->states + ((size_t)depth + 1) * width, carry = 0, any = 0;
    uint64_t *fits = wildcard->fits + (size_t)(c < ASCII ? c : ASCII) * width;
    if (c >= ASCII)
        find_fits(wildcard, c, fits);
    for (uint32_t i = 0; i < width; i++) {
        uint64_t moved = from[i] & fits[i];
        to[i] = moved << 1 | carry | (from[i] & wildcard->stars[i]);
        carry = moved >> 63;
        any |= to[i];
    }
    return any != 0;
}

static uint32_t wildcard_next(const struct expand_machine *machine, uint32_t depth, uint32_t c)
{
    const struct wildcard *wildcard = (const struct wildcard *)machine;
    const uint64_t *state = wildcard->states + (size_t)depth * wildcard->width;
    uint32_t next = EXPAND_NONE;
    for (uint32_t i = 0; i <= wildcard->count; i++) {
        if (!has(state, i))
            continue;
        if (has(wildcard->stars, i) || (i < wildcard->count && wildcard->characters[i] == ANY))
            return c + 1;
        if (i < wildcard->count && wildcard->characters[i] > c && wildcard->characters[i] < next)
            next = wildcard->characters[i];
    }
    return next;
}

static bool wildcard_accepts(const struct expand_machine *machine, uint32_t depth)
{
    const struct wildcard *wildcard = (const struct wildcard *)machine;
    return has(wildcard->states + (size_t)depth * wildcard->width, wildcard->count);
}

static bool wildcard_accepts_all(const struct expand_machine *machine, uint32_t depth)
{
    const struct wildcard *wildcard = (const struct wildcard *)machine;
    return has(wildcard->stars, wildcard->count) && wildcard_accepts(machine, depth);
}

static void read_pattern(struct wildcard *wildcard, struct slice pattern)
{
    uint32_t c;
    for (size_t at = 0; at < pattern.size;) {
        at += utf8_decode(pattern.data + at, pattern.size - at, &c);
        if (c == '*')
            set(wildcard->stars, wildcard->count);
        else
            wildcard->characters[wildcard->count++] = c == '?' ? ANY : c;
    }
}

struct expand_machine *expand_wildcard(struct slice pattern, struct arena *arena)
{
    struct wildcard *made = arena_allocate(arena, 1, sizeof *made);
    uint32_t width = (uint32_t)(pattern.size / 64 + 1);
    if (!made)
        return NULL;
    made->machine = (struct expand_machine){wildcard_step, wildcard_accepts, wildcard_next,
                                            wildcard_accepts_all, NULL};
    made->width = width;
    made->characters = arena_allocate(arena, pattern.size + 1, sizeof *made->characters);
    made->stars = arena_allocate(arena, width, sizeof *made->stars);
    made->fits = arena_allocate(arena, (ASCII + 1) * (size_t)width, sizeof *made->fits);
    made->states = arena_allocate(arena, (KEY_MAX_BYTES + 1) * (size_t)width, sizeof *made->states);
    if (arena->status != STATUS_OK)
        return NULL;
    read_pattern(made, pattern);
    for (uint32_t c = 0; c < ASCII; c++)
        find_fits(made, c, made->fits + (size_t)c * width);
    set(made->states, 0);
    return &made->machine;
}

struct slice expand_wildcard_prefix(struct slice pattern)
{
    size_t size = 0;
    while (size < pattern.size && pattern.data[size] != '?' && pattern.data[size] != '*')
        size++;
    return slice_of(pattern.data, size);
}

struct slice expand_wildcard_suffix(struct slice pattern, bool *alone)
{
    size_t first = expand_wildcard_prefix(pattern).size, last = pattern.size;
    while (last > first && pattern.data[last - 1] != '?' && pattern.data[last - 1] != '*')
        last--;
    bool begins = first < pattern.size && pattern.data[first] == '*';
    *alone = begins && last == first + 1;
    return begins ? slice_from(pattern, last) : (struct slice){0};
}
