/* Which languages an index has classes of: its default one and those that its articles name. */
#ifndef VERBATIM_BUILD_CLASS_LANGUAGES_H
#define VERBATIM_BUILD_CLASS_LANGUAGES_H

#include "store/lexicon_read.h"
#include "store/settings.h"

enum { CLASS_LANGUAGES_MOST = 64 };

struct class_languages {
    size_t count;
    const char *codes[CLASS_LANGUAGES_MOST]; /* ascending */
};

/* Only such as have a stemmer. */
enum status class_languages_read(struct class_languages *languages, const struct lexicon *lexicon,
                                 const struct settings *settings);

#endif
