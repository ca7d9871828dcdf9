#include "http/gzip.h"

#include <zlib.h>

#include "unit/unit.h"

static void accepted(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        bool wanted;
    } cases[] = {
        {"", false},
        {"gzip", true},
        {"GZIP", true},
        {"x-gzip", true},
        {"deflate", false},
        {"br,gzip", true},
        {"br , gzip;q=0.1", true},
        {"gzip;q=0", false},
        {"gzip; q=0.0", false},
        {"gzip;q=0.001", true},
        {"*", true},
        {"*;q=0", false},
        {"*, gzip;q=0", false},
        {"gzip;q=0, *", false},
        {"identity;q=1, *;q=0.5", true},
        {"gzipx", false},
        {"xgzip", false},
        {",,;;,", false},
        {"gzip;", true},
        {" gzip ", true},
        {"gzip;q=", true},
        {"gzip;Q=0", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (gzip_accepted(slice_of_string(cases[i].value)) != cases[i].wanted)
            fail_msg("'%s' is not %d", cases[i].value, cases[i].wanted);
}

/* Inflates what there is so far; returns how many bytes came. */
static size_t inflate_some(z_stream *z, const struct bytes *squeezed, uint8_t *out, size_t room)
{
    z->next_in = squeezed->data + z->total_in;
    z->avail_in = (uInt)(squeezed->size - z->total_in);
    z->next_out = out + z->total_out;
    z->avail_out = (uInt)(room - z->total_out);
    inflate(z, Z_SYNC_FLUSH);
    return z->total_out;
}

static void streams(void **state)
{
    (void)state;
    struct bytes squeezed = {0};
    struct gzip *gzip = gzip_open(1);
    uint8_t out[200000];
    z_stream z = {0};
    assert_non_null(gzip);
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(gzip_add(gzip, SLICE("first line\n"), GZIP_SEND, &squeezed), STATUS_OK);
    assert_int_equal(inflate_some(&z, &squeezed, out, sizeof out),
                     11); /* the reader has it already */
    char noise[100000];
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)(i * i * 2654435761u >> 13);
    assert_int_equal(gzip_add(gzip, (struct slice){noise, sizeof noise}, GZIP_GATHER, &squeezed),
                     STATUS_OK);
    assert_int_equal(gzip_add(gzip, (struct slice){0}, GZIP_END, &squeezed), STATUS_OK);
    assert_int_equal(inflate_some(&z, &squeezed, out, sizeof out), 11 + sizeof noise);
    assert_memory_equal(out, "first line\n", 11);
    assert_memory_equal(out + 11, noise, sizeof noise);
    inflateEnd(&z);
    gzip_close(gzip);
    gzip_close(NULL);
    bytes_release(&squeezed);
}

static void whole(void **state)
{
    (void)state;
    struct bytes squeezed = {0};
    uint8_t out[100];
    z_stream z = {0};
    assert_int_equal(gzip_whole(SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), 9, &squeezed),
                     STATUS_OK);
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate_some(&z, &squeezed, out, sizeof out), 33);
    inflateEnd(&z);
    bytes_release(&squeezed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(accepted), cmocka_unit_test(streams),
                                       cmocka_unit_test(whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
