#include "search/quote_params.h"

#include "base/decimal.h"
#include "base/json_read.h"

struct param {
    const char *name, *allowed;
    uint32_t least, most; /* of a number */
};

static const struct param table[] = {
    {"min", "a whole number from 3 to 50", QUOTE_MIN_LEAST, QUOTE_MIN_MOST},
    {"limit", "a whole number from 0 to 100", 0, QUOTE_ARTICLES_MOST},
    {"runs", "a whole number from 0 to 1000", 0, QUOTE_RUNS_MOST},
    {"format", "json, text", 0, 0},
    {"index", "the name of an index", 0, 0},
};

enum { PARAM_MIN, PARAM_LIMIT, PARAM_RUNS, PARAM_FORMAT, PARAM_INDEX, PARAM_COUNT };
_Static_assert(sizeof table / sizeof *table == PARAM_COUNT, "a row each");

void quote_params_init(struct quote_params *params)
{
    *params = (struct quote_params){.format = RENDER_JSON};
    quotation_init(&params->quotation);
}

static size_t find(struct slice name)
{
    size_t i = 0;
    while (i < PARAM_COUNT && !slice_equal(slice_of_string(table[i].name), name))
        i++;
    return i;
}

const char *quote_param_allowed(struct slice name)
{
    size_t i = find(name);
    return i < PARAM_COUNT ? table[i].allowed : NULL;
}

static bool read_number(const struct param *param, struct slice value, uint32_t *number)
{
    uint64_t read;
    bool good = decimal_parse(value, param->most, &read) && read >= param->least;
    if (good)
        *number = (uint32_t)read;
    return good;
}

static bool read_format(struct slice value, enum render_format *format)
{
    enum render_format read;
    bool good = render_format_parse(value, &read) && (read == RENDER_JSON || read == RENDER_TEXT);
    if (good)
        *format = read;
    return good;
}

static int shown(struct slice value)
{
    return (int)(value.size < 100 ? value.size : 100);
}

enum status quote_params_set(struct quote_params *params, struct slice name, struct slice value,
                             struct error *error)
{
    size_t i = find(name);
    bool good = true;
    switch (i) {
    case PARAM_MIN:
        good = read_number(&table[i], value, &params->quotation.min);
        break;
    case PARAM_LIMIT:
        good = read_number(&table[i], value, &params->quotation.articles);
        break;
    case PARAM_RUNS:
        good = read_number(&table[i], value, &params->quotation.runs);
        break;
    case PARAM_FORMAT:
        good = read_format(value, &params->format);
        break;
    case PARAM_INDEX:
        params->source_index = value;
        break;
    default:
        return error_set(error, STATUS_INVALID, "unknown parameter '%.*s'", shown(name), name.data);
    }
    if (good)
        return STATUS_OK;
    return error_set(error, STATUS_INVALID, "bad value '%.*s' for parameter '%s': allowed is %s",
                     shown(value), value.data, table[i].name, table[i].allowed);
}

/* --- A JSON body -------------------------------------------------------------------------------*/

struct body {
    struct quote_params *params;
    struct error *error;
    bool has_text;
};

static void take_text(struct body *body, const struct json_value *value)
{
    body->has_text = json_kind_of(value) == JSON_STRING;
    if (body->has_text)
        body->params->quotation.text = json_as_string(value);
    else
        error_set(body->error, STATUS_INVALID, "the member 'text' is no string");
}

static void take_member(void *context, struct slice key, const struct json_value *value)
{
    struct body *body = context;
    enum json_kind kind = json_kind_of(value);
    if (slice_equal(key, SLICE("text")))
        take_text(body, value);
    else if (kind == JSON_STRING)
        quote_params_set(body->params, key, json_as_string(value), body->error);
    else if (kind == JSON_NUMBER)
        quote_params_set(body->params, key, json_number_text(value), body->error);
    else
        error_set(body->error, STATUS_INVALID, "the member '%.*s' is neither text nor number",
                  shown(key), key.data);
}

enum status quote_params_read_json(struct quote_params *params, struct slice body,
                                   struct json_document **document, struct error *error)
{
    struct body reading = {.params = params, .error = error};
    *document = json_parse(body, error);
    if (!*document)
        return error->status;
    const struct json_value *root = json_document_root(*document);
    if (json_kind_of(root) != JSON_OBJECT)
        return error_set(error, STATUS_INVALID, "the body is no JSON object");
    json_each(root, take_member, &reading);
    if (error->status == STATUS_OK && !reading.has_text)
        return error_set(error, STATUS_INVALID, "the member 'text', the quotation, is missing");
    return error->status;
}
