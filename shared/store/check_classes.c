/* Classes walked through the read side and compared with their words' lists. Whether the words of
 * one are of one stem is not tried: that takes the stemmer and the texts. */
#include "base/endian.h"
#include "base/memory.h"
#include "store/check_state.h"
#include "store/class_layout.h"
#include "store/classes_read.h"
#include "store/lexicon_read.h"
#include "store/list_check.h"
#include "store/settings.h"

struct class_check {
    struct check *check;
    struct classes classes;
    struct class_language language;
    struct lexicon lexicon;
    struct word_class class;   /* the one at hand */
    uint64_t lists;            /* where its list should begin */
    uint32_t *tfs, *title_tfs; /* of its words together, an article each */
    uint32_t df, most;         /* counted; the greatest of its words */
    uint64_t sum, cf;
    struct postings word, all, titles;
    struct bytes positions;
    uint32_t title_at; /* of the titles' current block, the next article */
    struct list_check all_impacts, title_impacts;
};

static void say(struct class_check *class, const char *what)
{
    check_say(class->check, CHUNK_CLASSES, "%s, in class %u of '%s'", what, class->class.number,
              class->language.code);
}

/* --- Its words ---------------------------------------------------------------------------------*/

static uint32_t in_title(struct class_check *class, uint32_t i)
{
    struct postings *word = &class->word;
    uint32_t title_words = class->check->title_words[word->docs[i]], in = 0;
    if (!postings_read_positions(word, i, &class->positions))
        return 0;
    const uint32_t *positions = (const uint32_t *)(const void *)class->positions.data;
    while (in < class->positions.size / sizeof *positions && positions[in] < title_words)
        in++;
    return in;
}

/* Adds a word's list, of all articles or of titles, to what its class has. */
static void add_list(struct class_check *class, const struct term *term, bool titles)
{
    struct postings *word = &class->word;
    enum status status = postings_open(word, class->check->snapshot, term, titles);
    while (status == STATUS_OK && postings_next_block(word) && postings_read_tfs(word))
        for (uint32_t i = 0; i < word->count; i++) {
            uint32_t doc = word->docs[i];
            if (titles) {
                class->title_tfs[doc] += word->tfs[i];
                continue;
            }
            class->df += class->tfs[doc] == 0;
            class->tfs[doc] += word->tfs[i];
            if (term->one_article)
                class->title_tfs[doc] += in_title(class, i);
        }
    check_good(class->check, CHUNK_POSTINGS, status == STATUS_OK ? word->status : status,
               "a list contradicts itself");
    postings_release(word);
}

/* What its words have: counted, or with `clear` forgotten again. */
static bool each_word(struct class_check *class, void (*take)(struct class_check *, struct term *))
{
    struct class_members members = class_members_of(&class->class);
    uint32_t number;
    while (class_members_next(&members, &number)) {
        struct term term;
        if (lexicon_read_at(&class->lexicon, number, &term) != STATUS_OK) {
            say(class, "a term that there is not");
            return false;
        }
        take(class, &term);
    }
    return check_good(class->check, CHUNK_CLASSES, members.status, "its words cannot be read");
}

static void count_word(struct class_check *class, struct term *term)
{
    struct word_class found;
    class->sum += term->all.df;
    class->cf += term->all.cf;
    if (term->all.df > class->most)
        class->most = term->all.df;
    add_list(class, term, false);
    if (term->titles.df)
        add_list(class, term, true);
    if (class_language_find(&class->language, term->number, &found) != STATUS_OK ||
        found.number != class->class.number)
        say(class, "a word that does not name it");
}

static void forget_word(struct class_check *class, struct term *term)
{
    struct postings *word = &class->word;
    if (postings_open(word, class->check->snapshot, term, false) == STATUS_OK)
        while (postings_next_block(word))
            for (uint32_t i = 0; i < word->count; i++)
                class->tfs[word->docs[i]] = class->title_tfs[word->docs[i]] = 0;
    postings_release(word);
}

/* --- Its list ----------------------------------------------------------------------------------*/

static void add(const struct class_check *class, struct list_check *list, uint32_t doc, uint32_t tf,
                uint32_t title_tf)
{
    list_check_article(
        list, &class->check->model,
        (struct list_top_article){
            .doc = doc, .tf = tf, .title_tf = title_tf, .norm = class->check->norms[doc]});
}

static uint32_t take_title(struct class_check *class, uint32_t doc)
{
    struct postings *titles = &class->titles;
    if (class->title_at == titles->count) {
        class->title_at = 0;
        if (!postings_next_block(titles) || !postings_read_tfs(titles))
            return 0;
    }
    if (titles->docs[class->title_at] != doc)
        return 0;
    uint32_t tf = titles->tfs[class->title_at++];
    if (titles->bounds)
        add(class, &class->title_impacts, doc, tf, tf);
    if (class->title_at == titles->count && !list_check_block(&class->title_impacts, titles))
        say(class, "the bound of a block is not that of its titles");
    return tf;
}

static void check_article(struct class_check *class, uint32_t i)
{
    uint32_t doc = class->all.docs[i], tf = class->all.tfs[i], title_tf = take_title(class, doc);
    if (tf != class->tfs[doc] || title_tf != class->title_tfs[doc])
        say(class, "an article's counts are not those of its words");
    if (class->all.bounds)
        add(class, &class->all_impacts, doc, tf, title_tf);
}

