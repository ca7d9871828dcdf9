/* A hot loop, alone: what verbatim-micro-bench measures. */
#ifndef VERBATIM_TESTS_LOOP_H
#define VERBATIM_TESTS_LOOP_H

#include <stdint.h>

struct loop {
    const char *name;
    const char *unit;      /* of what run counts: "number", "article" … */
    uint64_t (*run)(void); /* some hundred microseconds; returns how many */
};

/* Each ends with a loop without a name. prepare comes first, once. */
extern const struct loop codec_loops[], list_loops[], text_loops[];
void codec_prepare(void);
void list_prepare(void);
void text_prepare(void);
void list_release(void);

/* Keeps what a loop computes from being left out. */
static inline void loop_keep(const void *result)
{
    __asm__ volatile("" : : "r"(result) : "memory");
}

#endif
