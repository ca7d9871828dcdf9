#include "search/vocabulary.h"

#include <stdlib.h>

#include "base/hash.h"
#include "match/term_union.h"
#include "search/collection.h"
#include "search/expand.h"
#include "search/inflections.h"
#include "store/lexicon_read.h"

static size_t count_words(const struct query_node *node)
{
    size_t count = node->kind == QUERY_PHRASE ? node->word_count : 0;
    for (size_t i = 0; i < node->child_count; i++)
        count += count_words(node->children[i]);
    return count;
}

static bool is_same(const struct vocabulary_word *a, const struct query_word *b)
{
    return a->kind == b->kind && a->edits == b->edits && a->inflected == b->inflected &&
           slice_equal(a->text, b->text);
}

/* The place of the word in the table: its own, or the empty one where it would stand. */
static struct vocabulary_word **place(const struct vocabulary *vocabulary,
                                      const struct query_word *word)
{
    size_t mask = vocabulary->table_size - 1;
    size_t at = hash_keyed(word->text.data, word->text.size, hash_process_key()) & mask;
    while (vocabulary->table[at] && !is_same(vocabulary->table[at], word))
        at = (at + 1) & mask;
    return &vocabulary->table[at];
}

static void add_word(struct vocabulary *vocabulary, const struct query_word *word, bool excluded)
{
    struct vocabulary_word **found = place(vocabulary, word);
    if (!*found) {
        *found = &vocabulary->words[vocabulary->count++];
        **found = (struct vocabulary_word){.text = word->text,
                                           .kind = word->kind,
                                           .edits = word->edits,
                                           .inflected = word->inflected,
                                           .language = word->language,
                                           .start = word->start};
    } else if (word->start < (*found)->start) {
        (*found)->start = word->start;
    }
    (*found)->whole = (*found)->whole || excluded;
}

static void add_words(struct vocabulary *vocabulary, const struct query_node *node, bool excluded)
{
    for (size_t i = 0; node->kind == QUERY_PHRASE && i < node->word_count; i++)
        if (node->words[i].kind != WORD_ANY)
            add_word(vocabulary, &node->words[i], excluded);
    for (size_t i = 0; i < node->child_count; i++)
        add_words(vocabulary, node->children[i], excluded || (node->kind == QUERY_NOT && i > 0));
}

/* place: where lexicon_place says. */
static enum status look_up_at(const struct collection_file *file, struct slice key, uint32_t place,
                              struct match_budget *budget, struct arena *arena,
                              const struct term **term)
{
    struct term found;
    *term = NULL;
    if (!match_budget_spend(budget, 1))
        return budget->status;
    enum status status = lexicon_find_at(&file->lexicon, key, place, &found);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (!match_budget_check(budget, status, CHUNK_LEXICON))
        return status;
    struct term *copy = arena_allocate(arena, 1, sizeof *copy);
    if (!copy)
        return STATUS_NO_MEMORY;
    *copy = found;
    *term = copy;
    return STATUS_OK;
}

enum status vocabulary_look_up(const struct collection_file *file, struct slice key,
                               struct match_budget *budget, struct arena *arena,
                               const struct term **term)
{
    uint32_t place;
    enum status status = lexicon_place(&file->lexicon, key, &place);
    *term = NULL;
    if (!match_budget_check(budget, status, CHUNK_LEXICON))
        return budget->status;
    return look_up_at(file, key, place, budget, arena, term);
}

struct pattern_union {
    struct term_union of; /* the first member */
    struct query_word pattern;
    struct slice before;
};

static bool find_words(struct pattern_union *made, uint8_t reach, struct match_budget *budget)
{
    struct term_union *of = &made->of;
    struct query_word pattern = made->pattern;
    struct expansion expansion;
    if (pattern.kind == WORD_EDITS)
        pattern.edits = reach;
    if (!expand_word(of->lexicon, made->before, &pattern, budget, of->arena, &expansion))
        return false;
    of->words = expansion.words;
    of->word_count = expansion.count;
    of->reach = reach;
    return true;
}

