#include "input/intake.h"

static void report(struct intake *intake, const char *name, uint64_t line, const char *reason)
{
    struct input_place place = {.name = name, .line = line};
    intake->totals->skipped++;
    intake->sink->skipped(intake->sink->context, &place, reason);
}

static enum status stop(struct intake *intake, const char *name, uint64_t line, const char *reason)
{
    if (line)
        return error_set(intake->error, STATUS_INVALID, "%s:%llu: %s", name,
                         (unsigned long long)line, reason);
    return error_set(intake->error, STATUS_INVALID, "%s: %s", name, reason);
}

enum status intake_skip(struct intake *intake, const char *name, uint64_t line, const char *format,
                        ...)
{
    struct error reason = {0}; /* for its text, cut at a character */
    va_list list;
    va_start(list, format);
    error_set_list(&reason, STATUS_INVALID, format, list);
    va_end(list);
    if (intake->options->strict)
        return stop(intake, name, line, reason.text);
    report(intake, name, line, reason.text);
    return STATUS_OK;
}

void intake_pass_over(struct intake *intake, const char *name, const char *format, ...)
{
    struct error reason = {0};
    va_list list;
    va_start(list, format);
    error_set_list(&reason, STATUS_INVALID, format, list);
    va_end(list);
    report(intake, name, 0, reason.text);
}

enum status intake_skip_failed(struct intake *intake, const char *name, uint64_t line,
                               const struct error *cause)
{
    if (cause->status == STATUS_NO_MEMORY)
        return error_set(intake->error, STATUS_NO_MEMORY, "out of memory at %s", name);
    return intake_skip(intake, name, line, "%s", cause->text);
}
