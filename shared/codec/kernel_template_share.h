/* The part of kernel_template.h that finds what two runs of numbers share; taken in by it. */

/* Which lanes of one vector are anywhere in the other. */
static TARGET inline uint32_t lanes_in(VECTOR v, VECTOR other)
{
    uint32_t lanes = 0;
#pragma GCC unroll 16
    for (uint32_t turn = 0; turn < LANES; turn++) {
        VECTOR places = both(add(lane_numbers(), vector_of(turn)), vector_of(LANES - 1));
        lanes |= equal_lanes(v, pick(other, places));
    }
    return lanes;
}

/* Lanes of the vector at i that are not asked for: before `from`, and behind the count. */
static inline uint32_t lanes_of(const struct kernel_numbers *numbers, uint32_t i)
{
    uint32_t lanes = (uint32_t)(((uint64_t)1 << LANES) - 1);
    if (numbers->count - i < LANES)
        lanes &= (1u << (numbers->count - i)) - 1;
    return numbers->from > i ? lanes & ~((1u << (numbers->from - i)) - 1) : lanes;
}

/* A vector of each: all of one compared with all of the other, then on behind the one that ends
 * before the other. */
static TARGET uint32_t share(struct kernel_numbers few, struct kernel_numbers many,
                             uint8_t (*places)[KERNEL_SHARE])
{
    uint32_t i = few.from / LANES * LANES, j = many.from / LANES * LANES, shared = 0;
    while (i < few.count && j < many.count) {
        VECTOR left = load(few.at + i), right = load(many.at + j);
        uint32_t lanes = lanes_in(left, right) & lanes_of(&few, i);
        for (; lanes; lanes &= lanes - 1, shared++) {
            uint32_t at = i + (uint32_t)__builtin_ctz(lanes);
            places[0][shared] = (uint8_t)at;
            places[1][shared] =
                (uint8_t)(j + (uint32_t)__builtin_ctz(equal_lanes(right, vector_of(few.at[at]))));
        }
        uint32_t left_last = few.at[i + LANES - 1], right_last = many.at[j + LANES - 1];
        i += left_last <= right_last ? LANES : 0;
        j += right_last <= left_last ? LANES : 0;
    }
    return shared;
}
