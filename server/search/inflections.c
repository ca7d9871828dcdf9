#include "search/inflections.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "search/collection.h"
#include "search/vocabulary.h"
#include "search/word_echo.h"
#include "store/lexicon_scan.h"
#include "text/stem.h"

struct finding { /* the class of one word in one file */
    const struct collection_file *file;
    const struct query_word *word;
    struct class_language language;
    struct match_budget *budget;
    struct arena *arena;
};

static bool check(const struct finding *finding, enum status status, enum chunk_id chunk)
{
    return match_budget_check(finding->budget, status, chunk);
}

/* False where the file has no classes, or with the budget's status bad. */
static bool find_language(struct finding *finding)
{
    const struct classes *classes = &finding->file->classes;
    const char *code = finding->word->language;
    if (code) {
        enum status status = classes_language(classes, code, &finding->language);
        if (status != STATUS_NOT_FOUND)
            return check(finding, status, CHUNK_CLASSES) && status == STATUS_OK;
    }
    finding->language = finding->file->language;
    return finding->file->has_language;
}

static bool make(const struct finding *finding, struct class_words **made)
{
    *made = arena_allocate(finding->arena, 1, sizeof **made);
    return check(finding, *made ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_CLASSES);
}

/* The class of a term of the file; *found stays NULL where it has none. */
static bool find_class(const struct finding *finding, uint32_t term, const struct term *exact,
                       struct class_words **found)
{
    struct word_class class;
    if (!match_budget_spend(finding->budget, 1))
        return false;
    enum status status = class_language_find(&finding->language, term, &class);
    if (status == STATUS_NOT_FOUND)
        return true;
    if (!check(finding, status, CHUNK_CLASSES) || !make(finding, found))
        return false;
    class_words_init(*found, finding->arena, &finding->file->lexicon, exact, &class);
    return true;
}

/* --- By the stem -------------------------------------------------------------------------------*/

struct stems {
    struct stemmer *stemmer;
    struct slice stem; /* of the word that was asked for; in the arena */
    size_t alike;      /* bytes with which it and that word begin: so do most of the same stem */
};

static bool begins_alike(struct slice key, struct slice word, size_t bytes)
{
    return key.size >= bytes && memcmp(key.data, word.data, bytes) == 0;
}

static bool has_stem(const struct stems *stems, struct slice key)
{
    return key.size <= STEM_WORD_BYTES &&
           slice_equal(stemmer_stem(stems->stemmer, key), stems->stem);
}

/* The first word of the same stem. False where there is none, or with the budget's status bad. */
static bool find_relative(const struct finding *finding, const struct stems *stems,
                          struct term *term)
{
    struct slice word = finding->word->text;
    struct lexicon_scan scan = {0};
    size_t looked = 0;
    bool here =
        lexicon_scan_seek(&scan, &finding->file->lexicon, slice_of(word.data, stems->alike));
    bool found = false;
    for (; here && looked < INFLECTIONS_LOOKED; here = lexicon_scan_next(&scan), looked++) {
        struct slice key = bytes_slice(&scan.key);
        if (!begins_alike(key, word, stems->alike) ||
            (looked % 64 == 0 && !match_budget_spend(finding->budget, 1)))
            break;
        found = has_stem(stems, key) && lexicon_scan_term(&scan, term);
        if (found)
            break;
    }
    bool good = check(finding, scan.status, CHUNK_LEXICON);
    lexicon_scan_release(&scan);
    return good && found;
}

static bool find_stem(const struct finding *finding, struct stems *stems)
{
    struct slice word = finding->word->text, stem = stemmer_stem(stems->stemmer, word);
    while (stems->alike < stem.size && stems->alike < word.size &&
           stem.data[stems->alike] == word.data[stems->alike])
        stems->alike++;
    stems->stem = arena_copy(finding->arena, stem);
    return stems->stem.size > 0 && stems->alike > 0;
}

/* The relative alone, where it shares its stem with no other word. */
static bool make_of_one(const struct finding *finding, const struct term *term,
                        struct class_words **found)
{
    struct term *copy = arena_allocate(finding->arena, 1, sizeof *copy);
    const struct term **terms = arena_allocate(finding->arena, 1, sizeof *terms);
    if (!check(finding, copy && terms ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_CLASSES) ||
        !make(finding, found))
        return false;
    *copy = *term;
    terms[0] = copy;
    class_words_of_one(*found, finding->arena, &finding->file->lexicon, terms);
    return true;
}

/* NULL where there is none, as of a language that this machine does not know, or with the budget's
 * status bad. */
static struct stemmer *open_stemmer(const struct finding *finding)
{
    const char *code;
    struct stemmer *stemmer = stemmer_open(finding->language.code);
    for (size_t i = 0; !stemmer && (code = stem_language_code(i)); i++)
        if (strcmp(code, finding->language.code) == 0)
            check(finding, STATUS_NO_MEMORY, CHUNK_CLASSES);
    return stemmer;
}

