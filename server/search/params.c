#include "search/params.h"

#include <inttypes.h>
#include <string.h>

#include "base/decimal.h"
#include "text/date.h"
#include "text/utf8.h"

struct parameter {
    struct slice name;
    /* Sets what the value says; false where that is not allowed. */
    bool (*set)(struct search_params *params, const struct parameter *parameter,
                struct slice value);
    size_t place;  /* of what is set, in struct search_params */
    uint32_t most; /* of a number */
    const char *allowed;
};

static void *place_of(struct search_params *params, const struct parameter *parameter)
{
    return (char *)params + parameter->place;
}

static bool read_number(struct slice value, uint32_t most, uint32_t *out)
{
    uint64_t number;
    bool good = decimal_parse(value, most, &number);
    if (good)
        *out = (uint32_t)number;
    return good;
}

static bool set_text(struct search_params *params, const struct parameter *parameter,
                     struct slice value)
{
    *(struct slice *)place_of(params, parameter) = value;
    return true;
}

static bool set_date(struct search_params *params, const struct parameter *parameter,
                     struct slice value)
{
    struct date date;
    return (!value.size || date_parse(value, &date)) && set_text(params, parameter, value);
}

static bool set_number(struct search_params *params, const struct parameter *parameter,
                       struct slice value)
{
    return read_number(value, parameter->most, place_of(params, parameter));
}

static bool set_flag(struct search_params *params, const struct parameter *parameter,
                     struct slice value)
{
    uint32_t number;
    if (!read_number(value, 1, &number))
        return false;
    *(bool *)place_of(params, parameter) = number == 1;
    return true;
}

static bool set_inverse(struct search_params *params, const struct parameter *parameter,
                        struct slice value)
{
    bool *flag = place_of(params, parameter);
    if (!set_flag(params, parameter, value))
        return false;
    *flag = !*flag;
    return true;
}

/* Which of several words, separated by ", ", the value is; false where it is none. */
static bool choose(const char *words, struct slice value, uint32_t *chosen)
{
    for (uint32_t i = 0; *words; i++) {
        size_t n = strcspn(words, ",");
        if (slice_equal(slice_of(words, n), value)) {
            *chosen = i;
            return true;
        }
        words += n + strspn(words + n, ", ");
    }
    return false;
}

static bool set_sort(struct search_params *params, const struct parameter *parameter,
                     struct slice value)
{
    static const enum question_sort sorts[] = {SORT_SCORE, SORT_OLDEST, SORT_NEWEST};
    uint32_t chosen;
    if (!choose(parameter->allowed, value, &chosen))
        return false;
    params->question.sort = sorts[chosen];
    return true;
}

static bool set_op(struct search_params *params, const struct parameter *parameter,
                   struct slice value)
{
    static const enum question_op ops[] = {OP_AUTO, OP_AND, OP_OR};
    uint32_t chosen;
    if (!choose(parameter->allowed, value, &chosen))
        return false;
    params->question.op = ops[chosen];
    return true;
}

static bool set_ranking(struct search_params *params, const struct parameter *parameter,
                        struct slice value)
{
    uint32_t chosen;
    if (!choose(parameter->allowed, value, &chosen))
        return false;
    params->question.ranking = chosen == 1 ? RANKING_BM25 : RANKING_BEST;
    return true;
}

/* A number of at most three decimals, in thousandths: 1.2 is 1200. */
static bool read_thousandths(struct slice value, uint32_t most, uint32_t *out)
{
    enum { DECIMALS = 3 };
    const char *point = memchr(value.data, '.', value.size);
    size_t whole = point ? (size_t)(point - value.data) : value.size;
    size_t decimals = point ? value.size - whole - 1 : 0;
    uint32_t number, fraction = 0;
    if (whole > 6 || decimals > DECIMALS || (point && decimals == 0) ||
        !read_number(slice_of(value.data, whole), most / 1000, &number) ||
        (decimals && !read_number(slice_of(point + 1, decimals), 999, &fraction)))
        return false;
    for (size_t i = decimals; i < DECIMALS; i++)
        fraction *= 10;
    *out = number * 1000 + fraction;
    return *out <= most;
}

static bool set_thousandths(struct search_params *params, const struct parameter *parameter,
                            struct slice value)
{
    return read_thousandths(value, parameter->most, place_of(params, parameter));
}

static bool set_title_weight(struct search_params *params, const struct parameter *parameter,
                             struct slice value)
{
    return set_thousandths(params, parameter, value) &&
           params->question.title_weight >= QUESTION_TITLE_WEIGHT_LEAST;
}

static bool set_mode(struct search_params *params, const struct parameter *parameter,
                     struct slice value)
{
    uint32_t chosen;
    if (!choose(parameter->allowed, value, &chosen))
        return false;
    params->question.phrase = chosen == 1;
    return true;
}

