#include "store/classes_read.h"

#include <string.h>

#include "base/endian.h"
#include "codec/reader.h"
#include "store/class_layout.h"
#include "store/list_layout.h"
#include "store/settings.h"

static enum status view(const struct classes *classes, uint64_t offset, uint64_t bytes,
                        const uint8_t **data)
{
    return snapshot_view(classes->snapshot, CHUNK_CLASSES, offset, bytes, data);
}

/* Whether the parts fill what stands before the footer; none is longer than that. */
static bool fits(struct classes *classes, uint64_t left)
{
    if (classes->list_bytes > left || classes->entry_bytes > left || classes->class_count > left ||
        classes->member_count > left || classes->member_count > UINT32_MAX)
        return false;
    classes->entries = chunk_padded(classes->list_bytes);
    classes->offsets = chunk_padded(classes->entries + classes->entry_bytes);
    classes->members = classes->offsets + CLASSES_OFFSET_BYTES * classes->class_count;
    classes->languages = classes->members + CLASSES_MEMBER_BYTES * classes->member_count;
    return classes->languages + (uint64_t)CLASSES_LANGUAGE_BYTES * classes->language_count == left;
}

enum status classes_open(struct classes *classes, const struct snapshot *snapshot)
{
    const uint8_t *footer;
    uint64_t left;
    *classes = (struct classes){.snapshot = snapshot, .rule = class_rule_default()};
    classes->present = snapshot_has(snapshot, CHUNK_CLASSES);
    if (!classes->present)
        return STATUS_OK;
    enum status status =
        snapshot_footer(snapshot, CHUNK_CLASSES, CLASSES_FOOTER_BYTES, &footer, &left);
    if (status != STATUS_OK)
        return status;
    classes->list_bytes = load_le64(footer);
    classes->entry_bytes = load_le64(footer + 8);
    classes->class_count = load_le64(footer + 16);
    classes->member_count = load_le64(footer + 24);
    classes->rule = (struct class_rule){load_le64(footer + 32), load_le64(footer + 40)};
    classes->language_count = load_le32(footer + 48);
    bool good = classes->rule.bound <= GRAM_RULE_MOST && classes->rule.cost <= GRAM_RULE_MOST &&
                load_le32(footer + 52) == 0 && fits(classes, left);
    return good ? STATUS_OK : STATUS_CORRUPT;
}

/* --- Languages ---------------------------------------------------------------------------------*/

enum status classes_language_at(const struct classes *classes, uint32_t number,
                                struct class_language *language)
{
    const uint8_t *at;
    if (number >= classes->language_count)
        return STATUS_NOT_FOUND;
    enum status status =
        view(classes, classes->languages + (uint64_t)CLASSES_LANGUAGE_BYTES * number,
             CLASSES_LANGUAGE_BYTES, &at);
    if (status != STATUS_OK)
        return status;
    *language = (struct class_language){
        .classes = classes,
        .first_member = load_le64(at + 16),
        .members = load_le64(at + 24),
        .first_class = load_le64(at + 32),
        .class_count = load_le64(at + 40),
    };
    memcpy(language->code, at, sizeof language->code);
    bool good = language->code[sizeof language->code - 1] == 0 &&
                language->first_member <= classes->member_count &&
                language->members <= classes->member_count - language->first_member &&
                language->first_class <= classes->class_count &&
                language->class_count <= classes->class_count - language->first_class;
    return good ? STATUS_OK : STATUS_CORRUPT;
}

enum status classes_language(const struct classes *classes, const char *code,
                             struct class_language *language)
{
    for (uint32_t i = 0; i < classes->language_count; i++) {
        enum status status = classes_language_at(classes, i, language);
        if (status != STATUS_OK || strcmp(language->code, code) == 0)
            return status;
    }
    return STATUS_NOT_FOUND;
}

/* --- Classes -----------------------------------------------------------------------------------*/

/* A block takes a byte at least. */
static bool list_fits(const struct classes *classes, const struct term_list *list)
{
    uint32_t articles = snapshot_settings(classes->snapshot)->article_count;
    return list->df <= articles && list->cf <= UINT32_MAX && list->postings_bytes <= UINT32_MAX &&
           list->postings_offset <= classes->list_bytes &&
           list->postings_bytes <= classes->list_bytes - list->postings_offset &&
           list->postings_bytes >= list_side_bytes(list->df, articles) + list_blocks(list->df);
}

static bool read_list(const struct classes *classes, struct reader *reader, struct word_class *out)
{
    struct term_list *all = &out->list.all, *titles = &out->list.titles;
    all->df = out->df;
    all->cf = reader_varint32(reader) + (uint64_t)all->df;
    all->postings_offset = reader_varint(reader);
    all->postings_bytes = reader_varint(reader);
    titles->df = reader_varint32(reader);
    if (titles->df) {
        titles->cf = reader_varint32(reader) + (uint64_t)titles->df;
        titles->postings_bytes = reader_varint(reader);
    }
    titles->postings_offset = all->postings_offset + all->postings_bytes;
    return reader->ok && out->df > 1 && list_fits(classes, all) && titles->df <= all->df &&
           list_fits(classes, titles);
}

