/* Compressed files and archives, nested ones and those made to harm. */
#include <stdio.h>
#include <stdlib.h>

#include "unit/input/scene.h"
#include "unit/unit.h"

/* Writes a file by a line of Python, in the scene's folder. */
static void python(struct scene *scene, const char *line)
{
    char command[2000];
    assert_true((size_t)snprintf(command, sizeof command, "python3 -c '%s'", line) <
                sizeof command);
    scene_shell(scene, command);
}

static void reads_every_compression(void **state)
{
    struct scene *scene = *state;
    python(
        scene,
        "import gzip, bz2, lzma\n"
        "gzip.open(\"a.txt.gz\", \"wb\").write(b\"gzip text\")\n"
        "bz2.open(\"b.txt.bz2\", \"wb\").write(b\"bzip2 text\")\n"
        "lzma.open(\"c.txt.xz\", \"wb\").write(b\"xz text\")\n"
        "open(\"d.txt\", \"wb\").write(b\"zstd text\")\n"
        "open(\"two.txt.gz\", \"wb\").write(gzip.compress(b\"two \") + gzip.compress(b\"parts\"))\n"
        "open(\"misnamed.txt\", \"wb\").write(gzip.compress(b\"found by content\"))\n"
        "open(\"twice.txt.xz.gz\", \"wb\").write(gzip.compress(lzma.compress(b\"both\")))");
    scene_shell(scene, "zstd -q --rm d.txt");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 7);
    assert_slice(scene_article(scene, "a.txt.gz")->body, "gzip text");
    assert_slice(scene_article(scene, "b.txt.bz2")->body, "bzip2 text");
    assert_slice(scene_article(scene, "c.txt.xz")->body, "xz text");
    assert_slice(scene_article(scene, "d.txt.zst")->body, "zstd text");
    assert_slice(scene_article(scene, "two.txt.gz")->body, "two parts");
    assert_slice(scene_article(scene, "misnamed.txt")->body, "found by content");
    assert_slice(scene_article(scene, "twice.txt.xz.gz")->body, "both");
}

static void the_name_within_counts(void **state)
{
    struct scene *scene = *state;
    python(scene, "import gzip; gzip.open(\"a.csv.gz\", \"wb\").write(b\"title,body\\nT,B\\n\")");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_article(scene, "a.csv.gz#1")->title, "T");
}

static void reads_members(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "in/x.txt", "first");
    SCENE_FILE(scene, "in/sub/y.jsonl", "{\"body\": \"second\"}\n{broken\n");
    SCENE_FILE(scene, "in/empty.txt", "");
    scene_shell(
        scene,
        "tar cf a.tar in/x.txt in/sub && tar czf b.tar.gz -C in x.txt && tar cf c.tar -C in . && "
        "zstd -q c.tar && rm c.tar && python3 -m zipfile -c d.zip in && rm -r in");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_article(scene, "a.tar!/in/x.txt")->body, "first");
    assert_slice(scene_article(scene, "a.tar!/in/sub/y.jsonl#1")->body, "second");
    assert_slice(scene_article(scene, "b.tar.gz!/x.txt")->body, "first");
    assert_slice(scene_article(scene, "c.tar.zst!/x.txt")->body, "first");
    assert_slice(scene_article(scene, "d.zip!/in/x.txt")->body, "first");
    assert_non_null(strstr(scene->skipped[0], "a.tar!/in/sub/y.jsonl:2: not valid JSON at byte "));
    assert_true(scene_skipped(scene, "c.tar.zst!/empty.txt: empty"));
    assert_true(scene_skipped(scene, "d.zip!/in/empty.txt: empty"));
    assert_int_equal(scene->totals.files, 7);
}

static void reads_from_standard_input_and_pipes(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "x.txt", "first");
    scene_shell(
        scene,
        "python3 -m zipfile -c d.zip x.txt && rm x.txt && mkfifo pipe && (cat d.zip > pipe &)");
    assert_int_equal(scene_read_path(scene, scene_path(scene, "pipe")), STATUS_OK);
    assert_slice(scene_only(scene)->id, "pipe!/x.txt");
    assert_non_null(freopen(scene_path(scene, "d.zip"), "rb", stdin));
    assert_int_equal(scene_read_path(scene, "-"), STATUS_OK);
    assert_slice(scene_only(scene)->id, "-!/x.txt");
    assert_string_equal(scene->articles[0].place, "-!/x.txt:1");
}

