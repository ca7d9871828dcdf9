#include "base/json_read.h"
#include "base/json_write.h"

/* As deep as the reader allowed, so recursion is bounded. */
static void write_value(struct json_writer *w, const struct json_value *v);

static void write_member(void *context, struct slice key, const struct json_value *value)
{
    json_key_slice(context, key);
    write_value(context, value);
}

static void write_object(struct json_writer *w, const struct json_value *v)
{
    json_begin_object(w);
    json_each(v, write_member, w);
    json_end_object(w);
}

static void write_array(struct json_writer *w, const struct json_value *v)
{
    json_begin_array(w);
    for (size_t i = 0; i < json_size(v); i++)
        write_value(w, json_at(v, i));
    json_end_array(w);
}

static void write_value(struct json_writer *w, const struct json_value *v)
{
    switch (json_kind_of(v)) {
    case JSON_NULL:
        json_null(w);
        break;
    case JSON_BOOL:
        json_bool(w, json_as_bool(v));
        break;
    case JSON_NUMBER:
        json_raw(w, json_number_text(v));
        break;
    case JSON_STRING:
        json_string(w, json_as_string(v));
        break;
    case JSON_ARRAY:
        write_array(w, v);
        break;
    case JSON_OBJECT:
        write_object(w, v);
        break;
    }
}

void json_write_value(struct bytes *out, const struct json_value *v)
{
    write_value(&(struct json_writer){.out = out}, v);
}
