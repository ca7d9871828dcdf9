/* The articles that a search found, where they are few: another that can find none but these looks
 * at nothing else. Inside this room only. */
#ifndef VERBATIM_SEARCH_FOUND_DOCS_H
#define VERBATIM_SEARCH_FOUND_DOCS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct match_budget;
struct matcher;
struct plan;
struct workspace;

enum { FOUND_DOCS_MOST = 1024 };

struct found_doc {
    uint32_t file, doc;
};

struct found_docs {          /* in an arena; one thread */
    struct found_doc *items; /* FOUND_DOCS_MOST of them: by file, ascending in each */
    size_t count;
    bool whole; /* all that were found are here; hidden ones may be among them */
};

/* The docs of a search that is to come. False where the arena ends. */
bool found_docs_init(struct found_docs *found, struct arena *arena);
void found_docs_add(struct found_docs *found, uint32_t file, uint32_t doc);
/* A matcher that every article it is tested with matches, and that adds those. NULL where the arena
 * ends. */
struct matcher *found_docs_recorder(struct found_docs *found, uint32_t file, struct arena *arena);

/* How many of these match the plan; hidden ones do not. Which they are into `found`, where that is
 * not NULL. Trouble is in the budget's status. Uses the workspace's matchers. */
uint64_t found_docs_count(const struct found_docs *within, const struct plan *plan,
                          struct workspace *workspace, struct match_budget *budget,
                          struct found_docs *found);

#endif
