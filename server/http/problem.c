#include "http/problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/json_write.h"

static const struct {
    unsigned status;
    const char *title;
} titles[] = {
    {400, "Bad Request"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {421, "Misdirected Request"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
};

const char *problem_title(unsigned status)
{
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (titles[i].status == status)
            return titles[i].title;
    return "Error";
}

void problem_set(struct problem *problem, unsigned status, const char *format, ...)
{
    if (problem->status)
        return;
    va_list list;
    va_start(list, format);
    vsnprintf(problem->detail, sizeof problem->detail, format, list);
    va_end(list);
    problem->status = status;
}

void problem_name(struct problem *problem, struct slice parameter)
{
    size_t size =
        parameter.size < sizeof problem->named ? parameter.size : sizeof problem->named - 1;
    if (size)
        memcpy(problem->named, parameter.data, size);
    problem->named[size] = '\0';
    problem->parameter = problem->named;
}

static unsigned http_status(enum status status)
{
    switch (status) {
    case STATUS_INVALID:
    case STATUS_LIMIT:
    case STATUS_UNSUPPORTED:
        return 400;
    case STATUS_NOT_FOUND:
        return 404;
    case STATUS_NO_MEMORY:
    case STATUS_DEADLINE:
    case STATUS_BUSY:
        return 503;
    default:
        return 500;
    }
}

void problem_from_error(struct problem *problem, const struct error *error)
{
    unsigned status = http_status(error->status);
    problem_set(problem, status, "%s", error->text[0] ? error->text : status_name(error->status));
    if (status == 503)
        problem->retry_after_s = 1;
}

void problem_render(const struct problem *problem, struct bytes *out)
{
    struct json_writer w = {.out = out};
    json_begin_object(&w);
    json_member_string(&w, "type", SLICE("about:blank"));
    json_member_string(&w, "title", slice_of_string(problem_title(problem->status)));
    json_member_uint(&w, "status", problem->status);
    json_member_string(&w, "detail", slice_of_string(problem->detail));
    if (problem->parameter)
        json_member_string(&w, "parameter", slice_of_string(problem->parameter));
    if (problem->has_position) {
        json_member_uint(&w, "position", problem->position);
    }
    json_end_object(&w);
    bytes_append_string(out, "\n");
}
