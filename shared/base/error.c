#include "base/error.h"

#include <stdio.h>
#include <string.h>

/* Where to cut the text so that at most `most` bytes stay and no character of UTF-8 is parted. */
static size_t cut_at_character(const char *text, size_t most)
{
    size_t size = strlen(text);
    if (size <= most)
        return size;
    while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80)
        most--;
    return most;
}

enum status error_set_list(struct error *error, enum status status, const char *format,
                           va_list list)
{
    if (error->status != STATUS_OK)
        return error->status;
    int n = vsnprintf(error->text, sizeof error->text, format, list);
    if (n >= (int)sizeof error->text)
        error->text[cut_at_character(error->text, sizeof error->text - 2)] = '\0';
    return error->status = status;
}

enum status error_set(struct error *error, enum status status, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    status = error_set_list(error, status, format, list);
    va_end(list);
    return status;
}

enum status error_set_errno(struct error *error, int errnum, const char *format, ...)
{
    if (error->status != STATUS_OK)
        return error->status;
    va_list list;
    va_start(list, format);
    error_set_list(error, STATUS_IO, format, list);
    va_end(list);
    char room[128];
    const char *words = strerror_r(errnum, room, sizeof room);
    size_t used = cut_at_character(error->text, sizeof error->text - 3 - strlen(words));
    snprintf(error->text + used, sizeof error->text - used, ": %s", words);
    return error->status;
}
