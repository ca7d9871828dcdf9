/* Inside the room: the builder takes articles in their stored form. */
#ifndef VERBATIM_BUILD_BUILDER_ADD_H
#define VERBATIM_BUILD_BUILDER_ADD_H

#include "build/builder.h"
#include "store/fields.h"

enum status builder_add_fields(struct builder *builder, const struct fields *fields,
                               struct slice body, struct error *error);

#endif