static bool widen(struct term_union *of, uint8_t reach, struct match_budget *budget)
{
    return find_words((struct pattern_union *)of, reach, budget);
}

/* The words that the pattern stands for at most so far away. NULL with the budget's status bad. */
static struct term_union *find_pattern(const struct collection_file *file, struct slice before,
                                       const struct query_word *word, uint8_t reach,
                                       struct match_budget *budget, struct arena *arena)
{
    struct pattern_union *made = arena_allocate(arena, 1, sizeof *made);
    if (!match_budget_check(budget, made ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_LEXICON))
        return NULL;
    *made =
        (struct pattern_union){.of = {.lexicon = &file->lexicon, .arena = arena, .widen = widen},
                               .pattern = *word,
                               .before = arena_copy(arena, before)};
    if (word->kind == WORD_EDITS)
        made->of.edits = (uint8_t)word->edits;
    bool good = match_budget_check(budget, arena->status, CHUNK_LEXICON);
    return good && find_words(made, reach, budget) ? &made->of : NULL;
}

static enum status read_term(const struct collection_file *file, uint32_t number,
                             struct match_budget *budget, struct arena *arena,
                             const struct term **term)
{
    struct term *copy = arena_allocate(arena, 1, sizeof *copy);
    enum status status = copy ? lexicon_read_at(&file->lexicon, number, copy) : STATUS_NO_MEMORY;
    if (!match_budget_check(budget, status, CHUNK_LEXICON))
        return budget->status;
    *term = copy;
    return STATUS_OK;
}

enum status vocabulary_expand(const struct collection_file *file, struct slice before,
                              const struct query_word *word, struct match_budget *budget,
                              struct arena *arena, struct vocabulary_found *found)
{
    uint8_t edits = word->kind == WORD_EDITS ? (uint8_t)word->edits : 0;
    struct term_union *many = find_pattern(file, before, word, edits, budget, arena);
    *found = (struct vocabulary_found){0};
    if (!many)
        return budget->status;
    if (many->word_count == 1)
        return read_term(file, many->words[0].number, budget, arena, &found->term);
    if (many->word_count)
        found->many = many;
    return STATUS_OK;
}

/* The words of one file, of edits at first as near as the other files' are known. */
static enum status look_up_pattern(struct vocabulary_word *word, size_t at,
                                   const struct collection_file *file, uint8_t reach,
                                   struct match_budget *budget, struct arena *arena)
{
    struct query_word pattern = {.text = word->text, .kind = word->kind, .edits = word->edits};
    struct term_union *many = word->unions[at];
    if (!many)
        many = find_pattern(file, (struct slice){0}, &pattern, reach, budget, arena);
    else if (!many->widen(many, reach, budget))
        return budget->status;
    if (!many)
        return budget->status;
    for (size_t i = 0; i < many->word_count; i++)
        word->df += many->words[i].df;
    if (many->edits == 0 && many->word_count == 1)
        return read_term(file, many->words[0].number, budget, arena, &word->terms[at]);
    word->unions[at] = many;
    return STATUS_OK;
}

/* What stands behind a NOT must be known as a whole. */
static enum status complete(struct vocabulary_word *word, const struct collection *collection,
                            struct match_budget *budget, struct arena *arena)
{
    for (size_t i = 0; i < collection->file_count; i++) {
        const struct collection_file *file = &collection->files[i];
        struct match_source source = {.snapshot = file->snapshot,
                                      .columns = &file->columns,
                                      .budget = budget,
                                      .arena = arena};
        match_budget_enter(budget, i);
        if (word->unions[i] && !term_union_fill(word->unions[i], &source))
            return budget->status;
    }
    if (budget->cut)
        match_budget_check(budget, STATUS_DEADLINE, CHUNK_LEXICON);
    return budget->status;
}

/* Of edits the words as far away as the nearest that there are; the others are looked for when they
 * matter. */
