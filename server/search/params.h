/* The parameters of a search as text: one table for the URL's arguments, the members of a batch
 * line and the options of the command line.
 *
 *   q          the query                            strict     0 or 1
 *   limit      0 … 1000, 10                         explain    0 or 1
 *   offset     0 … 100000, 0                        snippets   0 … 10, 1
 *   sort       score, date, -date                   highlight  0 or 1, 1
 *   op         auto, and, or                        format     json, csv, tsv, trec, text, counts
 *   mode       query, phrase                        collapse   0 or 1
 *   from, to   dates                                variants   0 or 1, 1
 *   source, lang   a value of the column            index      a name
 *   facets     names of facets, with commas        by         auto, day, month, year
 *   kwic       0 or 1                               group      an article's id
 *
 * sort=date is the oldest first, sort=-date the newest. A value may be empty where the parameter is
 * then as if it had not been given: q, from, to, source, lang, group, index. */
#ifndef VERBATIM_SEARCH_PARAMS_H
#define VERBATIM_SEARCH_PARAMS_H

#include "search/question.h"
#include "search/render.h"

struct search_params {
    struct question question; /* its slices are borrowed from the values */
    enum render_format format;
    bool format_given;
    bool collapse_given;
    bool unmarked;             /* highlight=0: without highlights */
    struct slice source_index; /* index: which of a server's; empty: the first */
};

void search_params_init(struct search_params *params); /* question_init, JSON */

/* Sets one parameter; a later one of the same name replaces the earlier. STATUS_INVALID for an
 * unknown name or a bad value: the text names the parameter, the value and what is allowed. */
enum status search_params_set(struct search_params *params, struct slice name, struct slice value,
                              struct error *error);

/* What holds over several of them: offset + limit at most QUESTION_WINDOW_MOST, from not after to.
 */
enum status search_params_check(const struct search_params *params, struct error *error);

/* Where collapse was not given: near-copies are one hit in JSON and in text, unless it is lines or
 * one group that is asked for. Not called, they are not. */
void search_params_collapse(struct search_params *params);

/* What a parameter may be, such as "a whole number from 0 to 1000"; NULL where there is none of
 * that name. */
const char *search_param_allowed(struct slice name);

/* Appends everything that has a part in the answer as one text: equal texts
 * are equal questions. For an ETag. */
void search_params_write(const struct search_params *params, struct bytes *out);

#endif
