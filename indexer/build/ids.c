#include "build/ids.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/spool.h"
#include "store/columns_write.h"

/* Two hashes: one that the file is sorted by, and one under the key of the process, so that no set
 * of articles can be made whose ids seem to be one. Equal ids are those equal in both. */
struct id_entry {
    uint64_t hash;
    uint64_t keyed;
    uint64_t doc;
};

struct id_collector {
    struct spool *spool;
    uint32_t count;
    uint64_t key;
};

enum { READ_ENTRIES = 4096, DROPPED = 0xFFFFFFFF };

struct id_collector *id_collector_open(const char *beside, struct error *error)
{
    struct id_collector *ids = memory_allocate_zeroed(1, sizeof *ids);
    if (!ids) {
        error_set(error, STATUS_NO_MEMORY, "out of memory for ids");
        return NULL;
    }
    ids->key = hash_process_key();
    ids->spool = spool_open(beside, NULL, error);
    if (!ids->spool) {
        memory_free(ids);
        return NULL;
    }
    return ids;
}

enum status id_collector_add(struct id_collector *ids, struct slice id)
{
    struct id_entry entry = {id_hash(id), hash_keyed(id.data, id.size, ids->key), ids->count++};
    return spool_append(ids->spool, &entry, sizeof entry);
}

static int compare_entries(const void *a, const void *b)
{
    const struct id_entry *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->keyed != y->keyed)
        return x->keyed < y->keyed ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

/* --- Sorting -----------------------------------------------------------------------------------*/

enum { DIGIT_BITS = 11 };

/* The digit of a hash, of two, behind its first `bits`. */
static uint32_t digit_of(uint64_t hash, int bits, int digit)
{
    return (uint32_t)(hash << bits >> (64 - DIGIT_BITS * (digit + 1))) & ((1u << DIGIT_BITS) - 1);
}

static void sort_by_digit(const struct id_entry *from, struct id_entry *to, size_t count, int bits,
                          int digit)
{
    size_t at[1 << DIGIT_BITS] = {0}, behind = 0;
    for (size_t i = 0; i < count; i++)
        at[digit_of(from[i].hash, bits, digit)]++;
    for (size_t d = 0; d < 1 << DIGIT_BITS; d++) {
        size_t n = at[d];
        at[d] = behind;
        behind += n;
    }
    for (size_t i = 0; i < count; i++)
        to[at[digit_of(from[i].hash, bits, digit)]++] = from[i];
}

/* Entries whose hashes are the same in their first `bits`: by two digits behind these, then those
 * of the same two by comparing them. */
static enum status sort_entries(struct id_entry *entries, size_t count, int bits)
{
    struct id_entry *spare = memory_allocate(count * sizeof *spare);
    if (!spare)
        return STATUS_NO_MEMORY;
    sort_by_digit(entries, spare, count, bits, 1);
    sort_by_digit(spare, entries, count, bits, 0);
    memory_free(spare);
    for (size_t first = 0, end; first < count; first = end) {
        uint64_t digits = entries[first].hash << bits >> (64 - 2 * DIGIT_BITS);
        for (end = first + 1; end < count; end++)
            if (entries[end].hash << bits >> (64 - 2 * DIGIT_BITS) != digits)
                break;
        if (end - first > 1)
            qsort(entries + first, end - first, sizeof *entries, compare_entries);
    }
    return STATUS_OK;
}

/* --- Parts -------------------------------------------------------------------------------------*/

/* Calls back with each of the parts of the hashes' range in turn, sorted. */
struct pass {
    void *context;
    enum status (*take)(void *context, const struct id_entry *entries, size_t count);
};

/* Appends the entries of the spool that lie in part `part` of 2^bits. */
static enum status gather(const struct id_collector *ids, int bits, uint64_t part,
                          struct bytes *out)
{
    struct id_entry entries[READ_ENTRIES];
    bytes_clear(out);
    for (uint32_t at = 0; at < ids->count; at += READ_ENTRIES) {
        uint32_t n = ids->count - at < READ_ENTRIES ? ids->count - at : READ_ENTRIES;
        enum status status =
            spool_read(ids->spool, at * sizeof *entries, entries, n * sizeof *entries);
        if (status != STATUS_OK)
            return status;
        for (uint32_t i = 0; i < n; i++)
            if (bits == 0 || entries[i].hash >> (64 - bits) == part)
                bytes_append(out, &entries[i], sizeof entries[i]);
    }
    return out->status;
}

