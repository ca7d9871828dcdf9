#include <math.h>

#include "base/memory.h"
#include "match/leaf.h"
#include "match/term_union.h"
#include "match/title.h"
#include "match/union.h"
#include "rank/bm25.h"
#include "rank/ways.h"
#include "store/columns_read.h"
#include "store/lexicon_scan.h"
#include "store/list_top.h"
#include "store/postings_read.h"

enum { PATTERN_MOST = 128 }; /* articles that are looked through for each that is offered */

/* An article's part is that of its best word. So of each list only its own best matter: a list
 * whose bound is too little is not opened, and of one that is, only blocks that may hold one. */
struct pattern {
    struct ranking *ranking;
    struct term_union *of;
    double idf;
    bool has_titles; /* that weigh otherwise */
    uint32_t distance;
    uint64_t need;            /* for which these stand: a least part, and */
    uint32_t at;              /* the distance */
    double ratio;             /* of an article's weight to its saturation: less is not enough */
    uint32_t enough;          /* occurrences of which one article's part can be: see find_enough */
    struct lexicon_scan scan; /* over the words, as far as they are searched */
    struct term term;
    struct postings all, titles;
    struct bytes positions;
};

static uint64_t part_of(const struct pattern *pattern, double impact)
{
    return bm25_part(pattern->idf, bm25_nearness(impact, pattern->distance, pattern->of->edits));
}

static bool check(const struct pattern *pattern, enum status status, enum chunk_id chunk)
{
    return match_budget_check(pattern->ranking->budget, status, chunk);
}

/* False with the budget's status bad. */
static bool offer(const struct pattern *pattern, uint32_t doc, uint64_t part)
{
    struct ranking *ranking = pattern->ranking;
    struct top_entry entry = {part, ranking->file, doc, doc, 0};
    if (ranking_hides(ranking, doc) || part < ranking_least(ranking, doc))
        return true;
    if (!ranking_place(ranking, doc, &entry.place))
        return false;
    top_raise(ranking->top, entry);
    return true;
}

/* --- Articles ----------------------------------------------------------------------------------*/

/* The most that so many occurrences can weigh, wherever they stand. */
static double most_weight(const struct pattern *pattern, uint32_t tf)
{
    double extra = pattern->has_titles ? pattern->ranking->model->title_extra : 0;
    return tf + (extra > 0 ? extra * tf : 0);
}

/* How often the word stands in the article's title; articles ascend. */
static bool find_title(struct pattern *pattern, uint32_t doc, uint32_t *title_tf)
{
    struct postings *titles = &pattern->titles;
    *title_tf = 0;
    if (!pattern->has_titles)
        return true;
    if (pattern->term.one_article)
        return match_title_count_alone(pattern->ranking->source, &pattern->term, &pattern->all,
                                       &pattern->positions, title_tf);
    if (pattern->term.titles.df == 0)
        return true;
    bool found = postings_seek(titles, doc) && (titles->has_tfs || postings_read_tfs(titles));
    uint32_t at = found ? postings_find_in_block(titles, doc) : 0;
    if (found && at < titles->count && titles->docs[at] == doc)
        *title_tf = titles->tfs[at];
    return check(pattern, titles->status, titles->chunk);
}

/* By how much a weight has to outweigh the saturation for a part of `least`: half a rounding less,
 * so that no weight which is enough is kept out by the last digits of a division. */
static double find_ratio(const struct pattern *pattern, uint64_t least)
{
    uint32_t edits = pattern->of->edits;
    double share = ((double)least - 1) / (pattern->idf * BM25_POINT);
    double impact = edits ? share * (edits + 1) - (edits - pattern->distance) : share;
    if (!(impact < 1))
        return impact > 1 ? INFINITY : 0; /* not where nothing can be told */
    return impact > 0 ? impact / (1 - impact) : 0;
}

static double ratio_of(struct pattern *pattern, uint64_t least)
{
    if (least != pattern->need || pattern->distance != pattern->at)
        pattern->ratio = find_ratio(pattern, least);
    pattern->need = least;
    pattern->at = pattern->distance;
    return pattern->ratio;
}

/* The least that any article of the file still needs. */
static uint64_t need(const struct pattern *pattern)
{
    return ranking_least(pattern->ranking, 0);
}

