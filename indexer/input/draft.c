#include "input/draft.h"

#include "base/json_write.h"
#include "input/clean.h"
#include "input/input.h"

void draft_release(struct draft *draft)
{
    arena_release(&draft->arena);
}

void draft_begin(struct draft *draft, const struct input_options *options)
{
    draft_release(draft);
    *draft = (struct draft){.arena = draft->arena, .options = options};
}

struct slice draft_copy(struct draft *draft, struct slice text)
{
    return arena_copy(&draft->arena, text);
}

static void write_texts(struct json_writer *w, const struct draft_value *value)
{
    if (value->count != 1)
        json_begin_array(w);
    for (size_t i = 0; i < value->count; i++)
        json_string(w, value->texts[i]);
    if (value->count != 1)
        json_end_array(w);
}

static struct slice value_as_json(struct draft *draft, const struct draft_value *value)
{
    struct bytes out = {0};
    struct json_writer w = {.out = &out};
    if (value->json)
        json_write_value(&out, value->json);
    else
        write_texts(&w, value);
    struct slice json = draft_copy(draft, bytes_slice(&out));
    if (out.status != STATUS_OK)
        draft->arena.status = out.status;
    bytes_release(&out);
    return json;
}

static void put_extra(struct draft *draft, const struct draft_value *value)
{
    struct article *article = &draft->article;
    if (article->extra_count == DRAFT_MAX_VALUES) {
        draft->overfull = true;
        return;
    }
    if (article->extra_count == draft->extra_capacity) {
        draft->extra_capacity = draft->extra_capacity * 2 + 8;
        article->extra = arena_regrow(&draft->arena, article->extra, article->extra_count,
                                      draft->extra_capacity, sizeof *article->extra);
    }
    struct article_extra extra = {.name = clean_text(&draft->arena, value->name),
                                  .json = value_as_json(draft, value)};
    if (draft->arena.status == STATUS_OK)
        article->extra[article->extra_count++] = extra;
}

static bool is_blank(const struct draft_value *value)
{
    for (size_t i = 0; i < value->count; i++)
        if (clean_trim(value->texts[i]).size)
            return false;
    return value->count > 0 || json_kind_of(value->json) == JSON_NULL;
}

static void put_single(struct draft *draft, enum article_field field, unsigned rank,
                       const struct draft_value *value)
{
    struct draft_value *best = &draft->singles[field];
    bool useful = value->count == 1 || (value->count > 1 && field == FIELD_BODY);
    if (!useful || (best->name.data && draft->ranks[field] <= rank)) {
        put_extra(draft, value);
        return;
    }
    if (best->name.data)
        put_extra(draft, best);
    *best = *value;
    draft->ranks[field] = rank;
}

/* One value of a list as it is, where put_parted would part it. */
static void put_listed(struct draft *draft, enum article_list list, struct slice text)
{
    struct article_values *values = &draft->article.lists[list];
    if (draft->overfull)
        return;
    text = clean_text(&draft->arena, clean_trim(text));
    for (size_t i = 0; i < values->count; i++)
        if (slice_equal(values->values[i], text))
            return;
    if (text.size == 0)
        return;
    if (values->count == DRAFT_MAX_VALUES) {
        draft->overfull = true;
        return;
    }
    if (values->count == draft->list_capacity[list]) {
        draft->list_capacity[list] = draft->list_capacity[list] * 2 + 4;
        values->values = arena_regrow(&draft->arena, values->values, values->count,
                                      draft->list_capacity[list], sizeof *values->values);
    }
    if (draft->arena.status == STATUS_OK)
        values->values[values->count++] = text;
}

/* "harbour, floods; museum" are three tags; other lists part at semicolons, since names hold
 * commas. */
static void put_parted(struct draft *draft, enum article_list list, struct slice text)
{
    size_t start = 0;
    for (size_t i = 0; i <= text.size; i++) {
        bool parts =
            i == text.size || text.data[i] == ';' || (list == ARTICLE_TAG && text.data[i] == ',');
        if (!parts)
            continue;
        put_listed(draft, list, slice_of(text.data + start, i - start));
        start = i + 1;
    }
}

static void put_list(struct draft *draft, enum article_list list, const struct draft_value *value)
{
    if (value->count == 0)
        put_extra(draft, value);
    else if (value->count == 1)
        put_parted(draft, list, value->texts[0]);
    else
        for (size_t i = 0; i < value->count; i++)
            put_listed(draft, list, value->texts[i]);
}

void draft_put(struct draft *draft, const struct draft_value *value)
{
    static const enum article_list lists[] = {
        [FIELD_SOURCE] = ARTICLE_SOURCE,
        [FIELD_AUTHOR] = ARTICLE_AUTHOR,
        [FIELD_TAG] = ARTICLE_TAG,
        [FIELD_LANG] = ARTICLE_LANG,
    };
    unsigned rank;
    enum article_field field = field_of_name(draft->options, value->name, &rank);
    if (is_blank(value))
        return;
    if (field == FIELD_UNKNOWN)
        put_extra(draft, value);
    else if (field < FIELD_SINGLES)
        put_single(draft, field, rank, value);
    else
        put_list(draft, lists[field], value);
}

void draft_put_text(struct draft *draft, struct slice name, struct slice text)
{
    struct slice *kept = arena_allocate(&draft->arena, 1, sizeof *kept);
    if (!kept)
        return;
    *kept = text;
    draft_put(draft, &(struct draft_value){.name = name, .texts = kept, .count = 1});
}

static struct slice join(struct draft *draft, const struct draft_value *value)
{
    size_t size = 0, at = 0;
    for (size_t i = 0; i < value->count; i++)
        size += value->texts[i].size + 2;
    char *joined = arena_allocate(&draft->arena, size, 1);
    for (size_t i = 0; joined && i < value->count; i++) {
        if (i) {
            memcpy(joined + at, "\n\n", 2);
            at += 2;
        }
        if (value->texts[i].size)
            memcpy(joined + at, value->texts[i].data, value->texts[i].size);
        at += value->texts[i].size;
    }
    return slice_of(joined, joined ? at : 0);
}

static struct slice single(struct draft *draft, enum article_field field)
{
    const struct draft_value *value = &draft->singles[field];
    if (!value->name.data)
        return slice_of(NULL, 0);
    return clean_text(&draft->arena, value->count == 1 ? value->texts[0] : join(draft, value));
}

static void finish_date(struct draft *draft)
{
    struct slice text = clean_trim(single(draft, FIELD_DATE));
    if (text.size && !date_parse(text, &draft->article.date)) {
        draft->article.date = (struct date){0};
        draft->undated = true;
        put_extra(draft, &draft->singles[FIELD_DATE]);
    }
}

const char *draft_finish(struct draft *draft, struct slice default_id)
{
    struct article *article = &draft->article;
    struct slice id = clean_trim(single(draft, FIELD_ID));
    article->id = id.size ? id : clean_text(&draft->arena, default_id);
    article->title = single(draft, FIELD_TITLE);
    article->body = single(draft, FIELD_BODY);
    article->url = clean_trim(single(draft, FIELD_URL));
    finish_date(draft);
    if (draft->arena.status != STATUS_OK)
        return "out of memory";
    if (draft->overfull)
        return "more than 10000 values of one field, or unknown fields";
    if (article->title.size == 0 && article->body.size == 0)
        return "neither title nor body";
    if (article->id.size > ARTICLE_ID_BYTES)
        return "an id of more than 4096 bytes";
    return NULL;
}
