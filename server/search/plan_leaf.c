#include "match/any_of.h"
#include "match/checked.h"
#include "match/class.h"
#include "match/gram.h"
#include "match/near.h"
#include "match/phrase.h"
#include "match/sequence.h"
#include "match/spread.h"
#include "match/term.h"
#include "match/union.h"
#include "search/collection.h"
#include "search/cover.h"
#include "search/plan_build.h"
#include "search/stored_words.h"
#include "store/settings.h"

/* --- Words side by side ------------------------------------------------------------------------*/

/* terms: one a word. A phrase that lacks a word in this file matches nothing. */
static struct match_leaf *run_of_terms(const struct plan_building *building,
                                       const struct term **terms, size_t count, bool titles,
                                       uint32_t number, bool *absent)
{
    for (size_t i = 0; i < count; i++)
        *absent =
            *absent || !terms[i] || (titles && !terms[i]->one_article && terms[i]->titles.df == 0);
    if (*absent)
        return NULL;
    if (count == 1)
        return match_term(building->source, terms[0], titles, number);
    return match_phrase(building->source, terms, count, titles, number);
}

static bool has_all(const struct term *const *terms, size_t count)
{
    bool all = true;
    for (size_t i = 0; i < count; i++)
        all = all && terms[i];
    return all;
}

/* Of title and body, by grams where the file has any. */
static struct match_leaf *run_by_grams(const struct plan_building *building,
                                       const struct term **terms, size_t count, uint32_t number,
                                       bool *absent)
{
    struct cover cover;
    if (!cover_find(building->source, &building->file->grams,
                    building->file->settings->article_count, terms, count, &cover))
        return NULL;
    *absent = cover.absent;
    if (cover.absent)
        return NULL;
    if (cover.part_count == 1)
        return match_gram(building->source, cover.parts->gram, terms, count, number);
    return match_phrase_of_parts(building->source, terms, count, cover.parts, cover.part_count,
                                 number);
}

struct match_leaf *plan_build_run(const struct plan_building *building, const struct term **terms,
                                  size_t count, enum query_field field, uint32_t number,
                                  bool *absent)
{
    *absent = false;
    if (field == FIELD_ANY && count > 1 && building->file->grams.present && has_all(terms, count))
        return run_by_grams(building, terms, count, number, absent);
    return run_of_terms(building, terms, count, field == FIELD_TITLE, number, absent);
}

/* --- Words with gaps, and patterns -------------------------------------------------------------*/

static struct match_leaf *slot_leaf(const struct plan_building *building,
                                    const struct plan_slot *slot, enum query_field field,
                                    uint32_t number, bool *absent)
{
    const struct term *term = slot->term;
    if (!slot->many)
        return run_of_terms(building, &term, 1, field == FIELD_TITLE, number, absent);
    return match_union(building->source, slot->many, field == FIELD_TITLE, number);
}

static bool is_same(const struct plan_slot *a, const struct plan_slot *b)
{
    return a->term == b->term && a->many == b->many;
}

struct parts { /* of a phrase: leaves in order, some the same */
    struct spread_part *items;
    const struct plan_slot **slots; /* the first of each */
    size_t count;
    struct match_leaf **leaves; /* each once */
    size_t leaf_count;
};

static bool parts_init(struct parts *parts, struct arena *arena, size_t most)
{
    *parts = (struct parts){.items = arena_allocate(arena, most, sizeof *parts->items),
                            .slots = arena_allocate(arena, most, sizeof *parts->slots),
                            .leaves = arena_allocate(arena, most, sizeof *parts->leaves)};
    return arena->status == STATUS_OK;
}

static void parts_release(struct parts *parts)
{
    while (parts->leaf_count)
        matcher_release(&parts->leaves[--parts->leaf_count]->matcher);
}

/* How many slots from here on make one part: words side by side, where none may come between. What
 * is glued is never of a kind. */
static size_t run_length(const struct plan_slots *slots, size_t from)
{
    size_t end = from + 1;
    if (slots->slop == 0 && slots->items[from].term)
        while (end < slots->count && slots->items[end].term)
            end++;
    while (slots->slop && end < slots->count && slots->items[end].glued)
        end++;
    return end - from;
}

/* A single word that comes again shares its leaf. */
static struct match_leaf *find_part(const struct parts *parts, const struct plan_slot *slot)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->items[i].leaf->word_count == 1 && is_same(parts->slots[i], slot))
            return parts->items[i].leaf;
    return NULL;
}