/* Words that stand in no article so often are passed over, and articles in which they do not: none
 * that look_at would let in. */
static void find_enough(struct pattern *pattern)
{
    double enough = ratio_of(pattern, need(pattern)) * pattern->ranking->model->saturation[0] /
                    most_weight(pattern, 1);
    pattern->enough = enough < UINT32_MAX ? (uint32_t)ceil(enough) : UINT32_MAX;
}

static bool look_at(struct pattern *pattern, uint32_t doc, uint32_t tf)
{
    struct ranking *ranking = pattern->ranking;
    double ratio = ratio_of(pattern, ranking_least(ranking, doc));
    uint32_t title_tf;
    uint8_t norm;
    if (!ranking_norm(ranking, doc, &norm))
        return false;
    if (most_weight(pattern, tf) < ratio * ranking->model->saturation[norm])
        return true;
    return find_title(pattern, doc, &title_tf) &&
           offer(pattern, doc, part_of(pattern, impact_of(ranking->model, tf, title_tf, norm)));
}

/* --- Lists -------------------------------------------------------------------------------------*/

/* Of an article that stands with the list. */
static bool weigh_stored(const struct pattern *pattern, struct list_top_article *article,
                         uint64_t *part)
{
    struct ranking *ranking = pattern->ranking;
    if (!ranking_norm(ranking, article->doc, &article->norm))
        return false;
    article->impact = impact_of(ranking->model, article->tf, article->title_tf, article->norm);
    *part = part_of(pattern, article->impact);
    return true;
}

/* The ten best where they stand in the list and tell, as in rank_stored; or as many of them as are
 * enough, since what follows has no more. False where they do not, or with the budget's status bad.
 */
static bool offer_stored(struct pattern *pattern)
{
    struct ranking *ranking = pattern->ranking;
    uint64_t parts[LIST_TOP];
    struct list_top top;
    if (ranking->hidden || ranking->top->most > LIST_TOP || !postings_top(&pattern->all, &top))
        return false;
    for (size_t i = 0; i < LIST_TOP; i++) {
        if (!weigh_stored(pattern, &top.articles[i], &parts[i]))
            return false;
        if (parts[i] < need(pattern))
            return true;
        if (!offer(pattern, top.articles[i].doc, parts[i]))
            return false;
    }
    const struct list_top_article *next = &top.next;
    double below = next->tf ? impact_of(ranking->model, next->tf, next->title_tf, next->norm) : 0;
    return rank_stored_tells(&top, parts, part_of(pattern, below));
}

static bool look_at_block(struct pattern *pattern)
{
    struct postings *all = &pattern->all;
    if (!match_budget_spend(pattern->ranking->budget, 1) || !postings_read_tfs(all))
        return false;
    for (uint32_t i = 0; i < all->count; i++)
        if (all->tfs[i] >= pattern->enough && !look_at(pattern, all->docs[i], all->tfs[i]))
            return false;
    return true;
}

static bool search_list(struct pattern *pattern)
{
    struct ranking *ranking = pattern->ranking;
    struct postings *all = &pattern->all;
    for (uint32_t block = 0; block < all->block_count; block++) {
        uint64_t bound = part_of(pattern, postings_block_bound(all, block) / 65535.0);
        if (bound < ranking_least(ranking, block ? postings_block_last(all, block - 1) + 1 : 0))
            continue;
        if (!postings_enter_block(all, block) || !look_at_block(pattern))
            break;
    }
    return check(pattern, all->status, all->chunk) && ranking_goes_on(ranking);
}

/* A word of one article needs no list: the lexicon tells how often it stands there. */
static bool search_word(struct pattern *pattern, size_t i)
{
    const struct snapshot *snapshot = pattern->ranking->source->snapshot;
    struct match_budget *budget = pattern->ranking->budget;
    struct term *term = &pattern->term;
    if (!match_budget_spend(budget, 1) ||
        !term_union_word(pattern->of, i, &pattern->scan, budget, term))
        return false;
    if (term->one_article)
        return look_at(pattern, term->doc, (uint32_t)term->all.cf);
    enum status status = postings_open(&pattern->all, snapshot, term, false);
    if (status == STATUS_OK && pattern->has_titles && term->titles.df)
        status = postings_open(&pattern->titles, snapshot, term, true);
    bool good =
        check(pattern, status, CHUNK_POSTINGS) &&
        (offer_stored(pattern) || (check(pattern, pattern->all.status, CHUNK_POSTINGS) &&
                                   ranking_goes_on(pattern->ranking) && search_list(pattern)));
    postings_release(&pattern->all);
    postings_release(&pattern->titles);
    return good;
}

