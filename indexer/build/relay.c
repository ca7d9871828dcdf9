#include "build/relay.h"

#include <pthread.h>

#include "base/memory.h"
#include "base/pool.h"
#include "build/term_join.h"
#include "codec/varint_put.h"
#include "store/encoded_terms.h"
#include "store/term_write.h"

enum {
    PARCEL_BYTES = 512 * 1024, /* a parcel that has reached this is handed on */
    PARCELS_AT_LEAST = 4,      /* fit the memory, were each of the largest size */
    BYTES_ENCODED = 3,         /* what a parcel takes with its lists, in bytes a byte */
};

/* Whole terms as a run has them; then as lists. */
struct parcel {
    struct relay *relay;
    uint64_t number;
    struct bytes runs;
    struct encoded_terms encoded;
    enum status status;
    struct parcel *next; /* of those that wait for their turn, or of those to use again */
};

struct relay {
    struct term_writer *writer;
    struct pool *pool; /* NULL: one thread does it all */
    struct term_encoder **encoders;
    size_t threads;
    size_t most_bytes; /* of parcels under way */
    size_t most_held;  /* of a term that goes into a parcel */
    struct parcel *filling;
    uint64_t parcels;

    pthread_mutex_t lock; /* for all below */
    pthread_cond_t laid;
    struct parcel *waiting; /* encoded, by number */
    struct parcel *spare;
    uint64_t turn; /* the number of the parcel that is laid next */
    uint64_t under_way;
    size_t bytes_under_way;
    enum status status;
};

static void parcel_free(struct parcel *parcel)
{
    if (!parcel)
        return;
    bytes_release(&parcel->runs);
    encoded_terms_release(&parcel->encoded);
    memory_free(parcel);
}

static void free_list(struct parcel *parcel)
{
    for (struct parcel *next; parcel; parcel = next) {
        next = parcel->next;
        parcel_free(parcel);
    }
}

/* --- A worker ----------------------------------------------------------------------------------*/

static enum status encode(struct parcel *parcel, struct term_encoder *encoder)
{
    struct run_reader reader, *readers[] = {&reader};
    struct encoded_terms *out = &parcel->encoded;
    enum status status = STATUS_OK;
    run_reader_open_memory(&reader, bytes_slice(&parcel->runs));
    term_encoder_to_bytes(encoder, &out->postings, &out->positions);
    while (status == STATUS_OK && run_reader_term(&reader)) {
        struct term term;
        term_encoder_begin(encoder);
        status = term_join(readers, 1, encoder);
        if (status == STATUS_OK)
            status = term_encoder_end(encoder, &term);
        if (status == STATUS_OK)
            encoded_terms_add(out, run_reader_key(&reader), &term);
    }
    if (status == STATUS_OK)
        status = reader.status;
    return status ? status : encoded_terms_status(out);
}

static void enlist(struct relay *relay, struct parcel *parcel)
{
    struct parcel **at = &relay->waiting;
    while (*at && (*at)->number < parcel->number)
        at = &(*at)->next;
    parcel->next = *at;
    *at = parcel;
}

/* A parcel of one large term does not keep its memory. */
static void put_by(struct relay *relay, struct parcel *parcel)
{
    if (parcel->runs.capacity > 4 * PARCEL_BYTES) {
        parcel_free(parcel);
        return;
    }
    bytes_clear(&parcel->runs);
    encoded_terms_clear(&parcel->encoded);
    parcel->next = relay->spare;
    relay->spare = parcel;
}

/* Under the lock. */
static void lay_those_in_turn(struct relay *relay)
{
    while (relay->waiting && relay->waiting->number == relay->turn) {
        struct parcel *parcel = relay->waiting;
        relay->waiting = parcel->next;
        if (relay->status == STATUS_OK)
            relay->status = parcel->status;
        if (relay->status == STATUS_OK) {
            term_writer_lay(relay->writer, &parcel->encoded);
            relay->status = term_writer_status(relay->writer);
        }
        relay->turn++;
        relay->under_way--;
        relay->bytes_under_way -= parcel->runs.size;
        put_by(relay, parcel);
    }
    pthread_cond_broadcast(&relay->laid);
}

static void encode_and_lay(void *context, size_t worker)
{
    struct parcel *parcel = context;
    struct relay *relay = parcel->relay;
    parcel->status = encode(parcel, relay->encoders[worker]);
    pthread_mutex_lock(&relay->lock);
    enlist(relay, parcel);
    lay_those_in_turn(relay);
    pthread_mutex_unlock(&relay->lock);
}

/* --- The thread that merges --------------------------------------------------------------------*/

static struct parcel *parcel_open(struct relay *relay)
{
    pthread_mutex_lock(&relay->lock);
    struct parcel *parcel = relay->spare;
    if (parcel)
        relay->spare = parcel->next;
    pthread_mutex_unlock(&relay->lock);
    if (!parcel)
        parcel = memory_allocate_zeroed(1, sizeof *parcel);
    if (!parcel)
        return NULL;
    parcel->relay = relay;
    parcel->number = relay->parcels++;
    return parcel;
}

