/* The parameters of a request, by the one table of search/params.h. */
#ifndef VERBATIM_HTTP_PARAMS_H
#define VERBATIM_HTTP_PARAMS_H

#include "http/generation.h"
#include "http/request.h"
#include "search/params.h"

/* Reads all of them and finds the index they name. Slices are borrowed from the request. False
 * where one is wrong: then request->problem says which and what is allowed. */
bool params_read(struct request *request, struct search_params *params, struct served **served);

/* The index of this name, or the default where the name is empty. NULL where there is none: then
 * request->problem says so. */
struct served *params_index(struct request *request, struct slice name);

/* Whether no parameter is given twice, as only one could hold; else request->problem names it. */
bool params_once(struct request *request);

/* The Content-Type of a format. */
const char *params_type(enum render_format format);

#endif
