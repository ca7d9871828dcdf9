/* Any bytes as a query: lenient parsing takes them, what is written is the same query again, and
 * strict parsing agrees or points into the query. The first byte chooses the options. */
#include "fuzz/fuzz.h"

#include "text/utf8.h"
#include "unit/query/asking.h"

static struct analyzer *analyzer;

static void demand_round_trip(const struct asked *asked, bool any)
{
    struct asked again;
    ask(&again, analyzer, asked->written, (struct query_options){.strict = true, .any = any});
    fuzz_demand(again.status == STATUS_OK);
    fuzz_demand(equal_trees(asked->query.root, again.query.root));
    fuzz_demand(slice_equal(asked->written, again.written));
    asked_release(&again);
}

static void demand_strict(const struct asked *asked, struct slice text,
                          struct query_options options)
{
    struct asked strict;
    options.strict = true;
    ask(&strict, analyzer, text, options);
    fuzz_demand((strict.status == STATUS_OK) == (asked->query.repair_count == 0));
    if (strict.status == STATUS_OK)
        fuzz_demand(equal_trees(asked->query.root, strict.query.root));
    else
        fuzz_demand(strict.query.error_at < utf8_length(strict.query.text));
    asked_release(&strict);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct asked asked;
    if (!analyzer)
        analyzer = analyzer_open();
    /* The canonical form of a word that was cut is not looked at here: it takes more than
     * WORD_MAX_BYTES. */
    if (!analyzer || size == 0 || size > WORD_MAX_BYTES / 4)
        return 0;
    struct query_options options = {.phrase = data[0] & 1, .any = data[0] & 2};
    struct slice text = slice_of(data + 1, size - 1);
    ask(&asked, analyzer, text, options);
    fuzz_demand(asked.status == STATUS_OK || asked.status == STATUS_LIMIT);
    if (asked.status == STATUS_OK) {
        fuzz_demand(utf8_valid(asked.written));
        demand_round_trip(&asked, false);
        demand_round_trip(&asked, true);
        demand_strict(&asked, text, options);
    }
    asked_release(&asked);
    return 0;
}
