#include "build/class_forms.h"

#include "build/merge.h"
#include "build/spellings.h"
#include "build/tally.h"
#include "store/lexicon_read.h"
#include "text/written.h"

/* --- Finding them ------------------------------------------------------------------------------*/

struct form {
    uint64_t count;
    uint8_t size;
    char text[WRITTEN_BYTES];
};

struct finding {
    struct lexicon lexicon;
    struct lexicon_cursor cursor;
    struct spool *out;
    struct bytes word;  /* whose forms are gathered; empty before the first */
    struct bytes forms; /* struct form */
    uint64_t counted;   /* of all spellings of the word */
};

static struct form *first_form(const struct finding *finding)
{
    return (struct form *)(void *)finding->forms.data;
}

static size_t form_count(const struct finding *finding)
{
    return finding->forms.size / sizeof(struct form);
}

static struct slice form_text(const struct form *form)
{
    return slice_of(form->text, form->size);
}

/* How often the word stands at all; 0 where it does in columns alone. */
static uint64_t occurrences(struct finding *finding)
{
    struct lexicon_cursor *cursor = &finding->cursor;
    struct slice word = bytes_slice(&finding->word);
    while (cursor->key.size == 0 || slice_compare(bytes_slice(&cursor->key), word) < 0)
        if (!lexicon_next(cursor))
            return 0;
    return slice_equal(bytes_slice(&cursor->key), word) ? cursor->term.all.cf : 0;
}

static bool beats(const struct form *form, const struct form *best)
{
    if (form->count != best->count)
        return form->count > best->count;
    return slice_compare(form_text(form), form_text(best)) < 0;
}

static enum status put_form(struct spool *out, struct slice word, struct slice spelling)
{
    uint8_t sizes[2] = {(uint8_t)word.size, (uint8_t)spelling.size};
    enum status status = spool_append(out, sizes, sizeof sizes);
    if (status == STATUS_OK)
        status = spool_append(out, word.data, word.size);
    return status == STATUS_OK ? spool_append(out, spelling.data, spelling.size) : status;
}

/* The word's forms are all there. */
static enum status end_word(struct finding *finding)
{
    const struct form *forms = first_form(finding), *best = NULL;
    struct slice word = bytes_slice(&finding->word);
    uint64_t folded = occurrences(finding);
    folded -= finding->counted < folded ? finding->counted : folded;
    for (size_t i = 0; i < form_count(finding); i++)
        if (slice_equal(form_text(&forms[i]), word))
            folded += forms[i].count;
    for (size_t i = 0; i < form_count(finding); i++)
        if (!slice_equal(form_text(&forms[i]), word) && (!best || beats(&forms[i], best)))
            best = &forms[i];
    if (finding->cursor.status != STATUS_OK)
        return finding->cursor.status;
    return best && best->count > folded ? put_form(finding->out, word, form_text(best)) : STATUS_OK;
}

static void add_form(struct finding *finding, struct slice text, uint64_t count)
{
    struct form form = {.count = count}, *forms = first_form(finding);
    form.size = (uint8_t)written_form(text, form.text);
    finding->counted += count;
    if (form.size == 0)
        return;
    for (size_t i = 0; i < form_count(finding); i++)
        if (slice_equal(form_text(&forms[i]), form_text(&form))) {
            forms[i].count += count;
            return;
        }
    if (form_count(finding) < CLASS_FORMS_MOST)
        bytes_append(&finding->forms, &form, sizeof form);
}

static enum status begin_word(struct finding *finding, struct slice word)
{
    enum status status = finding->word.size ? end_word(finding) : STATUS_OK;
    bytes_clear(&finding->word);
    bytes_clear(&finding->forms);
    bytes_append_slice(&finding->word, word);
    finding->counted = 0;
    return status;
}

