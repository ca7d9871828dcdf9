/* Classes of a sample: its words by their places among the terms, so that no stemmer is needed. */
#ifndef VERBATIM_TESTS_SAMPLE_CLASSES_H
#define VERBATIM_TESTS_SAMPLE_CLASSES_H

#include "store/class_rule.h"
#include "unit/store/sample.h"

struct container_writer;

struct sample_class {
    uint32_t count, *terms; /* numbers of terms, ascending */
    uint32_t df;
    struct gram_article *articles; /* df of them */
    bool has_list;
};

/* Classes in "de" and "en": words whose places among the terms leave the same rest by the modulus
 * are of one stem. A modulus of 0 leaves the language out. */
void sample_add_classes(struct sample *sample, const struct class_rule *rule, uint32_t first,
                        uint32_t second);
/* The class of a rest; false where it has less than two words. Free it either way. */
bool sample_class_make(const struct sample *sample, uint32_t modulus, uint32_t rest,
                       struct sample_class *class);
void sample_class_free(struct sample_class *class);
void sample_write_classes(const struct sample *sample, struct container_writer *container);
/* Words of titles stand for their class in "en". */
void sample_write_titles(const struct sample *sample, struct container_writer *container);

/* With the titles. */
void sample_write_completions(const struct sample *sample, struct container_writer *container);
void sample_write_groups(const struct sample *sample, struct container_writer *container);

#endif
