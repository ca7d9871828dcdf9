/* An article from a JSON object. */
#ifndef VERBATIM_INPUT_JSON_ARTICLE_H
#define VERBATIM_INPUT_JSON_ARTICLE_H

#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

struct reading;

/* Parses the text, one JSON value, and hands on the article that it is, or reports why it is none.
 * Text that is not UTF-8 is repaired first, in place where it can be. */
enum status json_article_read(struct reading *reading, struct slice text, uint64_t line,
                              uint64_t number);

/* Whether the text begins as an object does: '{' and then '"' or '}'. */
bool json_begins_object(struct slice text);

#endif
