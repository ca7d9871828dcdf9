/* What a page says of itself: in its title, its meta and link elements, Open Graph and JSON-LD. */
#ifndef VERBATIM_INPUT_HTML_FACTS_H
#define VERBATIM_INPUT_HTML_FACTS_H

#include "input/draft.h"
#include "input/html_tree.h"

struct html_fact {
    struct slice *texts; /* in the draft's memory */
    size_t count, capacity;
    unsigned rank; /* of the best place that told it; the texts are from there alone */
};

struct html_facts {
    struct draft *draft; /* borrowed */
    struct html_fact fields[FIELD_COUNT];
    struct html_fact description, modified;
};

/* Collects them; whoever has more is believed in this order: what --field names, Open Graph and
 * other meta elements, JSON-LD, title and h1. The draft must be empty. */
void html_facts_collect(struct html_facts *facts, struct draft *draft,
                        const struct html_node *root);

struct slice html_facts_title(const struct html_facts *facts); /* empty where there is none */

/* Puts all of them into the draft. */
void html_facts_put(const struct html_facts *facts);

/* For html_facts.c and html_linked_data.c: one text for a field, told at a place of this rank, 0
 * the best. */
void html_fact_tell(struct html_facts *facts, struct html_fact *fact, unsigned rank,
                    struct slice text);
/* What a script of JSON-LD tells. */
void html_linked_data_tell(struct html_facts *facts, struct slice json);

#endif
