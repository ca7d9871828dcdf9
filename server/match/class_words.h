/* The lists of a class that has none of its own in the file. Inside this room only. */
#ifndef VERBATIM_MATCH_CLASS_WORDS_H
#define VERBATIM_MATCH_CLASS_WORDS_H

#include "match/class.h"

/* Makes most and rest, once. False with the budget's status bad. */
bool class_words_lay(struct class_words *words, const struct match_source *source);

#endif