static enum status each_part(struct id_collector *ids, size_t memory, const struct pass *pass,
                             struct error *error)
{
    enum status status = spool_flush(ids->spool, error);
    int bits = 0;
    while ((ids->count * sizeof(struct id_entry) >> bits) > memory && bits < 16)
        bits++;
    struct bytes part = {0};
    for (uint64_t p = 0; p < (uint64_t)1 << bits && status == STATUS_OK; p++) {
        status = gather(ids, bits, p, &part);
        size_t count = part.size / sizeof(struct id_entry);
        struct id_entry *entries = (struct id_entry *)(void *)part.data;
        if (status == STATUS_OK && count)
            status = sort_entries(entries, count, bits);
        if (status == STATUS_OK && count)
            status = pass->take(pass->context, entries, count);
    }
    bytes_release(&part);
    if (status != STATUS_OK)
        error_set(error, status, "cannot sort ids: %s", status_name(status));
    return status;
}

/* --- Which meet twice --------------------------------------------------------------------------*/

struct replacements {
    uint32_t count;
    uint32_t *source; /* by place: which article takes it, or DROPPED; NULL before the first
                         replacement */
};

static bool same_id(const struct id_entry *a, const struct id_entry *b)
{
    return a->hash == b->hash && a->keyed == b->keyed;
}

static bool prepare(struct replacements *r)
{
    if (r->source)
        return true;
    r->source = memory_allocate(r->count * sizeof *r->source);
    for (uint32_t i = 0; r->source && i < r->count; i++)
        r->source[i] = i;
    return r->source != NULL;
}

static enum status find_replacements(void *context, const struct id_entry *entries, size_t count)
{
    struct replacements *r = context;
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && same_id(&entries[first], &entries[end]); end++) {
            if (!prepare(r))
                return STATUS_NO_MEMORY;
            r->source[entries[end].doc] = DROPPED;
            r->source[entries[first].doc] = (uint32_t)entries[end].doc;
        }
    }
    return STATUS_OK;
}

enum status id_collector_order(struct id_collector *ids, size_t memory, struct bytes *order,
                               struct error *error)
{
    struct replacements r = {.count = ids->count};
    struct pass pass = {&r, find_replacements};
    enum status status = each_part(ids, memory, &pass, error);
    for (uint32_t i = 0; status == STATUS_OK && r.source && i < r.count; i++)
        if (r.source[i] != DROPPED)
            bytes_append(order, &r.source[i], sizeof *r.source);
    memory_free(r.source);
    if (order->status != STATUS_OK)
        error_set(error, order->status, "out of memory for the order of articles");
    return status ? status : order->status;
}

/* --- The table ---------------------------------------------------------------------------------*/

static int compare_for_table(const void *a, const void *b)
{
    const struct id_entry *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

/* The keyed hash differs from one process to the next; the file's order must not. */
static enum status write_entries(void *context, const struct id_entry *entries, size_t count)
{
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && entries[end].hash == entries[first].hash;)
            end++;
        if (end - first > 1)
            qsort((void *)(uintptr_t)&entries[first], end - first, sizeof *entries,
                  compare_for_table);
        for (size_t i = first; i < end; i++)
            id_writer_add(context, entries[i].hash, (uint32_t)entries[i].doc);
    }
    return STATUS_OK;
}

enum status id_collector_write(struct id_collector *ids, size_t memory, struct id_writer *writer,
                               struct error *error)
{
    struct pass pass = {writer, write_entries};
    return each_part(ids, memory, &pass, error);
}

void id_collector_close(struct id_collector *ids)
{
    if (!ids)
        return;
    spool_close(ids->spool);
    memory_free(ids);
}