static bool set_format(struct search_params *params, const struct parameter *parameter,
                       struct slice value)
{
    (void)parameter;
    params->format_given = render_format_parse(value, &params->format);
    return params->format_given;
}

static bool set_collapse(struct search_params *params, const struct parameter *parameter,
                         struct slice value)
{
    return params->collapse_given = set_flag(params, parameter, value);
}

/* Names with commas between; none at all where the value is empty. */
static bool set_facets(struct search_params *params, const struct parameter *parameter,
                       struct slice value)
{
    uint32_t facets = 0;
    (void)parameter;
    while (value.size) {
        const char *comma = memchr(value.data, ',', value.size);
        size_t size = comma ? (size_t)(comma - value.data) : value.size;
        bool ends = comma && size + 1 == value.size;
        enum facet_kind kind;
        if (ends || !facet_kind_parse(slice_of(value.data, size), &kind))
            return false;
        facets |= (uint32_t)1 << kind;
        value = slice_from(value, size + (comma != NULL));
    }
    params->question.facets = facets;
    return true;
}

static bool set_unit(struct search_params *params, const struct parameter *parameter,
                     struct slice value)
{
    (void)parameter;
    if (slice_equal(value, SLICE("auto")))
        params->question.timeline = TIMELINE_AUTO;
    return slice_equal(value, SLICE("auto")) ||
           timeline_unit_parse(value, &params->question.timeline);
}

#define PLACE(member) offsetof(struct search_params, member)
#define NUMBER_TO(most) "a whole number from 0 to " #most
#define FLAG "0 or 1"
#define DATE "a date such as 2015-10-01, 2015-10 or 2015"

static const struct parameter table[] = {
    {SLICE("q"), set_text, PLACE(question.text), 0, "a query"},
    {SLICE("limit"), set_number, PLACE(question.limit), QUESTION_LIMIT_MOST, NUMBER_TO(1000)},
    {SLICE("offset"), set_number, PLACE(question.offset), LINE_OFFSET_MOST,
     "a whole number from 0 to 100000, with kwic=1 to 999999999"},
    {SLICE("sort"), set_sort, 0, 0, "score, date, -date"},
    {SLICE("op"), set_op, 0, 0, "auto, and, or"},
    {SLICE("ranking"), set_ranking, 0, 0, "best, bm25"},
    {SLICE("k1"), set_thousandths, PLACE(question.k1), QUESTION_K1_MOST,
     "a number from 0 to 100, with at most three decimals"},
    {SLICE("b"), set_thousandths, PLACE(question.b), QUESTION_B_MOST,
     "a number from 0 to 1, with at most three decimals"},
    {SLICE("title_weight"), set_title_weight, PLACE(question.title_weight),
     QUESTION_TITLE_WEIGHT_MOST, "a number from 1 to 64, with at most three decimals"},
    {SLICE("mode"), set_mode, 0, 0, "query, phrase"},
    {SLICE("from"), set_date, PLACE(question.from), 0, DATE},
    {SLICE("to"), set_date, PLACE(question.to), 0, DATE},
    {SLICE("source"), set_text, PLACE(question.source), 0, "a source"},
    {SLICE("lang"), set_text, PLACE(question.lang), 0, "a language such as en"},
    {SLICE("strict"), set_flag, PLACE(question.strict), 0, FLAG},
    {SLICE("explain"), set_flag, PLACE(question.explain), 0, FLAG},
    {SLICE("snippets"), set_number, PLACE(question.snippets), QUESTION_SNIPPETS_MOST,
     NUMBER_TO(10)},
    {SLICE("total"), set_inverse, PLACE(question.uncounted), 0, FLAG},
    {SLICE("facets"), set_facets, 0, 0,
     "some of source, author, tag, lang, year, month with commas between"},
    {SLICE("by"), set_unit, 0, 0, "auto, day, month, year"},
    {SLICE("kwic"), set_flag, PLACE(question.kwic), 0, FLAG},
    {SLICE("highlight"), set_inverse, PLACE(unmarked), 0, FLAG},
    {SLICE("format"), set_format, 0, 0, "json, csv, tsv, trec, text, counts"},
    {SLICE("collapse"), set_collapse, PLACE(question.collapse), 0, FLAG},
    {SLICE("group"), set_text, PLACE(question.group), 0, "the id of an article"},
    {SLICE("variants"), set_inverse, PLACE(question.as_written), 0, FLAG},
    {SLICE("index"), set_text, PLACE(source_index), 0, "the name of an index"},
};

_Static_assert(QUESTION_LIMIT_MOST == 1000 && QUESTION_WINDOW_MOST == 100000 &&
                   QUESTION_SNIPPETS_MOST == 10 && LINE_OFFSET_MOST == 999999999,
               "the texts above name these");

enum { PARAMETERS = sizeof table / sizeof *table };

static const struct parameter *find(struct slice name)
{
    for (size_t i = 0; i < PARAMETERS; i++)
        if (slice_equal(table[i].name, name))
            return &table[i];
    return NULL;
}

