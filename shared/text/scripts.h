/* What the rules of words need to know of a letter's script, which utf8proc does not tell. Any
 * thread. */
#ifndef VERBATIM_TEXT_SCRIPTS_H
#define VERBATIM_TEXT_SCRIPTS_H

#include <stdbool.h>
#include <stdint.h>

/* A letter of Latin, Greek, Cyrillic, Arabic or Hebrew: its combining marks are removed. */
bool script_loses_marks(uint32_t code_point);

/* A letter of Han, kana, Thai, Lao, Khmer, Burmese or Tibetan, written without spaces: it and the
 * marks behind it are a word. */
bool script_is_clustered(uint32_t code_point);

#endif
