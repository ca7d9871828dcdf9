#include "unit/search/library.h"

#include "base/bytes.h"
#include "build/builder.h"
#include "test_build.h"
#include "text/utf8.h"
#include "unit/unit.h"

void library_open(struct library *library)
{
    *library = (struct library){0};
    scratch_open(&library->scratch);
}

void library_build(struct library *library, const char *name, const struct article *articles,
                   size_t count, bool no_text)
{
    struct builder_options options = test_build_options();
    options.no_text = no_text;
    struct builder *builder = test_build_open(scratch_path(&library->scratch, name), &options);
    for (size_t i = 0; i < count; i++)
        test_build_add(builder, &articles[i]);
    test_build_commit(builder);
}

void library_search(struct library *library, const char *const *names, size_t count)
{
    const char *paths[LIBRARY_FILES_MOST];
    struct error error = {0};
    for (size_t i = 0; i < count; i++)
        paths[i] = scratch_path(&library->scratch, names[i]);
    searcher_unref(library->searcher);
    library->searcher = searcher_open("test", paths, count, &error);
    assert_non_null(library->searcher);
}

void library_close(struct library *library)
{
    answer_release(&library->answer);
    searcher_unref(library->searcher);
    scratch_close(&library->scratch);
}

enum status library_ask(struct library *library, const struct question *question)
{
    answer_release(&library->answer);
    library->error = (struct error){0};
    enum status status =
        searcher_ask(library->searcher, question, &library->answer, &library->error);
    assert_int_equal(library->error.status, status);
    return status;
}

void library_question(struct question *question, const char *text)
{
    question_init(question);
    question->ranking = RANKING_BM25; /* scores that a test can tell beforehand */
    question->text = slice_of_string(text);
    question->budget_us = 0;
}

void library_ask_text(struct library *library, const char *text)
{
    struct question question;
    library_question(&question, text);
    assert_int_equal(library_ask(library, &question), STATUS_OK);
}

bool library_hits(const struct library *library, const char *ids)
{
    struct bytes got = {0};
    for (size_t i = 0; i < library->answer.hit_count; i++) {
        bytes_append_string(&got, i ? " " : "");
        bytes_append_slice(&got, library->answer.hits[i].id);
    }
    bool same = slice_equal(bytes_slice(&got), slice_of_string(ids));
    if (!same)
        fprintf(stderr, "expected '%s', got '%.*s'\n", ids, (int)got.size,
                got.data ? (char *)got.data : "");
    bytes_release(&got);
    return same;
}

const char *library_marked(struct slice text, const struct range *ranges, size_t count)
{
    static char room[65536];
    size_t size = 0, mark = 0;
    uint32_t point = 0, c;
    for (size_t at = 0; at <= text.size; point++) {
        if (mark < count && ranges[mark].end == point) {
            room[size++] = ']';
            mark++;
        }
        if (mark < count && ranges[mark].start == point)
            room[size++] = '[';
        if (at == text.size)
            break;
        size_t length = utf8_decode(text.data + at, text.size - at, &c);
        memcpy(room + size, text.data + at, length);
        size += length;
        at += length;
    }
    room[size] = 0;
    return room;
}