/* --- Words -------------------------------------------------------------------------------------*/

/* Words of at least `from` and less than `to` articles, at the distance at hand. */
static bool search_words(struct pattern *pattern, uint32_t from, uint32_t to)
{
    const struct term_union *of = pattern->of;
    pattern->scan = (struct lexicon_scan){.lexicon = of->lexicon};
    find_enough(pattern);
    for (size_t i = 0; i < of->word_count; i++) {
        const struct lexicon_word *word = &of->words[i];
        if (i % UNION_WORDS_OF_BLOCK == 0 && !match_budget_spend(pattern->ranking->budget, 1))
            return false;
        if (word->most < pattern->enough || word->df < from || word->df >= to ||
            word->distance != pattern->distance)
            continue;
        if (!search_word(pattern, i))
            return false;
        find_enough(pattern);
    }
    return true;
}

/* Long lists first: they have the most to choose from, and know their best. */
static bool search_distance(struct pattern *pattern)
{
    enum { LONG = 1000 };
    return search_words(pattern, LONG, UINT32_MAX) &&
           search_words(pattern, POSTINGS_BLOCK + 1, LONG) &&
           search_words(pattern, 0, POSTINGS_BLOCK + 1);
}

static void search(struct pattern *pattern)
{
    struct term_union *of = pattern->of;
    struct match_budget *budget = pattern->ranking->budget;
    for (pattern->distance = 0; pattern->distance <= of->edits; pattern->distance++) {
        if (part_of(pattern, 1) < need(pattern))
            return;
        if (pattern->distance > of->reach && !of->widen(of, (uint8_t)pattern->distance, budget))
            return;
        if (!search_distance(pattern))
            return;
    }
}

/* --- The number --------------------------------------------------------------------------------*/

static uint64_t count_shown(const struct ranking *ranking, const struct term_union *of)
{
    uint64_t found = of->df;
    for (uint32_t i = 0; ranking->hidden && i <= ranking->model->articles / 64; i++)
        for (uint64_t word = of->bits[i]; word; word &= word - 1)
            found -= ranking_hides(ranking, 64 * i + (uint32_t)__builtin_ctzll(word));
    return found;
}

static uint64_t count_kept(const struct ranking *ranking)
{
    uint64_t kept = 0;
    for (size_t i = 0; i < ranking->top->count; i++)
        kept += ranking->top->entries[i].file == ranking->file;
    return kept;
}

/* All that match are kept where not as many as wanted are. A count that was cut short is no less
 * than what is shown. */
static void find_number(struct pattern *pattern)
{
    struct ranking *ranking = pattern->ranking;
    uint64_t shown = 0;
    ranking->found = count_kept(ranking);
    ranking->pruned = !ranking->counted && top_is_full(ranking->top);
    if (ranking->counted && ranking_goes_on(ranking) &&
        term_union_count(pattern->of, ranking->source))
        shown = count_shown(ranking, pattern->of);
    if (shown > ranking->found)
        ranking->found = shown;
}

bool rank_pattern(struct ranking *ranking, struct match_leaf *leaf)
{
    struct term_union *of = match_union_words(&leaf->matcher);
    if (!of || ranking->top->most > PATTERN_MOST)
        return false;
    struct pattern *pattern = memory_allocate_zeroed(1, sizeof *pattern);
    if (!match_budget_check(ranking->budget, pattern ? STATUS_OK : STATUS_NO_MEMORY,
                            CHUNK_POSTINGS))
        return true;
    pattern->ranking = ranking;
    pattern->of = of;
    pattern->idf = ranking->idf[leaf->number];
    pattern->has_titles =
        ranking->model->title_extra != 0 && ranking->source->columns->title_word_bytes != 0;
    if (ranking->top->most)
        search(pattern);
    find_number(pattern);
    bytes_release(&pattern->positions);
    memory_free(pattern);
    return true;
}