static struct match_leaf *make_part(const struct plan_building *building,
                                    const struct plan_slots *slots, size_t from, size_t count,
                                    bool *absent)
{
    const struct term **terms = arena_allocate(building->source->arena, count, sizeof *terms);
    if (!terms)
        return NULL;
    if (count == 1)
        return slot_leaf(building, &slots->items[from], slots->field, MATCH_UNSCORED, absent);
    for (size_t i = 0; i < count; i++)
        terms[i] = slots->items[from + i].term;
    return plan_build_run(building, terms, count, slots->field, MATCH_UNSCORED, absent);
}

static bool make_parts(const struct plan_building *building, const struct plan_slots *slots,
                       struct parts *parts, bool *absent)
{
    if (!parts_init(parts, building->source->arena, slots->count))
        return false;
    for (size_t from = 0, count; from < slots->count; from += count) {
        const struct plan_slot *slot = &slots->items[from];
        count = run_length(slots, from);
        if (slot->any)
            continue;
        struct match_leaf *leaf = count == 1 ? find_part(parts, slot) : NULL;
        if (!leaf) {
            leaf = make_part(building, slots, from, count, absent);
            if (!leaf)
                return false;
            parts->leaves[parts->leaf_count++] = leaf;
        }
        parts->slots[parts->count] = slot;
        parts->items[parts->count++] = (struct spread_part){leaf, (uint32_t)from};
    }
    return true;
}

static bool has_union(const struct plan_slots *slots)
{
    bool has = false;
    for (size_t i = 0; i < slots->count; i++)
        has = has || slots->items[i].many;
    return has;
}

static struct match_leaf *build_spread(const struct plan_building *building,
                                       const struct plan_slots *slots, uint32_t number,
                                       bool *absent)
{
    struct parts parts = {0}, scouts = {0};
    bool scouted = has_union(slots) && !building->source->only;
    struct match_ends ends = {0};
    if (!make_parts(building, slots, &parts, absent) ||
        (scouted && !make_parts(building, slots, &scouts, absent)) ||
        (slots->items[slots->count - 1].any && !stored_words_ends(building, &ends))) {
        parts_release(&parts);
        parts_release(&scouts);
        return NULL;
    }
    return match_spread(building->source,
                        &(struct spread_rule){.parts = parts.items,
                                              .count = parts.count,
                                              .words = (uint32_t)slots->count,
                                              .slop = slots->slop,
                                              .ends = ends},
                        parts.leaves, scouted ? scouts.leaves : NULL, parts.leaf_count, number);
}

/* Whether words stand side by side and each is itself: what grams and phrases are for. */
static bool is_plain(const struct plan_slots *slots)
{
    bool plain = slots->slop == 0 || slots->count == 1;
    for (size_t i = 0; i < slots->count; i++)
        plain = plain && slots->items[i].term;
    return plain;
}

static struct match_leaf *build_plain(const struct plan_building *building,
                                      const struct plan_slots *slots, uint32_t number, bool *absent)
{
    const struct term **terms =
        arena_allocate(building->source->arena, slots->count, sizeof *terms);
    if (!terms)
        return NULL;
    for (size_t i = 0; i < slots->count; i++)
        terms[i] = slots->items[i].term;
    return plan_build_run(building, terms, slots->count, slots->field, number, absent);
}

/* Whether each word is itself or any word between such. */
static bool is_stretched(const struct plan_slots *slots)
{
    bool stretched = slots->slop == 0 && slots->field == FIELD_ANY &&
                     slots->count <= STORE_BODY_GAP && !slots->items[0].any &&
                     !slots->items[slots->count - 1].any;
    for (size_t i = 0; i < slots->count; i++)
        stretched = stretched && (slots->items[i].any || slots->items[i].term);
    return stretched;
}

/* By which lists the words side by side from one on are found; false where they are absent, or with
 * the budget's status bad. */
static bool add_run(const struct plan_building *building, const struct term **terms, size_t from,
                    size_t count, struct phrase_part *parts, size_t *part_count)
{
    struct cover cover = {0};
    struct phrase_part *to = parts + *part_count;
    bool by_grams = count > 1 && building->file->grams.present;
    if (by_grams &&
        (!cover_find(building->source, &building->file->grams,
                     building->file->settings->article_count, terms + from, count, &cover) ||
         cover.absent))
        return false;
    for (size_t i = 0; i < cover.part_count; i++)
        to[i] = cover.parts[i];
    for (size_t i = 0; i < count && !by_grams; i++)
        to[i] = (struct phrase_part){.first = (uint32_t)i, .count = 1};
    size_t added = by_grams ? cover.part_count : count;
    for (size_t i = 0; i < added; i++)
        to[i].first += (uint32_t)from;
    *part_count += added;
    return true;
}

