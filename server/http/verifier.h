/* One thread that reads every page of each newly opened index, quietly, and says what it found. An
 * index answers meanwhile: a page is checked at its first touch whether the verifier was there
 * before or not. */
#ifndef VERBATIM_HTTP_VERIFIER_H
#define VERBATIM_HTTP_VERIFIER_H

#include "http/generation.h"

struct verifier; /* owned */

struct verifier *verifier_open(void); /* no thread yet; NULL where memory ends */
/* Reads it when its turn comes; holds a reference until then. The first call starts the thread. */
void verifier_add(struct verifier *verifier, struct served *served);
/* Forgets what waits. Does not wait for the one being read, which may take minutes: the process is
 * about to end. Returns whether the thread has ended and all memory is given back. */
bool verifier_close(struct verifier *verifier);

#endif
