#include "build/relay.h"

#include <pthread.h>

#include "base/memory.h"

enum { PARCELS = 4, PARCEL_BYTES = 256 * 1024 };

/* Calls in a row, each with its arguments behind it, on four-byte borders. */
enum call { CALL_BEGIN, CALL_ARTICLE, CALL_END };

struct call_head {
    uint32_t call;
    uint32_t doc;
    uint32_t size; /* of the key in bytes, or of the positions in numbers */
};

struct relay {
    const struct merge_sink *sink;
    pthread_t thread;
    bool started, ending;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a parcel was filled or emptied, or ending was set */
    struct bytes parcels[PARCELS];
    size_t first, full;    /* those that wait, or are read, in a ring */
    enum status status;    /* of the sink */
    struct bytes *filling; /* the merging thread's own */
};

/* --- The thread that encodes -------------------------------------------------------------------*/

static size_t rounded(size_t size)
{
    return (size + 3) / 4 * 4;
}

static enum status read_parcel(const struct merge_sink *sink, const struct bytes *parcel)
{
    enum status status = STATUS_OK;
    for (size_t at = 0; at < parcel->size && status == STATUS_OK;) {
        const struct call_head *head = (const void *)(parcel->data + at);
        const uint8_t *behind = parcel->data + at + sizeof *head;
        size_t size = head->call == CALL_ARTICLE ? head->size * sizeof(uint32_t) : head->size;
        if (head->call == CALL_BEGIN)
            sink->begin(sink->context, slice_of(behind, size));
        else if (head->call == CALL_ARTICLE)
            sink->article(sink->context, head->doc, (const void *)behind, head->size);
        else
            status = sink->end(sink->context, slice_of(behind, size));
        at += sizeof *head + rounded(size);
    }
    return status;
}

static void *encode(void *context)
{
    struct relay *relay = context;
    pthread_mutex_lock(&relay->lock);
    for (;;) {
        while (relay->full == 0 && !relay->ending)
            pthread_cond_wait(&relay->changed, &relay->lock);
        if (relay->full == 0)
            break;
        struct bytes *parcel = &relay->parcels[relay->first];
        enum status status = relay->status;
        pthread_mutex_unlock(&relay->lock);
        if (status == STATUS_OK)
            status = read_parcel(relay->sink, parcel);
        if (parcel->capacity > 4 * PARCEL_BYTES)
            bytes_release(parcel); /* one giant article does not keep its memory */
        bytes_clear(parcel);
        pthread_mutex_lock(&relay->lock);
        if (relay->status == STATUS_OK) /* or what the merging thread has met meanwhile */
            relay->status = status;
        relay->first = (relay->first + 1) % PARCELS;
        relay->full--;
        pthread_cond_broadcast(&relay->changed);
    }
    pthread_mutex_unlock(&relay->lock);
    return NULL;
}

/* --- The thread that merges --------------------------------------------------------------------*/

/* Hands on what is filled and takes the next empty parcel. */
static enum status hand_on(struct relay *relay)
{
    pthread_mutex_lock(&relay->lock);
    if (relay->filling->status != STATUS_OK && relay->status == STATUS_OK)
        relay->status = relay->filling->status;
    relay->full++;
    pthread_cond_broadcast(&relay->changed);
    while (relay->full == PARCELS)
        pthread_cond_wait(&relay->changed, &relay->lock);
    relay->filling = &relay->parcels[(relay->first + relay->full) % PARCELS];
    enum status status = relay->status;
    pthread_mutex_unlock(&relay->lock);
    return status;
}

static void put_call(struct relay *relay, struct call_head head, const void *data, size_t size)
{
    bytes_append(relay->filling, &head, sizeof head);
    bytes_append(relay->filling, data, size);
    bytes_append_zeros(relay->filling, rounded(size) - size);
}

static void relay_begin(void *context, struct slice key)
{
    struct call_head head = {CALL_BEGIN, 0, (uint32_t)key.size};
    put_call(context, head, key.data, key.size);
}

static void relay_article(void *context, uint32_t doc, const uint32_t *positions, size_t count)
{
    struct relay *relay = context;
    struct call_head head = {CALL_ARTICLE, doc, (uint32_t)count};
    put_call(relay, head, positions, count * sizeof *positions);
    if (relay->filling->size >= PARCEL_BYTES)
        hand_on(relay); /* a bad status shows at the term's end */
}

static enum status relay_end(void *context, struct slice key)
{
    struct relay *relay = context;
    struct call_head head = {CALL_END, 0, (uint32_t)key.size};
    put_call(relay, head, key.data, key.size);
    bool good = relay->filling->status == STATUS_OK;
    return good && relay->filling->size < PARCEL_BYTES ? STATUS_OK : hand_on(relay);
}

struct merge_sink relay_sink(struct relay *relay)
{
    return (struct merge_sink){relay, relay_begin, relay_article, relay_end};
}

struct relay *relay_open(const struct merge_sink *sink, struct error *error)
{
    struct relay *relay = memory_allocate_zeroed(1, sizeof *relay);
    if (!relay) {
        error_set(error, STATUS_NO_MEMORY, "out of memory for encoding words");
        return NULL;
    }
    relay->sink = sink;
    relay->filling = &relay->parcels[0];
    pthread_mutex_init(&relay->lock, NULL);
    pthread_cond_init(&relay->changed, NULL);
    relay->started = pthread_create(&relay->thread, NULL, encode, relay) == 0;
    if (relay->started)
        return relay;
    error_set(error, STATUS_NO_MEMORY, "cannot start a thread for encoding words");
    relay_close(relay);
    return NULL;
}

static void end_thread(struct relay *relay)
{
    if (!relay->started)
        return;
    pthread_mutex_lock(&relay->lock);
    relay->ending = true;
    pthread_cond_broadcast(&relay->changed);
    pthread_mutex_unlock(&relay->lock);
    pthread_join(relay->thread, NULL);
    relay->started = false;
}

enum status relay_finish(struct relay *relay)
{
    hand_on(relay);
    end_thread(relay);
    return relay->status;
}

void relay_close(struct relay *relay)
{
    if (!relay)
        return;
    end_thread(relay);
    for (size_t i = 0; i < PARCELS; i++)
        bytes_release(&relay->parcels[i]);
    pthread_cond_destroy(&relay->changed);
    pthread_mutex_destroy(&relay->lock);
    memory_free(relay);
}