static bool read_entry(const struct classes *classes, struct slice entry, struct word_class *out)
{
    struct reader reader = reader_of(entry);
    out->members = reader_varint32(&reader);
    const uint8_t *terms = reader.at;
    if (out->members < 2 || out->members > reader_left(&reader))
        return false;
    for (uint32_t i = 0; i < out->members; i++)
        reader_varint32(&reader);
    uint64_t doubled = reader_varint(&reader);
    out->terms = slice_of(terms, (size_t)(reader.at - terms));
    out->has_list = doubled % 2;
    out->df = (uint32_t)(doubled / 2);
    if (!reader.ok || doubled / 2 == 0 ||
        doubled / 2 > snapshot_settings(classes->snapshot)->article_count)
        return false;
    return (!out->has_list || read_list(classes, &reader, out)) && reader_done(&reader);
}

enum status class_language_read(const struct class_language *language, uint64_t number,
                                struct word_class *found)
{
    const struct classes *classes = language->classes;
    const uint8_t *at;
    if (number >= language->class_count)
        return STATUS_NOT_FOUND;
    uint64_t class = language->first_class + number, behind = classes->entry_bytes;
    bool last = class + 1 == classes->class_count;
    enum status status = view(classes, classes->offsets + CLASSES_OFFSET_BYTES * class,
                              (last ? 1 : 2) * CLASSES_OFFSET_BYTES, &at);
    if (status != STATUS_OK)
        return status;
    uint64_t start = load_le64(at);
    if (!last)
        behind = load_le64(at + CLASSES_OFFSET_BYTES);
    if (start >= behind || behind > classes->entry_bytes || (class == 0 && start != 0))
        return STATUS_CORRUPT;
    status = view(classes, classes->entries + start, behind - start, &at);
    if (status != STATUS_OK)
        return status;
    *found = (struct word_class){.number = (uint32_t)number};
    return read_entry(classes, slice_of(at, (size_t)(behind - start)), found) ? STATUS_OK
                                                                              : STATUS_CORRUPT;
}

/* The member that is number `number` of the language. */
static enum status member_at(const struct class_language *language, uint64_t number, uint32_t *term,
                             uint32_t *class)
{
    const uint8_t *at;
    uint64_t place = language->first_member + number;
    enum status status =
        view(language->classes, language->classes->members + CLASSES_MEMBER_BYTES * place,
             CLASSES_MEMBER_BYTES, &at);
    if (status == STATUS_OK) {
        *term = load_le32(at);
        *class = load_le32(at + 4);
    }
    return status;
}

/* Among few members, which are viewed at once: the first that is not less than the term; `high`
 * where all are. */
static enum status search_near(const struct class_language *language, uint32_t term, uint64_t low,
                               uint64_t high, uint64_t *place)
{
    const uint8_t *at;
    *place = low;
    if (low == high)
        return STATUS_OK;
    enum status status =
        view(language->classes,
             language->classes->members + CLASSES_MEMBER_BYTES * (language->first_member + low),
             CLASSES_MEMBER_BYTES * (high - low), &at);
    for (uint64_t left = high - low; left && status == STATUS_OK;) {
        uint64_t half = left / 2;
        bool less = load_le32(at + CLASSES_MEMBER_BYTES * (*place - low + half)) < term;
        *place += less ? half + 1 : 0;
        left = less ? left - half - 1 : half;
    }
    return status;
}

enum status class_language_find(const struct class_language *language, uint32_t term,
                                struct word_class *found)
{
    enum { NEAR = 4096 };
    uint64_t low = 0, high = language->members;
    uint32_t here = 0, class = 0;
    enum status status = STATUS_OK;
    while (high - low > NEAR && status == STATUS_OK) {
        uint64_t middle = low + (high - low) / 2;
        status = member_at(language, middle, &here, &class);
        if (here < term)
            low = middle + 1;
        else
            high = middle + 1;
    }
    if (status == STATUS_OK)
        status = search_near(language, term, low, high, &low);
    if (status == STATUS_OK && low < high)
        status = member_at(language, low, &here, &class);
    if (status != STATUS_OK)
        return status;
    if (low == high || here != term)
        return STATUS_NOT_FOUND;
    status = class_language_read(language, class, found);
    return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status;
}

struct class_members class_members_of(const struct word_class *class)
{
    return (struct class_members){.terms = class->terms, .left = class->members};
}

bool class_members_next(struct class_members *members, uint32_t *term)
{
    if (members->left == 0 || members->status != STATUS_OK)
        return false;
    struct reader reader = reader_of(members->terms);
    members->next += reader_varint32(&reader);
    members->terms = slice_of(reader.at, reader_left(&reader));
    if (!reader.ok || members->next >= UINT32_MAX) {
        members->status = STATUS_CORRUPT;
        return false;
    }
    members->left--;
    *term = (uint32_t)members->next++;
    return true;
}
