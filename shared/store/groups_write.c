#include "store/groups_write.h"

#include "base/endian.h"
#include "base/memory.h"

#define ALONE UINT32_MAX

struct writing {
    struct chunk_writer *chunk;
    const uint32_t *first, *places;
    uint32_t article_count, count; /* all, and in groups */
    uint32_t *begins;              /* by place: where the article's group begins; ALONE: nowhere */
    uint32_t *members;             /* places, group behind group */
    uint32_t *numbers;             /* by place */
};

static void put(struct writing *writing, uint32_t number)
{
    uint8_t bytes[GROUPS_NUMBER_BYTES];
    store_le32(bytes, number);
    chunk_append(writing->chunk, bytes, sizeof bytes);
}

/* Groups in the order of their firsts: begins has, for each first that has copies, where. */
static void place_groups(struct writing *writing)
{
    const uint32_t *first = writing->first;
    for (uint32_t place = 0; place < writing->article_count; place++)
        if (first[place] != place)
            writing->begins[first[place]]++;
    for (uint32_t place = 0; place < writing->article_count; place++) {
        uint32_t copies = writing->begins[place];
        writing->begins[place] = copies ? writing->count : ALONE;
        writing->count += copies ? copies + 1 : 0;
    }
}

/* A first comes before its copies; while they are filled in, its begin is where the next goes. */
static void place_members(struct writing *writing)
{
    const uint32_t *first = writing->first;
    for (uint32_t place = 0; place < writing->article_count; place++)
        if (writing->begins[first[place]] != ALONE)
            writing->members[writing->begins[first[place]]++] = place;
    for (uint32_t at = 0, begin = 0; at < writing->count; at++) {
        uint32_t place = writing->members[at];
        if (first[place] == place)
            begin = at;
        writing->begins[place] = begin;
    }
}

static void write_articles(struct writing *writing, bool begins)
{
    for (uint32_t doc = 0; doc < writing->article_count; doc++) {
        uint32_t place = writing->places ? writing->places[doc] : doc;
        if (writing->begins[place] != ALONE)
            put(writing, begins ? writing->begins[place] : doc);
    }
}

static void write_members(struct writing *writing)
{
    for (uint32_t at = 0; at < writing->count; at++) {
        uint32_t place = writing->members[at];
        bool last = at + 1 == writing->count ||
                    writing->first[writing->members[at + 1]] == writing->members[at + 1];
        put(writing, writing->numbers[place] | (last ? GROUPS_LAST : 0));
    }
}

static enum status write_all(struct writing *writing)
{
    uint8_t count[GROUPS_FOOTER_BYTES];
    place_groups(writing);
    writing->members = memory_allocate(writing->count * sizeof *writing->members);
    if (!writing->members)
        return STATUS_NO_MEMORY;
    place_members(writing);
    for (uint32_t doc = 0; doc < writing->article_count; doc++)
        writing->numbers[writing->places ? writing->places[doc] : doc] = doc;
    write_articles(writing, false);
    write_articles(writing, true);
    write_members(writing);
    store_le64(count, writing->count);
    chunk_append(writing->chunk, count, sizeof count);
    return chunk_status(writing->chunk);
}

enum status groups_write(struct container_writer *container, const uint32_t *first,
                         const uint32_t *places, uint32_t article_count, struct error *error)
{
    struct writing writing = {
        .chunk = container_chunk(container, CHUNK_GROUPS, error),
        .first = first,
        .places = places,
        .article_count = article_count,
        .begins = memory_allocate_zeroed((size_t)article_count + 1, sizeof *writing.begins),
        .numbers = memory_allocate(((size_t)article_count + 1) * sizeof *writing.numbers),
    };
    enum status status = writing.chunk ? STATUS_OK : error->status;
    if (status == STATUS_OK)
        status = writing.begins && writing.numbers ? write_all(&writing) : STATUS_NO_MEMORY;
    memory_free(writing.begins);
    memory_free(writing.members);
    memory_free(writing.numbers);
    if (status != STATUS_OK)
        error_set(error, status, "cannot write groups: %s", status_name(status));
    return status;
}