const char *search_param_allowed(struct slice name)
{
    const struct parameter *parameter = find(name);
    return parameter ? parameter->allowed : NULL;
}

void search_params_init(struct search_params *params)
{
    *params = (struct search_params){.format = RENDER_JSON};
    question_init(&params->question);
}

enum { SHOWN_BYTES = 100 };

/* The part of a stranger's text that a message shows, as valid UTF-8. */
static void show(struct slice s, struct bytes *out)
{
    size_t n = s.size <= SHOWN_BYTES ? s.size : utf8_floor(s, SHOWN_BYTES);
    utf8_append_valid(out, slice_of(s.data, n));
    if (n < s.size)
        bytes_append_string(out, "…");
    bytes_put_u8(out, 0);
}

static enum status refuse(struct slice name, struct slice value, const char *allowed,
                          struct error *error)
{
    struct bytes text = {0};
    show(allowed ? value : name, &text);
    const char *shown = text.status == STATUS_OK ? (const char *)text.data : "";
    if (allowed)
        error_set(error, STATUS_INVALID, "bad value '%s' for parameter '%s': allowed is %s", shown,
                  name.data, allowed);
    else
        error_set(error, STATUS_INVALID, "unknown parameter '%s'", shown);
    bytes_release(&text);
    return STATUS_INVALID;
}

enum status search_params_set(struct search_params *params, struct slice name, struct slice value,
                              struct error *error)
{
    const struct parameter *parameter = find(name);
    if (!parameter)
        return refuse(name, value, NULL, error);
    struct search_params changed = *params;
    if (!parameter->set(&changed, parameter, value))
        return refuse(parameter->name, value, parameter->allowed, error);
    *params = changed;
    return STATUS_OK;
}

enum status search_params_check(const struct search_params *params, struct error *error)
{
    const struct question *q = &params->question;
    if (!q->kwic && (uint64_t)q->offset + q->limit > QUESTION_WINDOW_MOST)
        return error_set(error, STATUS_INVALID,
                         "'offset' and 'limit' are %" PRIu32 " and %" PRIu32
                         ": together at most %d are allowed",
                         q->offset, q->limit, QUESTION_WINDOW_MOST);
    if (q->kwic && params->format == RENDER_TREC)
        return error_set(error, STATUS_INVALID, "'kwic' is 1: lines have no format 'trec'");
    struct date from, to;
    uint64_t from_first, to_last, other;
    if (!q->from.size || !q->to.size || !date_parse(q->from, &from) || !date_parse(q->to, &to))
        return STATUS_OK;
    date_span(&from, &from_first, &other);
    date_span(&to, &other, &to_last);
    if (from_first > to_last)
        return error_set(error, STATUS_INVALID, "'from' is after 'to': '%.*s' and '%.*s'",
                         (int)q->from.size, q->from.data, (int)q->to.size, q->to.data);
    return STATUS_OK;
}

void search_params_collapse(struct search_params *params)
{
    const struct question *q = &params->question;
    if (!params->collapse_given)
        params->question.collapse =
            (params->format == RENDER_JSON || params->format == RENDER_TEXT) && !q->kwic &&
            q->group.size == 0;
}

static void write_text(struct bytes *out, const char *name, struct slice value)
{
    if (value.size == 0)
        return;
    bytes_append_string(out, name);
    bytes_append_uint(out, value.size);
    bytes_put_u8(out, ':');
    bytes_append_slice(out, value);
}

/* Every answer's ETag is made of this: so printf, which takes longer, is not asked. */
void search_params_write(const struct search_params *params, struct bytes *out)
{
    const struct question *q = &params->question;
    const struct {
        const char *name;
        struct slice value;
    } texts[] = {{"q=", q->text},
                 {"from=", q->from},
                 {"to=", q->to},
                 {"source=", q->source},
                 {"lang=", q->lang},
                 {"group=", q->group},
                 {"index=", params->source_index}};
    const struct {
        const char *name;
        uint64_t value;
    } numbers[] = {{" limit=", q->limit},
                   {" offset=", q->offset},
                   {" snippets=", q->snippets},
                   {" sort=", q->sort},
                   {" op=", q->op},
                   {" phrase=", q->phrase},
                   {" strict=", q->strict},
                   {" explain=", q->explain},
                   {" ranking=", q->ranking},
                   {" k1=", q->k1},
                   {" b=", q->b},
                   {" title_weight=", q->title_weight},
                   {" facets=", q->facets},
                   {" by=", q->timeline},
                   {" kwic=", q->kwic},
                   {" as_written=", q->as_written},
                   {" collapse=", q->collapse},
                   {" uncounted=", q->uncounted},
                   {" unmarked=", params->unmarked},
                   {" format=", params->format}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        write_text(out, texts[i].name, texts[i].value);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        bytes_append_string(out, numbers[i].name);
        bytes_append_uint(out, numbers[i].value);
    }
}
