/* What a call came to. Zero is good, negative is bad; a question with a yes or no is a bool
 * instead.
 *
 * Our own mistakes are asserts. Whatever bytes from a disk or a network can cause is a status. */
#ifndef VERBATIM_BASE_STATUS_H
#define VERBATIM_BASE_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_INVALID = -1,     /* what was given is not as it should be */
    STATUS_CORRUPT = -2,     /* a file's bytes contradict their checksum or their format */
    STATUS_NO_MEMORY = -3,   /* the allocator refused, or a cap on memory was met */
    STATUS_IO = -4,          /* the system refused to read or write; the error's text says why */
    STATUS_NOT_FOUND = -5,   /* there is no such thing */
    STATUS_LIMIT = -6,       /* over a documented limit */
    STATUS_DEADLINE = -7,    /* the budget of time or work has ended */
    STATUS_UNSUPPORTED = -8, /* a version or feature that this program does not know */
    STATUS_BUSY = -9,        /* somebody else holds it */
};

/* A short lower-case name, such as "corrupt"; static storage, never NULL. */
const char *status_name(enum status status);

#endif
