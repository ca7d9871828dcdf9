/* The chunk "compounds", made of the pairs that were joined in the text, when all words' lists are
 * written: how often a pair stands apart is counted in them, and only of those whose closed word
 * passes the rule. */
#ifndef VERBATIM_BUILD_COMPOUND_CHUNK_H
#define VERBATIM_BUILD_COMPOUND_CHUNK_H

#include "build/class_chunk.h"

/* The task's rule is not looked at. */
enum status compound_chunk_write(const struct class_task *task, struct error *error);

#endif
