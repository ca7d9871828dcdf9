/* Looking for ones a word at a time, for the sets of instructions that have nothing better: no
 * include guard, as with kernel_template.h. TARGET is whoever's that includes it. */

static TARGET inline uint64_t word_at(const uint8_t *at, const uint8_t *end)
{
    uint64_t word = 0;
    memcpy(&word, at, end - at < 8 ? (size_t)(end - at) : sizeof word);
    return word;
}

static TARGET uint32_t ones(const uint8_t *in, const uint8_t *end, unsigned bit, uint32_t count,
                            uint8_t *places)
{
    uint32_t found = 0, most = 3 * count - 1;
    uint64_t skipped = ~(uint64_t)0 << bit;
    for (uint32_t at = 0; in < end && at < bit + most; at += 64, in += 8) {
        uint64_t word = word_at(in, end) & skipped;
        uint32_t more = (uint32_t)__builtin_popcountll(word);
        if (found + more >= count) {
            for (; found + 1 < count; word &= word - 1)
                places[found++] = (uint8_t)(at + (uint32_t)__builtin_ctzll(word) - bit);
            uint32_t place = at + (uint32_t)__builtin_ctzll(word) - bit;
            places[found] = (uint8_t)place;
            return place < most ? place + 1 : 0;
        }
        for (; word; word &= word - 1)
            places[found++] = (uint8_t)(at + (uint32_t)__builtin_ctzll(word) - bit);
        skipped = ~(uint64_t)0;
    }
    return 0;
}
