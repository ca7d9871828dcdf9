/* Sizes within the chunk "classes"; FORMAT.md, "classes". */
#ifndef VERBATIM_STORE_CLASS_LAYOUT_H
#define VERBATIM_STORE_CLASS_LAYOUT_H

enum {
    CLASSES_MEMBER_BYTES = 8,
    CLASSES_OFFSET_BYTES = 8,
    CLASSES_LANGUAGE_BYTES = 48,
    CLASSES_FOOTER_BYTES = 56,
};

#endif