static void walk_list(struct class_check *class)
{
    uint64_t cf = 0;
    while (postings_next_block(&class->all) && postings_read_tfs(&class->all)) {
        for (uint32_t i = 0; i < class->all.count; i++) {
            cf += class->all.tfs[i];
            check_article(class, i);
        }
        if (!list_check_block(&class->all_impacts, &class->all))
            say(class, "the bound of a block is not that of its articles");
    }
    enum status status = class->all.status != STATUS_OK ? class->all.status : class->titles.status;
    if (!check_good(class->check, CHUNK_CLASSES, status, "its lists contradict themselves"))
        return;
    if (cf != class->cf || class->class.list.all.cf != class->cf)
        say(class, "its counts do not add up");
    if (class->title_at != class->titles.count || postings_next_block(&class->titles))
        say(class, "its list of titles has articles that its own does not");
    if (!list_check_end(&class->all_impacts, &class->all) ||
        !list_check_end(&class->title_impacts, &class->titles))
        say(class, "a k-th best impact is not that of the articles");
}

static void check_list(struct class_check *class)
{
    const struct snapshot *snapshot = class->check->snapshot;
    const struct gram *list = &class->class.list;
    if (list->all.postings_offset != class->lists)
        say(class, "its list does not lie behind the one before");
    class->lists = list->titles.postings_offset + list->titles.postings_bytes;
    class->title_at = 0;
    list_check_begin(&class->all_impacts);
    list_check_begin(&class->title_impacts);
    if (postings_open_class(&class->all, snapshot, list, false) == STATUS_OK &&
        postings_open_class(&class->titles, snapshot, list, true) == STATUS_OK)
        walk_list(class);
    else
        say(class, "its lists cannot be opened");
    postings_release(&class->titles);
    postings_release(&class->all);
}

/* --- The chunk ---------------------------------------------------------------------------------*/

static void check_class(struct class_check *class)
{
    class->df = class->most = 0;
    class->sum = class->cf = 0;
    if (each_word(class, count_word) && class->check->status == STATUS_OK) {
        if (class->df != class->class.df)
            say(class, "its articles are not those of its words");
        if (class->class.has_list !=
            class_rule_list(&class->classes.rule, class->sum, class->most, class->df))
            say(class, "it has a list, or none, against the rule");
        if (class->class.has_list)
            check_list(class);
    }
    each_word(class, forget_word);
}

/* How many words its classes have. */
static uint64_t check_language(struct class_check *class)
{
    uint64_t members = 0;
    for (uint64_t i = 0; i < class->language.class_count; i++) {
        enum status status = class_language_read(&class->language, i, &class->class);
        if (!check_good(class->check, CHUNK_CLASSES, status, "its entries contradict themselves"))
            return members;
        members += class->class.members;
        check_class(class);
        if (class->check->status != STATUS_OK)
            return members;
    }
    return members;
}

static bool ascends(const struct class_check *class)
{
    const struct class_language *language = &class->language;
    const uint8_t *at;
    uint64_t from = class->classes.members + CLASSES_MEMBER_BYTES * language->first_member;
    if (snapshot_view(class->check->snapshot, CHUNK_CLASSES, from,
                      CLASSES_MEMBER_BYTES * language->members, &at) != STATUS_OK)
        return false;
    for (uint64_t i = 1; i < language->members; i++)
        if (load_le32(at + CLASSES_MEMBER_BYTES * i) <=
            load_le32(at + CLASSES_MEMBER_BYTES * (i - 1)))
            return false;
    return true;
}

static void check_languages(struct class_check *class)
{
    uint64_t members = 0, classes = 0;
    char before[sizeof class->language.code] = "";
    for (uint32_t i = 0; i < class->classes.language_count; i++) {
        enum status status = classes_language_at(&class->classes, i, &class->language);
        if (!check_good(class->check, CHUNK_CLASSES, status, "its languages contradict it"))
            return;
        if (strcmp(before, class->language.code) >= 0 || class->language.first_member != members ||
            class->language.first_class != classes)
            check_say(class->check, CHUNK_CLASSES, "its languages do not follow each other");
        memcpy(before, class->language.code, sizeof before);
        members += class->language.members;
        classes += class->language.class_count;
        if (check_language(class) != class->language.members || !ascends(class))
            check_say(class->check, CHUNK_CLASSES, "the words of '%s' are not those of its classes",
                      class->language.code);
    }
    if (members != class->classes.member_count || classes != class->classes.class_count ||
        class->lists != class->classes.list_bytes)
        check_say(class->check, CHUNK_CLASSES, "its languages do not fill it");
}

static void walk(struct class_check *class)
{
    const struct classes *classes = &class->classes;
    if (!check_zeros(class->check, CHUNK_CLASSES, classes->list_bytes, classes->entries) ||
        !check_zeros(class->check, CHUNK_CLASSES, classes->entries + classes->entry_bytes,
                     classes->offsets))
        check_say(class->check, CHUNK_CLASSES, "bytes between its parts are not zero");
    if (check_good(class->check, CHUNK_LEXICON,
                   lexicon_open(&class->lexicon, class->check->snapshot),
                   "its entries contradict themselves"))
        check_languages(class);
}

void check_classes(struct check *check)
{
    size_t count = (size_t)check->settings->article_count + 1;
    struct class_check *class = memory_allocate_zeroed(1, sizeof *class);
    if (class) {
        class->tfs = memory_allocate_zeroed(count, sizeof *class->tfs);
        class->title_tfs = memory_allocate_zeroed(count, sizeof *class->title_tfs);
    }
    if (!class || !class->tfs || !class->title_tfs) {
        check->status = STATUS_NO_MEMORY;
    } else {
        class->check = check;
        enum status status = classes_open(&class->classes, check->snapshot);
        if (check_good(check, CHUNK_CLASSES, status, "its footer contradicts it") &&
            class->classes.present)
            walk(class);
    }
    if (class) {
        memory_free(class->tfs);
        memory_free(class->title_tfs);
        bytes_release(&class->positions);
    }
    memory_free(class);
}
