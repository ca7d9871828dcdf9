#include "input/gzip_source.h"

#include "base/gzip.h"
#include "base/memory.h"

struct gzip_source {
    struct gunzip *gunzip;
    struct intake *intake;
    struct source *packed;
    bool in_member;
    bool at_end;        /* nothing more comes, whatever is behind */
    enum status damage; /* met, and told when what came before it has been given */
};

static void fail(struct gzip_source *source, struct error *error, enum status status,
                 const char *cause)
{
    source->at_end = true;
    error_set(error, status, "%s", cause);
}

/* Behind a member: zeros are passed over. Whether another member begins; the error says where
 * something else does. */
static bool next_member(struct gzip_source *source, struct error *error)
{
    bool padded = false;
    struct slice some;
    while ((some = source_some(source->packed)).size && some.data[0] == 0) {
        size_t zeros = 0;
        while (zeros < some.size && some.data[zeros] == 0)
            zeros++;
        source_take(source->packed, zeros);
        padded = true;
    }
    if (some.size && (padded || some.data[0] != '\x1f'))
        fail(source, error, STATUS_CORRUPT, "damaged: what stands behind its end is not gzip");
    return some.size && !source->at_end;
}

/* The packed bytes have ended, or what they come from has failed. */
static void end(struct gzip_source *source, struct error *error)
{
    const struct error *below = &source->packed->error;
    if (source->at_end)
        return;
    if (below->status != STATUS_OK)
        fail(source, error, below->status, below->text);
    else if (source->in_member)
        fail(source, error, STATUS_CORRUPT, "damaged: truncated gzip data");
    source->at_end = true;
}

static void tell_damage(struct gzip_source *source, struct error *error)
{
    if (source->damage == STATUS_NO_MEMORY)
        fail(source, error, STATUS_NO_MEMORY, "out of memory");
    else if (source->damage == STATUS_INVALID)
        fail(source, error, STATUS_CORRUPT, "damaged: its content does not fit its checksum");
    else
        fail(source, error, STATUS_CORRUPT, "damaged: it is not as gzip has it");
}

static size_t unpack(struct gzip_source *source, void *to, size_t capacity, struct error *error)
{
    size_t got = 0;
    while (got == 0 && !source->at_end) {
        if (source->damage != STATUS_OK) {
            tell_damage(source, error);
            break;
        }
        if (!source->in_member && !next_member(source, error)) {
            end(source, error);
            break;
        }
        source->in_member = true;
        struct slice some = source_some(source->packed), left = some;
        if (some.size == 0) {
            end(source, error);
            break;
        }
        bool ended;
        source->damage = gunzip_some(source->gunzip, &left, to, capacity, &got, &ended);
        source_take(source->packed, some.size - left.size);
        source->in_member = !ended;
    }
    return got;
}

static size_t read_unpacked(void *context, void *to, size_t capacity, struct error *error)
{
    struct gzip_source *source = context;
    size_t got = unpack(source, to, capacity, error);
    source->intake->unpacked_bytes += got;
    if (!intake_is_bomb(source->intake))
        return got;
    source->at_end = true;
    error_set(error, STATUS_LIMIT, "unpacks to more than %d times its size", INTAKE_UNPACKED_TIMES);
    return 0;
}

static void close_source(void *context)
{
    struct gzip_source *source = context;
    gunzip_close(source->gunzip);
    memory_free(source);
}

bool gzip_source_open(struct intake *intake, struct source *packed, struct source *out,
                      struct error *error)
{
    struct gzip_source *source = memory_allocate_zeroed(1, sizeof *source);
    struct gunzip *gunzip = source ? gunzip_open() : NULL;
    if (!gunzip) {
        memory_free(source);
        error_set(error, STATUS_NO_MEMORY, "out of memory");
        return false;
    }
    *source = (struct gzip_source){gunzip, intake, packed, .in_member = true};
    *out = (struct source){.context = source, .read = read_unpacked, .close = close_source};
    return true;
}
