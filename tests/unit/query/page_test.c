/* The tables of docs/query-language.md that say how a query is understood: each row is true. */
#include "unit/query/asking.h"

#include <stdlib.h>

#include "base/bytes.h"

static char *page;

static int read_page(void **state)
{
    char path[4096];
    const char *root = getenv("VERBATIM_SOURCE");
    snprintf(path, sizeof path, "%s/docs/query-language.md", root ? root : ".");
    FILE *file = fopen(path, "r");
    page = calloc(1, 65536);
    if (!file || !page || !fread(page, 1, 65535, file))
        return -1;
    fclose(file);
    return open_analyzer(state);
}

static int free_page(void **state)
{
    free(page);
    return close_analyzer(state);
}

/* The next `…` before the end; moves *at behind it. */
static struct slice next_code(const char **at, const char *end)
{
    const char *open = memchr(*at, '`', (size_t)(end - *at));
    const char *close = open ? memchr(open + 1, '`', (size_t)(end - open - 1)) : NULL;
    *at = close ? close + 1 : end;
    return close ? slice_of(open + 1, (size_t)(close - open - 1)) : (struct slice){0};
}

static const char *cell_end(const char *at, const char *end)
{
    const char *bar = memmem(at, (size_t)(end - at), " |", 2);
    return bar ? bar : end;
}

static void check_pair(struct slice query, struct slice understood, struct slice told)
{
    struct asked asked, plain;
    ask(&asked, analyzer, query, (struct query_options){0});
    ask(&plain, analyzer, understood, (struct query_options){.strict = true});
    if (plain.status != STATUS_OK || !equal_trees(asked.query.root, plain.query.root))
        fail_msg("'%.*s' is not '%.*s' but '%.*s'", (int)query.size, query.data,
                 (int)understood.size, understood.data, (int)asked.written.size,
                 asked.written.data);
    for (size_t i = 0; i < asked.query.repair_count; i++) {
        struct slice repair = asked.query.repairs[i];
        if (!memmem(told.data, told.size, repair.data, repair.size))
            fail_msg("'%.*s' is mended so: %s", (int)query.size, query.data, repair.data);
    }
    asked_release(&asked);
    asked_release(&plain);
}

/* | written | understood as | told |; returns how many of the first cell's codes were looked at. */
static size_t check_row(const char *line, const char *end)
{
    const char *first = line + 2, *first_end = cell_end(first, end);
    const char *second = first_end + 2, *second_end = cell_end(second, end);
    struct slice told = slice_of(second_end, (size_t)(end - second_end));
    struct slice understood = {0}, query, next;
    size_t count = 0;
    while ((query = next_code(&first, first_end)).data) {
        if ((next = next_code(&second, second_end)).data)
            understood = next;
        if (understood.data)
            check_pair(query, understood, told);
        count += understood.data != NULL;
    }
    return count;
}

static void every_row_is_true(void **state)
{
    size_t count = 0;
    bool in_table = false;
    (void)state;
    for (const char *line = page, *end; *line; line = *end ? end + 1 : end) {
        end = strchrnul(line, '\n');
        if (strncmp(line, "| written | understood as", 25) == 0)
            in_table = true;
        else if (*line != '|')
            in_table = false;
        else if (in_table && line[1] == ' ')
            count += check_row(line, end);
    }
    assert_true(count > 40);
}

/* What the first table shows needs no mending. */
static void every_example_is_strict(void **state)
{
    size_t count = 0;
    const char *at = strstr(page, "| written | means"), *end = strstr(page, "\n## Quotes");
    (void)state;
    assert_true(at && end);
    for (const char *line = strchr(at, '\n') + 1; line < end; line = strchr(line, '\n') + 1) {
        const char *stop = *line == '|' ? cell_end(line + 1, end) : strchr(line, '\n');
        struct slice code;
        for (const char *from = line; (code = next_code(&from, stop)).data; count++) {
            struct asked asked;
            bool inner = *line != '|' && code.size < 10; /* `U.S.`, `OR`, … in the prose */
            ask(&asked, analyzer, code, (struct query_options){.strict = true});
            if (asked.status != STATUS_OK && !inner)
                fail_msg("'%.*s': %s", (int)code.size, code.data, asked.error.text);
            asked_release(&asked);
        }
    }
    assert_true(count > 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_true),
        cmocka_unit_test(every_example_is_strict),
    };
    return cmocka_run_group_tests(tests, read_page, free_page);
}
