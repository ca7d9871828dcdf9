/* The part of kernel_template.h that adds numbers up as it unpacks them; taken in by it. */

struct climb { /* where a VECTOR of numbers goes on from */
    VECTOR before, up;
    uint8_t first; /* where the next one would stand were there no zeros */
};

/* Numbers from their low bits and, where there are unary parts, the zeros before each one: those
 * need no adding up. */
static TARGET inline VECTOR climb_on(struct climb *climb, VECTOR low, const uint8_t *ones)
{
    VECTOR sums = sums_along(low), now = add(climb->before, sums);
    if (ones)
        now = add(now, shift_up(load_zeros(ones, climb->first), climb->up));
    climb->first = (uint8_t)(climb->first + LANES);
    climb->before = add(add(climb->before, vector_of(LANES)), last_everywhere(sums));
    return now;
}

static TARGET void climb_both(const uint8_t *in, unsigned width, const uint8_t *ones,
                              uint32_t count, uint32_t base, uint32_t *out)
{
    const struct places places = places_of(width);
    VECTOR first = add(vector_of(base), lane_numbers());
    struct climb climb = {first, vector_of(width), (uint8_t)(ones[-1] + 1)};
    size_t bytes = LANES / 8 * width;
    for (; count >= LANES; count -= LANES, in += bytes, ones += LANES, out += LANES)
        store(out, climb_on(&climb, near_numbers_of(load_bytes(in, bytes), &places), ones));
    if (count == 0)
        return;
    VECTOR low = near_numbers_of(load_bytes(in, (count * width + 7) / 8), &places);
    store_some(out, climb_on(&climb, low, ones), count);
}

static TARGET void climb_low(const uint8_t *in, unsigned width, uint32_t count, uint32_t base,
                             uint32_t *out)
{
    const struct places places = places_of(width);
    struct climb climb = {.before = add(vector_of(base), lane_numbers())};
    size_t bytes = LANES / 8 * width;
    for (; count >= LANES; count -= LANES, in += bytes, out += LANES)
        store(out, climb_on(&climb, near_numbers_of(load_bytes(in, bytes), &places), NULL));
    if (count == 0)
        return;
    VECTOR low = near_numbers_of(load_bytes(in, (count * width + 7) / 8), &places);
    store_some(out, climb_on(&climb, low, NULL), count);
}

static TARGET void climb(const uint8_t *in, unsigned width, const uint8_t *ones, uint32_t count,
                         uint32_t base, uint32_t *out)
{
    if (ones)
        climb_both(in, width, ones, count, base, out);
    else
        climb_low(in, width, count, base, out);
}

static TARGET void steps(const uint8_t *ones, uint32_t count, uint32_t *out)
{
    const VECTOR none = vector_of(0), one = vector_of(1);
    for (; count >= LANES; count -= LANES, ones += LANES, out += LANES)
        store(out, add(highs_of(ones, none), one));
    if (count)
        store_some(out, add(highs_of(ones, none), one), count);
}
