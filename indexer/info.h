/* What an index file holds, told on standard output: for a person, or as JSON. */
#ifndef VERBATIM_INDEXER_INFO_H
#define VERBATIM_INDEXER_INFO_H

#include <stdbool.h>

#include "base/error.h"

/* One thread. STATUS_OK, or the cause in the error. */
enum status info_print(const char *path, bool as_json, struct error *error);

#endif
