#include "search/facet_values.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "search/collection.h"
#include "store/key.h"
#include "text/utf8.h"

bool facet_values_init(struct facet_values *values, struct value_columns *columns,
                       const struct collection *collection, int field, struct arena *arena)
{
    *values = (struct facet_values){
        .columns = columns, .collection = collection, .arena = arena, .field = field};
    values->files = arena_allocate(arena, collection->file_count, sizeof *values->files);
    return values->files != NULL;
}

enum status facet_values_enter(struct facet_values *values, size_t file, uint64_t deadline_us,
                               enum chunk_id *chunk)
{
    struct facet_file *entered = &values->files[file];
    const struct value_column *column;
    enum status status = value_columns_get(values->columns, values->collection, file, values->field,
                                           deadline_us, &column, chunk);
    if (status != STATUS_OK)
        return status;
    entered->counts = arena_allocate(values->arena, column->value_count, sizeof *entered->counts);
    if (!entered->counts)
        return STATUS_NO_MEMORY;
    entered->column = column;
    values->now = entered;
    return STATUS_OK;
}

/* --- The commonest -----------------------------------------------------------------------------*/

struct counted { /* a value that some article has */
    struct slice key;
    uint64_t articles;
    uint32_t file, number; /* of the first file that has it */
};

struct commonest { /* most articles first, then by key */
    struct counted items[FACET_VALUES_MOST];
    size_t count;
    uint64_t values, articles; /* in all */
};

/* Those of equal counts come in the order of their keys. */
static void offer(struct commonest *commonest, const struct counted *counted)
{
    size_t at = commonest->count;
    commonest->values++;
    commonest->articles += counted->articles;
    while (at > 0 && commonest->items[at - 1].articles < counted->articles)
        at--;
    if (at == FACET_VALUES_MOST)
        return;
    commonest->count += commonest->count < FACET_VALUES_MOST;
    memmove(&commonest->items[at + 1], &commonest->items[at],
            (commonest->count - at - 1) * sizeof *counted);
    commonest->items[at] = *counted;
}

static struct counted counted_of(const struct facet_values *values, size_t file, uint32_t number)
{
    const struct facet_file *of = &values->files[file];
    return (struct counted){value_column_key(of->column, number), of->counts[number],
                            (uint32_t)file, number};
}

static int by_key(const void *a, const void *b)
{
    const struct counted *left = a, *right = b;
    int order = slice_compare(left->key, right->key);
    return order ? order : (left->file > right->file) - (left->file < right->file);
}

/* All values of all files that any article has. */
static bool gather(const struct facet_values *values, struct bytes *out)
{
    for (size_t file = 0; file < values->collection->file_count; file++) {
        const struct facet_file *of = &values->files[file];
        for (uint32_t number = 0; of->column && number < of->column->value_count; number++) {
            struct counted counted = counted_of(values, file, number);
            if (counted.articles)
                bytes_append(out, &counted, sizeof counted);
        }
    }
    return out->status == STATUS_OK;
}

/* The same value in several files is one. */
static bool find_in_files(const struct facet_values *values, struct commonest *commonest)
{
    struct bytes gathered = {0};
    bool good = gather(values, &gathered);
    struct counted *items = bytes_items(&gathered);
    size_t count = good ? gathered.size / sizeof *items : 0;
    if (count)
        qsort(items, count, sizeof *items, by_key);
    for (size_t i = 0; i < count;) {
        struct counted sum = items[i];
        for (i++; i < count && slice_equal(items[i].key, sum.key); i++)
            sum.articles += items[i].articles;
        offer(commonest, &sum);
    }
    bytes_release(&gathered);
    return good;
}

static bool find_commonest(const struct facet_values *values, struct commonest *commonest)
{
    const struct facet_file *only = &values->files[0];
    *commonest = (struct commonest){0};
    if (values->collection->file_count > 1)
        return find_in_files(values, commonest);
    for (uint32_t number = 0; only->column && number < only->column->value_count; number++)
        if (only->counts[number]) {
            struct counted counted = counted_of(values, 0, number);
            offer(commonest, &counted);
        }
    return true;
}

/* --- Their texts -------------------------------------------------------------------------------*/

static enum status compare(struct slice value, struct slice key, int field,
                           struct analyzer *analyzer, bool *same)
{
    struct bytes folded = {0}, cut = {0};
    analyzer_fold_value(analyzer, value, &folded);
    key_write(&cut, KEY_VALUE, field, bytes_slice(&folded));
    bool good = folded.status == STATUS_OK && cut.status == STATUS_OK;
    *same = good && slice_equal(slice_from(bytes_slice(&cut), KEY_PREFIX_BYTES), key);
    bytes_release(&folded);
    bytes_release(&cut);
    return good ? STATUS_OK : STATUS_NO_MEMORY;
}

/* As the article writes it that came first; folded where a damaged file says otherwise, or the time
 * ends before so large a record is read. */
static enum status text_of(const struct facet_values *values, const struct counted *counted,
                           struct workspace *workspace, struct arena *out, struct slice *text)
{
    struct fields fields = {0};
    struct slice record;
    uint32_t doc = values->files[counted->file].column->shown_by[counted->number];
    arena_clear(&workspace->matchers);
    enum status status = documents_record(&workspace->documents[counted->file], doc, &record);
    if (status == STATUS_OK)
        status = fields_read(record, &workspace->matchers, &fields);
    if (status != STATUS_OK && status != STATUS_DEADLINE)
        return status;
    status = STATUS_OK;
    const struct fields_list *list = &fields.lists[values->field];
    struct slice found = counted->key;
    bool same = false;
    for (size_t i = 0; i < list->count && !same && status == STATUS_OK; i++) {
        status = compare(list->values[i], counted->key, values->field, workspace->analyzer, &same);
        found = same ? list->values[i] : found;
    }
    if (status != STATUS_OK)
        return status;
    *text = utf8_valid_copy(found, out);
    return out->status;
}

enum status facet_values_show(struct facet_values *values, struct workspace *workspace,
                              struct arena *out, struct facet *facet)
{
    struct commonest commonest;
    facet->without = values->without;
    if (!find_commonest(values, &commonest))
        return STATUS_NO_MEMORY;
    facet->values = arena_allocate(out, commonest.count, sizeof *facet->values);
    if (!facet->values)
        return STATUS_NO_MEMORY;
    uint64_t shown = 0;
    for (size_t i = 0; i < commonest.count; i++) {
        struct facet_value *value = &facet->values[facet->value_count++];
        value->articles = commonest.items[i].articles;
        shown += value->articles;
        enum status status = text_of(values, &commonest.items[i], workspace, out, &value->value);
        if (status != STATUS_OK)
            return status;
    }
    facet->more_values = commonest.values - commonest.count;
    facet->more_articles = commonest.articles - shown;
    return STATUS_OK;
}
