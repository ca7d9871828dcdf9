/* A folder of made files, read by input_read, and all that came of it. */
#ifndef VERBATIM_TESTS_INPUT_SCENE_H
#define VERBATIM_TESTS_INPUT_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "input/input.h"

enum { SCENE_MOST = 2000 };

struct scene_article {
    struct article article; /* a copy */
    const char *place;      /* "NAME:LINE" */
};

struct scene {
    char folder[64]; /* its own, under /tmp */
    struct input_options options;
    struct arena arena;
    struct scene_article articles[SCENE_MOST];
    size_t count;
    const char
        *skipped[SCENE_MOST]; /* "NAME:LINE: reason", the folder's path and '/' left out of NAME */
    size_t skipped_count;
    struct input_totals totals;
    struct error error;
    uint64_t progress;       /* the last that was told */
    enum status sink_status; /* what the sink answers */
};

/* cmocka's setup and teardown; *state is the scene. */
int scene_setup(void **state);
int scene_teardown(void **state);

/* Writes a file, and the folders above it. Returns its path, good until the end. */
const char *scene_write(struct scene *scene, const char *name, const void *data, size_t size);
#define SCENE_FILE(scene, name, literal) scene_write(scene, name, literal, sizeof(literal) - 1)
const char *scene_path(struct scene *scene, const char *name);
/* Runs a command of the shell in the folder; fails the test where it fails. */
void scene_shell(struct scene *scene, const char *command);

/* Reads the whole folder; or one source. */
enum status scene_read(struct scene *scene);
enum status scene_read_path(struct scene *scene, const char *path);

/* The only article; fails the test where there is not exactly one. */
const struct article *scene_only(struct scene *scene);
const struct article *scene_article(struct scene *scene,
                                    const char *id);             /* fails where there is none */
bool scene_skipped(const struct scene *scene, const char *text); /* exactly this */

void assert_slice(struct slice actual, const char *expected);

#endif
