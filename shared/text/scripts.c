#include "text/scripts.h"

#include <stddef.h>

struct script_range {
    uint32_t low, high;
};

#include "text/scripts_table.h"

static bool within(const struct script_range *ranges, size_t count, uint32_t code_point)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code_point > ranges[middle].high)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code_point >= ranges[low].low;
}

bool script_loses_marks(uint32_t code_point)
{
    return within(lose_marks, sizeof lose_marks / sizeof *lose_marks, code_point);
}

bool script_is_clustered(uint32_t code_point)
{
    return within(clusters, sizeof clusters / sizeof *clusters, code_point);
}