static struct match_leaf *build_stretched(const struct plan_building *building,
                                          const struct plan_slots *slots, uint32_t number,
                                          bool *absent)
{
    struct arena *arena = building->source->arena;
    const struct term **terms = arena_allocate(arena, slots->count, sizeof *terms);
    struct phrase_part *parts = arena_allocate(arena, slots->count, sizeof *parts);
    size_t part_count = 0;
    if (!terms || !parts)
        return NULL;
    for (size_t i = 0; i < slots->count; i++)
        terms[i] = slots->items[i].term;
    for (size_t from = 0, end; from < slots->count; from = end + 1) {
        for (end = from; end < slots->count && terms[end];)
            end++;
        if (end > from && !add_run(building, terms, from, end - from, parts, &part_count)) {
            *absent = building->source->budget->status == STATUS_OK;
            return NULL;
        }
    }
    return match_phrase_of_parts(building->source, terms, slots->count, parts, part_count, number);
}

struct match_leaf *plan_build_slots(const struct plan_building *building,
                                    const struct plan_slots *slots, uint32_t number, bool *absent)
{
    *absent = false;
    for (size_t i = 0; i < slots->count; i++)
        *absent =
            *absent || (!slots->items[i].any && !slots->items[i].term && !slots->items[i].many);
    if (*absent)
        return NULL;
    if (is_plain(slots))
        return build_plain(building, slots, number, absent);
    if (slots->count == 1)
        return slot_leaf(building, slots->items, slots->field, number, absent);
    if (is_stretched(slots))
        return build_stretched(building, slots, number, absent);
    return build_spread(building, slots, number, absent);
}

/* --- Inflections -------------------------------------------------------------------------------*/

/* What a bare word stands for in this file; NULL: itself alone. */
static struct class_words *class_of(const struct plan_building *building,
                                    const struct plan_node *node)
{
    const struct vocabulary_word *word = node->query->word_count == 1 ? node->words[0] : NULL;
    return word && word->classes ? word->classes[building->at] : NULL;
}

static struct match_leaf *build_class(const struct plan_building *building,
                                      const struct plan_node *node, struct class_words *words,
                                      uint32_t number, bool *absent)
{
    bool titles = node->query->field == FIELD_TITLE;
    *absent = titles && words->class.has_list && words->class.list.titles.df == 0;
    return *absent ? NULL : match_class(building->source, words, titles, number);
}

/* --- Nodes -------------------------------------------------------------------------------------*/

static struct match_leaf *build_phrase(const struct plan_building *building,
                                       const struct plan_node *node, uint32_t number, bool *absent)
{
    const struct query_node *query = node->query;
    struct class_words *words = class_of(building, node);
    if (words)
        return build_class(building, node, words, number, absent);
    struct plan_slot *slots =
        arena_allocate(building->source->arena, query->word_count, sizeof *slots);
    if (!slots)
        return NULL;
    for (size_t i = 0; i < query->word_count; i++) {
        const struct vocabulary_word *word = node->words[i];
        if (!word)
            slots[i].any = true;
        else
            slots[i] = (struct plan_slot){word->terms[building->at],
                                          word->unions ? word->unions[building->at] : NULL, false,
                                          query->words[i].glued};
    }
    struct plan_slots all = {slots, query->word_count, query->slop, query->field};
    return plan_build_slots(building, &all, number, absent);
}

/* No two spellings begin with the same word but where gaps let others come between. */
static bool is_disjoint(const struct plan_node *node)
{
    bool disjoint = node->query->kind == QUERY_SPELLINGS;
    for (size_t i = 0; i < node->query->child_count; i++)
        disjoint = disjoint && node->query->children[i]->slop == 0;
    return disjoint;
}

