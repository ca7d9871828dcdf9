#include "search/timeline.h"

static const struct slice names[] = {
    [TIMELINE_DAY] = SLICE("day"),
    [TIMELINE_MONTH] = SLICE("month"),
    [TIMELINE_YEAR] = SLICE("year"),
};

bool timeline_unit_parse(struct slice name, enum timeline_unit *unit)
{
    for (size_t i = TIMELINE_DAY; i <= TIMELINE_YEAR; i++)
        if (slice_equal(names[i], name)) {
            *unit = (enum timeline_unit)i;
            return true;
        }
    return false;
}

const char *timeline_unit_name(enum timeline_unit unit)
{
    return names[unit].data;
}
