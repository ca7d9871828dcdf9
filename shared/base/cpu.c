#include "base/cpu.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static enum cpu_level level;

static enum cpu_level detect(void)
{
#if defined(__x86_64__)
    bool bits = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    if (bits && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2"))
        return CPU_AVX512;
    if (bits && __builtin_cpu_supports("avx2"))
        return CPU_AVX2;
    return CPU_SCALAR;
#elif defined(__aarch64__)
    return CPU_NEON;
#else
    return CPU_SCALAR;
#endif
}

static void choose(void)
{
    level = detect();
    const char *asked = getenv("VERBATIM_CPU");
    if (asked && strcmp(asked, "scalar") == 0)
        level = CPU_SCALAR;
    if (asked && strcmp(asked, "avx2") == 0 && level == CPU_AVX512)
        level = CPU_AVX2;
}

enum cpu_level cpu_level(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, choose);
    return level;
}