/* Of those children that the file can have; one alone stands for itself. */
static struct match_leaf *build_any(const struct plan_building *building,
                                    const struct plan_node *node, uint32_t number, bool *absent)
{
    size_t count = 0;
    struct match_leaf **leaves =
        arena_allocate(building->source->arena, node->query->child_count + 1, sizeof *leaves);
    if (!leaves)
        return NULL;
    for (size_t i = 0; i < node->query->child_count; i++) {
        bool child_absent = false;
        struct match_leaf *leaf =
            plan_build_leaf(building, node->children[i], MATCH_UNSCORED, &child_absent);
        if (leaf)
            leaves[count++] = leaf;
        else if (!child_absent) {
            while (count)
                matcher_release(&leaves[--count]->matcher);
            return NULL;
        }
    }
    *absent = count == 0;
    if (count > 1)
        return match_any_of(building->source, leaves, count, is_disjoint(node), number);
    if (count)
        leaves[0]->number = number;
    return count ? leaves[0] : NULL;
}

static struct match_leaf **build_all(const struct plan_building *building,
                                     const struct plan_node *node, bool *absent)
{
    size_t count = 0, most = node->query->child_count;
    struct match_leaf **leaves = arena_allocate(building->source->arena, most, sizeof *leaves);
    while (leaves && count < most) {
        leaves[count] = plan_build_leaf(building, node->children[count], MATCH_UNSCORED, absent);
        if (leaves[count]) {
            count++;
            continue;
        }
        while (count)
            matcher_release(&leaves[--count]->matcher);
        return NULL;
    }
    return leaves;
}

static bool build_sides(const struct plan_building *building, const struct plan_node *node,
                        struct match_leaf **sides, bool *absent)
{
    for (size_t i = 0; i < 2; i++) {
        sides[i] = plan_build_leaf(building, node->children[i], MATCH_UNSCORED, absent);
        if (sides[i])
            continue;
        if (i)
            matcher_release(&sides[0]->matcher);
        return false;
    }
    return true;
}

static bool has_pattern(const struct plan_node *node)
{
    bool has = false;
    for (size_t i = 0; node->words && i < node->query->word_count; i++)
        has = has || (node->words[i] && node->words[i]->unions);
    for (size_t i = 0; i < node->query->child_count; i++)
        has = has || has_pattern(node->children[i]);
    return has;
}

static struct match_leaf *build_near(const struct plan_building *building,
                                     const struct plan_node *node, uint32_t number, bool *absent)
{
    struct match_leaf *sides[2], *scouts[2];
    bool scouted = has_pattern(node) && !building->source->only;
    struct near_rule rule = {node->query->distance, node->query->ordered};
    if (!build_sides(building, node, sides, absent))
        return NULL;
    if (scouted && !build_sides(building, node, scouts, absent)) {
        matcher_release(&sides[0]->matcher);
        matcher_release(&sides[1]->matcher);
        return NULL;
    }
    return match_near(building->source, rule, sides, scouted ? scouts : NULL, number);
}

static struct match_leaf *build_sequence(const struct plan_building *building,
                                         const struct plan_node *node, uint32_t number,
                                         bool *absent)
{
    size_t count = node->query->child_count;
    struct match_leaf **leaves = build_all(building, node, absent), **scouts = NULL;
    if (!leaves)
        return NULL;
    if (has_pattern(node) && !building->source->only) {
        scouts = build_all(building, node, absent);
        for (size_t i = 0; !scouts && i < count; i++)
            matcher_release(&leaves[i]->matcher);
        if (!scouts)
            return NULL;
    }
    return match_sequence(building->source, leaves, scouts, count, number);
}

static struct match_leaf *build_characters(const struct plan_building *building,
                                           const struct plan_node *node, uint32_t number,
                                           bool *absent)
{
    struct match_check check;
    struct match_leaf *inner = plan_build_leaf(building, node->children[0], MATCH_UNSCORED, absent);
    if (!inner)
        return NULL;
    if (stored_words_check(building, node->query->value, &check))
        return match_checked(building->source, inner, check, number);
    matcher_release(&inner->matcher);
    return NULL;
}

struct match_leaf *plan_build_leaf(const struct plan_building *building,
                                   const struct plan_node *node, uint32_t number, bool *absent)
{
    *absent = false;
    switch (node->query->kind) {
    case QUERY_NEAR:
        return build_near(building, node, number, absent);
    case QUERY_CHARACTERS:
        return build_characters(building, node, number, absent);
    case QUERY_OR:
    case QUERY_SPELLINGS:
        return build_any(building, node, number, absent);
    case QUERY_SEQUENCE:
        return build_sequence(building, node, number, absent);
    default:
        return build_phrase(building, node, number, absent);
    }
}
