/* Groups compared with themselves: every article of one is told by it, in the order of the input.
 * Whether they are copies is not tried: that takes the texts. */
#include "store/check_state.h"
#include "store/groups_read.h"

struct group_check {
    struct check *check;
    struct groups groups;
    uint32_t begin; /* of the group at hand */
    uint32_t place; /* in the input, of the member before; of the first of the group before */
    uint32_t first_place;
    bool any; /* group before this one */
};

static bool read_well(const struct group_check *group, enum status status)
{
    return check_good(group->check, CHUNK_GROUPS, status, "a number points out of it");
}

static void check_member(struct group_check *group, uint32_t at, uint32_t doc)
{
    uint32_t begin = 0, place;
    enum status status = columns_place(&group->check->columns, doc, &place);
    if (!check_good(group->check, CHUNK_ORDER, status, "a place that there is not"))
        return;
    status = groups_find(&group->groups, doc, &begin);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && begin != group->begin))
        check_say(group->check, CHUNK_GROUPS, "article %u is in a group that it does not tell",
                  (unsigned)doc);
    else
        read_well(group, status);
    bool first = at == group->begin;
    if (first ? group->any && place <= group->first_place : place <= group->place)
        check_say(group->check, CHUNK_GROUPS, "member %u does not ascend", (unsigned)at);
    if (first)
        group->first_place = place;
    group->place = place;
    group->any = true;
}

static void check_members(struct group_check *group)
{
    bool last = true;
    for (uint32_t at = 0; at < group->groups.count; at++) {
        uint32_t doc;
        if (last)
            group->begin = at;
        if (!read_well(group, groups_member(&group->groups, at, &doc, &last)))
            return;
        check_member(group, at, doc);
        if (last && at == group->begin)
            check_say(group->check, CHUNK_GROUPS, "a group of one, at member %u", (unsigned)at);
    }
    if (!last)
        check_say(group->check, CHUNK_GROUPS, "the last group does not end");
}

static void check_articles(struct group_check *group)
{
    for (uint32_t at = 0, doc, begin, before = 0; at < group->groups.count; at++, before = doc) {
        if (!read_well(group, groups_entry(&group->groups, at, &doc, &begin)))
            return;
        if (at && doc <= before)
            check_say(group->check, CHUNK_GROUPS, "article %u does not ascend", (unsigned)at);
    }
}

void check_groups(struct check *check)
{
    struct group_check group = {.check = check};
    enum status status = groups_open(&group.groups, check->snapshot);
    if (!check_good(check, CHUNK_GROUPS, status, "its size is not that of its articles"))
        return;
    check_articles(&group);
    check_members(&group);
}