/* Hands on what is filled, once there is room for it. */
static enum status hand_on(struct relay *relay)
{
    struct parcel *parcel = relay->filling;
    if (!parcel)
        return STATUS_OK;
    relay->filling = NULL;
    pthread_mutex_lock(&relay->lock);
    while (relay->under_way && relay->bytes_under_way + parcel->runs.size > relay->most_bytes)
        pthread_cond_wait(&relay->laid, &relay->lock);
    relay->under_way++;
    relay->bytes_under_way += parcel->runs.size;
    enum status status = relay->status;
    pthread_mutex_unlock(&relay->lock);
    if (relay->pool)
        pool_submit(relay->pool, encode_and_lay, parcel);
    else
        encode_and_lay(parcel, 0);
    return status;
}

static enum status wait_for_all(struct relay *relay)
{
    enum status handed = hand_on(relay);
    pthread_mutex_lock(&relay->lock);
    while (relay->under_way)
        pthread_cond_wait(&relay->laid, &relay->lock);
    enum status status = relay->status;
    pthread_mutex_unlock(&relay->lock);
    return handed ? handed : status;
}

static enum status write_large(struct relay *relay, struct run_reader *const *readers, size_t count)
{
    enum status status = wait_for_all(relay);
    if (status != STATUS_OK)
        return status;
    struct term_encoder *encoder = term_writer_begin(relay->writer, run_reader_key(readers[0]));
    status = term_join(readers, count, encoder);
    if (status != STATUS_OK)
        return status;
    term_writer_end(relay->writer);
    return term_writer_status(relay->writer);
}

static void put_term(struct bytes *runs, struct run_reader *const *readers, size_t count,
                     uint64_t bytes)
{
    struct slice key = run_reader_key(readers[0]);
    bytes_put_le16(runs, (uint16_t)key.size);
    bytes_append_slice(runs, key);
    varint_put(runs, bytes);
    for (size_t i = 0; i < count; i++)
        while (run_reader_raw(readers[i], PARCEL_BYTES, runs))
            ;
}

static enum status take_term(void *context, struct run_reader *const *readers, size_t count)
{
    struct relay *relay = context;
    uint64_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += run_reader_left(readers[i]);
    if (bytes > relay->most_held)
        return write_large(relay, readers, count);
    if (!relay->filling && !(relay->filling = parcel_open(relay)))
        return STATUS_NO_MEMORY;
    struct bytes *runs = &relay->filling->runs;
    put_term(runs, readers, count, bytes);
    if (runs->status != STATUS_OK)
        return runs->status;
    return runs->size >= PARCEL_BYTES ? hand_on(relay) : STATUS_OK;
}

struct merge_sink relay_sink(struct relay *relay)
{
    return (struct merge_sink){relay, take_term};
}

enum status relay_finish(struct relay *relay)
{
    return wait_for_all(relay);
}

/* --- Opening and closing -----------------------------------------------------------------------*/

static enum status open_encoders(struct relay *relay, const struct relay_options *o,
                                 struct error *error)
{
    relay->encoders = memory_allocate_zeroed(relay->threads, sizeof(struct term_encoder *));
    for (size_t i = 0; relay->encoders && i < relay->threads && error->status == STATUS_OK; i++)
        relay->encoders[i] =
            term_encoder_open(o->container, o->model, o->norms, o->article_count, error);
    if (relay->encoders && error->status == STATUS_OK && relay->threads > 1)
        relay->pool = pool_open(relay->threads);
    if (!relay->encoders || (relay->threads > 1 && !relay->pool))
        error_set(error, STATUS_NO_MEMORY, "cannot start %zu threads", relay->threads);
    return error->status;
}

struct relay *relay_open(struct term_writer *writer, const struct relay_options *options,
                         struct error *error)
{
    struct relay *relay = memory_allocate_zeroed(1, sizeof *relay);
    if (!relay) {
        error_set(error, STATUS_NO_MEMORY, "out of memory for encoding words");
        return NULL;
    }
    pthread_mutex_init(&relay->lock, NULL);
    pthread_cond_init(&relay->laid, NULL);
    relay->writer = writer;
    relay->threads = options->threads;
    relay->most_bytes = options->memory / BYTES_ENCODED;
    relay->most_held = relay->most_bytes / PARCELS_AT_LEAST;
    if (open_encoders(relay, options, error) == STATUS_OK)
        return relay;
    relay_close(relay);
    return NULL;
}

void relay_close(struct relay *relay)
{
    if (!relay)
        return;
    pool_close(relay->pool);
    for (size_t i = 0; relay->encoders && i < relay->threads; i++)
        term_encoder_close(relay->encoders[i]);
    memory_free(relay->encoders);
    parcel_free(relay->filling);
    free_list(relay->waiting);
    free_list(relay->spare);
    pthread_cond_destroy(&relay->laid);
    pthread_mutex_destroy(&relay->lock);
    memory_free(relay);
}
