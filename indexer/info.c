#include "info.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/grouped.h"
#include "base/json_write.h"
#include "store/classes_read.h"
#include "store/completions_read.h"
#include "store/compounds_read.h"
#include "store/grams_read.h"
#include "store/groups_read.h"
#include "store/lexicon_read.h"
#include "store/settings.h"
#include "store/snapshot.h"
#include "store/titles_read.h"

static void grams_text(const struct grams *grams)
{
    char number[GROUPED_BYTES], other[GROUPED_BYTES];
    const char *before = "";
    if (!grams->present)
        return;
    printf("%-14s ", "grams");
    for (uint32_t length = 2; length <= grams->rule.words_most; length++) {
        if (length > 2 && !grams->counts[length - 2])
            break;
        number_grouped(grams->counts[length - 2], number);
        printf("%s%s of %u words", before, number, length);
        before = ", ";
    }
    printf("\n  %-12s %s\n", "their lists", number_grouped(grams->list_bytes, number));
    printf("  %-12s %s ns for a pair by its words; longer: %s articles a part\n", "listed from",
           number_grouped(grams->rule.bound, number), number_grouped(grams->rule.least_df, other));
}

static void grams_json(const struct grams *grams, struct json_writer *w)
{
    if (!grams->present)
        return;
    json_member_object(w, "grams");
    json_member_object(w, "counts");
    for (uint32_t length = 2; length <= grams->rule.words_most; length++) {
        char key[12];
        snprintf(key, sizeof key, "%u", length);
        json_member_uint(w, key, grams->counts[length - 2]);
    }
    json_end_object(w);
    json_member_uint(w, "list_bytes", grams->list_bytes);
    json_member_uint(w, "bound", grams->rule.bound);
    json_member_uint(w, "least_articles", grams->rule.least_df);
    json_end_object(w);
}

/* Of an index: what it has of words beyond their lists. */
struct parts {
    struct grams grams;
    struct classes classes;
    struct compounds compounds;
    struct titles titles;
    struct completions completions;
    struct groups groups;
    uint32_t group_count;
};

static void classes_text(const struct classes *classes)
{
    char number[GROUPED_BYTES], other[GROUPED_BYTES];
    struct class_language language;
    for (uint32_t i = 0; classes_language_at(classes, i, &language) == STATUS_OK; i++)
        printf("%-14s %s: %s of %s words\n", i ? "" : "classes", language.code,
               number_grouped(language.class_count, number),
               number_grouped(language.members, other));
}

static void classes_json(const struct classes *classes, struct json_writer *w)
{
    struct class_language language;
    if (!classes->present)
        return;
    json_member_object(w, "classes");
    for (uint32_t i = 0; classes_language_at(classes, i, &language) == STATUS_OK; i++) {
        json_member_object(w, language.code);
        json_member_uint(w, "classes", language.class_count);
        json_member_uint(w, "words", language.members);
        json_end_object(w);
    }
    json_end_object(w);
}

static void completions_text(const struct completions *completions)
{
    char number[GROUPED_BYTES], other[GROUPED_BYTES];
    if (completions->present)
        printf("%-14s %s words and phrases, %s beginnings of titles\n", "completions",
               number_grouped(completions->tables[COMPLETION_PHRASES].count, number),
               number_grouped(completions->tables[COMPLETION_TITLES].count, other));
}

static void completions_json(const struct completions *completions, struct json_writer *w)
{
    if (!completions->present)
        return;
    json_member_object(w, "completions");
    json_member_uint(w, "phrases", completions->tables[COMPLETION_PHRASES].count);
    json_member_uint(w, "titles", completions->tables[COMPLETION_TITLES].count);
    json_end_object(w);
}

static void info_text(const struct snapshot *snapshot, const struct parts *parts)
{
    const struct settings *s = snapshot_settings(snapshot);
    char number[GROUPED_BYTES];
    printf("%-14s %s\n", "file", snapshot_path(snapshot));
    printf("%-14s %016" PRIx64 "\n", "checksum", snapshot_checksum(snapshot));
    printf("%-14s %s\n", "articles", number_grouped(s->article_count, number));
    printf("%-14s %s\n", "words", number_grouped(s->word_count, number));
    printf("%-14s %s\n", "in titles", number_grouped(s->title_word_count, number));
    printf("%-14s k1 %g, b %g, title weight %g, language %.*s%s%s%s%s\n", "settings",
           s->k1_thousandths / 1e3, s->b_thousandths / 1e3, s->title_weight_thousandths / 1e3,
           STORE_LANG_BYTES, s->lang, s->has_text ? "" : ", no text",
           parts->grams.present ? "" : ", no grams", parts->classes.present ? "" : ", no classes",
           snapshot_has(snapshot, CHUNK_ORDER) ? ", reordered" : "");
    grams_text(&parts->grams);
    classes_text(&parts->classes);
    if (parts->compounds.present)
        printf("%-14s %s\n", "compounds", number_grouped(parts->compounds.count, number));
    if (parts->titles.present)
        printf("%-14s %s\n", "titles", number_grouped(parts->titles.count, number));
    completions_text(&parts->completions);
    if (parts->groups.present) {
        printf("%-14s %s", "near-copies", number_grouped(parts->groups.count, number));
        printf(" articles in %s group%s\n", number_grouped(parts->group_count, number),
               parts->group_count == 1 ? "" : "s");
    }
    printf("%-14s %s\n", "bytes", number_grouped(snapshot_file_bytes(snapshot), number));
    for (int id = 0; id < CHUNK_COUNT; id++)
        if (snapshot_has(snapshot, (enum chunk_id)id))
            printf("  %-12s %s\n", chunk_names[id],
                   number_grouped(snapshot_chunk_bytes(snapshot, (enum chunk_id)id), number));
}