static enum status take_spelling(void *context, struct run_reader *const *readers, size_t count)
{
    struct finding *finding = context;
    struct spelling_key key;
    uint64_t sum;
    enum status status = tally_count(readers, count, &sum);
    if (status == STATUS_OK)
        status = spelling_key_read(run_reader_key(readers[0]), &key);
    if (status != STATUS_OK || key.kind != SPELLING_WRITTEN)
        return status;
    if (!slice_equal(key.first, bytes_slice(&finding->word)))
        status = begin_word(finding, key.first);
    add_form(finding, key.second, sum);
    if (finding->word.status != STATUS_OK || finding->forms.status != STATUS_OK)
        return STATUS_NO_MEMORY;
    return status;
}

enum status class_forms_write(const struct bytes *runs, const struct merge_options *options,
                              const struct snapshot *snapshot, struct spool *forms,
                              struct error *error)
{
    struct finding finding = {.out = forms};
    struct merge_sink sink = {&finding, take_spelling};
    struct bytes copy = {0};
    bytes_append_slice(&copy, bytes_slice(runs));
    enum status status = copy.status;
    if (status == STATUS_OK)
        status = lexicon_open(&finding.lexicon, snapshot);
    if (status == STATUS_OK) {
        lexicon_seek(&finding.cursor, &finding.lexicon, KEY_FIRST_WORD);
        status = merge_runs(&copy, options->memory, options->beside, &sink, NULL, error);
    }
    if (status == STATUS_OK && finding.word.size)
        status = end_word(&finding);
    if (status == STATUS_OK)
        status = spool_flush(forms, error);
    lexicon_cursor_release(&finding.cursor);
    bytes_release(&finding.word);
    bytes_release(&finding.forms);
    bytes_release(&copy);
    return status;
}

/* --- Reading them again ------------------------------------------------------------------------*/

enum { READ_BYTES = 16 * 1024, ENTRY_MOST_BYTES = 2 + 255 + WRITTEN_BYTES };

static void refill(struct class_forms *forms)
{
    struct bytes *buffer = &forms->buffer;
    uint64_t left = spool_size(forms->spool) - forms->at;
    size_t kept = buffer->size - forms->read, more = left < READ_BYTES ? (size_t)left : READ_BYTES;
    if (kept)
        memmove(buffer->data, buffer->data + forms->read, kept);
    buffer->size = kept;
    forms->read = 0;
    uint8_t *at = bytes_extend(buffer, more);
    if (forms->status == STATUS_OK)
        forms->status = buffer->status;
    if (at && forms->status == STATUS_OK && more)
        forms->status = spool_read(forms->spool, forms->at, at, more);
    forms->at += more;
}

/* A disk may give back other bytes than it took. */
static void next_form(struct class_forms *forms)
{
    forms->word = forms->spelling = (struct slice){0};
    if (forms->buffer.size - forms->read < ENTRY_MOST_BYTES)
        refill(forms);
    size_t left = forms->buffer.size - forms->read;
    if (forms->status != STATUS_OK || left == 0)
        return;
    const uint8_t *at = forms->buffer.data + forms->read;
    if (left < 2 || left - 2 < (size_t)at[0] + at[1] || at[0] == 0) {
        forms->status = STATUS_IO;
        return;
    }
    forms->word = slice_of(at + 2, at[0]);
    forms->spelling = slice_of(at + 2 + at[0], at[1]);
    forms->read += 2 + (size_t)at[0] + at[1];
}

void class_forms_begin(struct class_forms *forms, const struct spool *spool)
{
    *forms = (struct class_forms){.spool = spool};
    next_form(forms);
}

struct slice class_forms_of(struct class_forms *forms, struct slice word)
{
    while (forms->word.size && slice_compare(forms->word, word) < 0)
        next_form(forms);
    return forms->word.size && slice_equal(forms->word, word) ? forms->spelling : word;
}

void class_forms_release(struct class_forms *forms)
{
    bytes_release(&forms->buffer);
}
