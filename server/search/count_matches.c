#include "search/count_matches.h"

#include "search/answer.h"
#include "search/collection.h"
#include "search/every.h"
#include "search/facet_values.h"
#include "search/timeline_buckets.h"

struct counting {
    const struct count_request *request;
    struct facet_values values[FACET_COLUMNS];
    struct date_counts dates;
    bool by_date;
    const struct columns *columns; /* of the file being walked */
};

static bool is_asked(const struct question *question, enum facet_kind kind)
{
    return question->facets >> kind & 1;
}

static bool check(struct counting *counting, enum status status, enum chunk_id chunk)
{
    return match_budget_check(counting->request->budget, status, chunk);
}

static bool begin_file(void *context, size_t at, const struct match_source *source)
{
    struct counting *counting = context;
    const struct count_request *request = counting->request;
    struct match_budget *budget = request->budget;
    counting->columns = source->columns;
    for (int field = 0; field < FACET_COLUMNS; field++) {
        enum chunk_id chunk = CHUNK_LEXICON;
        enum status status = STATUS_OK;
        if (is_asked(request->question, (enum facet_kind)field))
            status = facet_values_enter(&counting->values[field], at, budget->deadline_us, &chunk);
        budget->by_time |= status == STATUS_DEADLINE;
        if (!check(counting, status, chunk))
            return false;
    }
    return true;
}

static bool take_date(struct counting *counting, uint32_t doc)
{
    uint64_t packed;
    bool corrupt;
    if (!check(counting, columns_date(counting->columns, doc, &packed), CHUNK_DATES))
        return false;
    if (date_counts_add(&counting->dates, packed, &corrupt))
        return true;
    return check(counting, corrupt ? STATUS_CORRUPT : STATUS_NO_MEMORY, CHUNK_DATES);
}

static bool take_article(void *context, struct matcher *root, uint32_t doc)
{
    struct counting *counting = context;
    (void)root;
    for (int field = 0; field < FACET_COLUMNS; field++)
        if (is_asked(counting->request->question, (enum facet_kind)field))
            facet_values_add(&counting->values[field], doc);
    return !counting->by_date || take_date(counting, doc);
}

static bool begin(struct counting *counting)
{
    const struct count_request *request = counting->request;
    struct arena *scratch = &request->workspace->scratch;
    const struct question *question = request->question;
    counting->by_date = question->timeline != TIMELINE_NONE || is_asked(question, FACET_YEAR) ||
                        is_asked(question, FACET_MONTH);
    bool good = !counting->by_date || date_counts_init(&counting->dates, scratch);
    for (int field = 0; good && field < FACET_COLUMNS; field++)
        if (is_asked(question, (enum facet_kind)field))
            good = facet_values_init(&counting->values[field], request->columns,
                                     request->plan->collection, field, scratch);
    return check(counting, good ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_LEXICON);
}

/* Also behind an end of the budget: what was counted is shown. */
static enum status show_facets(struct counting *counting, struct answer *answer)
{
    const struct count_request *request = counting->request;
    answer->facets = arena_allocate(&answer->arena, FACETS, sizeof *answer->facets);
    for (int kind = 0; answer->facets && kind < FACETS; kind++) {
        struct facet *facet = &answer->facets[answer->facet_count];
        enum status status = STATUS_OK;
        if (!is_asked(request->question, (enum facet_kind)kind))
            continue;
        facet->kind = (enum facet_kind)kind;
        if (kind < FACET_COLUMNS)
            status = facet_values_show(&counting->values[kind], request->workspace, &answer->arena,
                                       facet);
        else
            timeline_show_facet(&counting->dates, &answer->arena, facet);
        if (status != STATUS_OK) {
            request->budget->status = STATUS_OK;
            check(counting, status, CHUNK_FIELDS);
            return status;
        }
        answer->facet_count++;
    }
    return answer->arena.status;
}

enum status count_matches(const struct count_request *request, struct answer *answer,
                          struct error *error)
{
    struct counting counting = {.request = request};
    const struct every_visitor visitor = {&counting, begin_file, take_article};
    struct match_budget *budget = request->budget;
    if (begin(&counting))
        every_match(request->plan, request->workspace, budget, &visitor);
    enum status status = budget->status == STATUS_DEADLINE ? STATUS_OK : budget->status;
    if (status == STATUS_OK && request->question->facets)
        status = show_facets(&counting, answer);
    if (status == STATUS_OK && request->question->timeline != TIMELINE_NONE)
        status = timeline_show(&counting.dates, request->question->timeline, &answer->arena,
                               &answer->timeline, error);
    if (status == STATUS_NO_MEMORY)
        check(&counting, status, CHUNK_LEXICON);
    return status;
}
