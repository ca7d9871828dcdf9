#include "query/parser.h"

#include <stdarg.h>
#include <stdio.h>

#include "text/utf8.h"

enum { REPAIRS_MOST = 20 };

void parser_fail(struct parser *p, enum status status, const char *format, ...)
{
    if (p->status != STATUS_OK)
        return;
    p->status = status;
    p->token.kind = TOKEN_END;
    va_list list;
    va_start(list, format);
    error_set_list(p->error, status, format, list);
    va_end(list);
}

bool parser_has_memory(struct parser *p, enum status status)
{
    if (status != STATUS_OK)
        parser_fail(p, status, "out of memory while the query was parsed");
    return p->status == STATUS_OK;
}

struct subject parse_subject(struct slice s)
{
    struct subject subject;
    size_t most = sizeof subject.text - 4;
    size_t n = s.size <= most ? s.size : utf8_floor(s, most);
    snprintf(subject.text, sizeof subject.text, "%.*s%s", (int)n, n ? s.data : "",
             n < s.size ? "…" : "");
    return subject;
}

static bool repaired_so(const struct query *query, struct slice sentence)
{
    for (size_t i = 0; i < query->repair_count; i++)
        if (slice_equal(query->repairs[i], sentence))
            return true;
    return false;
}

static void add_repair(struct parser *p, struct slice sentence)
{
    struct query *query = p->query;
    if (query->repair_count > REPAIRS_MOST || repaired_so(query, sentence))
        return;
    if (!query->repairs)
        query->repairs = arena_allocate(p->arena, REPAIRS_MOST + 1, sizeof *query->repairs);
    if (!query->repairs)
        return;
    if (query->repair_count == REPAIRS_MOST)
        sentence = SLICE("more was mended than is listed");
    query->repairs[query->repair_count++] = arena_copy(p->arena, sentence);
}

void parser_mend(struct parser *p, size_t at, const char *problem, const char *remedy)
{
    if (p->status != STATUS_OK)
        return;
    if (p->options->strict) {
        p->query->error_at = utf8_length(slice_of(p->query->text.data, at));
        parser_fail(p, STATUS_INVALID, "%s, at character %zu of the query", problem,
                    p->query->error_at + 1);
        return;
    }
    char sentence[400];
    int n = snprintf(sentence, sizeof sentence, "%s; %s", problem, remedy);
    size_t size = n < (int)sizeof sentence ? (size_t)n : sizeof sentence - 1;
    add_repair(p, slice_of(sentence, utf8_floor(slice_of(sentence, size), size)));
}
