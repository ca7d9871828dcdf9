#include "store/chunk.h"

const char *const chunk_names[CHUNK_COUNT] = {
    [CHUNK_SETTINGS] = "settings",
    [CHUNK_LEXICON] = "lexicon",
    [CHUNK_POSTINGS] = "postings",
    [CHUNK_POSITIONS] = "positions",
    [CHUNK_NORMS] = "norms",
    [CHUNK_TITLE_WORDS] = "title_words",
    [CHUNK_DATES] = "dates",
    [CHUNK_IDS] = "ids",
    [CHUNK_FIELDS] = "fields",
    [CHUNK_TEXT] = "text",
    [CHUNK_GRAMS] = "grams",
    [CHUNK_CLASSES] = "classes",
    [CHUNK_TITLES] = "titles",
    [CHUNK_COMPOUNDS] = "compounds",
    [CHUNK_COMPLETIONS] = "completions",
    [CHUNK_GROUPS] = "groups",
    [CHUNK_ORDER] = "order",
};
