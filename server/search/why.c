#include "search/why.h"

const char *why_cause_name(enum why_cause cause)
{
    static const char *const names[] = {
        [WHY_UNKNOWN] = "unknown",   [WHY_EMPTY] = "empty", [WHY_WORD] = "word",
        [WHY_PATTERN] = "pattern",   [WHY_PAIR] = "pair",   [WHY_PHRASE] = "phrase",
        [WHY_TITLE] = "title",       [WHY_NEAR] = "near",   [WHY_CHARACTERS] = "characters",
        [WHY_FIELD] = "field",       [WHY_DATE] = "date",   [WHY_NOT] = "not",
        [WHY_TOGETHER] = "together", [WHY_ANY] = "any",
    };
    return names[cause];
}

const char *why_take_parameter(unsigned *without)
{
    static const char *const names[] = {"from", "to", "source", "lang", "group", "mode"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (*without >> i & 1) {
            *without &= ~(1u << i);
            return names[i];
        }
    return NULL;
}
