#include "text/traits.h"

#include "base/memory.h"
#include "text/charfold.h"
#include "text/normalizer.h"

enum { PAGE = 256 };

struct trait *_Atomic trait_pages[TRAIT_PAGES];

/* What the character alone folds to, where that is one character and stays so behind any other. */
static bool folds_plainly(struct normalizer *n, uint32_t code_point, const uint32_t *parts,
                          uint32_t *fold)
{
    struct folded only, more;
    if (char_combining_class(parts[0]) != 0 || char_composes_backward(parts[0]))
        return false;
    normalizer_begin(n);
    normalizer_push(n, code_point, 0, 1);
    normalizer_finish(n);
    if (!normalizer_take(n, &only) || normalizer_take(n, &more))
        return false;
    *fold = only.code;
    return !char_composes_backward(only.code);
}

/* A mark that is decomposed, has no case and is in no composite. */
static bool stands_alone(uint32_t code_point)
{
    uint32_t parts[CHAR_DECOMPOSED_MAX];
    return char_is_mark(code_point) && !char_composes_backward(code_point) &&
           char_decompose(code_point, parts) == 1 && parts[0] == code_point &&
           char_fold_case(code_point, parts) == 1 && parts[0] == code_point;
}

/* й is of и and a breve, and U+0345 has a case: it folds to a letter. */
static bool drops(uint32_t code_point)
{
    return char_is_mark(code_point) && code_point != 0x0306 && code_point != 0x0345;
}

static struct trait work_out(struct normalizer *n, uint32_t code_point)
{
    uint32_t parts[CHAR_DECOMPOSED_MAX], fold = code_point;
    uint64_t kind = KIND_KNIT;
    if (char_decompose(code_point, parts) == 0)
        return (struct trait){(uint64_t)KIND_IGNORED << 32 | code_point};
    if (folds_plainly(n, code_point, parts, &fold))
        kind = KIND_PLAIN;
    else if (stands_alone(code_point))
        kind = KIND_LONE;
    return (struct trait){fold | (uint64_t)char_class(fold) << 24 | kind << 32 |
                          (uint64_t)char_loses_marks(fold) << 40 |
                          (uint64_t)drops(code_point) << 41};
}

static struct trait *make_page(uint32_t first)
{
    struct trait *page = memory_allocate(PAGE * sizeof *page);
    struct normalizer n;
    for (uint32_t i = 0; page && i < PAGE; i++)
        page[i] = work_out(&n, first + i);
    return page;
}

/* The first thread to be done wins. Where memory ends, every character is worked out anew. */
static void publish_page(uint32_t number)
{
    struct trait *page = make_page(number * PAGE), *none = NULL;
    if (page && !atomic_compare_exchange_strong(&trait_pages[number], &none, page))
        memory_free(page);
}

struct trait trait_work_out(uint32_t code_point)
{
    uint32_t number = code_point / PAGE;
    struct normalizer n;
    if (number >= TRAIT_PAGES)
        return work_out(&n, code_point);
    publish_page(number);
    const struct trait *page = atomic_load(&trait_pages[number]);
    return page ? page[code_point % PAGE] : work_out(&n, code_point);
}
