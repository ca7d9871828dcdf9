#include "unit/input/scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "text/utf8.h"
#include "unit/unit.h"

int scene_setup(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    strcpy(scene->folder, "/tmp/verbatim-input-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
    scene->options.max_article_bytes = 1 << 20;
    *state = scene;
    return 0;
}

int scene_teardown(void **state)
{
    struct scene *scene = *state;
    char command[200];
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", scene->folder, scene->folder);
    int code = system(command);
    arena_release(&scene->arena);
    free(scene);
    return code;
}

static char *format(struct scene *scene, const char *pattern, ...)
    __attribute__((format(printf, 2, 3)));
static char *format(struct scene *scene, const char *pattern, ...)
{
    char *text = NULL;
    va_list list;
    va_start(list, pattern);
    assert_true(vasprintf(&text, pattern, list) >= 0);
    va_end(list);
    struct slice copy = arena_copy(&scene->arena, slice_of_string(text));
    free(text);
    return (char *)copy.data;
}

const char *scene_path(struct scene *scene, const char *name)
{
    return format(scene, "%s/%s", scene->folder, name);
}

const char *scene_write(struct scene *scene, const char *name, const void *data, size_t size)
{
    char *path = format(scene, "%s/%s", scene->folder, name);
    for (char *slash = path + strlen(scene->folder) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    return path;
}

void scene_shell(struct scene *scene, const char *command)
{
    assert_int_equal(system(format(scene, "cd %s && %s", scene->folder, command)), 0);
}

static struct slice keep(struct scene *scene, struct slice text)
{
    assert_true(utf8_valid(text));
    assert_true(text.size == 0 || !memchr(text.data, '\0', text.size));
    return arena_copy(&scene->arena, text);
}

static void keep_lists(struct scene *scene, struct article *article)
{
    for (int list = 0; list < ARTICLE_LISTS; list++) {
        struct article_values *values = &article->lists[list];
        values->values = arena_regrow(&scene->arena, values->values, values->count,
                                      values->count + 1, sizeof *values->values);
        for (size_t i = 0; i < values->count; i++)
            values->values[i] = keep(scene, values->values[i]);
    }
    article->extra = arena_regrow(&scene->arena, article->extra, article->extra_count,
                                  article->extra_count + 1, sizeof *article->extra);
    for (size_t i = 0; i < article->extra_count; i++) {
        article->extra[i].name = keep(scene, article->extra[i].name);
        article->extra[i].json = keep(scene, article->extra[i].json);
    }
}

static const char *place_text(struct scene *scene, const struct input_place *place)
{
    const char *name = place->name;
    size_t folder = strlen(scene->folder);
    if (strncmp(name, scene->folder, folder) == 0 && name[folder] == '/')
        name += folder + 1;
    if (place->line)
        return format(scene, "%s:%llu", name, (unsigned long long)place->line);
    return format(scene, "%s", name);
}

static enum status take_article(void *context, const struct article *article,
                                const struct input_place *place)
{
    struct scene *scene = context;
    assert_true(scene->count < SCENE_MOST);
    struct scene_article *kept = &scene->articles[scene->count++];
    kept->place = place_text(scene, place);
    kept->article = *article;
    kept->article.id = keep(scene, article->id);
    kept->article.title = keep(scene, article->title);
    kept->article.body = keep(scene, article->body);
    kept->article.url = keep(scene, article->url);
    keep_lists(scene, &kept->article);
    return scene->sink_status;
}

static void take_skipped(void *context, const struct input_place *place, const char *reason)
{
    struct scene *scene = context;
    assert_true(scene->skipped_count < SCENE_MOST);
    scene->skipped[scene->skipped_count++] =
        format(scene, "%s: %s", place_text(scene, place), reason);
}

static void take_progress(void *context, uint64_t bytes)
{
    struct scene *scene = context;
    assert_true(bytes >= scene->progress);
    scene->progress = bytes;
}

enum status scene_read_path(struct scene *scene, const char *path)
{
    struct input_sink sink = {scene, take_article, take_skipped, take_progress};
    scene->count = scene->skipped_count = 0;
    scene->progress = 0;
    scene->error = (struct error){0};
    enum status status =
        input_read(&path, 1, &scene->options, &sink, &scene->totals, &scene->error);
    assert_int_equal(scene->totals.articles, scene->count);
    assert_int_equal(scene->totals.skipped, scene->skipped_count);
    assert_int_equal(scene->totals.bytes, scene->progress);
    return status;
}

enum status scene_read(struct scene *scene)
{
    return scene_read_path(scene, scene->folder);
}

const struct article *scene_only(struct scene *scene)
{
    for (size_t i = 0; scene->count != 1 && i < scene->skipped_count; i++)
        print_error("skipped: %s\n", scene->skipped[i]);
    assert_int_equal(scene->count, 1);
    return &scene->articles[0].article;
}

const struct article *scene_article(struct scene *scene, const char *id)
{
    for (size_t i = 0; i < scene->count; i++)
        if (slice_equal(scene->articles[i].article.id, slice_of_string(id)))
            return &scene->articles[i].article;
    fail_msg("no article '%s'", id);
    return NULL;
}

bool scene_skipped(const struct scene *scene, const char *text)
{
    for (size_t i = 0; i < scene->skipped_count; i++)
        if (strcmp(scene->skipped[i], text) == 0)
            return true;
    for (size_t i = 0; i < scene->skipped_count; i++)
        print_error("skipped: %s\n", scene->skipped[i]);
    return false;
}

void assert_slice(struct slice actual, const char *expected)
{
    char *text = strndup(actual.data ? actual.data : "", actual.size);
    assert_string_equal(text, expected);
    free(text);
}
