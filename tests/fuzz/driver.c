/* Runs a fuzz target without libFuzzer: on every file of a folder, in bytewise order of their
 * names, and then on seeded random mutations of them, the same on every machine.
 *
 *     fuzz_NAME FOLDER [MUTATIONS]      fuzz_NAME FILE
 *
 * An input that fails is left behind as crash-NAME in the working folder. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/fuzz.h"
#include "random.h"
#include "scratch.h"

enum { LARGEST = 1 << 16 };

struct input {
    uint8_t *data;
    size_t size;
};

static struct input inputs[4096];
static size_t input_count;

static const uint8_t *current;
static size_t current_size;
static char crash_name[256];

/* Only what a signal handler may do. */
static void leave_behind(int number)
{
    int fd = open(crash_name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd >= 0 && write(fd, current, current_size) >= 0)
        close(fd);
    signal(number, SIG_DFL);
    raise(number);
}

static void run(const uint8_t *data, size_t size)
{
    uint8_t *exact = malloc(size ? size : 1);
    if (!exact)
        exit(1);
    memcpy(exact, data, size);
    current = exact;
    current_size = size;
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

static void add_input(const char *path)
{
    size_t size;
    char *data = scratch_get(path, &size);
    if (data && input_count < sizeof inputs / sizeof *inputs)
        inputs[input_count++] = (struct input){(uint8_t *)data, size};
}

static void read_inputs(const char *path)
{
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0 && errno == ENOTDIR)
        add_input(path);
    for (int i = 0; i < count; i++) {
        char name[PATH_MAX];
        snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.')
            add_input(name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

static size_t insert(uint8_t *data, size_t size, size_t at, const uint8_t *piece, size_t n)
{
    if (size + n > LARGEST)
        return size;
    memmove(data + at + n, data + at, size - at);
    memcpy(data + at, piece, n);
    return size + n;
}

/* A piece of any input, put in anywhere. */
static size_t take_over(uint8_t *data, size_t size, uint64_t *seed)
{
    const struct input *other = &inputs[random_below(seed, input_count)];
    size_t from = random_below(seed, other->size + 1),
           n = random_below(seed, other->size - from + 1);
    return insert(data, size, random_below(seed, size + 1), other->data + from, n < 256 ? n : 256);
}

static size_t mutate_once(uint8_t *data, size_t size, uint64_t *seed)
{
    static const uint8_t edges[] = {0,  1,  9,    10,   32,   34,   44,   45,   46,  47,
                                    49, 58, 0x7F, 0x80, 0xBF, 0xC2, 0xE2, 0xF0, 0xFF};
    uint8_t byte = random_below(seed, 2) ? edges[random_below(seed, sizeof edges)]
                                         : (uint8_t)random_next(seed);
    size_t at = random_below(seed, size + 1), n;
    switch (random_below(seed, 6)) {
    case 0:
        return insert(data, size, at, &byte, 1);
    case 1:
        return take_over(data, size, seed);
    case 2: /* cut out */
        n = random_below(seed, size - at + 1);
        n = random_below(seed, 2) ? n : n != 0;
        memmove(data + at, data + at + n, size - at - n);
        return size - n;
    case 3:
        if (at < size)
            data[at] ^= (uint8_t)(1u << random_below(seed, 8));
        return size;
    case 4:
        if (at < size)
            data[at] = byte;
        return size;
    default:
        return random_below(seed, 8) ? size : at; /* cut short */
    }
}

static void run_mutation(uint64_t seed)
{
    static uint8_t data[LARGEST];
    const struct input *base = &inputs[random_below(&seed, input_count)];
    size_t size = base->size < LARGEST ? base->size : LARGEST;
    memcpy(data, base->data, size);
    for (uint64_t n = 1 + random_below(&seed, 8); n; n--)
        size = mutate_once(data, size, &seed);
    run(data, size);
}

int main(int argc, char **argv)
{
    static const int deadly[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    const char *slash = strrchr(argv[0], '/');
    size_t mutations = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    snprintf(crash_name, sizeof crash_name, "crash-%s", slash ? slash + 1 : argv[0]);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        signal(deadly[i], leave_behind);
    if (argc > 1)
        read_inputs(argv[1]);
    if (!input_count) {
        fprintf(stderr, "%s: no input to run on\n", argv[0]);
        return 1;
    }
    for (size_t i = 0; i < input_count; i++)
        run(inputs[i].data, inputs[i].size);
    for (size_t i = 0; i < mutations; i++)
        run_mutation(i);
    printf("%zu inputs, %zu mutations\n", input_count, mutations);
    for (size_t i = 0; i < input_count; i++)
        free(inputs[i].data);
    return 0;
}
