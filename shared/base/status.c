#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

static const char *const names[] = {
    "ok",    "invalid",  "corrupt",     "no memory", "input/output error", "not found",
    "limit", "deadline", "unsupported", "busy",
};

const char *status_name(enum status status)
{
    size_t i = status > 0 ? SIZE_MAX : (size_t)-(long long)status;
    return i < sizeof names / sizeof *names ? names[i] : "unknown";
}