static void info_json(const struct snapshot *snapshot, const struct parts *parts, struct bytes *out)
{
    const struct settings *s = snapshot_settings(snapshot);
    struct json_writer w = {.out = out};
    char checksum[17];
    snprintf(checksum, sizeof checksum, "%016" PRIx64, snapshot_checksum(snapshot));
    json_begin_object(&w);
    json_member_string(&w, "file", slice_of_string(snapshot_path(snapshot)));
    json_member_string(&w, "checksum", slice_of_string(checksum));
    json_member_uint(&w, "articles", s->article_count);
    json_member_uint(&w, "words", s->word_count);
    json_member_uint(&w, "title_words", s->title_word_count);
    json_member_number(&w, "k1", s->k1_thousandths / 1e3, 3);
    json_member_number(&w, "b", s->b_thousandths / 1e3, 3);
    json_member_number(&w, "title_weight", s->title_weight_thousandths / 1e3, 3);
    json_member_string(&w, "lang", slice_of(s->lang, strnlen(s->lang, STORE_LANG_BYTES)));
    json_member_bool(&w, "text", s->has_text);
    json_member_bool(&w, "reordered", snapshot_has(snapshot, CHUNK_ORDER));
    grams_json(&parts->grams, &w);
    classes_json(&parts->classes, &w);
    if (parts->compounds.present)
        json_member_uint(&w, "compounds", parts->compounds.count);
    if (parts->titles.present)
        json_member_uint(&w, "titles", parts->titles.count);
    completions_json(&parts->completions, &w);
    if (parts->groups.present) {
        json_member_uint(&w, "groups", parts->group_count);
        json_member_uint(&w, "grouped_articles", parts->groups.count);
    }
    json_member_uint(&w, "bytes", snapshot_file_bytes(snapshot));
    json_member_object(&w, "chunks");
    for (int id = 0; id < CHUNK_COUNT; id++)
        if (snapshot_has(snapshot, (enum chunk_id)id))
            json_member_uint(&w, chunk_names[id],
                             snapshot_chunk_bytes(snapshot, (enum chunk_id)id));
    json_end_object(&w);
    json_end_object(&w);
    bytes_append_string(out, "\n");
}

static enum status open_groups(const struct snapshot *snapshot, struct parts *parts,
                               struct error *error)
{
    enum status status = groups_open(&parts->groups, snapshot);
    parts->group_count = 0;
    for (uint32_t i = 0, doc; i < parts->groups.count && status == STATUS_OK; i++) {
        bool last = false;
        status = groups_member(&parts->groups, i, &doc, &last);
        parts->group_count += last;
    }
    return status == STATUS_OK ? status : snapshot_explain(snapshot, status, CHUNK_GROUPS, error);
}

static enum status open_completions(struct parts *parts, const struct snapshot *snapshot)
{
    struct lexicon lexicon;
    enum status status = lexicon_open(&lexicon, snapshot);
    return status == STATUS_OK
               ? completions_open(&parts->completions, snapshot, lexicon.block_count)
               : status;
}

static enum status open_parts(const struct snapshot *snapshot, struct parts *parts,
                              struct error *error)
{
    enum status status = grams_open(&parts->grams, snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(snapshot, status, CHUNK_GRAMS, error);
    status = classes_open(&parts->classes, snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(snapshot, status, CHUNK_CLASSES, error);
    status = compounds_open(&parts->compounds, snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(snapshot, status, CHUNK_COMPOUNDS, error);
    status = open_completions(parts, snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(snapshot, status, CHUNK_COMPLETIONS, error);
    status = titles_open(&parts->titles, snapshot);
    if (status != STATUS_OK)
        return snapshot_explain(snapshot, status, CHUNK_TITLES, error);
    return open_groups(snapshot, parts, error);
}

enum status info_print(const char *path, bool as_json, struct error *error)
{
    struct bytes out = {0};
    struct parts parts;
    struct snapshot *snapshot = snapshot_open(path, error);
    bool good = snapshot && open_parts(snapshot, &parts, error) == STATUS_OK;
    if (good && as_json)
        info_json(snapshot, &parts, &out);
    else if (good)
        info_text(snapshot, &parts);
    if (out.status != STATUS_OK)
        error_set(error, out.status, "out of memory");
    else if (out.size)
        fwrite(out.data, 1, out.size, stdout);
    bytes_release(&out);
    snapshot_unref(snapshot);
    if (error->status == STATUS_OK && fflush(stdout) != 0)
        error_set_errno(error, errno, "cannot write to standard output");
    return error->status;
}
