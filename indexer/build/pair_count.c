#include "build/pair_count.h"

static uint64_t count_positions(const struct pair_counter *counter)
{
    const uint32_t *left = (const uint32_t *)(const void *)counter->left_positions.data;
    const uint32_t *right = (const uint32_t *)(const void *)counter->right_positions.data;
    size_t lefts = counter->left_positions.size / sizeof *left;
    size_t rights = counter->right_positions.size / sizeof *right;
    uint64_t count = 0;
    for (size_t i = 0, j = 0; i < lefts && j < rights;) {
        if (left[i] + 1 == right[j]) {
            count++;
            i++;
            j++;
        } else if (left[i] < right[j]) {
            i++;
        } else {
            j++;
        }
    }
    return count;
}

/* Of the article that both lists stand at, in these places of their blocks. */
static enum status count_article(struct pair_counter *counter, uint32_t i, uint32_t j,
                                 uint64_t *count)
{
    if (!postings_read_tfs(&counter->left) || !postings_read_tfs(&counter->right) ||
        !postings_read_positions(&counter->left, i, &counter->left_positions) ||
        !postings_read_positions(&counter->right, j, &counter->right_positions))
        return counter->left.status ? counter->left.status : counter->right.status;
    *count += count_positions(counter);
    return STATUS_OK;
}

/* Each article of the rarer list is looked up in the other. */
static enum status walk(struct pair_counter *counter, bool left_rarer, uint64_t most,
                        uint64_t *count)
{
    struct postings *rare = left_rarer ? &counter->left : &counter->right;
    struct postings *other = left_rarer ? &counter->right : &counter->left;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && postings_next_block(rare))
        for (uint32_t i = 0; i < rare->count && status == STATUS_OK && *count <= most; i++) {
            if (!postings_seek(other, rare->docs[i]))
                return other->status;
            uint32_t j = postings_find_in_block(other, rare->docs[i]);
            if (other->docs[j] == rare->docs[i])
                status = count_article(counter, left_rarer ? i : j, left_rarer ? j : i, count);
        }
    return status == STATUS_OK ? rare->status : status;
}

enum status pair_count(struct pair_counter *counter, const struct snapshot *snapshot,
                       const struct term *left, const struct term *right, uint64_t most,
                       uint64_t *count)
{
    *count = 0;
    enum status status = postings_open(&counter->left, snapshot, left, false);
    if (status == STATUS_OK)
        status = postings_open(&counter->right, snapshot, right, false);
    if (status == STATUS_OK)
        status = walk(counter, left->all.df < right->all.df, most, count);
    if (status == STATUS_OK && counter->left_positions.status)
        status = counter->left_positions.status;
    return status == STATUS_OK ? counter->right_positions.status : status;
}

void pair_counter_release(struct pair_counter *counter)
{
    postings_release(&counter->left);
    postings_release(&counter->right);
    bytes_release(&counter->left_positions);
    bytes_release(&counter->right_positions);
}
