#include "base/error.h"

#include <stdio.h>
#include <string.h>

/* Steps back over a character of UTF-8 that the end of the buffer cut in two. */
static void trim_cut_character(char *text, size_t size)
{
    size_t end = size - 1, lead = end;
    while (lead > 0 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80)
        lead--;
    if (lead > 0 && (unsigned char)text[lead - 1] >= 0xC0)
        text[lead - 1] = '\0';
}

enum status error_set_list(struct error *error, enum status status, const char *format, va_list list)
{
    if (error->status != STATUS_OK)
        return error->status;
    int n = vsnprintf(error->text, sizeof error->text, format, list);
    if (n >= (int)sizeof error->text)
        trim_cut_character(error->text, sizeof error->text);
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
    char words[128];
    size_t used = strlen(error->text);
    snprintf(error->text + used, sizeof error->text - used, ": %s",
             strerror_r(errnum, words, sizeof words));
    return error->status;
}

void error_clear(struct error *error)
{
    error->status = STATUS_OK;
    error->text[0] = '\0';
}
