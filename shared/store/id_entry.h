/* An entry of the chunk "ids": the hash of an id and its article. */
#ifndef VERBATIM_STORE_ID_ENTRY_H
#define VERBATIM_STORE_ID_ENTRY_H

enum {
    ID_ENTRY_BYTES = 12,
    ID_ENTRY_DOC = 8, /* where the article stands in it */
};

#endif