static enum status look_up_patterns(struct vocabulary_word *word,
                                    const struct collection *collection,
                                    struct match_budget *budget, struct arena *arena)
{
    uint32_t edits = word->kind == WORD_EDITS ? word->edits : 0;
    for (uint32_t reach = 0; reach <= edits && word->df == 0; reach++)
        for (size_t i = 0; i < collection->file_count; i++) {
            match_budget_enter(budget, i);
            enum status status =
                look_up_pattern(word, i, &collection->files[i], (uint8_t)reach, budget, arena);
            if (status != STATUS_OK)
                return status;
        }
    for (size_t i = 0; i < collection->file_count; i++)
        if (word->unions[i] && word->unions[i]->reach == edits && !word->unions[i]->word_count)
            word->unions[i] = NULL;
    if (word->df > collection->article_count)
        word->df = collection->article_count;
    return word->whole ? complete(word, collection, budget, arena) : STATUS_OK;
}

bool vocabulary_count(struct vocabulary_word *word, const struct collection *collection,
                      struct match_budget *budget)
{
    word->articles = word->stands_for = 0;
    for (size_t i = 0; i < collection->file_count; i++) {
        const struct collection_file *file = &collection->files[i];
        struct match_source source = {
            .snapshot = file->snapshot, .columns = &file->columns, .budget = budget};
        struct term_union *many = word->unions[i];
        match_budget_enter(budget, i);
        if (many && !term_union_count(many, &source))
            return false;
        word->articles += many ? many->df : word->terms[i] ? word->terms[i]->all.df : 0;
        word->stands_for += many ? many->word_count : word->terms[i] != NULL;
    }
    return true;
}

struct word_places {                     /* of a word itself */
    const struct vocabulary_word *known; /* whose terms are the same; NULL: none */
    uint32_t *blocks;                    /* by file: where it would stand in the lexicon */
};

static enum status look_up_itself(struct vocabulary_word *word, size_t at,
                                  const struct word_places *places,
                                  const struct collection_file *file, struct match_budget *budget,
                                  struct arena *arena)
{
    enum status status = STATUS_OK;
    if (places->known)
        word->terms[at] = places->known->terms[at];
    else
        status = look_up_at(file, word->text, places->blocks[at], budget, arena, &word->terms[at]);
    if (status == STATUS_OK && word->inflected)
        status = inflections_find(
            file, &(struct query_word){.text = word->text, .language = word->language},
            word->terms[at], budget, arena, &word->classes[at]);
    if (status != STATUS_OK)
        return status;
    bool many = word->inflected && word->classes[at];
    word->df += many ? word->classes[at]->class.df : word->terms[at] ? word->terms[at]->all.df : 0;
    return STATUS_OK;
}

