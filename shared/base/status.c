#include "base/status.h"

#include <stddef.h>

static const char *const names[] = {
    "ok",    "invalid",  "corrupt",     "no memory", "input/output error", "not found",
    "limit", "deadline", "unsupported", "busy",
};

const char *status_name(enum status status)
{
    size_t i = (size_t)-(int)status;
    return i < sizeof names / sizeof *names ? names[i] : "unknown";
}