static void follows_no_links_of_an_archive(void **state)
{
    struct scene *scene = *state;
    SCENE_FILE(scene, "in/x.txt", "first");
    scene_shell(scene, "ln -s /etc/hostname in/soft && ln in/x.txt in/y.txt && tar cf a.tar "
                       "in/x.txt in/y.txt in/soft "
                       "&& rm -r in");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 1);
    assert_true(
        scene_skipped(scene, "a.tar!/in/soft: a symbolic link in an archive is not followed"));
    assert_true(scene_skipped(scene, "a.tar!/in/y.txt: a link to another member is not followed"));
}

static void says_what_is_damaged(void **state)
{
    struct scene *scene = *state;
    char place[100];
    python(scene, "import gzip, os\n"
                  "data = gzip.compress(os.urandom(500000).hex().encode())\n"
                  "open(\"cut.txt.gz\", \"wb\").write(data[:300000])\n"
                  "open(\"short.txt.gz\", "
                  "\"wb\").write(gzip.compress(os.urandom(5000).hex().encode())[:3000])\n"
                  "lines = b\"\".join(b\"{\\\"body\\\": \\\"%s\\\"}\\n\" % "
                  "os.urandom(200).hex().encode() for i in range(1500))\n"
                  "open(\"cut.jsonl.gz\", \"wb\").write(gzip.compress(lines)[:300000])\n"
                  "open(\"bad.zip\", \"wb\").write(b\"PK\\3\\4\" + bytes(100))\n"
                  "open(\"cut.tar\", \"wb\").write(b\"\")");
    SCENE_FILE(scene, "in/x.txt", "0123456789");
    scene_shell(scene, "tar cf - in | head -c 1028 > cut.tar; rm -r in");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_in_range(scene->count, 1000, 1499); /* what came before the damage */
    assert_int_equal(scene->skipped_count, 7);
    assert_non_null(strstr(scene->skipped[1], "bad.zip: damaged archive: "));
    snprintf(place, sizeof place, "cut.jsonl.gz:%zu: damaged: truncated", scene->count + 1);
    assert_non_null(strstr(scene->skipped[2], place));
    assert_non_null(strstr(scene->skipped[3], "cut.tar!/in/x.txt: damaged: "));
    assert_non_null(strstr(scene->skipped[5], "cut.txt.gz: damaged: truncated"));
    assert_non_null(strstr(scene->skipped[6], "short.txt.gz: damaged: truncated"));
}

/* Bytes that unpack to others, with nothing but a checksum to tell; sums and what is behind. */
static void compares_checksums(void **state)
{
    struct scene *scene = *state;
    python(scene, "import gzip\n"
                  "def put(name, data): open(name, \"wb\").write(data)\n"
                  "text = bytearray(gzip.compress(b\"0123456789\" * 9, 0))\n"
                  "whole = bytes(text)\n"
                  "text[30] ^= 1; put(\"byte.txt.gz\", text)\n"
                  "sum = bytearray(whole); sum[-8] ^= 1; put(\"crc.txt.gz\", sum)\n"
                  "sum = bytearray(whole); sum[-1] ^= 1; put(\"length.txt.gz\", sum)\n"
                  "put(\"behind.txt.gz\", whole + b\"more\")\n"
                  "put(\"padded.txt.gz\", whole + bytes(700))\n"
                  "put(\"later.txt.gz\", whole + bytes(9) + whole)\n"
                  "put(\"second.txt.gz\", whole + bytes(text))\n"
                  "put(\"half.txt.gz\", whole + whole[:-3])\n"
                  "lines = bytearray(gzip.compress(b\"{\\\"body\\\": \\\"one\\\"}\\n\" * 3, 0))\n"
                  "lines[-8] ^= 1; put(\"lines.jsonl.gz\", lines)");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 4);
    assert_non_null(scene_article(scene, "padded.txt.gz"));
    assert_non_null(scene_article(scene, "lines.jsonl.gz#3"));
    assert_int_equal(scene->skipped_count, 8);
    static const char *const told[] = {"behind.txt.gz: damaged: what stands behind its end",
                                       "byte.txt.gz: damaged: its content does not fit",
                                       "crc.txt.gz: damaged: its content does not fit",
                                       "half.txt.gz: damaged: truncated",
                                       "later.txt.gz: damaged: what stands behind its end",
                                       "length.txt.gz: damaged: its content does not fit",
                                       "lines.jsonl.gz:4: damaged: its content does not fit",
                                       "second.txt.gz: damaged: its content does not fit"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        assert_non_null(strstr(scene->skipped[i], told[i]));
}