static enum status look_up_word(struct vocabulary_word *word, const struct collection *collection,
                                const struct word_places *places, struct match_budget *budget,
                                struct arena *arena)
{
    word->terms = arena_allocate(arena, collection->file_count, sizeof *word->terms);
    if (word->inflected)
        word->classes = arena_allocate(arena, collection->file_count, sizeof *word->classes);
    if (word->kind != WORD_ITSELF)
        word->unions = arena_allocate(arena, collection->file_count, sizeof *word->unions);
    if (arena->status != STATUS_OK)
        return STATUS_NO_MEMORY;
    if (word->kind != WORD_ITSELF)
        return look_up_patterns(word, collection, budget, arena);
    for (size_t i = 0; i < collection->file_count; i++) {
        const struct collection_file *file = &collection->files[i];
        match_budget_enter(budget, i);
        enum status status = look_up_itself(word, i, places, file, budget, arena);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static int by_start(const void *a, const void *b)
{
    const struct vocabulary_word *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return slice_compare(left->text, right->text);
}

/* Sorting moves the words, so the table is filled anew. */
static void sort_words(struct vocabulary *vocabulary)
{
    qsort(vocabulary->words, vocabulary->count, sizeof *vocabulary->words, by_start);
    memset(vocabulary->table, 0, vocabulary->table_size * sizeof *vocabulary->table);
    for (size_t i = 0; i < vocabulary->count; i++) {
        struct vocabulary_word *word = &vocabulary->words[i];
        *place(vocabulary, &(struct query_word){.text = word->text,
                                                .kind = word->kind,
                                                .edits = word->edits,
                                                .inflected = word->inflected}) = word;
    }
}

/* The same word of another query, inflected or not. */
static const struct vocabulary_word *find_known(const struct vocabulary *known,
                                                const struct vocabulary_word *word)
{
    struct query_word itself = {.text = word->text, .inflected = word->inflected};
    const struct vocabulary_word *found = NULL;
    for (int i = 0; known && !found && word->kind == WORD_ITSELF && i < 2; i++) {
        found = vocabulary_find(known, &itself);
        itself.inflected = !itself.inflected;
    }
    return found;
}

/* places: word by word. Asked for of all that are not known, one step at a time. */
static bool place_words(const struct vocabulary *vocabulary, const struct collection *collection,
                        struct match_budget *budget, struct word_places *places)
{
    size_t count = vocabulary->count;
    enum status status = STATUS_OK;
    for (size_t file = 0; file < collection->file_count && status == STATUS_OK; file++) {
        const struct lexicon *lexicon = &collection->files[file].lexicon;
        const struct vocabulary_word *words = vocabulary->words;
        match_budget_enter(budget, file);
        for (size_t i = 0; count > 1 && i < count; i++)
            if (words[i].kind == WORD_ITSELF && !places[i].known)
                lexicon_fetch(lexicon, words[i].text);
        for (size_t i = 0; i < count && status == STATUS_OK; i++)
            if (words[i].kind == WORD_ITSELF && !places[i].known)
                status = lexicon_place(lexicon, words[i].text, &places[i].blocks[file]);
    }
    return match_budget_check(budget, status, CHUNK_LEXICON);
}

static enum status look_up_words(const struct vocabulary *vocabulary,
                                 const struct collection *collection,
                                 const struct vocabulary *known, struct match_budget *budget,
                                 struct arena *arena)
{
    size_t files = collection->file_count;
    struct word_places *places = arena_allocate(arena, vocabulary->count, sizeof *places);
    uint32_t *blocks = arena_allocate(arena, vocabulary->count * files, sizeof *blocks);
    if (!places || !blocks)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < vocabulary->count; i++)
        places[i] =
            (struct word_places){find_known(known, &vocabulary->words[i]), blocks + i * files};
    if (!place_words(vocabulary, collection, budget, places))
        return budget->status;
    for (size_t i = 0; i < vocabulary->count; i++) {
        enum status status =
            look_up_word(&vocabulary->words[i], collection, &places[i], budget, arena);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status vocabulary_init(struct vocabulary *vocabulary, const struct collection *collection,
                            const struct vocabulary *known, const struct query_node *root,
                            struct match_budget *budget, struct arena *arena)
{
    size_t most = count_words(root);
    *vocabulary = (struct vocabulary){.table_size = 4};
    while (vocabulary->table_size < 2 * most)
        vocabulary->table_size *= 2;
    vocabulary->words = arena_allocate(arena, most + 1, sizeof *vocabulary->words);
    vocabulary->table = arena_allocate(arena, vocabulary->table_size, sizeof *vocabulary->table);
    if (!vocabulary->words || !vocabulary->table)
        return STATUS_NO_MEMORY;
    add_words(vocabulary, root, false);
    sort_words(vocabulary);
    return look_up_words(vocabulary, collection, known, budget, arena);
}

struct vocabulary_word *vocabulary_find(const struct vocabulary *vocabulary,
                                        const struct query_word *word)
{
    return *place(vocabulary, word);
}

bool vocabulary_articles(const struct collection *collection, struct slice word,
                         struct match_budget *budget, uint64_t *articles)
{
    *articles = 0;
    for (size_t i = 0; i < collection->file_count; i++) {
        uint32_t df;
        enum status status = lexicon_count(&collection->files[i].lexicon, word, &df);
        match_budget_enter(budget, i);
        if (status != STATUS_NOT_FOUND && !match_budget_check(budget, status, CHUNK_LEXICON))
            return false;
        *articles += df;
    }
    return true;
}
