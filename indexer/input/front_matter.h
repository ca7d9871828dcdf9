/* What a Markdown file says of itself between lines of "---" at its top: names and values, in the
 * part of YAML that people write there.
 *
 *     title: "A flood: the day after"     plain or quoted, '' and \" as in YAML; "#" begins a
 * comment tags: [sea, floods]                 a list in brackets, authors: or in lines
 *       - A. One
 *     summary: >                          a text in indented lines: "|" keeps them, ">" folds them
 *
 * What else is indented below a name is kept as text. */
#ifndef VERBATIM_INPUT_FRONT_MATTER_H
#define VERBATIM_INPUT_FRONT_MATTER_H

#include "input/draft.h"

enum { FRONT_MATTER_BYTES = 64 * 1024 }; /* what is longer is none */

/* The bytes of the front matter, its two lines included; 0 where the text has none. */
size_t front_matter_size(struct slice text);

/* Puts its values into the draft. matter is as many bytes as front_matter_size says. */
void front_matter_put(struct draft *draft, struct slice matter);

#endif
