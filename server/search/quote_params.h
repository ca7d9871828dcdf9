/* The parameters of the quotation checker as text: a URL's arguments, the members of a JSON body
 * and the options of the command line.
 *
 *   min     3 … 50, 4: words of a run       format  json, text
 *   limit   0 … 100, 10: articles shown     index   a name
 *   runs    0 … 1000, 100: runs shown */
#ifndef VERBATIM_SEARCH_QUOTE_PARAMS_H
#define VERBATIM_SEARCH_QUOTE_PARAMS_H

#include "search/quotation.h"
#include "search/render.h"

struct quote_params {
    struct quotation quotation; /* its text is borrowed */
    enum render_format format;  /* JSON or TEXT */
    struct slice source_index;  /* which of a server's; empty: the first */
};

void quote_params_init(struct quote_params *params); /* quotation_init, JSON */

/* Sets one; STATUS_INVALID for an unknown name or a bad value: the text names the parameter, the
 * value and what is allowed. */
enum status quote_params_set(struct quote_params *params, struct slice name, struct slice value,
                             struct error *error);
/* What a parameter may be; NULL where there is none of that name. */
const char *quote_param_allowed(struct slice name);

struct json_document;
/* A body {"text": …} that may have parameters too. What is set borrows from *document, which the
 * caller closes, in any case. */
enum status quote_params_read_json(struct quote_params *params, struct slice body,
                                   struct json_document **document, struct error *error);

#endif
