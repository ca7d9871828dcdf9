/* Sizes of the chunks "fields" and "text"; FORMAT.md lays them out. */
#ifndef VERBATIM_STORE_DOCUMENT_LAYOUT_H
#define VERBATIM_STORE_DOCUMENT_LAYOUT_H

enum {
    FIELD_ENTRY_BYTES = 16, /* offset 8, first article 4, inflated bytes 4 */
    TEXT_ENTRY_BYTES = 32,  /* the same, and byte of the body 8, word position 4, zero 4 */
    ENTRY_OFFSET = 0,
    ENTRY_ARTICLE = 8,
    ENTRY_INFLATED = 12,
    ENTRY_BYTE = 16,
    ENTRY_POSITION = 24,
    DOCUMENT_FOOTER_BYTES = 16, /* bytes of blocks 8, blocks 4, zero 4 */
};

#endif
