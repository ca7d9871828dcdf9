/* Groups of a sample: of each four articles, as they came, the first three. */
#include <stdlib.h>

#include "demand.h"
#include "store/groups_write.h"
#include "unit/store/sample_classes.h"

void sample_write_groups(const struct sample *sample, struct container_writer *container)
{
    struct error error = {0};
    uint32_t count = sample->options.articles;
    uint32_t *first = calloc(count + 1, sizeof *first), *places = calloc(count + 1, sizeof *places);
    demand(first && places, "out of memory");
    for (uint32_t i = 0; i < count; i++) {
        first[i] = i % 4 == 3 ? i : i - i % 4;
        places[i] = sample->reordered ? count - 1 - i : i;
    }
    demand(groups_write(container, first, places, count, &error) == STATUS_OK, error.text);
    free(first);
    free(places);
}
