/* Landlock's three system calls, for which the C library has no names. Each returns -1 and sets
 * errno where the kernel will not; ENOSYS and EOPNOTSUPP where it knows no Landlock. */
#ifndef VERBATIM_HTTP_LANDLOCK_H
#define VERBATIM_HTTP_LANDLOCK_H

/* A set of rules that allows nothing; a file descriptor, owned. */
int landlock_begin(void);
int landlock_allow_reading(int rules, const char *folder);
int landlock_allow_removing_sockets(int rules, const char *folder);
/* From now on, for this thread and those it starts. Needs no_new_privs. */
int landlock_enforce(int rules);

#endif
