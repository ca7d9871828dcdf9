#include "http/target.h"

static bool well_begun(struct slice raw)
{
    return slice_equal(raw, SLICE("*")) || slice_starts_with(raw, SLICE("/")) ||
           slice_starts_with(raw, SLICE("http://")) || slice_starts_with(raw, SLICE("https://"));
}

enum target_fault target_check(struct slice raw)
{
    size_t pairs = 1;
    bool blank = false;
    for (size_t i = 0; i < raw.size; i++) {
        unsigned char c = (unsigned char)raw.data[i];
        blank = blank || c <= ' ' || c == 0x7F;
        pairs += c == '&';
    }
    if (pairs > TARGET_PAIRS_MOST)
        return TARGET_TOO_MANY_PAIRS;
    if (raw.size > TARGET_BYTES_MOST)
        return TARGET_TOO_LONG;
    return well_begun(raw) && !blank ? TARGET_GOOD : TARGET_MALFORMED;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

size_t target_decode(char *data, size_t size, bool plus)
{
    size_t to = 0;
    for (size_t from = 0; from < size; from++) {
        char c = data[from];
        if (c == '%' && from + 2 < size && hex_digit(data[from + 1]) >= 0 &&
            hex_digit(data[from + 2]) >= 0) {
            c = (char)(hex_digit(data[from + 1]) * 16 + hex_digit(data[from + 2]));
            from += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        data[to++] = c;
    }
    return to;
}

static void read_pair(struct target *target, char *data, size_t size)
{
    if (size == 0)
        return;
    char *equals = memchr(data, '=', size);
    size_t name_size = equals ? (size_t)(equals - data) : size;
    struct target_pair *pair = &target->pairs[target->pair_count++];
    pair->name = (struct slice){data, target_decode(data, name_size, true)};
    if (equals)
        pair->value =
            (struct slice){equals + 1, target_decode(equals + 1, size - name_size - 1, true)};
}

static void read_pairs(struct target *target, char *data, size_t size)
{
    target->query = (struct slice){data, size};
    while (size > 0 && target->pair_count < TARGET_PAIRS_MOST) {
        char *end = memchr(data, '&', size);
        size_t n = end ? (size_t)(end - data) : size;
        read_pair(target, data, n);
        data += n + (end != NULL);
        size -= n + (end != NULL);
    }
}

static struct slice until(struct slice s, const char *any)
{
    size_t n = 0;
    while (n < s.size && !strchr(any, s.data[n]))
        n++;
    return (struct slice){s.data, n};
}

void target_read(struct target *target, char *raw, size_t size)
{
    *target = (struct target){0};
    struct slice rest = {raw, size};
    size_t scheme = slice_starts_with(rest, SLICE("http://"))    ? strlen("http://")
                    : slice_starts_with(rest, SLICE("https://")) ? strlen("https://")
                                                                 : 0;
    if (scheme) {
        rest = slice_from(rest, scheme);
        target->authority = until(rest, "/?#");
        rest = slice_from(rest, target->authority.size);
    }
    rest = until(rest, "#");
    target->path = until(rest, "?");
    if (target->path.size < rest.size)
        read_pairs(target, raw + (target->path.data + target->path.size + 1 - raw),
                   rest.size - target->path.size - 1);
    if (target->path.size == 0)
        target->path = SLICE("/");
}

const struct target_pair *target_repeated(const struct target *target)
{
    for (size_t i = 1; i < target->pair_count; i++)
        for (size_t j = 0; j < i; j++)
            if (slice_equal(target->pairs[i].name, target->pairs[j].name))
                return &target->pairs[i];
    return NULL;
}