static void nests_only_so_deep(void **state)
{
    struct scene *scene = *state;
    python(scene, "import gzip\n"
                  "data = b\"deep\"\n"
                  "for i in range(8): data = gzip.compress(data)\n"
                  "open(\"eight.gz\", \"wb\").write(data)\n"
                  "open(\"nine.gz\", \"wb\").write(gzip.compress(data))");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_slice(scene_only(scene)->body, "deep");
    assert_true(scene_skipped(scene, "nine.gz: archives nested more than 8 deep"));
}

/* A few kilobytes that unpack to 10 GB: given up early, and what follows is still read. */
static void gives_up_on_bombs(void **state)
{
    struct scene *scene = *state;
    python(scene,
           "import bz2\n"
           "part = bz2.compress(bytes(10 << 20))\n"
           "open(\"bomb.bz2\", \"wb\").write(part * 1000)\n"
           "text = bz2.compress(b\"{\\\"body\\\": \\\"x\\\"}\\n\" * 3 + b\" \" * (10 << 20))\n"
           "open(\"lines.jsonl.bz2\", \"wb\").write(text + part * 1000)");
    SCENE_FILE(scene, "z.txt", "after");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 4);
    assert_slice(scene_article(scene, "z.txt")->body, "after");
    assert_true(scene_skipped(scene, "bomb.bz2: not text of a kind that is read") ||
                scene_skipped(scene, "bomb.bz2: unpacks to more than 1000 times its size"));
    assert_true(
        scene_skipped(scene, "lines.jsonl.bz2:4: unpacks to more than 1000 times its size"));
}

static void an_archive_may_end_the_reading(void **state)
{
    struct scene *scene = *state;
    python(scene, "import zipfile\n"
                  "z = zipfile.ZipFile(\"a.zip\", \"w\", zipfile.ZIP_DEFLATED)\n"
                  "z.writestr(\"a.jsonl\", \"{\\\"body\\\": \\\"x\\\"}\\n[]\\n\"); "
                  "z.writestr(\"b.txt\", \"b\")");
    scene->options.strict = true;
    assert_int_equal(scene_read(scene), STATUS_INVALID);
    assert_int_equal(scene->count, 1);
    assert_non_null(strstr(scene->error.text, "/a.zip!/a.jsonl:2: not a JSON object"));
}

static void names_in_archives_are_made_utf8(void **state)
{
    struct scene *scene = *state;
    python(
        scene,
        "import zipfile, tarfile, io\n"
        "z = zipfile.ZipFile(\"a.zip\", \"w\"); z.writestr(\"h\\u00e4fen.txt\", \"b\"); z.close()\n"
        "t = tarfile.open(\"b.tar\", \"w\", format=tarfile.USTAR_FORMAT, encoding=\"latin1\")\n"
        "i = tarfile.TarInfo(\"h\\u00e4fen.txt\"); i.size = 1; t.addfile(i, io.BytesIO(b\"b\")); "
        "t.close()");
    assert_int_equal(scene_read(scene), STATUS_OK);
    assert_int_equal(scene->count, 2);
    assert_non_null(scene_article(scene, "a.zip!/h\xC3\xA4"
                                         "fen.txt"));
    assert_non_null(scene_article(scene, "b.tar!/h\xEF\xBF\xBD"
                                         "fen.txt"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        TEST(reads_every_compression),
        TEST(the_name_within_counts),
        TEST(reads_members),
        TEST(reads_from_standard_input_and_pipes),
        TEST(follows_no_links_of_an_archive),
        TEST(says_what_is_damaged),
        TEST(compares_checksums),
        TEST(nests_only_so_deep),
        TEST(gives_up_on_bombs),
        TEST(an_archive_may_end_the_reading),
        TEST(names_in_archives_are_made_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
