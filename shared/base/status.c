#include "base/status.h"

static const char *const names[] = {
    [-STATUS_OK] = "ok",
    [-STATUS_INVALID] = "invalid",
    [-STATUS_CORRUPT] = "corrupt",
    [-STATUS_NO_MEMORY] = "out of memory",
    [-STATUS_IO] = "input/output error",
    [-STATUS_NOT_FOUND] = "not found",
    [-STATUS_LIMIT] = "limit",
    [-STATUS_DEADLINE] = "deadline",
    [-STATUS_UNSUPPORTED] = "unsupported",
    [-STATUS_BUSY] = "busy",
};

const char *status_name(enum status status)
{
    const int count = sizeof names / sizeof *names;
    return status <= 0 && status > -count ? names[-status] : "unknown";
}
