/* Groups of a sample: of each four articles, as they came, the first three. */
#include <stdio.h>
#include <stdlib.h>

#include "store/groups_write.h"
#include "unit/store/sample_classes.h"

void sample_write_groups(const struct sample *sample, struct container_writer *container)
{
    struct error error = {0};
    uint32_t count = sample->options.articles;
    uint32_t *first = calloc(count + 1, sizeof *first), *places = calloc(count + 1, sizeof *places);
    if (!first || !places)
        exit(1);
    for (uint32_t i = 0; i < count; i++) {
        first[i] = i % 4 == 3 ? i : i - i % 4;
        places[i] = sample->reordered ? count - 1 - i : i;
    }
    if (groups_write(container, first, places, count, &error) != STATUS_OK) {
        fprintf(stderr, "sample: %s\n", error.text);
        exit(1);
    }
    free(first);
    free(places);
}
