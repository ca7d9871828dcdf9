/* Which vector instructions this processor has, detected once. VERBATIM_CPU=scalar|avx2|avx512 in
 * the environment lowers the answer, for tests. Any thread. */
#ifndef VERBATIM_BASE_CPU_H
#define VERBATIM_BASE_CPU_H

enum cpu_level { CPU_SCALAR, CPU_AVX2, CPU_AVX512, CPU_NEON };

enum cpu_level cpu_level(void);

#endif