/* Of a word that the file has not. */
static void find_by_stem(const struct finding *finding, struct class_words **found)
{
    struct stems stems = {.stemmer = NULL};
    struct term term;
    if (finding->word->text.size > STEM_WORD_BYTES)
        return;
    stems.stemmer = open_stemmer(finding);
    if (stems.stemmer && find_stem(finding, &stems) && find_relative(finding, &stems, &term) &&
        find_class(finding, term.number, NULL, found) && !*found)
        make_of_one(finding, &term, found);
    stemmer_close(stems.stemmer);
}

enum status inflections_find(const struct collection_file *file, const struct query_word *word,
                             const struct term *exact, struct match_budget *budget,
                             struct arena *arena, struct class_words **found)
{
    struct finding finding = {.file = file, .word = word, .budget = budget, .arena = arena};
    *found = NULL;
    if (!file->classes.present || !find_language(&finding))
        return budget->status;
    if (exact)
        find_class(&finding, exact->number, exact, found);
    else
        find_by_stem(&finding, found);
    return budget->status;
}

/* --- What it stands for ------------------------------------------------------------------------*/

struct form {
    struct slice text;
    uint64_t df;
};

struct forms { /* of a word in all files; equal ones side by side at last */
    const struct vocabulary_word *word;
    struct match_budget *budget;
    struct arena *arena;
    struct form *items;
    size_t count;
};

static bool read_form(struct forms *forms, const struct collection_file *file,
                      const struct term *term)
{
    struct bytes key = {0};
    enum status status = lexicon_key_at(&file->lexicon, term->number, &key);
    struct form form = {.df = term->all.df};
    if (status == STATUS_OK && !slice_equal(bytes_slice(&key), forms->word->text)) {
        form.text = arena_copy(forms->arena, bytes_slice(&key));
        status = form.text.data ? STATUS_OK : STATUS_NO_MEMORY;
        forms->items[forms->count++] = form;
    }
    bytes_release(&key);
    return match_budget_check(forms->budget, status, CHUNK_LEXICON);
}

static bool read_forms(struct forms *forms, const struct collection_file *file,
                       struct class_words *words)
{
    struct match_source source = {.snapshot = file->snapshot,
                                  .columns = &file->columns,
                                  .budget = forms->budget,
                                  .arena = forms->arena};
    if (!class_words_read(words, &source))
        return false;
    for (size_t i = 0; i < words->class.members; i++)
        if (!read_form(forms, file, words->terms[i]))
            return false;
    return true;
}

static int by_text(const void *a, const void *b)
{
    return slice_compare(((const struct form *)a)->text, ((const struct form *)b)->text);
}

static int by_df(const void *a, const void *b)
{
    const struct form *left = a, *right = b;
    if (left->df != right->df)
        return left->df < right->df ? 1 : -1;
    return slice_compare(left->text, right->text);
}

/* Those of several files into one each, the commonest first. */
static void order(struct forms *forms)
{
    size_t kept = 0;
    qsort(forms->items, forms->count, sizeof *forms->items, by_text);
    for (size_t i = 0; i < forms->count; i++) {
        if (kept && slice_equal(forms->items[kept - 1].text, forms->items[i].text))
            forms->items[kept - 1].df += forms->items[i].df;
        else
            forms->items[kept++] = forms->items[i];
    }
    forms->count = kept;
    qsort(forms->items, forms->count, sizeof *forms->items, by_df);
}

static size_t count_members(const struct vocabulary_word *word, size_t file_count)
{
    size_t members = 0;
    for (size_t i = 0; word->classes && i < file_count; i++)
        members += word->classes[i] ? word->classes[i]->class.members : 0;
    return members;
}

enum status inflections_echo(const struct vocabulary_word *word,
                             const struct collection_file *files, size_t file_count,
                             struct match_budget *budget, struct arena *arena,
                             struct word_echo *echo)
{
    enum { MEMBERS_MOST = 4096 };
    size_t members = count_members(word, file_count);
    struct forms forms = {.word = word, .budget = budget, .arena = arena};
    if (members == 0 || members > MEMBERS_MOST)
        return STATUS_OK;
    forms.items = arena_allocate(arena, members, sizeof *forms.items);
    echo->forms = arena_allocate(arena, WORD_FORMS_MOST, sizeof *echo->forms);
    if (!forms.items || !echo->forms)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < file_count; i++) {
        match_budget_enter(budget, i);
        if (word->classes[i] && !read_forms(&forms, &files[i], word->classes[i]))
            return budget->status;
    }
    order(&forms);
    for (size_t i = 0; i < forms.count && i < WORD_FORMS_MOST; i++)
        echo->forms[echo->form_count++] = forms.items[i].text;
    return STATUS_OK;
}
