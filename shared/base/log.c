#include "base/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json_utf8.h"

enum { LINE_BYTES = 2048, PROGRESS_SECONDS = 10 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *program = "verbatim";
static bool quiet_asked;
static bool progress_shown;
static uint64_t progress_at;

void log_set_program(const char *name)
{
    program = name;
}

const char *log_program(void)
{
    return program;
}

void log_set_quiet(bool quiet)
{
    quiet_asked = quiet;
}

/* C0, DEL, and C1 as UTF-8 spells it: U+009B moves a cursor as ESC [ does. */
static bool is_control(const unsigned char *c)
{
    return *c < 0x20 || *c == 0x7F || (*c == 0xC2 && c[1] < 0xA0);
}

static void put_escaped(const char *line)
{
    for (size_t left = strlen(line), length; left; line += length, left -= length) {
        size_t well_formed = json_utf8_length(line, left);
        length = well_formed ? well_formed : 1;
        if (well_formed && !is_control((const unsigned char *)line))
            fwrite(line, 1, length, stderr);
        else
            for (size_t i = 0; i < length; i++)
                fprintf(stderr, "\\x%02X", (unsigned char)line[i]);
    }
}

static void clear_progress(void)
{
    if (progress_shown)
        fputs("\r\033[K", stderr);
    progress_shown = false;
}

static void write_line(const char *format, va_list list)
{
    char line[LINE_BYTES];
    vsnprintf(line, sizeof line, format, list);
    pthread_mutex_lock(&lock);
    clear_progress();
    fprintf(stderr, "%s: ", program);
    put_escaped(line);
    fputc('\n', stderr);
    fflush(stderr);
    pthread_mutex_unlock(&lock);
}

void log_error(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    write_line(format, list);
    va_end(list);
}

void log_warning(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (!quiet_asked)
        write_line(format, list);
    va_end(list);
}

void log_info(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (!quiet_asked)
        write_line(format, list);
    va_end(list);
}

static void write_progress(const char *format, va_list list)
{
    char line[LINE_BYTES];
    vsnprintf(line, sizeof line, format, list);
    uint64_t now = clock_microseconds();
    bool terminal = isatty(STDERR_FILENO);
    if (!terminal && now - progress_at < PROGRESS_SECONDS * 1000000u)
        return;
    progress_at = now;
    fputs(terminal ? "\r\033[K" : "", stderr);
    fprintf(stderr, "%s: ", program);
    put_escaped(line);
    fputs(terminal ? "" : "\n", stderr);
    fflush(stderr);
    progress_shown = terminal;
}

void log_progress(const char *format, ...)
{
    if (quiet_asked)
        return;
    va_list list;
    va_start(list, format);
    pthread_mutex_lock(&lock);
    if (progress_at == 0)
        progress_at = clock_microseconds();
    write_progress(format, list);
    pthread_mutex_unlock(&lock);
    va_end(list);
}

void log_progress_end(void)
{
    pthread_mutex_lock(&lock);
    clear_progress();
    pthread_mutex_unlock(&lock);
}
